"""The numbers of a plan's clauses, always computed and never stored.

System (b) of Nghị định 30/2020/NĐ-CP, Phụ lục I, mục II.6: phần I., mục 1., khoản 1.1, điểm a).
"""

from collections.abc import Iterator
from typing import Any

from workflows.domain.content.shape import Doc

NUMBERED = ("part", "sec", "sub", "pt")
# A number must name one place in the plan, so cells, which are no places of their own, have none.
CELL_LEVELS = ("para", "dash", "plus")
LEVELS = (*NUMBERED, "dash", "plus", "para")

# No f, j, w, z: the alphabet that Phụ lục I prescribes for điểm.
LETTERS = "abcdđeghiklmnopqrstuvxy"

_ROMAN = (
    *((1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC")),
    *((50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")),
)


class Numbering:
    """The counters of one run of clauses: the body, or one annex."""

    def __init__(self) -> None:
        self._at = dict.fromkeys(NUMBERED, 0)

    def advance(self, level: str) -> str:
        """Count one clause of *level* and return its label; plain paragraphs have none."""
        if level in self._at:
            self._at[level] += 1
            for lower in NUMBERED[NUMBERED.index(level) + 1 :]:
                self._at[lower] = 0
        return self._label(level)

    def _label(self, level: str) -> str:
        at = self._at
        match level:
            case "part":
                return f"{roman(at['part'])}."
            case "sec":
                return f"{at['sec']}."
            case "sub":
                # Without a dot at the end, as the plans of Hà Nội have it.
                return f"{at['sec']}.{at['sub']}"
            case "pt":
                return f"{letters(at['pt'])})"
            case "dash" | "plus":
                return "-" if level == "dash" else "+"
        return ""

    @property
    def place(self) -> str:
        """Where the run stands now, as people cite it: “Mục II.1.2, điểm a”."""
        at = self._at
        numbers = [roman(at["part"])] if at["part"] else []
        if at["sub"]:
            numbers.append(f"{at['sec']}.{at['sub']}")
        elif at["sec"]:
            numbers.append(str(at["sec"]))
        words = [f"Mục {'.'.join(numbers)}"] if numbers else []
        if at["pt"]:
            words.append(f"điểm {letters(at['pt'])}" if words else f"Điểm {letters(at['pt'])}")
        return ", ".join(words)


def labels(doc: Doc) -> dict[str, str]:
    """The label of every clause that has one, and of every annex, by block id."""
    found: dict[str, str] = {}
    for run in _runs(doc):
        numbering = Numbering()
        for node in run:
            if node["type"] == "clause":
                label = numbering.advance(node["attrs"]["level"])
                if label:
                    found[node["attrs"]["id"]] = label
    annexes = [node for node in doc["content"] if node["type"] == "annex"]
    for order, annex in enumerate(annexes, start=1):
        found[annex["attrs"]["id"]] = annex_label(order, len(annexes))
    return found


def _runs(node: Doc) -> Iterator[list[Any]]:
    content = node.get("content", [])
    if node["type"] not in ("table", "table_row"):
        yield content
    for child in content:
        if child["type"] not in ("text", "hard_break", "clause"):
            yield from _runs(child)


def annex_label(order: int, of: int) -> str:
    """“Phụ lục”, numbered in Roman figures when there are two or more (mục III.1)."""
    return f"Phụ lục {roman(order)}" if of > 1 else "Phụ lục"


def roman(number: int) -> str:
    """The Roman figure; nothing for zero."""
    figure = ""
    for value, sign in _ROMAN:
        count, number = divmod(number, value)
        figure += sign * count
    return figure


def letters(number: int) -> str:
    """The letter of a điểm: a … y, then aa, ab …."""
    word = ""
    while number > 0:
        number, rest = divmod(number - 1, len(LETTERS))
        word = LETTERS[rest] + word
    return word
