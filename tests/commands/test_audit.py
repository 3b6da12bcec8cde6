"""`flask audit verify` names the first event that was touched, even by the owner of the tables."""

import pytest
from flask import Flask
from sqlalchemy import text
from sqlalchemy.orm import Session

from tests.factories import Office
from workflows.domain.machine import PlanState


def verify(app: Flask) -> tuple[int, str]:
    answer = app.test_cli_runner().invoke(args=["audit", "verify"])
    return answer.exit_code, answer.output


def test_a_record_as_written_is_whole(app: Flask, office: Office) -> None:
    office.plan(PlanState.ISSUED)

    assert verify(app) == (0, "Nhật ký nguyên vẹn: 9 sự kiện.\n")


TOUCHED = {
    "a changed name": ("UPDATE audit_event SET actor_name = 'Kẻ khác' WHERE seq = 4", 4),
    "a changed time": ("UPDATE audit_event SET at = at + interval '1 s' WHERE seq = 2", 2),
    "a changed detail": ("UPDATE audit_event SET details = '{}' WHERE seq = 8", 8),
    "a removed event": ("DELETE FROM audit_event WHERE seq = 5", 5),
    "a cut tail": ("DELETE FROM audit_event WHERE seq > 6", 7),
    "an emptied record": ("DELETE FROM audit_event", 1),
}


@pytest.mark.parametrize("name", TOUCHED)
def test_the_first_touched_event_is_named(
    app: Flask, office: Office, session: Session, name: str
) -> None:
    office.plan(PlanState.ISSUED)
    statement, seq = TOUCHED[name]
    # What the owner of the tables can do, the chain must show.
    session.execute(text("ALTER TABLE audit_event DISABLE TRIGGER USER"))
    session.execute(text(statement))
    session.commit()

    code, output = verify(app)

    assert code == 1
    assert output.startswith(f"Error: Sự kiện số {seq}: ")
