"""Reads a Word file that was made here back into its very tree, with what people changed in it.

The styles say what a paragraph is, hidden bookmarks which block; `names` is shared with the
writer. What somebody added without a style of ours is placed by where it stands, and told.
"""

from collections.abc import Iterable, Mapping
from typing import Final

from portal.documents.word import names
from portal.documents.word.reader.lines import line_of
from portal.documents.word.reader.own_annexes import Annex, plain
from portal.documents.word.reader.own_closing import Closing, is_closing
from portal.documents.word.reader.own_tables import LETTERHEAD, own_table
from portal.documents.word.reader.own_text import Ids, own_clause_runs, own_plain, own_runs
from portal.documents.word.reader.pieces import Item, Paragraph, Table
from portal.documents.word.reader.told import Told
from workflows.domain.content.lines import read_line
from workflows.domain.content.runs import BREAK, content_of, text_of
from workflows.domain.content.shape import Doc, NewId

_KINDS: Final = {names.BASIS: "basis", names.OPENING: "opening", names.CLOSING: "closing"}
_LEVELS: Final = {style: level for level, style in names.CLAUSES.items()} | {
    style: level for level, style in names.TITLED_CLAUSES.items()
}
_GENERATED: Final = LETTERHEAD | {names.KIND, names.RULE, names.ANNEX_REFERENCE, names.PAGE_NUMBER}
_RANK: Final = {"basis": 0, "opening": 1, "clause": 2, "table": 2, "closing": 3}

ADDED: Final = "Đoạn được thêm không mang kiểu của hệ thống; hãy xem đã xếp đúng chỗ chưa."
OUT_OF_ORDER: Final = "Đoạn đứng khác thứ tự của kế hoạch nên thành đoạn của phần nội dung."
TYPED_NUMBER: Final = "Số gõ ở đầu đoạn khác với kiểu của đoạn; cấp được lấy theo số."
JOINED_TITLE: Final = "Trích yếu gồm nhiều đoạn; các đoạn được nối lại."


def is_own(items: Iterable[Item]) -> bool:
    """Whether the file was made here: its title has our style, and there are our marks."""
    styles, marks = set[str](), 0
    for item in items:
        for each in [item] if isinstance(item, Paragraph) else item.paragraphs:
            styles.add(each.style)
            marks += any(mark.startswith(names.BLOCK_MARK) for mark in each.marks)
    return names.TITLE in styles and marks > 0


