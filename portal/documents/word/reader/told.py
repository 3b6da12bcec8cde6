"""What a reading says beside the text: the doubtful places, and what was left behind."""

from dataclasses import dataclass, field
from typing import Final

from workflows.domain.content.reading import MAX_DOUBTS, excerpt
from workflows.domain.content.shape import Doc


@dataclass(frozen=True, slots=True)
class Told:
    """A place for the drafter to look at. *block_id* None: of the whole file, or before it all."""

    block_id: str | None
    sentence: str
    excerpt: str = ""
    suggestion: str | None = None
    # Whether the block may be joined to the one above it.
    can_join: bool = False


@dataclass(frozen=True, slots=True)
class Imported:
    """A document that parses and can be saved, its doubts in order, and notes on the file.

    *base* is the text that a file made here says it was made of, as `Base` writes it; or “”.
    *signing* is what a file of another hand has in the place of the signature, line by line.
    """

    doc: Doc
    doubts: tuple[Told, ...]
    notes: tuple[str, ...]
    base: str = ""
    signing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Remark:
    """A doubt of one paragraph, before the paragraph has a block."""

    sentence: str
    excerpt: str = ""
    suggestion: str | None = None


# What was kept can be read in the text; what was not can be read only here.
_LONGEST: Final = 200


@dataclass
class Remarks:
    """The remarks of one paragraph; the same sentence is said once, with all it is about."""

    found: dict[str, list[str]] = field(default_factory=dict)
    left_out: set[str] = field(default_factory=set)

    def add(self, sentence: str, about: str = "") -> None:
        """One more thing to tell, of words that are in the text."""
        self.found.setdefault(sentence, []).append(about)

    def leave_out(self, sentence: str, words: str) -> None:
        """Tell of words that are not in the text, to the last one."""
        self.left_out.add(sentence)
        self.add(sentence, words)

    def take(self, other: "Remarks") -> None:
        """All that another one says."""
        self.left_out |= other.left_out
        for sentence, about in other.found.items():
            self.found.setdefault(sentence, []).extend(about)

    def all(self) -> list[Remark]:
        """The remarks, in the order they were first made."""
        return [Remark(sentence, self._about(sentence)) for sentence in self.found]

    def _about(self, sentence: str) -> str:
        whole = " ".join(each for each in self.found[sentence] if each.strip())
        return whole if sentence in self.left_out else excerpt(whole, _LONGEST)


def bounded(doubts: list[Told]) -> tuple[Told, ...]:
    """The doubts, cut off where nobody would read on; the words of the others stay together."""
    rest = doubts[MAX_DOUBTS:]
    if not rest:
        return tuple(doubts)
    sentence = f"Còn {len(rest)} chỗ nghi ngờ nữa; hãy kiểm tra lại cả văn bản."
    words = " / ".join(each.excerpt for each in rest if each.excerpt)
    return (*doubts[:MAX_DOUBTS], Told(None, sentence, words))
