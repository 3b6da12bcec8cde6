"""A decision and the file that a worker records for the same version never wait for each other."""

from concurrent.futures import ThreadPoolExecutor
from threading import Event

from sqlalchemy import Engine, event, select
from sqlalchemy.orm import Session

from tests.factories import Office, stand_in_file
from workflows.domain.machine import PlanState
from workflows.models.outbox import OutboxMessage, Topic
from workflows.models.plan import PlanVersion
from workflows.services.files import record_prepared
from workflows.services.review import approve


def test_approving_while_the_pdf_is_recorded_is_no_deadlock(
    engine: Engine, office: Office, session: Session
) -> None:
    plan = office.plan(PlanState.UNIT_REVIEW)
    plan_id, seen, actor = plan.id, plan.row_version, office.actor("duyet")
    version_id = session.scalars(select(PlanVersion.id).where(PlanVersion.plan_id == plan_id)).one()
    message_id = session.scalars(
        select(OutboxMessage.id).where(
            OutboxMessage.plan_id == plan_id, OutboxMessage.topic == Topic.RENDER
        )
    ).one()
    session.rollback()
    is_locked, is_waiting = Event(), Event()

    def record() -> None:
        with Session(engine) as own:

            @event.listens_for(own, "before_flush")
            def _pause(*_: object) -> None:
                # The worker holds its lock and has not yet written the file's row.
                is_locked.set()
                is_waiting.wait(timeout=2)

            record_prepared(
                own,
                message_id=message_id,
                version_id=version_id,
                file=stand_in_file("prepared"),
                now=office.now,
            )

    def decide() -> None:
        is_locked.wait(timeout=10)
        with Session(engine) as own:
            approve(own, plan_id=plan_id, seen=seen, actor=actor, remark="", now=office.now)
        is_waiting.set()

    with ThreadPoolExecutor(2) as pool:
        for done in [pool.submit(record), pool.submit(decide)]:
            done.result(timeout=30)
    session.refresh(plan)

    assert plan.state is PlanState.APPRAISAL
