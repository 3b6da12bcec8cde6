"""What a page shows of a text beside its words: the numbers of clauses, and which are titles."""

from dataclasses import dataclass

from workflows.domain.content.headings import headings
from workflows.domain.content.numbering import labels
from workflows.domain.content.shape import Doc


@dataclass(frozen=True)
class Outline:
    """Both by the ids of blocks."""

    labels: dict[str, str]
    titles: frozenset[str]


def outline_of(doc: Doc) -> Outline:
    """The outline of one text."""
    return Outline(labels(doc), headings(doc))
