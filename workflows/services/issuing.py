"""What the clerk does: bind the number and date, have it sealed and issued, recall it."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from workflows.domain.actor import Actor
from workflows.domain.errors import NotPossible
from workflows.domain.machine import PlanAction
from workflows.domain.numbers import number_and_symbol
from workflows.models.decision import Decision, Outcome
from workflows.models.numbering import COMMON, NumberSeries, RegisterEntry
from workflows.models.outbox import Topic
from workflows.models.people import Organisation
from workflows.models.plan import Plan
from workflows.models.rendition import RenditionKind
from workflows.queries.recipients import keeper_of, recipients_of
from workflows.services.acting import Act, acting_on
from workflows.services.advance import advance
from workflows.services.files import StoredFile, file_of, note_file
from workflows.services.outbox import owe
from workflows.services.review import require_reason
from workflows.services.steps import decide, tell


def assign_number(
    session: Session, *, plan_id: UUID, seen: int, actor: Actor, now: datetime
) -> RegisterEntry:
    """Bind the next number of the series and today's date to the plan (Điều 15).

    One short transaction: sealing comes later and always uses this number. The number is never
    taken back and never given twice; dates never run backwards within a series.
    """
    with acting_on(
        session, plan_id, actor=actor, action=PlanAction.NUMBER, seen=seen, now=now
    ) as act:
        version = act.version()
        signed = file_of(session, version.id, RenditionKind.SIGNED)
        if signed is None:
            raise NotPossible("Kế hoạch chưa có tệp đã ký. Hãy báo quản trị hệ thống.")
        decision = decide(act, Outcome.NUMBERED)
        entry = _register(act, _next_in_series(act), version.canonical)
        session.add(entry)
        owe(session, Topic.SEAL, plan_id, now=act.now, version_id=version.id, actor_id=actor.id)
        advance(
            act,
            digest=decision.digest,
            number=entry.number,
            symbol=entry.symbol,
            dated=entry.dated.isoformat(),
        )
        return entry


def record_seal(
    session: Session, *, plan_id: UUID, actor: Actor, sealed: StoredFile, now: datetime
) -> Plan:
    """The sealed file lies in the store: the plan is issued, its archive is owed.

    *actor* is the clerk who gave the number. A second file for the same plan is refused with
    NotPossible, because the state has moved on.
    """
    with acting_on(
        session, plan_id, actor=actor, action=PlanAction.SEAL, seen=None, now=now
    ) as act:
        version = act.version()
        entry = entry_of(session, plan_id)
        note_file(session, version, RenditionKind.ISSUED, sealed, act.now)
        act.plan.issued_on = entry.dated
        entry.sent_on = act.today
        owe(session, Topic.ARCHIVE, plan_id, now=act.now, version_id=version.id)
        number = number_and_symbol(entry.number, entry.symbol)
        people = {act.plan.author_id} | act.facts.deciders
        tell(act, people, "issued", number=number)
        advance(act, digest=version.digest, number=number, issued_sha256=sealed.sha256)
        return act.plan


def recall(
    session: Session, *, plan_id: UUID, seen: int, actor: Actor, reason: str, now: datetime
) -> Plan:
    """Take an issued plan out of force (Điều 18.4); the record and the file stay, frozen."""
    reason = require_reason(reason, "Chưa nêu căn cứ và lý do thu hồi.")
    with acting_on(
        session, plan_id, actor=actor, action=PlanAction.RECALL, seen=seen, now=now
    ) as act:
        entry = entry_of(session, plan_id)
        entry.note = f"Thu hồi ngày {act.today:%d/%m/%Y}: {reason}"
        tell(act, {act.plan.author_id} | act.facts.deciders, "recalled", reason=reason)
        advance(act, digest=act.version().digest, reason=reason)
        return act.plan


def entry_of(session: Session, plan_id: UUID) -> RegisterEntry:
    """The plan's line in the register."""
    return session.scalars(select(RegisterEntry).where(RegisterEntry.plan_id == plan_id)).one()


def _next_in_series(act: Act) -> NumberSeries:
    """The series, locked, with its next number taken; raises NotPossible if time ran backwards."""
    organisation = act.plan.organisation
    kind = act.plan.kind if organisation.numbers_per_kind else COMMON
    key = {"organisation_id": organisation.id, "year": act.today.year, "kind": kind}
    row = insert(NumberSeries).values(**key, last_number=0)
    act.session.execute(row.on_conflict_do_nothing())
    series = act.session.scalars(
        select(NumberSeries)
        .filter_by(**key)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).one()
    _in_order(series.last_dated, act.today)
    series.last_number += 1
    series.last_dated = act.today
    return series


def _in_order(last: date | None, today: date) -> None:
    if last is not None and today < last:
        raise NotPossible(
            "Văn bản trước trong sổ đã mang ngày %(last)s, sau ngày hôm nay. "
            "Hãy kiểm tra đồng hồ của máy chủ trước khi cấp số.",
            last=f"{last:%d/%m/%Y}",
        )


def _register(act: Act, series: NumberSeries, canonical: str) -> RegisterEntry:
    plan, organisation = act.plan, act.plan.organisation
    return RegisterEntry(
        series_id=series.id,
        number=series.last_number,
        dated=act.today,
        symbol=_symbol(plan, organisation),
        plan_id=plan.id,
        title=plan.title,
        signer=_signer(act),
        recipients=recipients_of(act.session, organisation.id, canonical, on=act.today),
        keeper=keeper_of(canonical),
        numbered_by_id=act.actor.id,
        numbered_at=act.now,
    )


def _symbol(plan: Plan, organisation: Organisation) -> str:
    return f"{plan.kind}-{organisation.symbol}"


def _signer(act: Act) -> str:
    decision = act.session.scalars(
        select(Decision).where(
            Decision.plan_id == act.plan.id,
            Decision.outcome == Outcome.SIGNED,
            Decision.voided_at.is_(None),
        )
    ).one()
    return decision.person.name
