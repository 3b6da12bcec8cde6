"""What the form checker finds in a plan's text, and how severe an organisation takes each rule."""

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from threading import Lock
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflows.domain.actor import Actor, Role
from workflows.domain.errors import NotPermitted
from workflows.domain.form.checking import look_over, weighed
from workflows.domain.form.findings import Finding
from workflows.domain.form.rules import Rule, rules
from workflows.models.form import FormRuleLevel
from workflows.models.people import Organisation, Person
from workflows.models.plan import Plan, PlanVersion
from workflows.queries.editor import working_or_frozen
from workflows.queries.reading import organisations_of, readable_plan
from workflows.queries.versions import frozen_text
from workflows.queries.working_text import text_of

KEPT = 64
SETTERS = (Role.FORM_CHECKER, Role.ADMINISTRATOR)
# A plan, and the version of its working text or the number of a frozen one.
Key = tuple[UUID, bool, int]


@dataclass(frozen=True)
class CheckedText:
    """The findings of one text. *version* is its place on the time line of the working text."""

    version: int
    number: int | None
    findings: tuple[Finding, ...]


@dataclass(frozen=True)
class RuleLine:
    """A rule as an organisation has it; *set_by* and *at* only where somebody has set it."""

    rule: Rule
    level: str
    set_by: str | None
    at: datetime | None


@dataclass(frozen=True)
class RulePage:
    """The rules of one organisation, and the others whose rules the reader may set."""

    organisation_id: int
    organisation: str
    others: tuple[tuple[int, str], ...]
    lines: tuple[RuleLine, ...]


class _Looked:
    """What was found in the texts last looked at; a committed text at a version never changes."""

    def __init__(self) -> None:
        self._found: OrderedDict[Key, tuple[Finding, ...]] = OrderedDict()
        self._lock = Lock()

    def get(self, key: Key, look: Callable[[], tuple[Finding, ...]]) -> tuple[Finding, ...]:
        """What was found under *key*; *look* looks when nobody has."""
        with self._lock:
            known = self._found.get(key)
        found = look() if known is None else known
        with self._lock:
            self._found[key] = found
            self._found.move_to_end(key)
            while len(self._found) > KEPT:
                self._found.popitem(last=False)
        return found


_looked = _Looked()


def levels_of(session: Session, organisation_id: int) -> dict[str, str]:
    """The levels that the organisation has set itself, by rule."""
    rows = session.execute(
        select(FormRuleLevel.rule, FormRuleLevel.level).where(
            FormRuleLevel.organisation_id == organisation_id
        )
    )
    return {row.rule: row.level for row in rows}


def findings_for(session: Session, plan: Plan, number: int | None = None) -> CheckedText:
    """The findings of the working text, or of frozen version *number*.

    Only for reading: a service that has changed the text in its transaction must not come here,
    for what it wrote may be rolled back and another text take its version.
    """
    levels = levels_of(session, plan.organisation_id)
    if number is None:
        text = text_of(session, plan)
        found = _looked.get((plan.id, False, text.version), lambda: look_over(text.doc, None))
        return CheckedText(text.version, None, tuple(weighed(found, levels)))
    frozen = frozen_text(session, plan, number)
    found = _looked.get((plan.id, True, number), lambda: look_over(frozen.doc, frozen.header))
    version = session.scalars(
        select(PlanVersion.text_version).where(
            PlanVersion.plan_id == plan.id, PlanVersion.number == number
        )
    ).one()
    return CheckedText(version, number, tuple(weighed(found, levels)))


def checked_text(
    session: Session, actor: Actor, plan_id: UUID, number: int | None = None
) -> CheckedText:
    """The findings of frozen version *number*, or of the text that *actor* now reviews.

    Raises PlanNotFound.
    """
    plan, _ = readable_plan(session, plan_id, actor=actor)
    if number is None:
        _, number = working_or_frozen(session, actor, plan_id)
    return findings_for(session, plan, number)


def rule_page(session: Session, actor: Actor, organisation_id: int | None) -> RulePage:
    """The rules of an organisation that *actor* may set them for; raises NotPermitted."""
    allowed = sorted(organisations_of(actor, *SETTERS))
    chosen = allowed[0] if organisation_id is None and allowed else organisation_id
    if chosen not in allowed:
        raise NotPermitted("Bạn không được đặt mức quy tắc thể thức của cơ quan này.")
    names = {
        row.id: row.name
        for row in session.scalars(select(Organisation).where(Organisation.id.in_(allowed)))
    }
    return RulePage(
        organisation_id=chosen,
        organisation=names[chosen],
        others=tuple((other, names[other]) for other in allowed if other != chosen),
        lines=_lines(session, chosen),
    )


def _lines(session: Session, organisation_id: int) -> tuple[RuleLine, ...]:
    rows = session.execute(
        select(FormRuleLevel, Person.name)
        .join(Person, Person.id == FormRuleLevel.set_by_id)
        .where(FormRuleLevel.organisation_id == organisation_id)
    ).all()
    stored = {row.rule: (row, name) for row, name in rows}
    levels = {rule: row.level for rule, (row, _) in stored.items()}
    return tuple(
        RuleLine(
            rule,
            rule.level_under(levels),
            stored[rule.id][1] if rule.id in stored else None,
            stored[rule.id][0].at if rule.id in stored else None,
        )
        for rule in rules().values()
    )
