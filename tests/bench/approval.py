"""An approval over HTTP against the same rows written by bare SQL."""

import hashlib
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import psycopg
from psycopg.rows import dict_row
from psycopg.types.json import Jsonb
from sqlalchemy import create_engine
from sqlalchemy.orm import Session

from config import Config
from portal.clock import now
from tests.bench.sampling import Times, in_turns
from tests.bench.visitor import Visitor
from tests.factories import Office
from workflows.domain.machine import PlanState

# What the service reads and derives before it writes; bare SQL is given all of it.
KNOWN = """
    SELECT plan.id AS plan_id, plan.title, plan.row_version, plan.author_id,
           run.id AS run_id, version.id AS version_id, version.digest,
           version.number AS version_number,
           head.id AS position_id, head.person_id, head.title AS position_title,
           head_unit.name AS unit_name, person.name AS person_name,
           next_unit.unit_id AS next_unit_id,
           ARRAY(SELECT person_id FROM position
                 WHERE unit_id = next_unit.unit_id AND role = 'appraiser') AS next_people
    FROM plan
    JOIN step_run run ON run.plan_id = plan.id AND run.left_at IS NULL
    JOIN plan_version version ON version.plan_id = plan.id
    JOIN position head ON head.unit_id = plan.unit_id AND head.role = 'unit_head'
    JOIN unit head_unit ON head_unit.id = head.unit_id
    JOIN person ON person.id = head.person_id
    JOIN unit_function next_unit ON next_unit.function = 'appraisal'
    WHERE plan.id = %s
"""


def measure(config: Config, address: str, rounds: int, *, warm_up: int = 2) -> dict[str, Times]:
    """Approve as the unit's head, and write the rows of such an approval, in turns."""
    plans = make_plans(config, 2 * (rounds + warm_up))
    visitor = Visitor(address)
    token = visitor.sign_in("duyet")
    with psycopg.connect(plain(config.database_url), row_factory=dict_row) as connection:
        known = iter([look_up(connection, plan_id) for plan_id in plans])
        sides = {
            "http": lambda: approve_over_http(visitor, token, next(known)),
            "sql": lambda: approve_in_sql(connection, next(known)),
        }
        in_turns(sides, warm_up)
        return in_turns(sides, rounds)


def make_plans(config: Config, count: int) -> list[UUID]:
    """Real plans that wait for the head of their unit."""
    engine = create_engine(config.database_url)
    with Session(engine) as session:
        office = Office(session, now())
        made = [office.plan(PlanState.UNIT_REVIEW).id for _ in range(count)]
    engine.dispose()
    return made


def look_up(connection: psycopg.Connection[dict[str, Any]], plan_id: UUID) -> dict[str, Any]:
    with connection.transaction():
        found = connection.execute(KNOWN, [plan_id]).fetchone()
    assert found is not None
    return found


def approve_over_http(visitor: Visitor, token: str, known: dict[str, Any]) -> None:
    """Press the button: sign-in checked, form read, plan locked, rows written, jobs enqueued."""
    form = {"csrf_token": token, "row_version": str(known["row_version"]), "remark": ""}
    answer = visitor.post(f"/plans/{known['plan_id']}/approve", form)
    assert answer.status == 303, answer.text[:2000]


def approve_in_sql(connection: psycopg.Connection[dict[str, Any]], known: dict[str, Any]) -> None:
    """Write the rows of one approval in one transaction, with nothing checked and nothing read."""
    at = datetime.now(UTC)
    values = {
        **known,
        "at": at,
        "due_on": (at + timedelta(days=7)).date(),
        "hash": hashlib.sha256(uuid4().bytes).hexdigest(),
        "acting_as": f"{known['position_title']}, {known['unit_name']}",
        "details": Jsonb({"remark": ""}),
    }
    with connection.transaction():
        for statement in WRITES:
            connection.execute(statement, values)
        for payload in _payloads(values):
            connection.execute(OWE, payload)
        connection.execute(HEAD, values)
        connection.execute(EVENT, values)


def _payloads(values: dict[str, Any]) -> Iterator[dict[str, Any]]:
    told = [(person, "waiting") for person in values["next_people"]]
    for person, kind in [*told, (values["author_id"], "outcome")]:
        payload = {
            "person_id": person,
            "kind": kind,
            "actor": values["person_name"],
            "action": "approve",
            "title": values["title"],
            "step": "Chuyên viên thẩm định",
        }
        at, plan_id = values["at"], values["plan_id"]
        yield {"id": uuid4(), "plan_id": plan_id, "payload": Jsonb(payload), "at": at}


def plain(database_url: str) -> str:
    """The address as psycopg itself knows it."""
    return database_url.replace("postgresql+psycopg://", "postgresql://")


WRITES = (
    "UPDATE step_run SET left_at = %(at)s WHERE id = %(run_id)s",
    """
    INSERT INTO decision (plan_id, version_id, digest, step_run_id, step_key, person_id,
        position_id, position_title, outcome, reason, at)
    VALUES (%(plan_id)s, %(version_id)s, %(digest)s, %(run_id)s, 'unit_review', %(person_id)s,
        %(position_id)s, %(acting_as)s, 'approved', '', %(at)s)
    """,
    """
    INSERT INTO step_run (plan_id, step_key, unit_id, role, version_number, entered_at, due_on)
    VALUES (%(plan_id)s, 'appraisal_review', %(next_unit_id)s, 'appraiser', %(version_number)s,
        %(at)s, %(due_on)s)
    """,
    """
    UPDATE plan SET state = 'appraisal', step_key = 'appraisal_review',
        row_version = row_version + 1, updated_at = %(at)s
    WHERE id = %(plan_id)s
    """,
)
OWE = """
    INSERT INTO outbox_message (id, topic, plan_id, payload, created_at)
    VALUES (%(id)s, 'notify', %(plan_id)s, %(payload)s, %(at)s)
"""
HEAD = "UPDATE audit_head SET seq = seq + 1, hash = %(hash)s WHERE id = 1"
EVENT = """
    INSERT INTO audit_event (seq, at, act, actor_id, actor_name, position_id, position_title,
        address, plan_id, state_before, state_after, version_number, digest, details,
        previous_hash, hash)
    SELECT seq, %(at)s, 'approve', %(person_id)s, %(person_name)s, %(position_id)s, %(acting_as)s,
        '127.0.0.1', %(plan_id)s, 'unit_review', 'appraisal', %(version_number)s, %(digest)s,
        %(details)s, repeat('0', 64), %(hash)s
    FROM audit_head
"""
