"""The parts that a plain text is cut into, and what tells its lines apart."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from workflows.domain.content.reading import Doubt, Source

KIND = "KẾ HOẠCH"


@dataclass
class Cut:
    """The lines of each part, and a doubt for every line that belongs to none."""

    title: list[Source] = field(default_factory=list)
    bases: list[Source] = field(default_factory=list)
    opening: list[Source] = field(default_factory=list)
    body: list[Source] = field(default_factory=list)
    closing: list[Source] = field(default_factory=list)
    recipients: list[Source] = field(default_factory=list)
    annexes: list[tuple[list[Source], list[Source]]] = field(default_factory=list)
    doubts: list[Doubt] = field(default_factory=list)

    def leave_out(self, lines: list[Source], why: str) -> None:
        """Tell of lines that are not taken over, word for word; rules and blanks say nothing."""
        self.doubts.extend(
            Doubt(line.number, why, line.text) for line in lines if not is_ornament(line.text)
        )


def bare(text: str) -> str:
    """A line without the emphasis and heading signs around it."""
    return text.strip("*#_ ")


def is_ornament(text: str) -> bool:
    """Whether a line has nothing to say: blank, or drawn of dashes and stars."""
    return not text.strip("-_=* .–—")


_SIGNING = re.compile(r"(TM|KT|TL|TUQ|Q)\. *[^\W\d_]")


def is_signing(text: str) -> bool:
    """Whether a line looks like the authority of a signature: “TM. ỦY BAN NHÂN DÂN”."""
    return _SIGNING.match(bare(text)) is not None


def first_line(lines: list[Source], test: Callable[[str], bool]) -> int | None:
    """The place of the first line that passes *test*."""
    return next((at for at, line in enumerate(lines) if test(line.text)), None)
