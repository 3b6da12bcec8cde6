"""Files that are written once: whole or not at all, and never changed afterwards."""

import os
import re
from pathlib import Path
from uuid import uuid4

from workflows.domain.errors import WorkflowError

READ_ONLY = 0o440
LONGEST_KEY = 300
UNFINISHED = "unfinished"
_PART = re.compile(r"[A-Za-z0-9][A-Za-z0-9._@-]*")


class StoreConflict(WorkflowError):
    """Other bytes already lie under this key; they are the ones that stay."""


class FileStore:
    """A folder of files, each under a key such as `plans/<plan>/v1-<digest>/prepared.pdf`."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def put(self, key: str, data: bytes) -> None:
        """Keep *data* under *key* and return when a power cut can no longer take it.

        The same bytes again are fine, so that a job may run twice; other bytes raise StoreConflict.
        """
        target = self.path(key)
        _make_folder(target.parent)
        draft = self._draft(data)
        try:
            # A link is made whole or not at all and never replaces a file.
            os.link(draft, target)
        except FileExistsError:
            if target.read_bytes() != data:
                raise StoreConflict(
                    "Trong kho đã có tệp khác mang tên “%(key)s”. Tệp cũ được giữ nguyên.", key=key
                ) from None
        finally:
            draft.unlink()
        # Even when the file was there: whoever put it may have died before this line.
        sync_folder(target.parent)

    def get(self, key: str) -> bytes:
        """The bytes under *key*; raises FileNotFoundError when there are none."""
        return self.path(key).read_bytes()

    def exists(self, key: str) -> bool:
        """Whether anything lies under *key*."""
        return self.path(key).exists()

    def path(self, key: str) -> Path:
        """Where *key* lies; raises ValueError for a key that could lead out of the store."""
        parts = key.split("/")
        if len(key) > LONGEST_KEY or not all(map(_PART.fullmatch, parts)):
            raise ValueError(f"not a key: {key!r}")
        return self.root.joinpath(*parts)

    def unfinished(self) -> Path:
        """The folder for what is still being written; on the same disk as the store."""
        folder = self.root / UNFINISHED
        _make_folder(folder)
        return folder

    def _draft(self, data: bytes) -> Path:
        draft = self.unfinished() / uuid4().hex
        write_whole(draft, data)
        return draft


def write_whole(path: Path, data: bytes) -> None:
    """Write a new read-only file through to the disk."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, READ_ONLY)
    with os.fdopen(descriptor, "wb") as file:
        os.fchmod(file.fileno(), READ_ONLY)  # Whatever the umask says.
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def sync_folder(folder: Path) -> None:
    """Bring the names in *folder* to the disk: a file without its name is lost."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _make_folder(folder: Path) -> None:
    if folder.is_dir():
        return
    _make_folder(folder.parent)
    folder.mkdir(mode=0o750, exist_ok=True)
    sync_folder(folder.parent)
