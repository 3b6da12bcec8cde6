"""The processes of production together: the clock asks, a worker sweeps, and all end politely."""

import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from config import Config
from portal.engines.process import start as start_process
from tests.factories import Office
from tests.jobs.dying import ROOT, all_settled, environment, within
from workflows.domain.machine import PlanState

Flask = Callable[..., "subprocess.Popen[bytes]"]


@pytest.fixture
def flask(office_config: Config, tmp_path: Path) -> Iterator[Flask]:
    """Start `flask …` on the test's office; what it says goes to said.log."""
    started: list[subprocess.Popen[bytes]] = []
    log = (tmp_path / "said.log").open("wb")

    def flask(*words: str) -> "subprocess.Popen[bytes]":
        process = start_process(
            [sys.executable, "-m", "flask", "--app", "wsgi", *words],
            cwd=ROOT,
            env=environment(office_config),
            output=log,
        )
        started.append(process)
        return process

    yield flask
    for process in started:
        process.kill()
        process.wait()
    log.close()


@pytest.mark.chaos
def test_what_nobody_sent_is_done_within_a_few_sweeps(
    flask: Flask, office: Office, session: Session, tmp_path: Path
) -> None:
    worker = flask("jobs", "work", "notify", "render")
    clock = flask("jobs", "schedule")
    # What the worker sends at its start is not what this is about.
    with within(60) as waiting:
        while waiting(b"worker_started" in (tmp_path / "said.log").read_bytes()):
            pass
    office.plan(PlanState.UNIT_REVIEW)

    with within(60) as waiting:
        while waiting(all_settled(session)):
            assert worker.poll() is None
            assert clock.poll() is None

    second = flask("jobs", "schedule")
    assert second.wait(60) == 1
    assert "Đã có một bộ hẹn giờ đang chạy" in (tmp_path / "said.log").read_text("utf-8")
    for process in (worker, clock):
        process.send_signal(signal.SIGTERM)
        assert process.wait(30) == 0
