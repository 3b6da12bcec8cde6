"""What a reading says beside the text: the doubtful places, and what was left behind."""

from dataclasses import dataclass, field

from workflows.domain.content.reading import MAX_DOUBTS, excerpt
from workflows.domain.content.shape import Doc


@dataclass(frozen=True, slots=True)
class Told:
    """A place for the drafter to look at. *block_id* None: of the whole file, or before it all."""

    block_id: str | None
    sentence: str
    excerpt: str = ""
    suggestion: str | None = None


@dataclass(frozen=True, slots=True)
class Imported:
    """A document that parses and can be saved, its doubts in order, and notes on the file."""

    doc: Doc
    doubts: tuple[Told, ...]
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Remark:
    """A doubt of one paragraph, before the paragraph has a block."""

    sentence: str
    excerpt: str = ""
    suggestion: str | None = None


@dataclass
class Remarks:
    """The remarks of one paragraph; the same sentence is said once, with all it is about."""

    found: dict[str, list[str]] = field(default_factory=dict)

    def add(self, sentence: str, about: str = "") -> None:
        """One more thing to tell."""
        self.found.setdefault(sentence, []).append(about)

    def take(self, other: "Remarks") -> None:
        """All that another one says."""
        for sentence, about in other.found.items():
            self.found.setdefault(sentence, []).extend(about)

    def all(self) -> list[Remark]:
        """The remarks, in the order they were first made."""
        return [
            Remark(sentence, excerpt(" ".join(each for each in about if each.strip()), 200))
            for sentence, about in self.found.items()
        ]


def bounded(doubts: list[Told]) -> tuple[Told, ...]:
    """The doubts, cut off where nobody would read on."""
    if len(doubts) <= MAX_DOUBTS:
        return tuple(doubts)
    rest = f"Còn {len(doubts) - MAX_DOUBTS} chỗ nghi ngờ nữa; hãy kiểm tra lại cả văn bản."
    return (*doubts[:MAX_DOUBTS], Told(None, rest))
