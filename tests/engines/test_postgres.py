"""PostgreSQL keeps what it was told, lets in nobody else, and starts after whatever happened."""

import signal
from functools import partial
from pathlib import Path

import psycopg
import pytest
from sqlalchemy.engine import make_url

from portal.engines.errors import EngineError
from portal.engines.ground import ground
from portal.engines.places import Places
from portal.engines.process import start, stop
from tests.engines.programs import as_ordinary_account, as_root, libpq


def test_committed_rows_outlive_a_sigkill(places: Places) -> None:
    with ground(places, {}) as base:
        with psycopg.connect(libpq(base.database_url)) as connection:
            connection.execute("CREATE TABLE kept AS SELECT generate_series(1, 1000) AS n")
        base.processes["PostgreSQL"].kill()
        base.processes["PostgreSQL"].wait()
    with ground(places, {}) as base, psycopg.connect(libpq(base.database_url)) as connection:
        assert connection.execute("SELECT count(*) FROM kept").fetchone() == (1000,)


def test_it_is_durable_speaks_vietnamese_and_gives_no_superuser(empty_places: Places) -> None:
    with ground(empty_places, {}) as base, psycopg.connect(libpq(base.database_url)) as connection:
        row = connection.execute(
            "SELECT lower('KẾ HOẠCH ĐỀ ÁN'), current_setting('fsync'), rolsuper,"
            " current_setting('server_encoding'), current_setting('listen_addresses')"
            " FROM pg_roles WHERE rolname = current_user"
        ).fetchone()
        assert row == ("kế hoạch đề án", "on", False, "UTF8", "")
        connection.execute("CREATE EXTENSION unaccent")
        connection.execute("CREATE EXTENSION pg_trgm")


def test_a_dead_servers_pid_file_does_not_keep_it_from_starting(places: Places) -> None:
    file = places.state / "postgres" / "postmaster.pid"
    with ground(places, {}, durable=False):
        written = file.read_text().splitlines()
    # After a power cut its number may be that of any process, also one of the same account.
    other = start(["/bin/sleep", "600"], env={}, cwd=Path("/"), account=places.account)
    file.write_text("\n".join([str(other.pid), *written[1:]]) + "\n")
    with ground(places, {}, durable=False) as base:
        psycopg.connect(libpq(base.database_url)).close()
    stop(other, signal.SIGKILL, 5)


def test_a_cluster_that_was_broken_off_is_made_again(empty_places: Places) -> None:
    broken = empty_places.state / "postgres.unfinished"
    broken.mkdir(parents=True)
    (broken / "PG_VERSION").write_text("18\n")
    with ground(empty_places, {}) as base:
        psycopg.connect(libpq(base.database_url)).close()


def test_a_data_folder_that_will_not_do_is_named_in_one_sentence(places: Places) -> None:
    with ground(places, {}):
        pass
    (places.state / "postgres" / "PG_VERSION").write_text("9\n")
    with pytest.raises(EngineError) as refused, ground(places, {}):
        pass
    assert "incompatible" in str(refused.value)
    assert "\n" not in str(refused.value)


@as_root
def test_another_account_of_the_machine_is_refused(places: Places) -> None:
    with ground(places, {}, durable=False) as base:
        sockets = Path(str(make_url(base.database_url).query["host"]))
        connect = partial(psycopg.connect, libpq(base.database_url))
        assert "Permission denied" in as_ordinary_account(connect, Path("/"))
        sockets.chmod(0o711)  # Even if it got as far as the socket.
        assert "Peer authentication failed" in as_ordinary_account(connect, Path("/"))
