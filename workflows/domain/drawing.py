"""Lines, boxes and wrapped words of a drawing that runs either across a page or down it."""

from dataclasses import dataclass

# (x, y) along the way and across it; `Layout.at` turns them when the way runs downwards.
Spot = tuple[float, float]

MARGIN = 8
ARROW = 6


@dataclass(frozen=True)
class Layout:
    """Sizes of one direction. *along* and *across* are a box's extent, *rail* a way back's room."""

    is_down: bool
    along: float
    across: float
    gap: float
    rail: float
    letters: int

    def at(self, spot: Spot) -> Spot:
        return (spot[1], spot[0]) if self.is_down else spot

    def start(self, order: int) -> float:
        return MARGIN + order * (self.along + self.gap)


def path(layout: Layout, spots: list[Spot], look: str, *, closed: bool = False) -> str:
    """A line through *spots*, styled by the class *look*."""
    points = " L".join(f"{x:g} {y:g}" for x, y in map(layout.at, spots))
    return f'<path class="{look}" d="M{points}{"Z" if closed else ""}"/>'


def wrapped(text: str, letters: int) -> list[str]:
    """The text in lines of about so many letters, broken between words; SVG does not do it."""
    lines = [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}".strip()
        if len(longer) > letters and lines[-1]:
            lines.append(word)
        else:
            lines[-1] = longer
    return lines
