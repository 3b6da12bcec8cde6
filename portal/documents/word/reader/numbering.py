"""Computes the numbers that Word shows before paragraphs, which stand nowhere in the text.

ECMA-376 Part 1, 17.9: a list (w:num) is an abstract one with levels, some overridden; lists of
one abstract list count on together; a level starts anew after a higher one.
"""

import re
from dataclasses import dataclass
from typing import Final

from portal.documents.word.reader.faces import StyleSheet
from portal.documents.word.reader.figures import bullet, figure
from portal.documents.word.reader.xml import Element, W, children, number, switch, value, whole

LEVELS: Final = 9
# Word itself shows no number beyond this.
HIGHEST: Final = 32_767
_PLACE: Final = re.compile(r"%([1-9])")


@dataclass(frozen=True, slots=True)
class Level:
    """How one level of a list counts and looks."""

    start: int = 1
    kind: str = "decimal"
    text: str = ""
    restarts_after: int | None = None
    is_legal: bool = False
    style: str | None = None


@dataclass(frozen=True, slots=True)
class Label:
    """A computed number: the *text* before the paragraph, *depth* counted from 0."""

    text: str
    kind: str
    depth: int

    @property
    def is_bullet(self) -> bool:
        """Whether it is a sign and no number."""
        return self.kind == "bullet"


class Numbers:
    """Counts through one document, paragraph by paragraph in reading order."""

    def __init__(self, part: Element | None, sheet: StyleSheet) -> None:
        self._sheet = sheet
        self._abstract = {
            str(each.get(W + "abstractNumId")): each for each in children(part, "abstractNum")
        }
        self._lists = {str(each.get(W + "numId")): each for each in children(part, "num")}
        self._levels: dict[str, tuple[str, dict[int, Level], dict[int, int]]] = {}
        self._counts: dict[str, dict[int, int]] = {}
        self._begun: set[tuple[str, int]] = set()

    def label(self, properties: Element | None, style_id: str | None) -> Label | None:
        """Count the paragraph with these properties and style; None when it has no number."""
        named = self._list_of(properties, style_id)
        if named is None:
            return None
        list_id, depth = named
        abstract_id, levels, starts = self._resolved(list_id)
        level = levels.get(depth)
        if level is None:
            return None
        counts = self._counts.setdefault(abstract_id, {})
        self._advance(list_id, depth, level, counts, levels, starts)
        return _shown(level, depth, counts, levels)

    def _list_of(self, properties: Element | None, style_id: str | None) -> tuple[str, int] | None:
        """The list and the level: the paragraph's own word, then its styles'."""
        own = properties.find(W + "numPr") if properties is not None else None
        list_id, depth = value(own, "numId"), value(own, "ilvl")
        linked: str | None = None
        for style in self._sheet.chain(style_id or self._sheet.default_paragraph):
            said = style.paragraph.find(W + "numPr") if style.paragraph is not None else None
            if list_id is None and value(said, "numId") is not None:
                list_id, linked = value(said, "numId"), style.id
            if depth is None:
                depth = value(said, "ilvl")
        if list_id is None or list_id == "0" or list_id not in self._lists:
            return None
        at = self._depth_linked(list_id, linked) if depth is None else whole(depth)
        return list_id, min(max(at, 0), LEVELS - 1)

    def _depth_linked(self, list_id: str, style_id: str | None) -> int:
        """A style names only the list; the list's level names the style."""
        _, levels, _ = self._resolved(list_id)
        return next((at for at, each in levels.items() if style_id and each.style == style_id), 0)

    def _resolved(self, list_id: str) -> tuple[str, dict[int, Level], dict[int, int]]:
        if list_id not in self._levels:
            found = self._lists[list_id]
            abstract_id = self._followed(value(found, "abstractNumId") or "")
            levels = _levels(self._abstract.get(abstract_id))
            starts: dict[int, int] = {}
            for override in children(found, "lvlOverride"):
                at = whole(override.get(W + "ilvl"), 0)
                levels |= _levels(override)
                if override.find(W + "startOverride") is not None:
                    starts[at] = number(override, "startOverride")
            self._levels[list_id] = (abstract_id, levels, starts)
        return self._levels[list_id]

    def _followed(self, abstract_id: str) -> str:
        """A list may be defined by a list style, which names the list that defines it."""
        style = value(self._abstract.get(abstract_id), "numStyleLink")
        if style is None:
            return abstract_id
        for other, each in self._abstract.items():
            if other != abstract_id and value(each, "styleLink") == style:
                return other
        return abstract_id

    def _advance(
        self,
        list_id: str,
        depth: int,
        level: Level,
        counts: dict[int, int],
        levels: dict[int, Level],
        starts: dict[int, int],
    ) -> None:
        is_first = (list_id, depth) not in self._begun
        self._begun.add((list_id, depth))
        if is_first and depth in starts:
            counts[depth] = starts[depth]
        else:
            counts[depth] = min(counts.get(depth, level.start - 1) + 1, HIGHEST)
        for lower in [at for at in counts if at > depth]:
            after = levels[lower].restarts_after if lower in levels else None
            if after is None or (after and depth < after):
                del counts[lower]


def _levels(holder: Element | None) -> dict[int, Level]:
    return {
        whole(each.get(W + "ilvl"), 0): Level(
            start=number(each, "start", 1),
            kind=value(each, "numFmt") or "decimal",
            text=(value(each, "lvlText") or "")[:100],
            restarts_after=_restart(each),
            is_legal=bool(switch(each, "isLgl")),
            style=value(each, "pStyle"),
        )
        for each in children(holder, "lvl")
    }


def _restart(level: Element) -> int | None:
    return None if level.find(W + "lvlRestart") is None else number(level, "lvlRestart")


def _shown(
    level: Level, depth: int, counts: dict[int, int], levels: dict[int, Level]
) -> Label | None:
    if level.kind == "none" and not _PLACE.sub("", level.text).strip():
        return None
    if level.kind == "bullet":
        return Label(bullet(level.text), "bullet", depth)

    def written(found: re.Match[str]) -> str:
        at = int(found[1]) - 1
        other = levels.get(at, Level())
        count = counts.get(at, other.start)
        return figure(count, "decimal" if level.is_legal else other.kind)

    text = _PLACE.sub(written, level.text).strip()
    return Label(text, level.kind, depth) if text else None
