"""Documents for the tests of the content model: one by hand, and any that Hypothesis thinks of."""

from itertools import count
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

from workflows.domain.content.canonical import sound
from workflows.domain.content.numbering import CELL_LEVELS, LEVELS

REAL_PLAN = Path(__file__).parents[3] / "portal" / "demo" / "ke-hoach-2022.txt"

HEADER: Any = {
    "kind": "KẾ HOẠCH",
    "kind_code": "KH",
    "parent": None,
    "organisation": ["ỦY BAN NHÂN DÂN", "THÀNH PHỐ HÀ NỘI"],
    "symbol": "KH-UBND",
    "place": "Hà Nội",
}


def ids(start: int = 1, letter: str = "b") -> Any:
    """A source of ids: b000000001, b000000002, …."""
    numbers = count(start)
    return lambda: f"{letter}{next(numbers):09d}"


def node(kind: str, *content: Any, **attrs: Any) -> dict[str, Any]:
    """A node; a string in *content* is a text node."""
    children = [
        {"type": "text", "text": each} if isinstance(each, str) else each for each in content
    ]
    whole: dict[str, Any] = {"type": kind}
    whole |= {"attrs": attrs} if attrs else {}
    return whole | ({"content": children} if children else {})


def clause(identity: str, text: str, level: str = "para") -> dict[str, Any]:
    return node("clause", *([text] if text else []), id=identity, level=level)


def plan(*body: Any, annexes: tuple[Any, ...] = (), **changes: Any) -> dict[str, Any]:
    """A whole plan around *body*; `title=…` and the like replace single parts."""
    parts = {
        "title": node("title", "Tuyên truyền năm 2022", id="title00001"),
        "opening": node("opening", "Năm 2022, thành phố ban hành:", id="opening001"),
        "closing": node("closing", "Trên đây là Kế hoạch./.", id="closing001"),
        "recipients": node(
            "recipients",
            node("recipient", "Sở Tài chính", id="recipient1", target=None, purpose=None),
            filing="VT, KGVX",
        ),
        "signature": node(
            "signature", id="signature1", position="chair", lines=["KT. CHỦ TỊCH"], name="Lê Thử"
        ),
    } | changes
    kept = {name: part for name, part in parts.items() if part is not None}
    head = [kept[name] for name in ("title", "opening") if name in kept]
    tail = [kept[name] for name in ("closing", "recipients", "signature") if name in kept]
    return {"type": "doc", "content": [*head, *body, *tail, *annexes]}


def without_ids(value: Any) -> Any:
    """The same document with its ids left out, for comparing texts."""
    if isinstance(value, list):
        return [without_ids(each) for each in value]
    if isinstance(value, dict):
        return {key: without_ids(each) for key, each in value.items() if key != "id"}
    return value


_SNIPPETS = (
    *("1. ", "I. ", "1.1 ", "a) ", "đ) ", "- ", "+ ", "* ", "• ", "– ", "1.1.1 ", "2022. "),
    *("**", "*", "***", "\\", "\\n", "\\p", "|", "| a |", "---", "===", "=== PHỤ LỤC: x ==="),
    *("{h}", "{c2}", "{", "}", "Lưu: ", "PHỤ LỤC: ", "Nơi nhận:", "KẾ HOẠCH", "./.", ";", ".", ","),
    *(" ", "  ", "\u00a0", "\u0301", "\u0338", "\u0323", "đ", "Ủy ban", "hoà", "“", "\u200b", "\t"),
    *("\r\n", "=", "<", ">", "#", ":", "-", "(để biết)", "Căn cứ", "x", "y", "\x01", "😀"),
)


def texts(most: int = 4) -> st.SearchStrategy[str]:
    """Short texts made of everything that means something in the plain form."""
    return st.lists(st.sampled_from(_SNIPPETS), max_size=most).map("".join)


def _marks() -> st.SearchStrategy[list[dict[str, str]]]:
    return st.lists(
        st.sampled_from([{"type": "strong"}, {"type": "em"}]), max_size=2, unique_by=str
    )


def _inline() -> st.SearchStrategy[list[dict[str, Any]]]:
    text = st.builds(
        lambda text, marks: {"type": "text", "text": text, "marks": marks}, texts(), _marks()
    )
    return st.lists(st.one_of(text, st.just({"type": "hard_break"})), max_size=3)


