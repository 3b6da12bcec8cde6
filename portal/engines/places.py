"""Where the engines keep their data and sockets, and which account PostgreSQL runs under."""

import hashlib
import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from portal.engines.errors import EngineError
from portal.engines.process import Account

SHARED: Final = Path("/var/lib/trinh-ky")
LONGEST_SOCKET_PATH: Final = 103  # macOS allows 104 bytes with the closing zero, Linux 108.
LONGEST_NAME_IN_RUNTIME: Final = len("/trinh-ky-12345678/postgres/.s.PGSQL.5432.lock")


@dataclass(frozen=True)
class Places:
    """The folders of one installation.

    *state* holds what must last. *shared* takes a copy of PostgreSQL when *account*, which is set
    when root starts it, cannot reach the one in the virtual environment.
    """

    state: Path
    shared: Path = SHARED
    account: Account | None = None

    @property
    def data(self) -> Path:
        return self.state / "data"


def places_of(checkout: Path, shared: Path = SHARED) -> Places:
    """Return the places of the installation in *checkout*.

    PostgreSQL refuses to run as root, so root runs it as nobody; and nobody cannot enter a
    checkout under, say, root's home. Its data then lie under *shared*.
    """
    inside = checkout.resolve() / "var"
    account = unprivileged()
    if account is None or may_use(account, checkout.resolve()):
        return Places(inside, shared, account)
    if (inside / "postgres").exists():
        raise EngineError(
            f"The data in {inside} can no longer be reached by '{account.name}', who runs "
            "PostgreSQL for root: open the folders above it (chmod o+x), or delete that folder."
        )
    name = hashlib.sha256(os.fsencode(inside.parent)).hexdigest()[:16]
    return Places(shared / name, shared, account)


@contextmanager
def fresh_places(shared: Path = SHARED, within: Path | None = None) -> Iterator[Places]:
    """Lend places, in the folder *within* or any temporary one, that are removed at the end."""
    account = unprivileged()
    folder = within or temporary_folder(account)
    state = Path(tempfile.mkdtemp(prefix="trinh-ky-state-", dir=folder))
    try:
        yield Places(state, shared, account)
    finally:
        shutil.rmtree(state, ignore_errors=True)


def unprivileged() -> Account | None:
    """Return whom to run PostgreSQL as, or None when this process need not change its account."""
    if os.geteuid() != 0:
        return None
    nobody = pwd.getpwnam("nobody")
    return Account("nobody", nobody.pw_uid, nobody.pw_gid)


def own_name() -> str:
    """Return the name of the account of this process, without which PostgreSQL cannot run."""
    try:
        return pwd.getpwuid(os.geteuid()).pw_name
    except KeyError:
        raise EngineError(
            f"The user id {os.geteuid()} has no account on this machine and PostgreSQL needs one: "
            "add it to /etc/passwd, or set DATABASE_URL to a server of yours."
        ) from None


def may_use(account: Account, path: Path) -> bool:
    """Ask the operating system whether *account* may enter a folder or run a program."""
    asked = subprocess.run(
        ["/bin/sh", "-c", 'test -x "$1"', "sh", path],
        user=account.uid,
        group=account.gid,
        extra_groups=[],
        cwd="/",
    )
    return asked.returncode == 0


def temporary_folder(account: Account | None) -> Path:
    """Return a temporary folder that *account* may enter and whose name leaves room for a socket.

    The first choice follows TMPDIR, which may be closed to others, or long.
    """
    for folder in dict.fromkeys((tempfile.gettempdir(), "/tmp", "/var/tmp")):  # noqa: S108 - mkdtemp follows
        length = len(os.fsencode(folder)) + LONGEST_NAME_IN_RUNTIME
        if length <= LONGEST_SOCKET_PATH and (account is None or may_use(account, Path(folder))):
            return Path(folder)
    raise EngineError(
        "No temporary folder is both short and open enough for sockets: set TMPDIR to one."
    )


def make_state(places: Places) -> None:
    """Make the state folder: others may pass through it to what is theirs, and list nothing."""
    if places.account:
        make_passable(places.state)
    else:
        places.state.mkdir(mode=0o700, parents=True, exist_ok=True)
    if places.state.stat().st_uid != os.geteuid():
        raise EngineError(
            f"{places.state} belongs to '{places.state.owner()}': start the program as that "
            "account, or delete the folder."
        )
    make_private(places.data, None)


def make_passable(folder: Path) -> None:
    """Make *folder* and what is missing above it, so that every account may pass through."""
    if not folder.parent.exists():
        make_passable(folder.parent)
    folder.mkdir(exist_ok=True)
    if folder.stat().st_uid == os.geteuid():
        folder.chmod(0o711)  # Whatever the umask says.


def make_private(folder: Path, owner: Account | None) -> None:
    """Make *folder* if need be, closed to everybody but *owner*."""
    folder.mkdir(mode=0o700, exist_ok=True)
    if owner:
        os.chown(folder, owner.uid, owner.gid)
