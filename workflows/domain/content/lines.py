"""What the beginning of a line says about its level: “I.”, “1.”, “1.1”, “a)”, “-”, “+”."""

import re
from dataclasses import dataclass

from workflows.domain.content.inline import shielded
from workflows.domain.content.numbering import CELL_LEVELS, roman

# Each pattern is anchored and bounded, so that no line can make it walk back and forth.
_MARKERS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("part", re.compile(r"([IVXLCDM]{1,16}\.)[ ]+")),
    ("sub", re.compile(r"([0-9]{1,4}\.[0-9]{1,4}\.?)[ ]+")),
    ("sec", re.compile(r"([0-9]{1,4}\.)[ ]+")),
    ("pt", re.compile(r"([a-zđ]{1,3}\))[ ]+")),
    ("dash", re.compile(r"([-–—•*])[ ]+")),
    ("plus", re.compile(r"(\+)[ ]+")),
)
_ROMAN_FIGURES = frozenset(f"{roman(number)}." for number in range(1, 4_000))


@dataclass(frozen=True, slots=True)
class Line:
    """A line's *level*, the *typed* number or bullet, and the text after it."""

    level: str
    typed: str
    text: str


def read_line(text: str) -> Line:
    """Take a trimmed line apart; one without a marker is a plain paragraph."""
    for level, pattern in _MARKERS:
        found = pattern.match(text)
        if found and (level != "part" or found[1] in _ROMAN_FIGURES):
            return Line(level, found[1], text[found.end() :])
    return Line("para", "", text)


def read_cell_line(text: str) -> Line:
    """As `read_line` in a cell, where numbers are just text."""
    line = read_line(text)
    return line if line.level in CELL_LEVELS else Line("para", "", text)


def write_line(level: str, label: str, written: str, *, in_cell: bool = False) -> str:
    """Put the marker before a written text, and shield a text that only looks like one."""
    if level != "para":
        return f"{label} {written}"
    read = read_cell_line if in_cell else read_line
    looks_like = read(written).level != "para" or written.startswith(("|", "===", "{"))
    return shielded(written) if looks_like else written


def is_same_number(typed: str, label: str) -> bool:
    """Whether a typed number agrees with the computed one; “1.1.” is a way to write “1.1”."""
    return typed == label or typed == f"{label}." or label in ("-", "+")
