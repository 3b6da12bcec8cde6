"""The page of Phụ lục I of Decree 30/2020/NĐ-CP as Word measures it, and its sections."""

from portal.documents.word.markup import Xml, element, w


def millimetres(length: float) -> int:
    """In twentieths of a point."""
    return round(length * 1440 / 25.4)


WIDTH, HEIGHT = 11906, 16838
TOP, LEFT, RIGHT = millimetres(20), millimetres(30), millimetres(15)
TEXT_WIDTH = WIDTH - LEFT - RIGHT
LEFT_COLUMN = millimetres(63)
RECIPIENTS_COLUMN = millimetres(78)
SIGNING_SPACE = millimetres(40)
# The paragraph's first line: 1.27 cm.
INDENT = millimetres(12.7)


def section(*, is_annex: bool) -> Xml:
    """A section; it counts its pages from one and does not print the first number.

    An annex starts a page; the numbers of each annex are its own (mục I.7 of Phụ lục I).
    """
    return w(
        "sectPr",
        element("w:headerReference", {"w:type": "default", "r:id": "rId1"}),
        element("w:headerReference", {"w:type": "first", "r:id": "rId2"}),
        *([w("type", val="nextPage")] if is_annex else []),
        w("pgSz", w=WIDTH, h=HEIGHT),
        w(
            "pgMar",
            top=TOP,
            right=RIGHT,
            bottom=TOP,
            left=LEFT,
            header=millimetres(10),
            footer=millimetres(10),
            gutter=0,
        ),
        w("pgNumType", start=1),
        w("titlePg"),
    )
