"""Whoever owns the database can switch the triggers off; the walk along the chain still tells."""

import pytest
from sqlalchemy.orm import Session

from tests.factories import Office
from tests.web.desk import Desk
from workflows.domain.machine import PlanState
from workflows.queries.audit import walk

OFF = (
    "ALTER TABLE audit_event DISABLE TRIGGER USER",
    "ALTER TABLE audit_head DISABLE TRIGGER USER",
)
FORGED = """
    INSERT INTO audit_event (seq, at, act, actor_name, position_title, details, previous_hash, hash)
    SELECT seq + 1, at, act, actor_name, position_title, details, hash, repeat('a', 64)
    FROM audit_event ORDER BY seq DESC LIMIT 1
"""


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE audit_event SET actor_name = 'Người khác' WHERE seq = 1",
        "UPDATE audit_event SET at = at + interval '1 second' WHERE seq = 1",
        "UPDATE audit_event SET details = '{}' WHERE seq = 1",
        "DELETE FROM audit_event WHERE seq = 1",
        "DELETE FROM audit_event WHERE seq = (SELECT max(seq) FROM audit_event)",
        "DELETE FROM audit_event",
        "DELETE FROM audit_head",
        "UPDATE audit_head SET seq = seq - 1",
        FORGED,
    ],
)
def test_every_touch_is_found(desk: Desk, change: str) -> None:
    desk.office.plan(PlanState.UNIT_REVIEW)
    assert walk(desk.session)[1] is None
    desk.tamper(*OFF, change)

    assert walk(desk.session)[1] is not None


def test_an_empty_record_with_its_head_is_whole(session: Session, office: Office) -> None:
    assert walk(session) == (0, None)
