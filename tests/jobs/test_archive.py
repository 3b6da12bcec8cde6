"""An issued plan ends in a package that independent eyes accept, once."""

import hashlib
import json
import shutil
from datetime import UTC, datetime
from pathlib import Path

import bagit
import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.archive.fixity import check_store
from portal.archive.package import TAG_MANIFEST, keep_package
from portal.archive.store import FileStore, StoreConflict
from portal.commands import archive as archive_commands
from portal.jobs.archive import archive_version
from tests.factories import Office
from tests.jobs.conftest import Work, owed
from workflows.domain.evidence import event_hash
from workflows.models.audit import AuditEvent
from workflows.models.outbox import Topic
from workflows.models.plan import Plan, PlanVersion
from workflows.models.rendition import Rendition, RenditionKind
from workflows.queries.packages import kept_files, record_of
from workflows.services.issuing import recall


@pytest.fixture
def package(issued: Plan, session: Session, kept: FileStore, settle_all: Work) -> Path:
    settle_all()
    row = session.scalars(select(Rendition).where(Rendition.kind == RenditionKind.PACKAGE)).one()
    session.rollback()
    return kept.path(row.store_key)


def test_the_package_is_a_valid_bag_with_the_whole_record(
    issued: Plan, package: Path, session: Session, kept: FileStore
) -> None:
    bag = bagit.Bag(str(package))
    bag.validate()
    assert bag.info["External-Identifier"] == "01/KH-UBND"
    assert bag.info["Bagging-Date"] == "2026-11-18"
    assert sorted(bag.payload_files()) == [
        "data/01-KH-UBND.pdf",
        "data/decisions.json",
        "data/events.jsonl",
        "data/metadata.json",
        "data/register.json",
        "data/versions/v1.json",
    ]
    version = session.scalars(select(PlanVersion)).one()
    text = (package / "data/versions/v1.json").read_bytes()
    assert hashlib.sha256(text).hexdigest() == version.digest
    decisions = json.loads((package / "data/decisions.json").read_bytes())
    assert [row["outcome"] for row in decisions] == [*["approved"] * 4, "signed", "numbered"]
    text = (package / "data/events.jsonl").read_bytes()
    events = [json.loads(line) for line in text.splitlines()]
    assert events[-1]["act"] == "seal"
    assert all(event_hash(event) == event["hash"] for event in events)
    metadata = json.loads((package / "data/metadata.json").read_bytes())
    assert (metadata["CodeNumber"], metadata["CodeNotation"]) == ("1", "KH-UBND")
    assert metadata["PageAmount"] == 4


def test_the_package_is_noted_by_the_hash_of_its_tags_and_in_the_audit_record(
    package: Path, session: Session
) -> None:
    row = session.scalars(select(Rendition).where(Rendition.kind == RenditionKind.PACKAGE)).one()
    assert row.sha256 == hashlib.sha256((package / TAG_MANIFEST).read_bytes()).hexdigest()
    acts = session.scalars(select(AuditEvent.act).order_by(AuditEvent.seq)).all()
    assert acts.count("archive") == 1


def test_a_second_run_adds_nothing(app: Flask, package: Path, session: Session) -> None:
    before = {path: path.stat().st_mtime_ns for path in package.rglob("*")}
    (message,) = owed(session, Topic.ARCHIVE)
    message.handled_at = None
    session.commit()

    with app.app_context():
        archive_version(str(message.id))

    assert {path: path.stat().st_mtime_ns for path in package.rglob("*")} == before
    acts = session.scalars(select(AuditEvent.act)).all()
    assert acts.count("archive") == 1
    assert owed(session, Topic.ARCHIVE)[0].handled_at is not None


def test_the_same_record_makes_the_same_package_even_after_a_recall(
    issued: Plan, package: Path, session: Session, kept: FileStore, office: Office, tmp_path: Path
) -> None:
    seen, plan_id = issued.row_version, issued.id
    recall(
        session,
        plan_id=plan_id,
        seen=seen,
        actor=office.thu,
        reason="Ban hành nhầm",
        now=datetime.now(UTC),
    )
    before = {p.relative_to(package): p.read_bytes() for p in package.rglob("*") if p.is_file()}
    other = FileStore(tmp_path / "other")
    shutil.copytree(kept.path("plans"), other.path("plans"))
    record = record_of(session, plan_id)
    session.rollback()

    file = keep_package(other, record, record.versions[0].id)

    again = other.path(file.key)
    after = {p.relative_to(again): p.read_bytes() for p in again.rglob("*") if p.is_file()}
    assert after == before
    assert list(other.unfinished().iterdir()) == []


@pytest.mark.parametrize("name", ["data/01-KH-UBND.pdf", "data/register.json", "bag-info.txt"])
def test_a_touched_package_is_found_and_never_taken_for_ours(
    app: Flask, package: Path, session: Session, kept: FileStore, name: str
) -> None:
    path = package / name
    path.chmod(0o600)
    path.write_bytes(path.read_bytes() + b" ")

    files = [f for f in kept_files(session) if f.kind is RenditionKind.PACKAGE]
    faults = [f for f in check_store(kept, files) if f.fault]
    assert [fault.key for fault in faults] == [str(package.relative_to(kept.root))]
    record = record_of(session, next(iter(session.scalars(select(Plan.id)))))
    session.rollback()
    with pytest.raises((bagit.BagError, StoreConflict)):
        keep_package(kept, record, record.versions[0].id)


def test_fixity_says_so_when_all_is_well_and_fails_when_it_is_not(
    app: Flask, package: Path, session: Session, kept: FileStore
) -> None:
    runner = app.test_cli_runner()
    well = runner.invoke(archive_commands.group, ["fixity"])
    assert (well.exit_code, well.output) == (0, "Kho nguyên vẹn: 4 mục.\n")

    sealed = session.scalars(
        select(Rendition.store_key).where(Rendition.kind == RenditionKind.ISSUED)
    ).one()
    kept.path(sealed).unlink()
    ill = runner.invoke(archive_commands.group, ["fixity"])
    assert ill.exit_code == 1
    assert f"{sealed}: Không còn trong kho." in ill.output
