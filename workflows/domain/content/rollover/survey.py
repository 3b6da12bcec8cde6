"""The whole look through an old plan: every place that somebody has to decide, once each."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from workflows.domain.content.rollover.beside import beside_others
from workflows.domain.content.rollover.bodies import find_bodies
from workflows.domain.content.rollover.citations import find_citations
from workflows.domain.content.rollover.dates import find_dates
from workflows.domain.content.rollover.dropping import cut_of
from workflows.domain.content.rollover.finding import Cut, Find, Proposal, Years
from workflows.domain.content.rollover.occasions import find_occasions
from workflows.domain.content.rollover.texts import BlockText, block_texts
from workflows.domain.content.rollover.themes import find_figures, find_themes
from workflows.domain.content.rollover.yearly import of_one_year
from workflows.domain.content.rollover.years import find_years, year_of
from workflows.domain.content.shape import Doc


def proposals(doc: Doc, *, from_year: int, to_year: int) -> tuple[Proposal, ...]:
    """What to decide, in reading order; no two overlap. *doc* parses and is normal.

    The same document and years give the same ids, so that a form's answers find their places.
    """
    years = Years(from_year, to_year)
    return tuple(
        _proposal(block, find, cut_of(block, find, finds))
        for block in block_texts(doc)
        if (finds := tuple(beside_others(block.text, _apart(_finds(block, years)))))
        for find in finds
    )


def plan_year(doc: Doc) -> int | None:
    """The year that the plan is for, as its title says."""
    return next((year_of(block.text) for block in block_texts(doc) if block.kind == "title"), None)


def _finds(block: BlockText, years: Years) -> Iterator[Find]:
    """Before all others what must not be touched piece by piece."""
    for cited in find_citations(block.text, is_basis=block.kind == "basis"):
        words = block.text[cited.start : cited.end]
        yield _with_old_names(words, of_one_year(words, cited, years), years)
    yield from find_themes(block.text, years)
    yield from find_bodies(block.text, years)
    yield from find_occasions(block.text, years)
    yield from find_dates(block.text, years)
    yield from find_years(block.text, years)
    yield from find_figures(block.text)


def _with_old_names(words: str, cited: Find, years: Years) -> Find:
    """A body that is no more stays in the name of a document of its time."""
    gone = {words[each.start : each.end] for each in find_bodies(words, years)}
    if not gone:
        return cited
    names = ", ".join(f"“{name}”" for name in sorted(gone))
    return replace(cited, reason=f"{cited.reason} {names} là tên khi ban hành: giữ nguyên.")


def _apart(finds: Iterable[Find]) -> list[Find]:
    """Of two that overlap, the one that was found first; then all in the order of the text."""
    kept: list[Find] = []
    for find in finds:
        if all(find.end <= other.start or other.end <= find.start for other in kept):
            kept.append(find)
    return sorted(kept, key=lambda find: find.start)


def _proposal(block: BlockText, find: Find, cut: Cut | None) -> Proposal:
    return Proposal(
        id=f"{block.id}-{find.start}",
        block_id=block.id,
        start=find.start,
        end=find.end,
        found=block.text[find.start : find.end],
        kind=find.kind,
        proposed=find.proposed,
        reason=find.reason,
        source=find.source,
        advice=find.advice,
        others=find.others,
        is_doubtful=find.is_doubtful,
        cut=cut,
    )
