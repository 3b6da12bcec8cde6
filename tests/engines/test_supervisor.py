"""The tree of processes mends itself or falls together, and keeps what it was told."""

import signal
from collections.abc import Callable

import psutil
import psycopg
import pytest

from portal.engines.child import MOST_ENDS
from portal.engines.ground import running
from tests.engines.conftest import Run
from tests.engines.programs import all_gone, libpq, until

Begin = Callable[..., Run]
CHILDREN = {"the-web": "web", "-c import os": "worker"}
LOSSES = {
    "bin/postgres": "Lost PostgreSQL",
    "valkey-server": "Lost Valkey",
    "engines.watch": "Lost the watch",
}


def database_of(run: Run) -> str:
    until(lambda: running(run.places))
    noted = running(run.places)
    assert noted
    return libpq(noted["DATABASE_URL"])


def kill_child(run: Run, word: str) -> psutil.Process:
    """Kill a child with SIGKILL, and return the one that stands in its place."""
    killed = run.child(word)
    killed.kill()
    until(lambda: run.program.poll() is not None or set(run.children(word)) - {killed})
    return run.child(word)


@pytest.mark.parametrize(("word", "name"), CHILDREN.items())
def test_a_child_that_is_killed_is_started_again(supervise: Begin, word: str, name: str) -> None:
    run = supervise()
    horses = run.child(word).children()
    others = [each for each in run.tree() if each not in (run.child(word), *horses)]
    kill_child(run, word)
    assert all_gone(horses)
    assert all(process.is_running() for process in others)
    everything = run.tree()
    run.program.send_signal(signal.SIGTERM)
    assert run.end() == (0, "")
    assert run.said == f"Lost {name} (killed by SIGKILL); it is started again.\nStopping.\n"
    assert all_gone(everything)


def test_a_child_that_ends_again_and_again_ends_all(supervise: Begin) -> None:
    run = supervise()
    for _ in range(MOST_ENDS):
        kill_child(run, "the-web")
    everything = run.tree()
    run.child("the-web").kill()
    status, complaint = run.end()
    assert status == 1
    assert complaint == "trinh-ky: Lost web (killed by SIGKILL), so everything is stopped.\n"
    until(lambda: all_gone(everything))


def test_a_child_that_fails_at_its_very_start_ends_all_at_once(supervise: Begin) -> None:
    run = supervise(web="raise SystemExit(3)")
    assert run.end() == (1, "trinh-ky: Lost web (exit status 3), so everything is stopped.\n")
    assert "again" not in run.said


@pytest.mark.parametrize(("word", "said"), LOSSES.items())
def test_losing_an_engine_or_the_watch_ends_all(supervise: Begin, word: str, said: str) -> None:
    run = supervise()
    everything = run.tree()
    run.child(word).kill()
    status, complaint = run.end()
    assert status == 1
    assert complaint == f"trinh-ky: {said} (killed by SIGKILL), so everything is stopped.\n"
    until(lambda: all_gone(everything))


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_asked_to_stop_it_leaves_nothing_and_no_complaint(
    supervise: Begin, number: signal.Signals
) -> None:
    run = supervise()
    everything = run.tree()
    run.program.send_signal(number)
    assert run.end() == (0, "")
    assert all_gone(everything)


def test_a_killed_supervisor_leaves_nothing_running(supervise: Begin) -> None:
    run = supervise()
    everything = run.tree()
    assert len(everything) >= 6
    run.program.kill()
    until(lambda: all_gone(everything))


def test_after_a_killed_supervisor_the_next_start_has_the_data(supervise: Begin) -> None:
    first = supervise()
    url = database_of(first)
    with psycopg.connect(url) as connection:
        connection.execute("CREATE TABLE kept AS SELECT 1 AS n")
    first.program.kill()
    second = supervise()
    with psycopg.connect(database_of(second)) as connection:
        assert connection.execute("SELECT n FROM kept").fetchone() == (1,)


def test_a_second_supervisor_is_refused_in_one_sentence(supervise: Begin) -> None:
    supervise()
    status, complaint = supervise().end()
    assert status == 1
    assert complaint.startswith("trinh-ky: Already running: ")
    assert complaint.count("\n") == 1
