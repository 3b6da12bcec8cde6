"""The commands behind the Makefile say in one sentence what stands in their way."""

import os
import socket
import sys
from pathlib import Path

import pytest

from portal.engines.process import members
from tests.engines.programs import open_program

ENGINES = ("-m", "portal.engines")


def test_a_port_in_use_is_named_before_anything_starts() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        program = open_program(*ENGINES, "run", PORT=str(port))
        out, complaint = program.communicate(timeout=30)
    assert program.returncode == 1
    assert out == ""
    assert complaint.startswith(f"trinh-ky: Port {port} is in use: ")
    assert complaint.count("\n") == 1


@pytest.mark.parametrize("port", ["http", "0", "65536", "-1", "8000.5", "٨٠٠٠"])
def test_a_port_that_is_none_is_refused(port: str) -> None:
    program = open_program(*ENGINES, "run", PORT=port)
    _, complaint = program.communicate(timeout=30)
    assert program.returncode == 1
    assert complaint == f"trinh-ky: PORT must be a number from 1 to 65535, not '{port}'.\n"


def test_a_server_that_does_not_answer_is_named() -> None:
    program = open_program(
        *ENGINES, "with", "--fresh", "--", "true", DATABASE_URL="postgresql://127.0.0.1:9/x"
    )
    _, complaint = program.communicate(timeout=30)
    assert program.returncode == 1
    assert complaint.startswith("trinh-ky: PostgreSQL does not answer at postgresql://127.0.0.1:9")
    assert complaint.count("\n") == 1


def test_a_command_gets_servers_and_its_status_is_passed_on(tmp_path: Path) -> None:
    code = (
        "import os, psycopg, redis, sys;"
        "psycopg.connect(os.environ['DATABASE_URL'].replace('+psycopg', ''));"
        "redis.Redis.from_url(os.environ['REDIS_URL']).ping();"
        "print(os.getsid(0), os.path.isdir(os.environ['DATA_DIR']), os.environ['DEMO']);"
        "sys.exit(7)"
    )
    program = open_program(*ENGINES, "with", "--fresh", "--", sys.executable, "-c", code)
    out, complaint = program.communicate(timeout=60)
    assert (program.returncode, complaint) == (7, "")
    session, *seen = out.split()
    assert seen == ["True", "1"]
    assert members([int(session)]) == []


def test_the_port_is_free_again_the_moment_after() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        number = listener.getsockname()[1]
        with socket.create_connection(("127.0.0.1", number)):
            listener.accept()[0].close()
    from portal.engines.given import port

    assert port({**os.environ, "PORT": str(number)}) == number
