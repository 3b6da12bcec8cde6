"""Ô số 1 to 5a: who issues, the national name and motto, number, place and date, kind and title."""

from math import ceil
from typing import Any

from portal.documents.word import names
from portal.documents.word.flow import Cell, Grid, Item, Line, Piece, Row, plain
from portal.documents.word.page import LEFT_COLUMN, TEXT_WIDTH
from workflows.domain.content.runs import runs_of, text_of

Json = dict[str, Any]

COUNTRY = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
MOTTO = "Độc lập - Tự do - Hạnh phúc"
# How wide bold letters are on average, in parts of the type size: enough to measure a rule by.
CAPITAL, SMALL, BLANK = 0.71, 0.49, 0.25
RIGHT_COLUMN = TEXT_WIDTH - LEFT_COLUMN


def letterhead(header: Json) -> Grid:
    """The two columns on top of the first page; number and date are filled in by the clerk."""
    left = [
        plain(f"organisation:{order}", names.ORGANISATION, line)
        for order, line in enumerate(header["organisation"])
    ]
    if header["parent"]:
        left.insert(0, plain("parent", names.PARENT, header["parent"]))
    own = header["organisation"][-1] if header["organisation"] else ""
    left.append(_rule("rule:organisation", LEFT_COLUMN, min(_letters(own, 13), LEFT_COLUMN) * 0.42))
    right = [
        plain("country", names.COUNTRY, COUNTRY),
        plain("motto", names.MOTTO, MOTTO),
        _rule("rule:motto", RIGHT_COLUMN, _letters(MOTTO, 14)),
    ]
    number = plain("number", names.NUMBER, f"Số: ……/{header['symbol']}")
    date = plain("date", names.DATE, f"{header['place']}, ngày …… tháng …… năm ………")
    return Grid(
        "letterhead",
        (LEFT_COLUMN, RIGHT_COLUMN),
        (
            Row("agency", (Cell(tuple(left)), Cell(tuple(right)))),
            Row("number", (Cell((number,)), Cell((date,)))),
        ),
        is_ruled=False,
    )


def title_lines(header: Json, title: Json) -> list[Item]:
    """KẾ HOẠCH, the trích yếu in lines of like length, and the rule below it."""
    text = text_of(runs_of(title))
    mark = names.mark_of(title["attrs"]["id"])
    width = _balanced(_letters(text, 14), 0.92 * TEXT_WIDTH)
    return [
        plain("kind", names.KIND, header["kind"]),
        Line(
            title["attrs"]["id"],
            names.TITLE,
            (Piece(text),) if text else (),
            marks=(mark,) if mark else (),
            indents=_sides(TEXT_WIDTH, width),
        ),
        _rule("rule:title", TEXT_WIDTH, min(width, _letters(text, 14)) * 0.4),
    ]


def _balanced(width: float, most: float) -> float:
    """How wide a text may be set that all its lines are nearly as long."""
    lines = ceil(width / most)
    return most if lines < 2 else min(most, width / lines * 1.12)


def _rule(key: str, across: int, width: float) -> Line:
    """A centred rule so wide: the border of an empty paragraph between two indents."""
    return Line(key, names.RULE, indents=_sides(across, width))


def _sides(across: int, width: float) -> tuple[int, int]:
    side = round((across - width) / 2)
    return (side, side)


def _letters(text: str, size: int) -> float:
    """Roughly how wide bold text is in one line, in twentieths of a point."""
    widths = (BLANK if sign == " " else CAPITAL if sign.isupper() else SMALL for sign in text)
    return sum(widths) * size * 20
