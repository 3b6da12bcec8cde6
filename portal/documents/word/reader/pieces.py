"""The content of a Word file on its way to a plan: paragraphs of faced text, and tables of them."""

from dataclasses import dataclass, field

from portal.documents.word.reader.faces import Face
from portal.documents.word.reader.numbering import Label
from portal.documents.word.reader.told import Remarks
from workflows.domain.content.runs import BREAK, Run


@dataclass(frozen=True, slots=True)
class Piece:
    """Text of one face; a line break is a piece of its own, `BREAK`."""

    text: str
    face: Face = field(default_factory=Face)
    # A blank that was a tab: it may part columns.
    is_tab: bool = False


@dataclass
class Paragraph:
    """One paragraph with text, and what its file says about it."""

    pieces: list[Piece]
    style: str = ""
    label: Label | None = None
    marks: list[str] = field(default_factory=list)
    remarks: Remarks = field(default_factory=Remarks)
    outline: int = 9
    is_centred: bool = False
    # The clause that it became, when it stands in a table.
    block_id: str = ""

    @property
    def text(self) -> str:
        """The bare text."""
        return "".join(piece.text for piece in self.pieces)

    @property
    def runs(self) -> list[Run]:
        """The text as it looks."""
        return [
            Run(BREAK) if piece.text == BREAK else Run(piece.text, piece.face.strong, piece.face.em)
            for piece in self.pieces
        ]

    @property
    def own_runs(self) -> list[Run]:
        """The text with the faces that it has beyond those of the paragraph's style."""
        return [
            Run(BREAK)
            if piece.text == BREAK
            else Run(piece.text, piece.face.set_strong, piece.face.set_em)
            for piece in self.pieces
        ]


@dataclass
class Cell:
    """One cell, merged over so many columns and rows."""

    paragraphs: list[Paragraph]
    colspan: int = 1
    rowspan: int = 1


@dataclass
class Row:
    """One row; *is_header* when the file repeats it on every page."""

    cells: list[Cell]
    is_header: bool = False


@dataclass
class Table:
    """One table whose cells fill a rectangle."""

    rows: list[Row]
    marks: list[str] = field(default_factory=list)
    remarks: Remarks = field(default_factory=Remarks)

    @property
    def paragraphs(self) -> list[Paragraph]:
        """Every paragraph in it, in reading order."""
        return [each for row in self.rows for cell in row.cells for each in cell.paragraphs]


Item = Paragraph | Table
