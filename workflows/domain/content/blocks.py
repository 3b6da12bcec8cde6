"""A plan's text block by block in reading order, each with its number and its place in words."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from workflows.domain.content.numbering import Numbering, annex_label
from workflows.domain.content.runs import Run, runs_of, text_of
from workflows.domain.content.shape import Doc

# The filing line is an attribute, not a node; no node's id has this form.
FILING_ID = "filing"


@dataclass(frozen=True, slots=True)
class Cell:
    """Where in which table a block stands; rows and cells are counted from 1."""

    table_id: str
    row: int
    column: int
    is_header: bool


@dataclass(frozen=True, slots=True)
class Block:
    """One block. *kind* is the node's type, “cell” for a clause in a table, or “filing”.

    *text* holds a newline for a line break; *place* is where a person finds the block.
    """

    id: str
    kind: str
    level: str | None
    label: str
    text: str
    runs: tuple[Run, ...]
    place: str
    cell: Cell | None = None


def blocks(doc: Doc) -> Iterator[Block]:
    """Every block of a parsed document in reading order."""
    body = _Section("")
    order: Counter[str] = Counter()
    annexes = sum(node["type"] == "annex" for node in doc["content"])
    for node in doc["content"]:
        kind = node["type"]
        order[kind] += 1
        if kind in ("clause", "table"):
            yield from body.read(node)
        elif kind == "recipients":
            yield from _recipients(node)
        elif kind == "signature":
            yield _signature(node)
        elif kind == "annex":
            yield from _annex(node, annex_label(order[kind], annexes))
        else:
            yield _block(node, kind, _PLACES[kind] % {"order": order[kind]})


_PLACES = {
    "title": "Trích yếu",
    "basis": "Căn cứ thứ %(order)d",
    "opening": "Phần mở đầu, đoạn thứ %(order)d",
    "closing": "Phần kết, đoạn thứ %(order)d",
}


def _block(node: Doc, kind: str, place: str, label: str = "", cell: Cell | None = None) -> Block:
    runs = runs_of(node)
    attrs = node["attrs"]
    return Block(attrs["id"], kind, attrs.get("level"), label, text_of(runs), runs, place, cell)


def _plain(identity: str, kind: str, text: str, place: str, label: str = "") -> Block:
    return Block(identity, kind, None, label, text, (Run(text),) if text else (), place)


class _Section:
    """The body or one annex: a run of clauses and tables with its own numbers."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._numbering = Numbering()
        self._order: Counter[str] = Counter()

    def read(self, node: Doc) -> Iterator[Block]:
        if node["type"] == "table":
            yield from self._table(node)
            return
        level = node["attrs"]["level"]
        label = self._numbering.advance(level)
        if level in ("part", "sec", "sub", "pt"):
            self._order.clear()
            yield _block(node, "clause", self._place(), label)
        else:
            yield _block(node, "clause", self._next("đoạn"), label)

    def _table(self, table: Doc) -> Iterator[Block]:
        place = self._next("bảng")
        for row, line in enumerate(table["content"], start=1):
            for column, node in enumerate(line["content"], start=1):
                cell = Cell(table["attrs"]["id"], row, column, node["type"] == "table_header")
                spot = f"{place}, hàng {row}, ô {column}"
                for clause in node["content"]:
                    label = Numbering().advance(clause["attrs"]["level"])
                    yield _block(clause, "cell", spot, label, cell)

    def _next(self, what: str) -> str:
        self._order[what] += 1
        return f"{self._place() or 'Nội dung'}, {what} thứ {self._order[what]}"

    def _place(self) -> str:
        return ", ".join(part for part in (self._name, self._numbering.place) if part)


def _recipients(node: Doc) -> Iterator[Block]:
    for order, child in enumerate(node.get("content", ()), start=1):
        purpose = child["attrs"].get("purpose")
        text = text_of(runs_of(child)) + (f" ({purpose})" if purpose else "")
        yield _plain(child["attrs"]["id"], "recipient", text, f"Nơi nhận, dòng thứ {order}")
    yield _plain(FILING_ID, "filing", node["attrs"]["filing"], "Nơi nhận, dòng Lưu")


def _signature(node: Doc) -> Block:
    attrs = node["attrs"]
    lines = [*attrs["lines"], *([attrs["name"]] if attrs["name"] else [])]
    return _plain(attrs["id"], "signature", "\n".join(lines), "Khối chữ ký")


def _annex(node: Doc, label: str) -> Iterator[Block]:
    title, *content = node["content"]
    text = text_of(runs_of(title))
    yield _plain(node["attrs"]["id"], "annex", text, f"{label}, tiêu đề", label)
    section = _Section(label)
    for child in content:
        yield from section.read(child)
