"""Finds which block of one text is which of another: by id, as cut off, as joined, by likeness."""

from collections import Counter, defaultdict, deque
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass, field

from rapidfuzz.distance import Indel

from portal.documents.words import SYLLABLE, Words
from workflows.domain.content.blocks import Block

# A block was cut off another one, or joined to it, when this share of its words is found there.
SHARE = 0.6
MOST_PIECES = 8
# Text of this length that is in both once more is the same text, wherever it stands.
TELLING = 20
# Blocks without a common id are one when this share of their letters is common.
LIKENESS = 0.75
SHORTEST_LIKE = 12
# Products of lengths, as comparing takes; 200 million are some 15 ms.
MOST_LETTERS = 200_000_000
MOST_PAIRS = 20_000

# What a new block is compared with, piece by piece: the old words, the new words.
Pieces = tuple[tuple[str, str], ...]


@dataclass
class Matching:
    """Blocks by their places in both rows; what no field names is new, or gone.

    *old_of* has the blocks that went on; *cut_off* new blocks by the new one they were cut off;
    *gone_into* old blocks by the old one they were joined to. *pieces* says what these are
    compared by, in the place of their whole texts.
    """

    old_of: dict[int, int] = field(default_factory=dict)
    cut_off: dict[int, int] = field(default_factory=dict)
    gone_into: dict[int, int] = field(default_factory=dict)
    pieces: dict[int, Pieces] = field(default_factory=dict)


def match(before: Sequence[Block], after: Sequence[Block], words: Words) -> Matching:
    """Match two texts; ids come first, and what they say is never overruled."""
    return _Search(before, after, words).run()


class _Search:
    def __init__(self, before: Sequence[Block], after: Sequence[Block], words: Words) -> None:
        self._before, self._after = before, after
        self._words = words
        self._found = Matching()
        self._gone: set[int] = set()
        self._come: set[int] = set()

    def run(self) -> Matching:
        self._by_id()
        if self._gone and self._come:
            self._by_same_text()
        if self._gone or self._come:
            self._by_seams()
        if self._gone and self._come:
            self._by_likeness()
        return self._found

    def _by_id(self) -> None:
        places = {block.id: place for place, block in enumerate(self._before)}
        self._gone, self._come = set(range(len(self._before))), set(range(len(self._after)))
        for new, block in enumerate(self._after):
            if block.id in places:
                self._pair(places[block.id], new)

    def _pair(self, old: int, new: int) -> None:
        self._found.old_of[new] = old
        self._gone.discard(old)
        self._come.discard(new)

    def _by_same_text(self) -> None:
        """Text that was cut out and pasted comes back with a fresh id."""
        waiting: dict[tuple[str, str], deque[int]] = defaultdict(deque)
        for old in sorted(self._gone):
            block = self._before[old]
            if len(block.text) >= TELLING:
                waiting[block.kind, block.text].append(old)
        for new in sorted(self._come):
            block = self._after[new]
            if same := waiting.get((block.kind, block.text)):
                self._pair(same.popleft(), new)

    def _by_seams(self) -> None:
        for new, old in sorted(self._found.old_of.items()):
            if self._before[old].text == self._after[new].text:
                continue
            has_new = bool(self._come & {new - 1, new + 1})
            if not (has_new and self._split(old, new)) and self._gone & {old - 1, old + 1}:
                self._join(old, new)

    def _split(self, old: int, new: int) -> bool:
        """Whether neighbours that are new hold words that this block lost."""
        whole = self._before[old].text
        lost = _syllables(whole) - _syllables(self._after[new].text)
        row = _neighbours(self._after, new, self._come, lost)
        if len(row) < 2:
            return False
        texts = [self._after[place].text for place in row]
        cut = self._words.cut(whole, texts)
        pieces = {at: ((piece, text),) for at, piece, text in zip(row, cut, texts, strict=True)}
        if not all(_holds(*pieces[at][0]) for at in row if at != new):
            return False
        self._found.pieces.update(pieces)
        self._found.cut_off.update((at, new) for at in row if at != new)
        self._come.difference_update(row)
        return True

    def _join(self, old: int, new: int) -> None:
        """Take in the neighbours that are gone and held words that this block won."""
        whole = self._after[new].text
        won = _syllables(whole) - _syllables(self._before[old].text)
        row = _neighbours(self._before, old, self._gone, won)
        if len(row) < 2:
            return
        texts = [self._before[place].text for place in row]
        pieces = tuple(zip(texts, self._words.cut(whole, texts), strict=True))
        if not all(_holds(piece, text) for text, piece in pieces if text):
            return
        self._found.pieces[new] = pieces
        self._found.gone_into.update((at, old) for at in row if at != old)
        self._gone.difference_update(row)

    def _by_likeness(self) -> None:
        """What was typed anew, a little changed: the likest first, then the nearest."""
        order = sorted(self._likenesses(), reverse=True)
        for _score, _nearness, old, new in order:
            if old in self._gone and new in self._come:
                self._pair(old, new)

    def _likenesses(self) -> Iterator[tuple[float, int, int, int]]:
        letters, pairs = MOST_LETTERS, MOST_PAIRS
        for old, new in self._comparable():
            one, other = self._before[old].text, self._after[new].text
            letters -= len(one) * len(other)
            pairs -= 1
            if letters < 0 or pairs < 0:
                return
            score = Indel.normalized_similarity(one, other, score_cutoff=LIKENESS)
            if score:
                yield score, -abs(old - new), old, new

    def _comparable(self) -> Iterator[tuple[int, int]]:
        """Pairs of one kind and of like lengths; cells only within one table."""
        rows: dict[tuple[str, str], list[int]] = defaultdict(list)
        for old in sorted(self._gone):
            rows[_sort(self._before[old])].append(old)
        for new in sorted(self._come):
            length = len(self._after[new].text)
            for old in rows.get(_sort(self._after[new]), ()):
                shorter, longer = sorted((length, len(self._before[old].text)))
                # With common letters at their most, this is the likeness.
                if shorter >= SHORTEST_LIKE and 2 * shorter >= LIKENESS * (shorter + longer):
                    yield old, new


def _sort(block: Block) -> tuple[str, str]:
    return block.kind, block.cell.table_id if block.cell else ""


def _syllables(text: str) -> Counter[str]:
    return Counter(SYLLABLE.findall(text))


def _neighbours(row: Sequence[Block], place: int, free: Set[int], moved: Counter[str]) -> list[int]:
    """*place* with the free blocks next to it that hold *moved* words, in order."""
    found = [place]
    for step in (1, -1):
        at = place + step
        while at in free and _beside(row[at], row[place]) and len(found) < MOST_PIECES:
            own = _syllables(row[at].text)
            from_here = own & moved
            if from_here.total() < max(own.total() * SHARE, 1):
                break
            moved = moved - from_here
            found.append(at)
            at += step
    return sorted(found)


def _beside(block: Block, other: Block) -> bool:
    return block.kind == other.kind and block.cell == other.cell


def _holds(piece: str, text: str) -> bool:
    """Whether enough of the words of *text* are those of *piece*."""
    own = _syllables(text)
    return (own & _syllables(piece)).total() >= max(own.total() * SHARE, 1)
