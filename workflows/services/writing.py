"""What writers do to the working text: change it together, name a state of it."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any, cast
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflows.domain.actor import Actor
from workflows.domain.content.edits import Edited, Json, apply
from workflows.domain.content.shape import Doc
from workflows.domain.errors import Fault, Incomplete, NotPermitted, StaleVersion
from workflows.domain.machine import PlanAction
from workflows.domain.policy import is_drafter_here
from workflows.models.plan import Plan, PlanVersion
from workflows.models.text import Revision
from workflows.queries.working_text import TYPED, last_typed, remember, text_at, text_of
from workflows.services.acting import Act, acting_on, looking_at
from workflows.services.advance import advance
from workflows.services.drafting import fit
from workflows.services.named_states import keep_state
from workflows.services.noting import note as note_act
from workflows.services.text_log import append, note_editor, replace_whole
from workflows.services.transaction import transaction

# Whoever pauses longer than this begins a new line in the audit record.
SITTING = timedelta(minutes=30)
LONGEST_NOTE = 500
# So many steps are applied under the lock: to look twice at the rights would cost more.
FEW = 20
# What a person finds in the list of states after their text was replaced.
BEFORE = {
    "restore": "Trước khi đưa về bản đã ghi",
    "word": "Trước khi thay bằng tệp Word",
}
BEHIND = "Văn bản đã có thay đổi mới của người khác."


class Behind(StaleVersion):
    """Others were faster: the sender has to take in their changes first, and send again."""


def append_steps(
    session: Session,
    *,
    plan_id: UUID,
    base: int,
    steps: Sequence[object],
    client_id: str,
    actor: Actor,
    now: datetime,
) -> int:
    """Put one editor's changes onto the log; returns the text's new version.

    Raises Behind when *base* is not the current version, UnfitText for a change off the schema,
    NotPermitted, and NotPossible once the text is frozen. A change that was stored although its
    answer got lost comes back as Behind; its sender knows it by *client_id*.
    """
    # Whoever is behind learns it without waiting for the others' lock: most of them are.
    if base != session.scalar(select(Plan.text_version).where(Plan.id == plan_id)):
        raise Behind(BEHIND)
    ahead = _applied_ahead(session, plan_id, base, steps, actor) if len(steps) > FEW else None
    with acting_on(
        session, plan_id, actor=actor, action=PlanAction.EDIT, seen=None, now=now
    ) as act:
        if base != act.plan.text_version:
            raise Behind(BEHIND)
        edited = ahead or apply(text_of(session, act.plan).node, steps)
        begins = _begins_sitting(act)
        version = append(
            session,
            act.plan,
            edited,
            cast(Sequence[Json], steps),
            author_id=actor.id,
            client_id=client_id,
            origin=TYPED,
            now=act.now,
        )
        if begins:
            note_act(act, "edit", text_version=base)
    remember(plan_id, version, edited.doc)
    return version


def replace_text(
    session: Session,
    *,
    plan_id: UUID,
    seen_text: int | None,
    doc: dict[str, Any],
    actor: Actor,
    origin: str,
    now: datetime,
) -> Plan:
    """Bring the working text to *doc* as a whole; raises UnfitText with every place at fault.

    *seen_text* is the text version that the person replaces; None where nobody looked.
    """
    doc = fit(doc)
    with acting_on(
        session, plan_id, actor=actor, action=PlanAction.EDIT, seen=None, now=now
    ) as act:
        bring_to(act, doc, seen_text, origin)
        return act.plan


def name_revision(
    session: Session, *, plan_id: UUID, note: str, actor: Actor, now: datetime
) -> Revision:
    """Give the text as it stands a name that people find again; the same one once only."""
    note = _noted(note)
    with acting_on(
        session, plan_id, actor=actor, action=PlanAction.EDIT, seen=None, now=now
    ) as act:
        if before := _named_so(act, note):
            return before
        revision = keep_state(act, note)
        note_act(act, "name_revision", number=revision.number, note=note)
        return revision


def set_publicity(
    session: Session, *, plan_id: UUID, seen: int, is_public: bool, actor: Actor, now: datetime
) -> Plan:
    """Say whether the plan goes onto the public page once it is issued: its own unit decides."""
    with acting_on(
        session, plan_id, actor=actor, action=PlanAction.EDIT, seen=seen, now=now
    ) as act:
        if reason := is_drafter_here(act.actor, act.facts):
            raise NotPermitted(reason)
        act.plan.is_public = is_public
        advance(act, is_public=is_public)
        return act.plan


def _applied_ahead(
    session: Session, plan_id: UUID, base: int, steps: Sequence[object], actor: Actor
) -> Edited:
    """What many steps make of the text at *base*, found before its row is locked.

    Hundreds of steps take seconds in a long text, and the other writers need not wait for that:
    the text at a version never changes, and whether it is still the last is asked under the lock.
    """
    with transaction(session):
        looking_at(session, plan_id, actor=actor, action=PlanAction.EDIT)
        node = text_at(session, plan_id, base)
    return apply(node, steps)


def bring_to(act: Act, doc: Doc, seen_text: int | None, origin: str) -> None:
    """Make *doc* (sound) the working text; raises StaleVersion unless *seen_text* is still it."""
    if seen_text is not None and seen_text != act.plan.text_version:
        raise StaleVersion(
            "Văn bản đã có thay đổi mới của người khác. Hãy xem lại bản hiện tại rồi làm tiếp."
        )
    note_editor(act.session, act.plan.id, act.actor.id, act.now)
    if origin in BEFORE:
        keep_state(act, BEFORE[origin])
    replace_whole(act.session, act.plan, doc, author_id=act.actor.id, origin=origin, now=act.now)
    advance(act, title=act.plan.title, origin=origin, text_version=act.plan.text_version)


def _begins_sitting(act: Act) -> bool:
    """Whether this is the first typing of the actor's since a while, or since the last version."""
    last = last_typed(act.session, act.plan.id, act.actor.id)
    if last is None or last[1] <= act.now - SITTING:
        return True
    frozen = act.session.scalar(
        select(PlanVersion.text_version).where(
            PlanVersion.plan_id == act.plan.id, PlanVersion.number == act.plan.version_number
        )
    )
    return frozen is not None and last[0] <= frozen


def _named_so(act: Act, note: str) -> Revision | None:
    """The state that was asked for already: a second press, or a reply that got lost."""
    return act.session.scalars(
        select(Revision).where(
            Revision.plan_id == act.plan.id,
            Revision.text_version == act.plan.text_version,
            Revision.author_id == act.actor.id,
            Revision.note == note,
        )
    ).first()


def _noted(note: str) -> str:
    note = " ".join(note.split())
    if not note:
        sentence = "Hãy ghi tên cho bản này, ví dụ: “Sau khi tiếp thu góp ý của Sở Tài chính”."
        raise Incomplete(sentence, faults=[Fault("", sentence)])
    if len(note) > LONGEST_NOTE:
        raise Incomplete("Tên dài quá %(most)s ký tự. Hãy rút gọn.", most=LONGEST_NOTE)
    return note