class OwnReader:
    """Goes through the items once and puts every block where the schema wants it."""

    def __init__(self, properties: Mapping[str, str], new_id: NewId) -> None:
        self._ids = Ids(new_id)
        self._properties = properties
        self._titles: list[Paragraph] = []
        self._main: list[Doc] = []
        self._annexes: list[Annex] = []
        self._closing = Closing(self._ids, properties)
        self.doubts: list[Told] = []

    def read(self, items: Iterable[Item]) -> Doc:
        """The document."""
        for item in items:
            if isinstance(item, Table):
                self._table(item)
            else:
                self._paragraph(item)
        title = self._title()
        annexes = [each.node(self._ids) for each in self._annexes]
        recipients, signature = self._closing.nodes()
        self.doubts += self._closing.doubts
        return {
            "type": "doc",
            "content": [title, *self._main, recipients, signature, *annexes],
        }

    def _paragraph(self, paragraph: Paragraph) -> None:
        style = paragraph.style
        if style == names.TITLE:
            self._titles.append(paragraph)
        elif style == names.ANNEX:
            self._annexes.append(Annex())
            self._tell_all(paragraph)
        elif style == names.ANNEX_TITLE:
            self._annex_title(paragraph)
            self._tell_all(paragraph)
        elif style in _KINDS or style in _LEVELS:
            self._text(paragraph)
        elif Closing.takes(style):
            self._closing.take(paragraph)
        elif style not in _GENERATED and paragraph.text.strip():
            self._added(paragraph)
        else:
            self._tell_all(paragraph)

    def _text(self, paragraph: Paragraph) -> None:
        if self._is_left_blank(paragraph):
            self._tell_all(paragraph)
            return
        kind = _KINDS.get(paragraph.style)
        if kind is None or self._annexes:
            self._clause(paragraph, _LEVELS.get(paragraph.style, "para"))
            return
        identity = self._ids.of(paragraph.marks)
        content = content_of(own_runs(paragraph))
        self._place(paragraph, {"type": kind, "attrs": {"id": identity}, "content": content})

    def _clause(self, paragraph: Paragraph, level: str) -> None:
        runs, has_number = own_clause_runs(paragraph)
        typed = read_line(text_of(runs).replace(BREAK, " "))
        identity = self._ids.of(paragraph.marks)
        if not has_number and level != "para" and typed.level != "para":
            line = line_of(paragraph)
            runs, level = line.runs, typed.level
            self._tell(identity, TYPED_NUMBER, paragraph)
        attrs = {"id": identity, "level": level}
        self._place(paragraph, {"type": "clause", "attrs": attrs, "content": content_of(runs)})

    def _added(self, paragraph: Paragraph) -> None:
        """A paragraph of no style of ours goes with its neighbours."""
        if self._closing.is_begun and not self._annexes:
            self._closing.take(paragraph)
            return
        line = line_of(paragraph)
        level = read_line(line.text).level
        kind = self._main[-1]["type"] if self._main and not self._annexes else "clause"
        kind = "clause" if kind == "table" or level != "para" else kind
        identity = self._ids.of(paragraph.marks)
        attrs = {"id": identity} | ({"level": level} if kind == "clause" else {})
        self._tell(identity, ADDED, paragraph)
        self._place(paragraph, {"type": kind, "attrs": attrs, "content": content_of(line.runs)})

    def _place(self, paragraph: Paragraph | None, node: Doc) -> None:
        identity = node["attrs"]["id"]
        if paragraph is not None:
            self.doubts += [
                Told(identity, each.sentence, each.excerpt) for each in paragraph.remarks.all()
            ]
        if self._annexes:
            self._annexes[-1].content.append(node)
            return
        last = self._main[-1]["type"] if self._main else "basis"
        if _RANK[node["type"]] < _RANK[last]:
            self._reorder(node, last)
        self._main.append(node)

    def _reorder(self, node: Doc, last: str) -> None:
        """What stands after its time becomes what it stands among; what was over goes on."""
        if node["type"] == "basis" and last == "opening":
            self._become(node, "opening")
        elif node["type"] in ("basis", "opening"):
            self._become(node, "clause")
        if last == "closing":
            for each in self._main:
                if each["type"] == "closing":
                    self._become(each, "clause")

    def _become(self, node: Doc, kind: str) -> None:
        node["type"] = kind
        if kind == "clause":
            node["attrs"]["level"] = "para"
        self.doubts.append(Told(node["attrs"]["id"], OUT_OF_ORDER))

    def _table(self, table: Table) -> None:
        styles = {each.style for each in table.paragraphs}
        if styles & LETTERHEAD:
            for each in table.paragraphs:
                self._tell_all(each)
            return
        if is_closing(table):
            for each in table.paragraphs:
                self._closing.take(each)
            return
        node = own_table(table, self._ids, self._properties)
        identity = node["attrs"]["id"]
        self.doubts += [Told(identity, r.sentence, r.excerpt) for r in table.remarks.all()]
        for each in table.paragraphs:
            place = each.block_id or identity
            self.doubts += [Told(place, r.sentence, r.excerpt) for r in each.remarks.all()]
        self._place(None, node)

    def _title(self) -> Doc:
        identity = self._ids.of(mark for each in self._titles for mark in each.marks)
        texts = [own_plain(each) for each in self._titles]
        if len(texts) > 1:
            self.doubts.append(Told(identity, JOINED_TITLE, " / ".join(texts)))
        text = " ".join(texts)
        for each in self._titles:
            self.doubts += [Told(identity, r.sentence, r.excerpt) for r in each.remarks.all()]
        return {"type": "title", "attrs": {"id": identity}, "content": plain(text)}

    def _annex_title(self, paragraph: Paragraph) -> None:
        if not self._annexes:
            self._annexes.append(Annex())
        self._annexes[-1].title_from(paragraph, self._ids)

    def _is_left_blank(self, paragraph: Paragraph) -> bool:
        """An empty paragraph is a block only if it was one when the file was made."""
        return not paragraph.text.strip() and not any(names.id_of(mark) for mark in paragraph.marks)

    def _tell_all(self, paragraph: Paragraph) -> None:
        """What a paragraph that is no block has to tell."""
        last = self._main[-1]["attrs"]["id"] if self._main else None
        self.doubts += [Told(last, each.sentence, each.excerpt) for each in paragraph.remarks.all()]

    def _tell(self, identity: str, sentence: str, paragraph: Paragraph) -> None:
        self.doubts.append(Told(identity, sentence, paragraph.text[:80]))
