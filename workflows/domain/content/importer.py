"""Reads a whole plan from plain text; every place that was doubtful is listed for the drafter."""

import re
from collections.abc import Iterable

from workflows.domain.content.body import BodyReader
from workflows.domain.content.canonical import sound
from workflows.domain.content.cutting import cut, without_recipients_word
from workflows.domain.content.joins import join_lines
from workflows.domain.content.lines import read_line
from workflows.domain.content.parts import Cut, bare, is_signing
from workflows.domain.content.reading import (
    Reading,
    Source,
    in_order,
    sequence,
    source_lines,
    too_long,
)
from workflows.domain.content.recipients import read_filing, read_recipient
from workflows.domain.content.shape import Doc, NewId
from workflows.domain.content.suspicions import glued_filing, misreadings
from workflows.domain.letters import nfc

MAX_BYTES = 2_000_000

_LITERAL_BACKSLASH = re.compile(r"\\(?![*|\\])")
_HASHES = re.compile(r"#{1,6}[ ]+")
_WRAPPED = re.compile(r"(\*{1,3})([^*]+)\1")
_FILING = re.compile(r"Lưu\b", re.IGNORECASE)
_PURPOSE = re.compile(r"\((để [^()]{1,200})\)$")


def import_text(text: str, new_id: NewId | None = None) -> Reading:
    """The plan in *text*: every word is in the document or in a doubt; raises UnfitText over 2 MB.

    The text may come from a scan: emphasis by asterisks is read, broken lines are joined, number,
    date, Quốc hiệu and signature are left out, for the page makes its own.
    """
    size = len(text.encode("utf-8", "surrogatepass"))
    if size > MAX_BYTES:
        raise too_long(size, MAX_BYTES, "byte")
    whole = cut([_tidied(line) for line in source_lines(nfc(text))])
    reader = _PlanReader(whole, new_id or sequence())
    doc = sound({"type": "doc", "content": reader.content()})
    doubts = sorted(whole.doubts, key=lambda doubt: doubt.line)
    return Reading(doc, in_order(doubts))


def _tidied(line: Source) -> Source:
    """Backslashes mean nothing in a foreign text; emphasis around a whole heading is its style."""
    text = _LITERAL_BACKSLASH.sub(r"\\\\", line.text)
    text = _HASHES.sub("", text, count=1) if text.startswith("#") else text
    found = _WRAPPED.fullmatch(text)
    if found and read_line(found[2].strip()).level not in ("para", "dash", "plus"):
        text = found[2].strip()
    return Source(line.number, text)


class _PlanReader:
    def __init__(self, whole: Cut, new_id: NewId) -> None:
        self._whole = whole
        self._new_id = new_id
        self._doubts = whole.doubts

    def content(self) -> list[Doc]:
        whole = self._whole
        return [
            self._line("title", whole.title) | {"attrs": {"id": self._new_id()}},
            *self._blocks("basis", whole.bases),
            *self._blocks("opening", whole.opening),
            *self._body(whole.body),
            *self._blocks("closing", whole.closing),
            self._recipients(whole.recipients),
            {"type": "signature", "attrs": {"id": self._new_id()}},
            *(self._annex(title, lines) for title, lines in whole.annexes),
        ]

    def _line(self, kind: str, lines: list[Source]) -> Doc:
        self._suspect(lines)
        text = " ".join(line.text for line in lines).replace("\\\\", "\\")
        return {"type": kind, "content": [{"type": "text", "text": text}] if text else []}

    def _blocks(self, kind: str, lines: list[Source]) -> list[Doc]:
        reader = BodyReader(self._new_id, self._doubts)
        joined = [line for line in join_lines(lines, self._doubts) if line.text]
        self._suspect(joined)
        return [reader.inline(kind, line) for line in joined]

    def _body(self, lines: list[Source]) -> list[Doc]:
        joined = join_lines(lines, self._doubts)
        self._suspect(joined)
        return list(BodyReader(self._new_id, self._doubts).read(joined))

    def _annex(self, title: list[Source], lines: list[Source]) -> Doc:
        content = [self._line("annex_title", title), *self._body(lines)]
        return {"type": "annex", "attrs": {"id": self._new_id()}, "content": content}

    def _suspect(self, lines: Iterable[Source]) -> None:
        for line in lines:
            self._doubts.extend(misreadings(line))

    def _recipients(self, lines: list[Source]) -> Doc:
        names, filing, rest = recipient_lines(lines)
        self._whole.leave_out(
            rest, "Dòng thuộc khối chữ ký hoặc vết trên bản giấy; dòng này được bỏ qua."
        )
        names = join_lines(names, self._doubts)
        self._suspect(names)
        kept = read_filing(filing.text.replace("\\\\", "\\")) if filing else ""
        self._doubts.extend(glued_filing(filing.number, kept) if filing else ())
        written = (Source(line.number, with_purpose(line.text)) for line in names)
        return {
            "type": "recipients",
            "attrs": {"filing": kept},
            "content": [read_recipient(line, self._new_id, self._doubts) for line in written],
        }


def recipient_lines(
    lines: list[Source],
) -> tuple[list[Source], Source | None, list[Source]]:
    """The recipients, the filing line, and the lines that are neither."""
    names: list[Source] = []
    rest: list[Source] = []
    filing: Source | None = None
    for order, line in enumerate(line for line in lines if line.text):
        text = without_recipients_word(line.text) if not order else line.text
        line = Source(line.number, text)
        if filing is None and _FILING.match(bare(read_line(text).text)):
            filing = line
        elif filing is None and _is_recipient(text, bool(names)):
            names.append(line)
        elif text:
            rest.append(line)
    return names, filing, rest


def _is_recipient(text: str, is_under_way: bool) -> bool:
    if not text or is_signing(text):
        return False
    is_item = read_line(text).level == "dash" or text.endswith((";", "."))
    return is_item or (is_under_way and text[0].islower())


def with_purpose(text: str) -> str:
    """“(để báo cáo)” at the end of a recipient is its purpose."""
    whole = text.removesuffix(";").rstrip().replace("|", "\\|")
    return _PURPOSE.sub(r"| \1", whole)
