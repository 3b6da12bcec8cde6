"""What an auditor takes away holds without us: verify.py finds every touch by itself."""

import hashlib
import io
import json
import subprocess
import sys
import zipfile
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from portal.archive.evidence import evidence_zip
from portal.archive.store import FileStore
from portal.archive.written import lines
from tests.factories import Office
from workflows.domain.evidence import event_hash
from workflows.domain.machine import PlanState
from workflows.models.plan import Plan
from workflows.models.word import ImportState, WordImport
from workflows.services.discussion import comment
from workflows.services.views import record_view

AT = datetime(2026, 11, 22, 3, 4, 5, tzinfo=UTC)


@pytest.fixture
def evidence(
    issued: Plan, session: Session, kept: FileStore, office: Office, tmp_path: Path
) -> Path:
    return _unpacked(evidence_zip(session, kept, issued.id, at=AT), tmp_path / "evidence")


def _unpacked(data: bytes, folder: Path) -> Path:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.testzip() is None
        archive.extractall(folder)
    return folder


def _verify(folder: Path) -> tuple[int, str]:
    ran = subprocess.run(
        [sys.executable, "-I", "-S", folder / "verify.py"],
        capture_output=True,
        encoding="utf-8",
        env={"PYTHONIOENCODING": "utf-8"},
    )
    assert ran.stderr == ""
    return ran.returncode, ran.stdout


def test_the_evidence_of_an_issued_plan_verifies_alone(evidence: Path) -> None:
    assert _verify(evidence) == (
        0,
        "Bộ chứng cứ nguyên vẹn: mọi tệp, sự kiện và phiên bản đều khớp.\n",
    )
    assert sorted(str(p.relative_to(evidence)) for p in evidence.rglob("*") if p.is_file()) == [
        "README.txt",
        "SHA256SUMS",
        "comments.json",
        "decisions.json",
        "events.jsonl",
        "issued.pdf",
        "plan.json",
        "proposals.json",
        "register.json",
        "verify.py",
        "versions/v1.json",
        "views.json",
    ]
    readme = (evidence / "README.txt").read_text("utf-8")
    assert "BỘ CHỨNG CỨ CỦA MỘT KẾ HOẠCH" in readme
    assert "2026-11-22T03:04:05" in readme


def test_the_same_record_at_the_same_moment_gives_the_same_bytes(
    issued: Plan, session: Session, kept: FileStore
) -> None:
    one = evidence_zip(session, kept, issued.id, at=AT)
    session.rollback()
    assert evidence_zip(session, kept, issued.id, at=AT) == one


def _sum_again(folder: Path) -> None:
    """What a careful forger does: make the list of hashes fit."""
    names = [line.partition("  ")[2] for line in (folder / "SHA256SUMS").read_text().splitlines()]
    rows = [f"{hashlib.sha256((folder / n).read_bytes()).hexdigest()}  {n}\n" for n in names]
    (folder / "SHA256SUMS").write_text("".join(rows))


def _rewrite_event(folder: Path, *, again: bool) -> None:
    path = folder / "events.jsonl"
    events = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    events[2]["actor_name"] = "Người Khác"
    if again:
        events[2]["hash"] = event_hash(events[2])
    path.write_bytes(lines(events))


def _append(name: str) -> Callable[[Path], None]:
    def touch(folder: Path) -> None:
        (folder / name).write_bytes((folder / name).read_bytes() + b" ")

    return touch


TOUCHES: dict[str, tuple[Callable[[Path], None], str]] = {
    "an event changed": (lambda f: _rewrite_event(f, again=False), "Sự kiện số 3 đã bị sửa."),
    "an event changed and hashed anew": (
        lambda f: _rewrite_event(f, again=True),
        "Sự kiện số 4 không nối với sự kiện đứng trước.",
    ),
    "a version changed": (
        _append("versions/v1.json"),
        "Phiên bản 1 không khớp với sự kiện đã ghi.",
    ),
    "the PDF changed": (
        _append("issued.pdf"),
        "Tệp issued.pdf không khớp với sự kiện đóng dấu.",
    ),
}


@pytest.mark.parametrize("touch", sorted(TOUCHES))
def test_a_touch_is_found_even_when_the_list_of_hashes_was_made_to_fit(
    evidence: Path, touch: str
) -> None:
    change, sentence = TOUCHES[touch]
    change(evidence)
    _sum_again(evidence)

    status, said = _verify(evidence)

    assert status == 1
    assert f"SAI: {sentence}\n" in said


def test_every_file_is_under_the_list_of_hashes(evidence: Path) -> None:
    names = [p for p in evidence.rglob("*") if p.is_file() and p.name != "SHA256SUMS"]
    for path in names:
        before = path.read_bytes()
        if path.name != "verify.py":
            path.write_bytes(before + b"\n")
            status, said = _verify(evidence)
            assert (status, f"{path.relative_to(evidence)} đã bị thay đổi" in said) == (1, True)
            path.write_bytes(before)
    (evidence / "decisions.json").unlink()
    assert "Thiếu tệp decisions.json" in _verify(evidence)[1]


def test_a_draft_has_evidence_too_with_its_comments_and_views(
    office: Office, session: Session, kept: FileStore, tmp_path: Path
) -> None:
    plan = office.plan(PlanState.DRAFT)
    plan_id = plan.id
    session.rollback()
    comment(
        session,
        plan_id=plan_id,
        actor=office.soan,
        text="Góp ý \u2028 có dấu xuống dòng",
        block_id=None,
        now=office.later(minutes=1),
    )
    record_view(
        session,
        plan_id=plan_id,
        version_number=0,
        page="plan",
        actor=office.soan,
        now=office.later(minutes=2),
    )

    folder = _unpacked(evidence_zip(session, kept, plan_id, at=AT), tmp_path / "draft")

    assert _verify(folder)[0] == 0
    assert len(json.loads((folder / "comments.json").read_bytes())) == 1
    assert json.loads((folder / "views.json").read_bytes())[0]["page"] == "plan"
    assert not (folder / "issued.pdf").exists()
    assert not (folder / "register.json").exists()


def test_the_word_files_that_a_plan_was_made_of_go_along(
    office: Office, session: Session, kept: FileStore, tmp_path: Path
) -> None:
    plan_id = office.plan(PlanState.DRAFT).id
    data = b"PK original"
    sha = hashlib.sha256(data).hexdigest()
    kept.put("imports/x/a.docx", data)
    for number, key in enumerate(("imports/x/a.docx", "imports/x/lost.docx")):
        session.add(
            WordImport(
                person_id=office.soan.id,
                unit_id=office.unit_id("SVHTT"),
                plan_id=plan_id,
                file_key=key,
                file_name="a.docx",
                sha256=sha,
                size=len(data),
                state=ImportState.TAKEN,
                created_at=office.later(minutes=number),
            )
        )
        session.commit()
    folder = _unpacked(evidence_zip(session, kept, plan_id, at=AT), tmp_path / "word")
    assert _verify(folder)[0] == 0
    assert (folder / f"word/01-{sha[:16]}.docx").read_bytes() == data
    assert "thiếu 1 tệp" in (folder / "README.txt").read_text("utf-8")
