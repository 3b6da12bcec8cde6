"""Looks a text over by every rule of form, and weighs what it finds by an office's levels."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from itertools import islice
from typing import Any, Final

from workflows.domain.errors import Fault
from workflows.domain.form.findings import OFF, Finding, Hit, Level
from workflows.domain.form.places import Places
from workflows.domain.form.rules import Rule, rules
from workflows.domain.form.sheet import Sheet

# More than anyone puts right in one go; the rest is found when these are gone.
MOST: Final = 40
# The parts of a plan as a finding without a block names them, and the blocks of each.
_PARTS: Final = (
    ("Trích yếu", ("title",)),
    ("Phần mở đầu", ("basis", "opening")),
    ("Nội dung", ("clause", "cell")),
    ("Phần kết", ("closing",)),
    ("Nơi nhận", ("recipient",)),
)


def check(
    doc: object, header: Mapping[str, Any] | None, levels: Mapping[str, str]
) -> list[Finding]:
    """What is to be put right in *doc*, in reading order; raises UnfitText off the schema."""
    return weighed(look_over(doc, header), levels)


def look_over(doc: object, header: Mapping[str, Any] | None) -> tuple[Finding, ...]:
    """What every rule finds, each at its default level: the same for every organisation."""
    sheet = Sheet.of(doc, header)
    places = Places(sheet)
    found = [
        _finding(rule, hit, places)
        for rule in rules().values()
        for hit in islice(rule.find(sheet), MOST)
    ]
    order = _order(sheet)
    found.sort(key=lambda each: (order.get(each.block_id or each.place, -1), each.start or 0))
    return tuple(found)


def weighed(findings: Iterable[Finding], levels: Mapping[str, str]) -> list[Finding]:
    """The findings at an organisation's levels, without those it has switched off."""
    known = {rule.id: rule.level_under(levels) for rule in rules().values()}
    return [
        replace(finding, level=Level(known[finding.rule]))
        for finding in findings
        if known[finding.rule] != OFF
    ]


def missing_for_submission(
    doc: object,
    header: Mapping[str, Any] | None = None,
    levels: Mapping[str, str] | None = None,
) -> list[Fault]:
    """What keeps a plan from being submitted: its errors of form."""
    found = check(doc, header, levels or {})
    return [finding.fault for finding in found if finding.level is Level.ERROR]


def _finding(rule: Rule, hit: Hit, places: Places) -> Finding:
    start, end = places.span(hit)
    return Finding(
        rule=rule.id,
        level=rule.level,
        sentence=hit.sentence,
        law=rule.law,
        place=hit.place,
        block_id=hit.block_id,
        start=start,
        end=end,
        suggestion=hit.suggestion,
    )


def _order(sheet: Sheet) -> dict[str, float]:
    """Where each block stands, each table, and each part that has no block of its own."""
    order: dict[str, float] = {}
    before: set[str] = set()
    for part, kinds in _PARTS:
        before |= set(kinds)
        last = (at for at, block in enumerate(sheet.main) if block.kind in before)
        order[part] = max(last, default=-1) + 0.5
    for at, block in enumerate(sheet.blocks):
        order[block.id] = at
        if block.cell:
            order.setdefault(block.cell.table_id, at)
    return order
