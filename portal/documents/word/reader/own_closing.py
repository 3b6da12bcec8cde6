"""Reads Nơi nhận and the signature of a file made here."""

from collections.abc import Mapping
from typing import Final

from portal.documents.word import names
from portal.documents.word.reader.own_text import Ids, own_clause_runs, own_plain
from portal.documents.word.reader.pieces import Paragraph, Piece, Table
from portal.documents.word.reader.told import Told
from workflows.domain.content.recipients import read_filing
from workflows.domain.content.runs import BREAK, Run, content_of, text_of
from workflows.domain.content.schema import is_code
from workflows.domain.content.shape import Doc

_STYLES: Final = frozenset(
    {names.RECIPIENTS_HEAD, names.RECIPIENT, names.FILING, names.SIGNING_LINE, names.SIGNER}
)
_GENERATED: Final = frozenset({names.RECIPIENTS_HEAD, names.SIGNING_SPACE, names.SPACER})

LEFT_OUT: Final = "Đoạn được thêm ở khối nơi nhận và chữ ký không được đưa vào."
ADDED: Final = "Dòng nơi nhận được thêm trong Word; hãy xem lại."


def is_closing(table: Table) -> bool:
    """Whether a table is the one of Nơi nhận and the signature."""
    return any(each.style in _STYLES for each in table.paragraphs)


class Closing:
    """Gathers the lines of both columns."""

    def __init__(self, ids: Ids, properties: Mapping[str, str]) -> None:
        self._ids = ids
        self._properties = properties
        self._recipients: list[Doc] = []
        self._filing = ""
        self._lines: list[str] = []
        self._name = ""
        self._signer_marks: list[str] = []
        self.is_begun = False
        self.doubts: list[Told] = []

    @staticmethod
    def takes(style: str) -> bool:
        """Whether a paragraph of this style belongs here, wherever it stands."""
        return style in _STYLES

    def take(self, paragraph: Paragraph) -> None:
        """One more paragraph."""
        self.is_begun = True
        style, text = paragraph.style, paragraph.text
        if style == names.RECIPIENT:
            self._recipient(paragraph)
        elif style == names.FILING:
            self._filing = _filing(paragraph)
        elif style == names.SIGNING_LINE and text.strip():
            self._lines.append(own_plain(paragraph))
        elif style == names.SIGNER:
            self._name = self._name or own_plain(paragraph)
            self._signer_marks += paragraph.marks
        elif text.strip() and style not in _GENERATED:
            self.doubts.append(Told(None, LEFT_OUT, text))
        self.doubts += [Told(None, each.sentence, each.excerpt) for each in paragraph.remarks.all()]

    def nodes(self) -> tuple[Doc, Doc]:
        """Recipients and signature."""
        position = self._properties.get(names.POSITION_PROPERTY) or ""
        recipients = {
            "type": "recipients",
            "attrs": {"filing": self._filing},
            "content": self._recipients,
        }
        signature = {
            "type": "signature",
            "attrs": {
                "id": self._ids.of(self._signer_marks),
                "position": position if is_code(position) else None,
                "lines": [line for line in self._lines if line.strip()],
                "name": self._name,
            },
        }
        return recipients, signature

    def _recipient(self, paragraph: Paragraph) -> None:
        is_ours = any(names.id_of(mark) for mark in paragraph.marks)
        if not is_ours and not paragraph.text.strip():
            return
        identity = self._ids.of(paragraph.marks)
        purpose = "".join(
            piece.text for piece in paragraph.pieces if _is_purpose(piece) and piece.text != BREAK
        )
        text = own_plain(paragraph)
        if not is_ours:
            text = text.strip().removeprefix("- ").removesuffix(";").rstrip()
            self.doubts.append(Told(identity, ADDED, text))
        target = self._properties.get(f"{names.TARGET_PROPERTY}{identity}") or ""
        attrs = {
            "id": identity,
            "target": target if is_code(target) else None,
            "purpose": purpose if purpose.strip() else None,
        }
        content = content_of([Run(text)])
        self._recipients.append({"type": "recipient", "attrs": attrs, "content": content})


def _is_purpose(piece: Piece) -> bool:
    return piece.face.character_style == names.PURPOSE


def _filing(paragraph: Paragraph) -> str:
    runs, is_ours = own_clause_runs(paragraph)
    text = text_of(runs).replace(BREAK, " ")
    # Somebody may have typed the whole line anew.
    return text if is_ours else read_filing(text.replace("\\", "\\\\"))
