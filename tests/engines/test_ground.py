"""One supervisor a data folder; given servers instead of embedded ones; a reset that empties."""

import os
from pathlib import Path

import psycopg
import pytest

from portal.engines.errors import EngineError
from portal.engines.ground import Ground, ground, reset, running
from portal.engines.places import Places
from tests.engines.programs import libpq


def test_a_second_supervisor_is_refused(places: Places) -> None:
    with ground(places, {}, durable=False):
        with (
            pytest.raises(EngineError, match=r"^Already running: [^\n]*$"),
            ground(places, {}, durable=False),
        ):
            pass
        assert running(places)


def test_others_learn_where_the_running_servers_are(places: Places) -> None:
    (places.state / "supervisor.lock").unlink()
    assert running(places) is None
    with ground(places, {}, durable=False) as base:
        assert running(places) == base.environment()
    assert running(places) is None


def test_given_servers_are_used_and_nothing_is_started(
    engines: Ground, empty_places: Places
) -> None:
    given = {"DATABASE_URL": engines.database_url, "REDIS_URL": engines.redis_url}
    with ground(empty_places, given, durable=False) as base:
        assert base.processes == {}
        assert base.database_url == engines.database_url
        assert base.redis_url == engines.redis_url
        assert not (empty_places.state / "postgres").exists()


def test_one_given_server_leaves_the_other_to_us(engines: Ground, places: Places) -> None:
    with ground(places, {"DATABASE_URL": engines.database_url}, durable=False) as base:
        assert list(base.processes) == ["Valkey"]


@pytest.mark.parametrize(
    ("named", "said"),
    [
        ({"DATABASE_URL": "postgresql://u:hush@127.0.0.1:9/x"}, "PostgreSQL does not answer at"),
        ({"DATABASE_URL": "sqlite:///x.db"}, "must begin with postgresql://"),
        ({"DATABASE_URL": "nonsense"}, "not an address"),
        ({"REDIS_URL": "redis://:hush@127.0.0.1:9/0"}, "Redis does not answer at"),
        ({"REDIS_URL": "unix:///nowhere/valkey.sock"}, "Redis does not answer at"),
        ({"REDIS_URL": "nonsense"}, "not an address"),
    ],
)
def test_a_server_that_does_not_answer_is_named_in_one_sentence(
    places: Places, named: dict[str, str], said: str
) -> None:
    with pytest.raises(EngineError) as refused, ground(places, named, durable=False):
        pass
    assert said in str(refused.value)
    assert "\n" not in str(refused.value)
    assert "hush" not in str(refused.value)


def test_the_data_folder_is_private_and_may_be_named(places: Places, tmp_path: Path) -> None:
    with ground(places, {}, durable=False) as base:
        assert base.data_dir == places.state / "data"
        assert base.data_dir.stat().st_mode & 0o077 == 0
    with ground(places, {"DATA_DIR": str(tmp_path)}) as base:
        assert base.data_dir == tmp_path


def test_a_reset_waits_for_nothing_that_runs_and_then_empties(places: Places) -> None:
    with ground(places, {}, durable=False) as base:
        with psycopg.connect(libpq(base.database_url)) as connection:
            connection.execute("CREATE TABLE gone ()")
        (base.data_dir / "paper.pdf").write_bytes(b"%PDF")
        with pytest.raises(EngineError, match=r"^Still running: [^\n]*$"):
            reset(places)
        assert (base.data_dir / "paper.pdf").exists()
    reset(places)
    assert {entry.suffix for entry in places.state.iterdir()} == {".lock"}
    with (
        ground(places, {}, durable=False) as base,
        psycopg.connect(libpq(base.database_url)) as connection,
    ):
        assert connection.execute("SELECT to_regclass('gone')").fetchone() == (None,)


def test_nothing_is_left_in_the_temporary_folder(places: Places) -> None:
    with ground(places, {}, durable=False) as base:
        socket = Path(base.redis_url.removeprefix("unix://").partition("?")[0])
        assert socket.is_socket()
        assert len(os.fsencode(socket)) < 104
    assert not socket.parent.exists()
