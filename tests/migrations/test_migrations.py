"""The migrations go up, match the models, come down to nothing, and go up again."""

from pathlib import Path

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from flask import Flask
from flask_migrate import downgrade, upgrade
from sqlalchemy import Engine, inspect, text
from sqlalchemy.orm import Session

from tests.factories import Office
from tests.services.talk import Talk, replacing
from workflows.domain.actor import Role
from workflows.domain.machine import PlanState
from workflows.models.base import Base
from workflows.models.people import Position
from workflows.models.plan import Plan
from workflows.services.discussion import comment

VERSIONS = Path(__file__).resolve().parents[2] / "migrations" / "versions"


def test_up_matches_the_models_down_leaves_nothing_and_up_again_works(
    app: Flask, engine: Engine, office: Office
) -> None:
    office.plan(PlanState.ISSUED)
    office.session.close()
    with app.app_context():
        with engine.connect() as connection:
            context = MigrationContext.configure(connection)
            assert compare_metadata(context, Base.metadata) == []
        downgrade(revision="base")
        assert inspect(engine).get_table_names() == ["alembic_version"]
        upgrade()
    assert "plan" in inspect(engine).get_table_names()


def test_old_remarks_are_for_whom_they_were_made(
    app: Flask, engine: Engine, office: Office
) -> None:
    talk = Talk(office, PlanState.UNIT_REVIEW)
    expected = {talk.say("duyet", "Thành ủy"): "readers"}
    talk.send_back("duyet")
    talk.write(replacing(1, "Thành ủy", "BÍ MẬT"))
    expected[talk.say("soan", "BÍ MẬT")] = "writers"
    expected[talk.say("thao")] = "writers"
    made = comment(
        office.session,
        plan_id=talk.id,
        text="Chung",
        block_id=None,
        actor=office.duyet,
        now=office.now,
    )
    expected[made.thread_id] = "readers"
    office.submit(talk.plan)
    office.session.close()
    with app.app_context():
        downgrade(revision="0003")
        upgrade()
    with engine.connect() as connection:
        rows = connection.execute(text("SELECT id, audience FROM thread"))
        assert {row.id: row.audience for row in rows} == expected


def test_every_state_and_role_can_be_stored(office: Office, session: Session) -> None:
    plan = session.get_one(Plan, office.draft().id)
    for state in PlanState:
        plan.state = state
        session.flush()
    post = next(iter(office.soan.posts))
    position = session.get_one(Position, post.position_id)
    for role in Role:
        position.role = role
        session.flush()
    session.rollback()


def test_revisions_are_numbered_in_one_line() -> None:
    names = sorted(path.name for path in VERSIONS.glob("*.py"))

    assert [name[:4] for name in names] == [f"{n:04d}" for n in range(1, len(names) + 1)]
    for before, name in zip([None, *names], names, strict=False):
        text = (VERSIONS / name).read_text(encoding="utf-8").replace("'", '"')
        assert f'revision = "{name[:4]}"' in text
        expected = "None" if before is None else f'"{before[:4]}"'
        assert f"down_revision = {expected}" in text
