"""The store keeps the first bytes it was given, whole, whoever else writes at the same time."""

import os
import threading
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.archive.store import FileStore, StoreConflict

KEY = "plans/5f0c/v1-0123456789ab/prepared.pdf"


@pytest.fixture
def store(tmp_path: Path) -> FileStore:
    return FileStore(tmp_path / "store")


def test_what_was_put_is_got(store: FileStore) -> None:
    assert not store.exists(KEY)

    store.put(KEY, b"bytes")

    assert store.exists(KEY)
    assert store.get(KEY) == b"bytes"


def test_the_same_bytes_again_change_nothing(store: FileStore) -> None:
    store.put(KEY, b"bytes")
    before = store.path(KEY).stat()

    store.put(KEY, b"bytes")

    assert store.path(KEY).stat().st_ino == before.st_ino


def test_other_bytes_are_refused_and_the_first_stay(store: FileStore) -> None:
    store.put(KEY, b"first")

    with pytest.raises(StoreConflict, match="Tệp cũ được giữ nguyên"):
        store.put(KEY, b"second")

    assert store.get(KEY) == b"first"


def test_a_file_is_read_only_whatever_the_umask(store: FileStore) -> None:
    before = os.umask(0)
    try:
        store.put(KEY, b"bytes")
    finally:
        os.umask(before)

    assert store.path(KEY).stat().st_mode & 0o777 == 0o440


def test_nothing_unfinished_is_left(store: FileStore) -> None:
    store.put(KEY, b"first")
    with pytest.raises(StoreConflict):
        store.put(KEY, b"second")

    assert list(store.unfinished().iterdir()) == []


@pytest.mark.parametrize(
    "key",
    ["", "/etc/passwd", "../x", "a/../b", "a//b", "a/", ".x", "a/.b", "a\\b", "a b", "a\0", "â"],
)
def test_a_key_that_is_no_plain_path_is_refused(store: FileStore, key: str) -> None:
    with pytest.raises(ValueError, match="not a key"):
        store.put(key, b"")


@given(st.text(max_size=60))
def test_no_key_leads_out_of_the_store(key: str) -> None:
    root = Path("/store")
    try:
        path = FileStore(root).path(key)
    except ValueError:
        return
    assert Path(os.path.normpath(path)) == path
    assert path.is_relative_to(root)
    assert path != root


def test_of_many_writers_one_wins_and_the_others_learn_it(store: FileStore) -> None:
    outcomes: list[str] = []
    together = threading.Barrier(8)

    def write(number: int) -> None:
        together.wait()
        try:
            store.put(KEY, str(number).encode() * 100_000)
            outcomes.append(str(number))
        except StoreConflict:
            outcomes.append("refused")

    threads = [threading.Thread(target=write, args=[number]) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    winners = [outcome for outcome in outcomes if outcome != "refused"]
    assert len(outcomes) == 8
    assert len(winners) == 1
    assert store.get(KEY) == winners[0].encode() * 100_000
