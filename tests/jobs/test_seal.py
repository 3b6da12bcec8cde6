"""The seal always carries the register's number, and only a file that verifies is recorded."""

import hashlib
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.acts.means import keys, store
from portal.archive.store import FileStore
from portal.jobs.seal import seal_plan, sealed_pdf
from portal.queues.desk import Desk
from portal.signing.errors import NotSignable
from portal.signing.verification import verify
from tests.factories import Office
from tests.jobs.conftest import Signed, Work, owed
from workflows.domain.machine import PlanState
from workflows.models.numbering import RegisterEntry
from workflows.models.outbox import Topic
from workflows.models.plan import Plan
from workflows.models.rendition import Rendition, RenditionKind
from workflows.queries.work import sealing


def file_of(session: Session, plan: Plan, kind: RenditionKind) -> Rendition:
    session.rollback()
    return session.scalars(
        select(Rendition).where(Rendition.plan_id == plan.id, Rendition.kind == kind)
    ).one()


@pytest.fixture
def numbered(signed: Signed, office: Office) -> Plan:
    plan = signed()
    office.number(plan)
    return plan


def test_a_numbered_plan_is_sealed_with_its_number_and_issued(
    app: Flask, numbered: Plan, session: Session, settle_all: Work
) -> None:
    settle_all()

    session.refresh(numbered)
    assert numbered.state is PlanState.ISSUED
    issued = file_of(session, numbered, RenditionKind.ISSUED)
    with app.app_context():
        pdf = store().get(issued.store_key)
        verdict = verify(pdf, keys().trust)
    assert verdict.is_valid
    assert verdict.number == "01"
    assert verdict.date == "Hà Nội, ngày 18 tháng 11 năm 2026"
    assert hashlib.sha256(pdf).hexdigest() == issued.sha256
    entry = session.scalars(select(RegisterEntry)).one()
    assert entry.number == 1


def test_a_second_run_of_the_job_changes_nothing(
    app: Flask, numbered: Plan, session: Session, settle_all: Work
) -> None:
    settle_all()
    (message,) = owed(session, Topic.SEAL)
    before = file_of(session, numbered, RenditionKind.ISSUED).sha256
    message.handled_at = None
    session.commit()

    with app.app_context():
        seal_plan(str(message.id))

    assert file_of(session, numbered, RenditionKind.ISSUED).sha256 == before
    assert owed(session, Topic.SEAL)[0].handled_at is not None


def test_a_run_that_died_after_keeping_its_file_is_made_good(
    app: Flask, numbered: Plan, session: Session, settle_all: Work
) -> None:
    with app.app_context():
        key = file_of(session, numbered, RenditionKind.SIGNED).store_key
        orphan = key.rpartition("/")[0] + "/issued-000000000000.pdf"
        store().put(orphan, b"%PDF-1.7 of a run that died")

    settle_all()

    issued = file_of(session, numbered, RenditionKind.ISSUED)
    assert issued.store_key != orphan
    session.refresh(numbered)
    assert numbered.state is PlanState.ISSUED


@pytest.mark.parametrize("damage", [b"%PDF-1.7 other bytes", b""])
def test_a_signed_file_that_was_touched_is_never_sealed(
    app: Flask,
    numbered: Plan,
    session: Session,
    settle_all: Work,
    damage: bytes,
) -> None:
    with app.app_context():
        path: Path = store().path(file_of(session, numbered, RenditionKind.SIGNED).store_key)
    path.chmod(0o600)
    path.write_bytes(damage)

    settle_all()

    session.refresh(numbered)
    assert numbered.state is PlanState.NUMBERED
    (message,) = owed(session, Topic.SEAL)
    assert message.handled_at is None


def test_a_missing_key_leaves_the_number_and_is_shown_to_the_operator(
    app: Flask,
    numbered: Plan,
    session: Session,
    settle_all: Work,
    redis: object,
    relay_all: Callable[[], int],
) -> None:
    numbered.organisation.key_name = None
    session.commit()
    settle_all()
    desk: Desk = app.extensions["operator_desk"]
    assert desk.list_failed() == []  # It still has retries.

    session.refresh(numbered)
    assert numbered.state is PlanState.NUMBERED
    assert session.scalars(select(RegisterEntry.number)).all() == [1]


def test_a_file_that_is_not_what_the_register_says_is_never_recorded(
    app: Flask, numbered: Plan, session: Session, office: Office
) -> None:
    (message,) = owed(session, Topic.SEAL)
    found = sealing(session, message.payload["version_id"], clerk_id=office.thu.id)
    session.rollback()
    assert found is not None
    for other, sentence in (
        (replace(found, digest="0" * 64), "không khớp với sổ đăng ký"),
        (replace(found, signed_sha256="0" * 64), "không còn đúng như khi ký"),
    ):
        with app.app_context(), pytest.raises(NotSignable, match=sentence):
            sealed_pdf(store(), keys(), other, now=datetime.now(UTC))


def test_the_store_is_where_the_pages_look(app: Flask) -> None:
    with app.app_context():
        assert isinstance(store(), FileStore)
        assert store().root == app.config["TRINH_KY"].data_dir