def _inline_block(kind: str) -> st.SearchStrategy[dict[str, Any]]:
    return st.builds(lambda content: {"type": kind, "attrs": {}, "content": content}, _inline())


def _clause(levels: tuple[str, ...]) -> st.SearchStrategy[dict[str, Any]]:
    return st.builds(
        lambda content, level: {"type": "clause", "attrs": {"level": level}, "content": content},
        _inline(),
        st.sampled_from(levels),
    )


@st.composite
def _table(draw: st.DrawFn) -> dict[str, Any]:
    """A rectangle, its first row or column perhaps one cell."""
    rows, columns = draw(st.integers(1, 3)), draw(st.integers(1, 3))
    merged = draw(st.sampled_from(["", "row", "column"]))

    def cell(**attrs: Any) -> dict[str, Any]:
        kind = draw(st.sampled_from(["table_cell", "table_header"]))
        widths = draw(st.sampled_from([None, [120], [0, 80]]))
        content = draw(st.lists(_clause(CELL_LEVELS), min_size=1, max_size=2))
        return {"type": kind, "attrs": {"colwidth": widths, **attrs}, "content": content}

    grid = [[cell() for _ in range(columns)] for _ in range(rows)]
    if merged == "row":
        grid[0] = [cell(colspan=columns)]
    elif merged == "column" and columns > 1:
        grid = [[cell(rowspan=rows), *grid[0][1:]], *(row[1:] for row in grid[1:])]
    return {
        "type": "table",
        "attrs": {},
        "content": [{"type": "table_row", "content": row} for row in grid],
    }


def _body() -> st.SearchStrategy[list[dict[str, Any]]]:
    return st.lists(st.one_of(_clause(LEVELS), _clause(LEVELS), _table()), max_size=4)


def _text_node(kind: str, **attrs: Any) -> st.SearchStrategy[dict[str, Any]]:
    return st.builds(
        lambda text: {
            "type": kind,
            **({"attrs": attrs} if attrs else {}),
            "content": [{"type": "text", "text": text}],
        },
        texts(),
    )


_words = texts().filter(lambda text: bool(text.replace("\u200b", "").strip()))
_recipient = st.builds(
    lambda text, target, purpose: {
        "type": "recipient",
        "attrs": {"target": target, "purpose": purpose},
        "content": [{"type": "text", "text": text}],
    },
    texts(),
    st.sampled_from([None, "H26.14", "so-tai-chinh"]),
    st.one_of(st.none(), _words),
)
_annex = st.builds(
    lambda title, body: {"type": "annex", "attrs": {}, "content": [title, *body]},
    _text_node("annex_title"),
    _body(),
)


@st.composite
def documents(draw: st.DrawFn) -> dict[str, Any]:
    """Any document that the schema takes, normalised."""
    few: Any = lambda each, most=2: draw(st.lists(each, max_size=most))  # noqa: E731
    content = [
        draw(_text_node("title")),
        *few(_inline_block("basis")),
        *few(_inline_block("opening")),
        *draw(_body()),
        *few(_inline_block("closing")),
        {
            "type": "recipients",
            "attrs": {"filing": draw(texts())},
            "content": few(_recipient, 3),
        },
        {
            "type": "signature",
            "attrs": {
                "position": draw(st.sampled_from([None, "pho-chu-tich"])),
                "lines": few(_words),
                "name": draw(texts()),
            },
        },
        *few(_annex),
    ]
    return sound(_named({"type": "doc", "content": content}, ids()))


_NAMED = (
    "title",
    "basis",
    "opening",
    "clause",
    "table",
    "closing",
    "recipient",
    "signature",
    "annex",
)


def _named(value: dict[str, Any], new_id: Any) -> dict[str, Any]:
    """*value* with ids; nodes that Hypothesis used twice become two."""
    whole = dict(value)
    if whole["type"] in _NAMED:
        whole["attrs"] = {**whole.get("attrs", {}), "id": new_id()}
    if "content" in whole:
        whole["content"] = [_named(child, new_id) for child in whole["content"]]
    return whole
