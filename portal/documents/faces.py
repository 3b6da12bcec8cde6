"""Where kept words changed their type: bold and italic, letter by letter."""

import unicodedata
from collections.abc import Iterator, Sequence
from itertools import groupby

from portal.documents.words import Segment
from workflows.domain.content.blocks import Block

# For each letter of a text how it is set, as one of these signs.
_PLAIN, _STRONG, _EM, _BOTH = "nbix"
FACES = {_PLAIN: "", _STRONG: "b", _EM: "i", _BOTH: "bi"}


def faces_of(block: Block) -> str:
    """One sign for each letter of the block's text in NFC."""
    if not any(run.strong or run.em for run in block.runs):
        return ""
    return "".join(
        _sign(run.strong, run.em) * len(unicodedata.normalize("NFC", run.text))
        for run in block.runs
    )


def faced(segments: Sequence[Segment], old: str, new: str) -> tuple[Segment, ...]:
    """The same segments, kept ones parted where their type changed, and these told so."""
    if not old and not new:
        return tuple(segments)
    old_length = sum(len(each.text) for each in segments if each.kind != "inserted")
    new_length = sum(len(each.text) for each in segments if each.kind != "deleted")
    old, new = old or _PLAIN * old_length, new or _PLAIN * new_length
    if (len(old), len(new)) != (old_length, new_length):
        # A letter and its accent in two runs: rare, and not worth a wrong mark.
        return tuple(segments)
    return tuple(_parted(segments, old, new))


def _parted(segments: Sequence[Segment], old: str, new: str) -> Iterator[Segment]:
    at = new_at = 0
    for segment in segments:
        size = len(segment.text)
        if segment.kind == "kept":
            pairs = list(zip(old[at : at + size], new[new_at : new_at + size], strict=True))
            yield from _stretches(segment.text, pairs)
        else:
            yield segment
        at += size * (segment.kind != "inserted")
        new_at += size * (segment.kind != "deleted")


def _stretches(text: str, pairs: list[tuple[str, str]]) -> Iterator[Segment]:
    if all(was == now for was, now in pairs):
        yield Segment("kept", text)
        return
    start = 0
    for (was, now), row in groupby(pairs, lambda pair: pair if pair[0] != pair[1] else ("", "")):
        end = start + sum(1 for _ in row)
        changed = (FACES[was], FACES[now]) if was else None
        yield Segment("kept", text[start:end], changed)
        start = end


def _sign(strong: bool, em: bool) -> str:
    return (_BOTH if em else _STRONG) if strong else (_EM if em else _PLAIN)
