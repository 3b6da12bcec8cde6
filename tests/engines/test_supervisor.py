"""The tree of processes stands together, falls together, and keeps what it was told."""

import signal
from collections.abc import Callable

import psycopg
import pytest

from portal.engines.ground import running
from tests.engines.conftest import Run
from tests.engines.programs import all_gone, libpq, until

Begin = Callable[[], Run]
LOSSES = {
    "the-web": "Lost web",
    "-c import os": "Lost worker",
    "bin/postgres": "Lost PostgreSQL",
    "valkey-server": "Lost Valkey",
    "engines.watch": "Lost the watch",
}


def database_of(run: Run) -> str:
    until(lambda: running(run.places))
    noted = running(run.places)
    assert noted
    return libpq(noted["DATABASE_URL"])


@pytest.mark.parametrize(("word", "said"), LOSSES.items())
def test_losing_any_one_process_ends_all(supervise: Begin, word: str, said: str) -> None:
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
