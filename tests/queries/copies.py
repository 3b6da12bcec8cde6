"""Many plans at once, as rows: what the services would take minutes to write."""

from uuid import UUID

from sqlalchemy import text
from sqlalchemy.orm import Session

from workflows.services.transaction import transaction

# Copies differ in their due date and their last change, so that every order is a real one.
_PLANS = """
INSERT INTO plan (id, organisation_id, unit_id, author_id, kind, title, state, step_key, chain_id,
    signing_position_id, row_version, version_number, text_version, is_public, issued_on,
    created_at, updated_at)
SELECT md5(:seed || n)::uuid, organisation_id, unit_id, author_id, kind, title || ' số ' || n,
    state, step_key, chain_id, signing_position_id, row_version, version_number, 0,
    is_public, issued_on, created_at, updated_at - n * interval '1 minute'
FROM plan, generate_series(1, :count) AS n WHERE id = :id
"""
_RUNS = """
INSERT INTO step_run (plan_id, step_key, unit_id, role, position_id, version_number, entered_at,
    due_on, left_at)
SELECT md5(:seed || n)::uuid, step_key, unit_id, role, position_id, version_number, entered_at,
    due_on + n / 7, left_at
FROM step_run, generate_series(1, :count) AS n WHERE plan_id = :id
"""
_EDITORS = """
INSERT INTO plan_editor (plan_id, person_id, since)
SELECT md5(:seed || n)::uuid, person_id, since
FROM plan_editor, generate_series(1, :count) AS n WHERE plan_id = :id
"""


def copy_plan(session: Session, plan_id: UUID, count: int) -> None:
    """Add *count* plans like this one, with its steps and editors."""
    values = {"id": plan_id, "seed": str(plan_id), "count": count}
    with transaction(session):
        for statement in (_PLANS, _RUNS, _EDITORS):
            session.execute(text(statement), values)
    with transaction(session):
        for table in ("plan", "step_run", "plan_editor"):
            session.execute(text(f"ANALYZE {table}"))
