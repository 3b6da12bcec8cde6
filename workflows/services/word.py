"""Word files that people bring in: kept as they came, read by a job, taken exactly once."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflows.domain.actor import Actor
from workflows.domain.errors import NotPossible, PlanNotFound, TooMany
from workflows.domain.machine import PlanAction
from workflows.models.discussion import Audience
from workflows.models.outbox import Topic
from workflows.models.people import Person
from workflows.models.word import ImportState, WordImport
from workflows.queries.reading import plan_to_act_on
from workflows.queries.word import open_imports, own_import
from workflows.queries.word_coming import chosen_text, coming_of
from workflows.services.acting import acting_on, day_of
from workflows.services.drafting import begin_plan, drafting_post, fit
from workflows.services.files import StoredFile
from workflows.services.hearers import hearers_among
from workflows.services.outbox import owe
from workflows.services.steps import tell
from workflows.services.transaction import transaction
from workflows.services.word_reading import set_import
from workflows.services.writing import bring_to

LONGEST_NAME = 255
# A person decides on some before bringing in more: each holds a whole text.
MOST_OPEN = 10
# All files are read one after another: nobody's go before everybody else's.
MOST_UNREAD = 3


@dataclass(frozen=True)
class Upload:
    """A file that already lies in the store, and what it is for: a new plan or a draft."""

    file: StoredFile
    name: str
    unit_id: int | None = None
    plan_id: UUID | None = None


def bring_in(session: Session, *, upload: Upload, actor: Actor, now: datetime) -> UUID:
    """Note an uploaded file and ask for its reading; raises as drafting there would, or TooMany."""
    with transaction(session):
        unit_id = _unit_of(session, upload, actor)
        # Uploads of one person wait for each other here, so that none slips past the count.
        session.execute(select(Person.id).where(Person.id == actor.id).with_for_update())
        require_room(session, actor)
        found = WordImport(
            id=uuid4(),
            person_id=actor.id,
            unit_id=unit_id,
            plan_id=upload.plan_id,
            file_key=upload.file.key,
            file_name=upload.name[:LONGEST_NAME],
            sha256=upload.file.sha256,
            size=upload.file.size,
            state=ImportState.WAITING,
            progress=0,
            sentence="",
            created_at=now,
        )
        session.add(found)
        session.flush()
        owe(
            session,
            Topic.IMPORT,
            upload.plan_id,
            now=now,
            dedupe_key=f"import:{found.id}",
            import_id=str(found.id),
        )
        return found.id


def take(
    session: Session,
    *,
    import_id: UUID,
    actor: Actor,
    now: datetime,
    joins: Collection[str] = (),
) -> UUID:
    """Make a new plan of the reading; a second time gives the same plan.

    *joins* are blocks that shall run on from the one above; those not offered stay apart.
    """
    with transaction(session):
        found = _own(session, import_id, actor)
        if found.state is ImportState.TAKEN and found.plan_id is not None:
            return found.plan_id
        reading = _reading_of(found)
        if found.plan_id is not None:
            raise NotPossible("Tệp này được tải lên để thay một dự thảo đã có.")
        plan = begin_plan(
            session,
            unit_id=found.unit_id,
            actor=actor,
            doc=fit(chosen_text(reading, joins)),
            now=now,
            word_file=found.file_key,
            word_sha256=found.sha256,
        )
        set_import(session, import_id, state=ImportState.TAKEN, plan_id=plan.id)
        return plan.id


def take_into(
    session: Session,
    *,
    import_id: UUID,
    seen_text: int,
    actor: Actor,
    now: datetime,
    joins: Collection[str] = (),
    is_whole: bool = False,
) -> UUID:
    """Take the file into the draft for which it was brought in, as `coming_of` shows it.

    The log keeps what was replaced. Done twice, the second finds the text changed and stops.
    """
    with transaction(session):
        found = own_import(session, actor, import_id)
        plan_id = found.plan_id
        if found.state is ImportState.TAKEN and plan_id is not None:
            return plan_id
        _reading_of(found)
        if plan_id is None:
            raise NotPossible("Tệp này được tải lên để lập kế hoạch mới.")
        # Put together before the plan is locked: its writers need not wait for that.
        coming = coming_of(session, actor, found, joins=joins, is_whole=is_whole, today=day_of(now))
        doc = fit(coming.new, old=coming.old)
    with acting_on(
        session, plan_id, actor=actor, action=PlanAction.EDIT, seen=None, now=now
    ) as act:
        if _own(session, import_id, actor).state is ImportState.TAKEN:
            return plan_id
        _reading_of(found)
        # The very text that was put together is the one that the person saw, and still stands.
        bring_to(act, doc, seen_text if coming.text_version == seen_text else -1, "word")
        set_import(session, import_id, state=ImportState.TAKEN)
        people = {act.plan.author_id, *act.facts.editors, *act.facts.writers}
        tell(
            act,
            hearers_among(act, people, Audience.WRITERS),
            "word",
            excerpt=found.file_name,
            audience="writers",
        )
    return plan_id


def drop(session: Session, *, import_id: UUID, actor: Actor) -> None:
    """The uploader does not want it; the file stays in the store."""
    with transaction(session):
        found = _own(session, import_id, actor)
        if found.state is not ImportState.TAKEN:
            set_import(session, import_id, state=ImportState.DROPPED, reading=None)


def _unit_of(session: Session, upload: Upload, actor: Actor) -> int:
    if upload.plan_id is not None:
        plan, _ = plan_to_act_on(session, upload.plan_id, actor=actor, action=PlanAction.EDIT)
        return plan.unit_id
    if upload.unit_id is None:
        raise NotPossible("Tệp này không nói dùng cho đơn vị nào.")
    drafting_post(actor, upload.unit_id)
    return upload.unit_id


def require_room(session: Session, actor: Actor) -> None:
    """Raise TooMany for who has to decide on other files first."""
    waiting = open_imports(session, actor)
    if sum(not each.is_ready for each in waiting) >= MOST_UNREAD:
        raise TooMany(
            "Bạn đang có %(most)d tệp Word chờ đọc. Hãy chờ đọc xong rồi tải tệp này lên.",
            most=MOST_UNREAD,
        )
    if len(waiting) >= MOST_OPEN:
        raise TooMany(
            "Bạn đang có %(most)d tệp Word chưa nhận cũng chưa bỏ. Hãy mở từng tệp để nhận hoặc bỏ "
            "bớt rồi tải lại.",
            most=MOST_OPEN,
        )


def _own(session: Session, import_id: UUID, actor: Actor) -> WordImport:
    """The import, locked; somebody else's looks like none."""
    found = session.scalars(
        select(WordImport)
        .where(WordImport.id == import_id, WordImport.person_id == actor.id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).one_or_none()
    if found is None:
        raise PlanNotFound("Không có tệp này.")
    return found


def _reading_of(found: WordImport) -> dict[str, Any]:
    if found.state is not ImportState.READY or found.reading is None:
        raise NotPossible("Tệp này chưa đọc xong, đã bị bỏ hoặc không nhận được.")
    return found.reading
