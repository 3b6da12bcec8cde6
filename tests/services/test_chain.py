"""The whole chain through the services, on a real database."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.factories import Office
from workflows.domain.machine import PlanState
from workflows.models.audit import AuditEvent
from workflows.models.numbering import RegisterEntry
from workflows.queries.audit import walk


def test_the_real_plan_goes_the_whole_way(office: Office, session: Session) -> None:
    plan = office.plan(PlanState.ISSUED)

    assert plan.state is PlanState.ISSUED
    entry = session.scalars(select(RegisterEntry)).one()
    assert (entry.number, entry.symbol, entry.dated.isoformat()) == (1, "KH-UBND", "2026-11-18")
    acts = session.scalars(select(AuditEvent.act).order_by(AuditEvent.seq)).all()
    assert acts == [
        "create",
        "submit",
        "approve",
        "approve",
        "approve",
        "approve",
        "sign",
        "number",
        "seal",
    ]
    assert walk(session) == (9, None)
