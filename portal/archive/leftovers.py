"""Clears what a killed process left half written in the store."""

import shutil
from datetime import datetime, timedelta
from typing import Final

from portal.archive.store import FileStore

# Longer than any file or package takes to write.
OLD: Final = timedelta(hours=1)


def remove_leftovers(store: FileStore, *, now: datetime) -> int:
    """Remove unfinished files and folders that nobody can still be writing; returns how many."""
    count = 0
    for path in store.unfinished().iterdir():
        if path.suffix == ".lock" or path.stat().st_mtime > (now - OLD).timestamp():
            continue
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink(missing_ok=True)
        count += 1
    return count
