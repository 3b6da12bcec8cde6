"""Walks the body of a Word file: paragraphs with their numbers, and tables, in reading order."""

from collections.abc import Callable, Iterator
from typing import Final

from portal.documents.word.reader import inline
from portal.documents.word.reader.faces import StyleSheet, outline_level
from portal.documents.word.reader.grids import table_of
from portal.documents.word.reader.inline import Inline, InlineReader
from portal.documents.word.reader.letters import Letters
from portal.documents.word.reader.numbering import Numbers
from portal.documents.word.reader.pieces import Item, Paragraph, Table
from portal.documents.word.reader.refusals import TOO_LONG, TOO_MANY_BLOCKS, WordRefused
from portal.documents.word.reader.told import Remarks
from portal.documents.word.reader.words import (
    DELETED,
    FORMULA,
    UNKNOWN,
    chosen,
    tell_stray,
    text_below,
)
from portal.documents.word.reader.xml import MC, Element, R, W, local, value
from workflows.domain.content.checks import MAX_BLOCKS, MAX_TEXT

OnProgress = Callable[[int], None]

# Empty paragraphs are free, within reason.
MAX_SEEN: Final = 10 * MAX_BLOCKS

_WRAPPERS: Final = frozenset({"sdt", "sdtContent", "customXml", "ins", "moveTo", "smartTag"})
_DELETED: Final = frozenset({"del", "moveFrom"})
_CONTENTS_STYLE: Final = ("toc ", "mục lục ", "contents ")

NESTED: Final = "Bảng lồng trong ô được trải thành các đoạn của ô."


class Walk:
    """One pass over the body; refuses a file that is beyond what a plan can hold."""

    def __init__(self, sheet: StyleSheet, numbers: Numbers, reader: InlineReader) -> None:
        self._sheet = sheet
        self._numbers = numbers
        self._reader = reader
        self.letters = Letters()
        # What belongs to no paragraph of the text.
        self.left = Remarks()
        # The relations of content that lies in a file of its own within the file.
        self.chunks: list[str] = []
        self._held: Inline | None = None
        self._blocks = self._characters = self._seen = 0

    def items(self, body: Element, on_progress: OnProgress) -> Iterator[Item]:
        """Everything with text, and every table; *on_progress* hears 0…100."""
        total, told = len(body) or 1, -1
        tell_stray(body, self.left)
        for at, child in enumerate(body):
            percent = at * 100 // total
            if percent != told:
                told = percent
                on_progress(percent)
            yield from self._blocks_of(child)
        yield from self._release()
        self._told_at_the_end()

    def paragraphs(self, cell: Element) -> Iterator[Paragraph]:
        """The paragraphs of a cell; a table within it gives its own, one after another."""
        for item in self._inside(cell):
            if isinstance(item, Table):
                for order, each in enumerate(item.paragraphs):
                    if not order:
                        each.remarks.take(item.remarks)
                        each.remarks.add(NESTED)
                    yield each
            else:
                yield item
        yield from self._release()

    def _inside(self, node: Element) -> Iterator[Item]:
        tell_stray(node, self.left)
        for child in node:
            yield from self._blocks_of(child)

    def _blocks_of(self, child: Element) -> Iterator[Item]:
        name = local(child)
        if name == "p":
            yield from self._paragraph(child)
        elif name == "tbl":
            yield from self._release()
            table = table_of(child, self.paragraphs)
            if table.rows:
                yield table
            else:
                self.left.take(table.remarks)
        elif name in _WRAPPERS:
            yield from self._inside(child)
        elif child.tag == MC + "AlternateContent":
            yield from self._inside(chosen(child))
        else:
            self._tell(child, name)

    def _tell(self, child: Element, name: str) -> None:
        if name == "altChunk":
            self.chunks.append(str(child.get(R + "id")))
        elif words := text_below(child):
            is_formula = name in ("oMath", "oMathPara")
            sentence = DELETED if name in _DELETED else FORMULA if is_formula else UNKNOWN
            self.left.leave_out(sentence, words)

    def _paragraph(self, element: Element) -> Iterator[Paragraph]:
        properties = element.find(W + "pPr")
        style_id = value(properties, "pStyle")
        found = self._reader.read(element, style_id)
        if self._held is not None:
            found = _merged(self._held, found)
            self._held = None
        if _mark_is_deleted(properties):
            # With its mark deleted, a paragraph runs on into the next one.
            self._held = found
            return
        yield from self._made(found, properties, style_id)

    def _made(
        self, found: Inline, properties: Element | None, style_id: str | None
    ) -> Iterator[Paragraph]:
        style = self._sheet.name(style_id)
        label = self._numbers.label(properties, style_id)
        paragraph = Paragraph(
            found.pieces,
            style,
            label,
            found.marks,
            found.remarks,
            outline_level(self._sheet, properties, style_id),
            value(properties, "jc") == "center",
        )
        if style.lower().startswith(_CONTENTS_STYLE) and paragraph.text.strip():
            self.left.leave_out(inline.CONTENTS, paragraph.text)
            self.left.take(paragraph.remarks)
            return
        self.letters.put_right(paragraph)
        self._count(paragraph)
        yield paragraph

    def _release(self) -> Iterator[Paragraph]:
        """A deleted mark that nothing follows."""
        if self._held is not None:
            held, self._held = self._held, None
            yield from self._made(held, None, None)

    def _count(self, paragraph: Paragraph) -> None:
        text = paragraph.text
        self._seen += 1
        self._blocks += bool(text.strip())
        self._characters += len(text)
        if self._blocks > MAX_BLOCKS or self._seen > MAX_SEEN:
            raise WordRefused(TOO_MANY_BLOCKS, most=MAX_BLOCKS)
        if self._characters > MAX_TEXT:
            raise WordRefused(TOO_LONG, most=MAX_TEXT)

    def _told_at_the_end(self) -> None:
        self.letters.tell()
        self.left.take(self._reader.unreferred())


def _merged(held: Inline, following: Inline) -> Inline:
    remarks = Remarks()
    remarks.take(held.remarks)
    remarks.take(following.remarks)
    return Inline(held.pieces + following.pieces, following.marks or held.marks, remarks)


def _mark_is_deleted(properties: Element | None) -> bool:
    mark = properties.find(W + "rPr") if properties is not None else None
    return mark is not None and any(mark.find(W + name) is not None for name in _DELETED)
