"""Writes lines and grids as paragraphs and tables, in one version or between two."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from portal.documents.word.flow import Cell, Grid, Item, Line, Row, spacer
from portal.documents.word.markup import Xml, w
from portal.documents.word.page import section
from portal.documents.word.pairing import (
    Pair,
    moved,
    pair,
    pair_cells,
    pair_rows,
    pair_to_the_end,
)
from portal.documents.word.revisions import MOVES, Pen, runs
from portal.documents.word.styles import size_of, style_id

EDGES = ("top", "left", "bottom", "right", "insideH", "insideV")


@dataclass
class Writer:
    """Writes a flow item by item, and knows how many sections it has closed.

    *moves* names, by the key of a line, each that is in another place with the same words.
    """

    pen: Pen
    sections: int = 0
    moves: dict[str, str] = field(default_factory=dict)

    def write(self, old: Sequence[Item], new: Sequence[Item]) -> Xml:
        """The body of the file; the two are the same when there is but one version."""
        pairs = pair(old, new)
        self.moves = {key: f"move{order}" for order, key in enumerate(moved(pairs), start=1)}
        items = "".join(self._item(*each) for each in pairs)
        return items + section(is_annex=self.sections > 0)

    def _item(self, old: Item | None, new: Item | None) -> Xml:
        if isinstance(old, Grid) or isinstance(new, Grid):
            return self._grid(
                old if isinstance(old, Grid) else None, new if isinstance(new, Grid) else None
            )
        return self.paragraph(old, new)

    def paragraph(self, old: Line | None, new: Line | None) -> Xml:
        """A paragraph, its mark tracked when it came or went as a whole."""
        line = new or old
        if line is None:
            return ""
        if line.is_untracked:
            old = new = line
        ending = self._section() if line.ends_section else ""
        mark = w("rPr", self._fate(old, new, line.key), *size_of(line.size))
        head = w(
            "pPr",
            *_looks(line),
            mark if mark != "<w:rPr/>" else "",
            ending,
            self._restyled(old, new),
        )
        marks = line.marks if new else tuple(set(line.marks) - self.pen.taken)
        name = self.moves.get(line.key) if not (old and new) else None
        inside = self._marked(marks, runs(self.pen, old, new, is_moved=name is not None))
        if name:
            inside = self.pen.moved(MOVES["ins" if new else "del"], name, inside)
        return w("p", head, inside)

    def _section(self) -> Xml:
        self.sections += 1
        return section(is_annex=self.sections > 1)

    def _fate(self, old: object, new: object, key: str = "") -> Xml:
        if old and new:
            return ""
        fate = "ins" if new else "del"
        return self.pen.change(MOVES[fate] if key in self.moves else fate)

    def _restyled(self, old: Line | None, new: Line | None) -> Xml:
        if not old or not new or _looks(old)[0] == _looks(new)[0]:
            return ""
        return self.pen.change("pPrChange", w("pPr", *_looks(old)))

    def _marked(self, marks: tuple[str, ...], inside: Xml) -> Xml:
        for name in marks:
            number = self.pen.number()
            start, end = w("bookmarkStart", id=number, name=name), w("bookmarkEnd", id=number)
            inside = start + inside + end
        return inside

    def _grid(self, old: Grid | None, new: Grid | None) -> Xml:
        if old and new:
            rows = pair_rows(old, new)
            if rows is None:
                between = spacer("")
                apart = self.paragraph(between, between)
                return self._grid(old, None) + apart + self._grid(None, new)
            return self._table(new, rows)
        if old:
            return self._table(old, [(row, None) for row in old.rows])
        return self._table(new, [(None, row) for row in new.rows]) if new else ""

    def _table(self, grid: Grid, rows: Iterable[Pair[Row]]) -> Xml:
        columns = [w("gridCol", w=width) for width in grid.columns]
        body = [self._row(grid, *each) for each in rows]
        return w("tbl", _table_looks(grid), w("tblGrid", *columns), *body)

    def _row(self, grid: Grid, old: Row | None, new: Row | None) -> Xml:
        row = new or old
        if row is None:
            return ""
        pairs: Iterable[tuple[Cell | None, Cell | None]]
        if old and new:
            pairs = pair_cells(old, new)
        else:
            pairs = [(cell if old else None, cell if new else None) for cell in row.cells]
        looks = w(
            "trPr",
            w("cantSplit") if row.is_whole else "",
            w("tblHeader") if row.is_head else "",
            self._fate(old, new),
        )
        cells, x = [], 0
        for before, after in pairs:
            across = (after or before or row.cells[0]).across
            cells.append(self._cell(before, after, sum(grid.columns[x : x + across])))
            x += across
        return w("tr", looks if looks != "<w:trPr/>" else "", *cells)

    def _cell(self, old: Cell | None, new: Cell | None, width: int) -> Xml:
        cell = new or old
        if cell is None:
            return ""
        looks = w(
            "tcPr",
            w("tcW", w=width, type="dxa"),
            w("gridSpan", val=cell.across) if cell.across > 1 else "",
            w("vMerge", val=cell.merge) if cell.merge else "",
            w("vAlign", val="center") if cell.is_middle else "",
        )
        lines = pair_to_the_end(old.lines if old else (), new.lines if new else ())
        return w("tc", looks, *(self.paragraph(*each) for each in lines))


def _looks(line: Line) -> list[Xml]:
    """The properties of a paragraph, in the order that the standard prescribes."""
    left, right = line.indents or (0, 0)
    return [
        w("pStyle", val=style_id(line.style)),
        w("keepNext") if line.keeps_next else "",
        w("ind", left=left, right=right) if line.indents else "",
        w("jc", val="center") if line.is_centred else "",
        w("outlineLvl", val=line.outline) if line.outline is not None else "",
    ]


def _table_looks(grid: Grid) -> Xml:
    padding = 80 if grid.is_ruled and len(grid.columns) <= 12 else 0
    edges = [w(edge, val="single", sz=4, space=0, color="auto") for edge in EDGES]
    return w(
        "tblPr",
        w("tblW", w=sum(grid.columns), type="dxa"),
        w("jc", val="center"),
        w("tblBorders", *edges) if grid.is_ruled else "",
        w("tblLayout", type="fixed"),
        w("tblCellMar", *(w(side, w=padding, type="dxa") for side in ("left", "right"))),
    )
