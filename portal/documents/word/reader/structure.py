"""Recognises the parts of a plan in the lines of a Word file that is not our own.

What makes a line a căn cứ, a clause or a recipient is decided where plain text is read; here the
lines bring their faces and tables along.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

from portal.documents.word.reader.flattening import Flattened
from portal.documents.word.reader.lines import HEADING, Line
from portal.documents.word.reader.nodes import table_node, unfaced
from portal.documents.word.reader.tears import leaves_bullets_open, tear_between
from portal.documents.word.reader.telling import Places, told
from portal.documents.word.reader.told import Told
from workflows.domain.content.body import BodyReader
from workflows.domain.content.checks import MAX_TITLE
from workflows.domain.content.cutting import (
    AFTER_THE_END,
    REFERENCE,
    cut,
    is_heading_of_annex,
    is_reference,
)
from workflows.domain.content.importer import recipient_lines, with_purpose
from workflows.domain.content.lines import read_line
from workflows.domain.content.parts import Cut
from workflows.domain.content.reading import Doubt, Source, excerpt
from workflows.domain.content.recipients import read_filing, read_recipient
from workflows.domain.content.runs import content_of
from workflows.domain.content.shape import Doc, NewId
from workflows.domain.content.suspicions import glued_filing, misreadings

_HEADINGS = frozenset({"part", "sec", "sub", "pt"})
LONG_TITLE = f"Trích yếu dài hơn {MAX_TITLE} ký tự nên được chuyển vào phần mở đầu."
NO_RECIPIENTS = "Không thấy “Nơi nhận”; hãy nhập nơi nhận và nơi lưu."
LONG_ANNEX_TITLE = f"Tên phụ lục dài hơn {MAX_TITLE} ký tự nên thành đoạn đầu của phụ lục."
UNNAMED_ANNEX = "Bảng đứng sau nơi nhận mà không có dòng “Phụ lục”; bảng được coi là phụ lục."
LEFT_OUT = "Dòng thuộc khối chữ ký hoặc vết trên bản giấy; dòng này được bỏ qua."


@dataclass
class Structured:
    """The tree, and what is to be told by the block it belongs to."""

    doc: Doc
    doubts: list[Told]
    # The lines of the signature, whether they stood in a table or below the text.
    signing: tuple[str, ...] = ()


def structured(flat: Flattened, new_id: NewId) -> Structured:
    """The plan in these lines."""
    sources = [Source(at, line.text) for at, line in enumerate(flat.lines, start=1)]
    whole = cut(sources)
    return _Assembly(flat, whole, new_id).assembled()


class _Body(BodyReader):
    """Reads levels and checks numbers from the text, and takes the content from the file."""

    def __init__(self, assembly: "_Assembly") -> None:
        super().__init__(assembly.new_id, assembly.whole.doubts)
        self._assembly = assembly

    def _content(self, source: Source, text: str) -> list[Doc]:
        line = self._assembly.line(source)
        is_heading = read_line(source.text).level in _HEADINGS
        return content_of(unfaced(line.runs) if is_heading else line.runs)

    def _table(self, rows: list[Source]) -> Doc:
        table = self._assembly.line(rows[0]).table
        if table is None:
            # A paragraph that begins with a bar is text all the same.
            attrs = {"id": self._assembly.new_id(), "level": "para"}
            content = content_of(self._assembly.line(rows[0]).runs)
            return {"type": "clause", "attrs": attrs, "content": content}
        return table_node(table, self._assembly.new_id)


@dataclass
class _Assembly:
    flat: Flattened
    whole: Cut
    new_id: NewId
    block_of: dict[int, str] = field(default_factory=dict)

    def line(self, source: Source) -> Line:
        return self.flat.lines[source.number - 1]

    def assembled(self) -> Structured:
        title = self._title()
        signature: Doc = {"type": "signature", "attrs": {"id": self.new_id()}}
        content = [
            title,
            *self._inline("basis", self.whole.bases),
            *self._inline("opening", self.whole.opening),
            *self._body(self.whole.body),
            *self._inline("closing", self.whole.closing),
            self._recipients(),
            signature,
            *(self._annex(*each) for each in self.whole.annexes),
        ]
        doc = {"type": "doc", "content": content}
        places = Places(title["attrs"]["id"], signature["attrs"]["id"], self.block_of)
        return Structured(doc, told(self.flat, self.whole, places), tuple(self._signing()))

    def _signing(self) -> Iterator[str]:
        yield from self.flat.signing
        for doubt in self.whole.doubts:
            if doubt.sentence in (LEFT_OUT, AFTER_THE_END):
                yield doubt.excerpt

    def _title(self) -> Doc:
        identity = self.new_id()
        text = " ".join(source.text for source in self.whole.title)
        for source in self.whole.title:
            self.block_of[source.number] = identity
            # A heading it is, and the title has no number.
            self.line(source).remarks.found.pop(HEADING, None)
        if len(text) > MAX_TITLE:
            self.whole.opening[:0] = self.whole.title
            self._doubt(self.whole.title[0], LONG_TITLE)
            text = ""
        content = [{"type": "text", "text": text}] if text else []
        return {"type": "title", "attrs": {"id": identity}, "content": content}

    def _inline(self, kind: str, sources: list[Source]) -> list[Doc]:
        reader = _Body(self)
        nodes: list[Doc] = []
        for order, source in enumerate(each for each in sources if each.text):
            node = reader.inline(kind, source)
            if kind == "basis":
                node["content"] = content_of(unfaced(self.line(source).runs))
            self._take(source, node)
            if order:
                self._suspect_tear(source, nodes[-1], "para")
            nodes.append(node)
        return nodes

    def _body(self, sources: list[Source]) -> list[Doc]:
        reader = _Body(self)
        nodes: list[Doc] = []
        is_habit = leaves_bullets_open(source.text for source in sources)
        for source in sources:
            for node in reader.read([source]):
                self._take(source, node)
                if nodes and node["type"] == "clause":
                    level = node["attrs"]["level"]
                    self._suspect_tear(source, nodes[-1], level, is_habit=is_habit)
                nodes.append(node)
        return nodes

    def _annex(self, title: list[Source], sources: list[Source]) -> Doc:
        identity = self.new_id()
        for source in title:
            self.block_of[source.number] = identity
        text = " ".join(source.text for source in title)
        if len(text) > MAX_TITLE:
            self._doubt(title[0], LONG_ANNEX_TITLE)
            text, sources = "", [*title, *sources]
        heading = {
            "type": "annex_title",
            "content": [{"type": "text", "text": text}] if text else [],
        }
        return {
            "type": "annex",
            "attrs": {"id": identity},
            "content": [heading, *self._body(sources)],
        }

    def _recipients(self) -> Doc:
        self._take_unnamed_annex()
        names, filing, rest = recipient_lines(self.whole.recipients)
        self.whole.leave_out(rest, LEFT_OUT)
        kept = read_filing(_escaped(filing.text)) if filing else ""
        if filing:
            self.whole.doubts.extend(glued_filing(filing.number, kept))
        if not self.whole.recipients:
            self.whole.doubts.append(Doubt(len(self.flat.lines), NO_RECIPIENTS, ""))
        content = []
        for source in names:
            written = Source(source.number, with_purpose(_escaped(source.text)))
            node = read_recipient(written, self.new_id, self.whole.doubts)
            self._take(source, node)
            content.append(node)
        # “Nơi nhận:” itself is no block; what is told of it belongs to what stands below it.
        if content:
            head = self.whole.recipients[0].number
            self.block_of.setdefault(head, content[0]["attrs"]["id"])
        return {"type": "recipients", "attrs": {"filing": kept}, "content": content}

    def _take_unnamed_annex(self) -> None:
        """A table after Nơi nhận is an annex; short capitals and “(Kèm theo” above it name it."""
        tail = self.whole.recipients
        at = next((at for at, each in enumerate(tail) if self.line(each).table), None)
        if at is None:
            return
        start = at
        while start > 1 and is_heading_of_annex(tail[start - 1].text):
            start -= 1
        self.whole.recipients = tail[:start]
        heading, content = tail[start:at], tail[at:]
        title = [each for each in heading if not is_reference(each.text)]
        self.whole.leave_out([each for each in heading if each not in title], REFERENCE)
        self._doubt(tail[at], UNNAMED_ANNEX)
        self.whole.annexes.insert(0, (title, content))

    def _take(self, source: Source, node: Doc) -> None:
        self.block_of[source.number] = node["attrs"]["id"]
        self.whole.doubts.extend(misreadings(Source(source.number, source.text)))

    def _suspect_tear(
        self, source: Source, above: Doc, level: str, *, is_habit: bool = False
    ) -> None:
        """A sentence that came as two paragraphs may be joined again."""
        if doubt := tear_between(above, source.text, level, is_habit=is_habit):
            self._doubt(source, doubt)

    def _doubt(self, source: Source, sentence: str) -> None:
        is_table = self.line(source).table is not None
        about = "" if is_table else excerpt(source.text)
        self.whole.doubts.append(Doubt(source.number, sentence, about))


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\")
