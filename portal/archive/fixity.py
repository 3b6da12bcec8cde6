"""Whether everything in the store is still what was put there."""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import bagit

from portal.archive.package import TAG_MANIFEST
from portal.archive.store import FileStore
from workflows.models.rendition import RenditionKind
from workflows.queries.packages import KeptFile

PIECE = 1024 * 1024


@dataclass(frozen=True)
class Finding:
    """One file or package as it was found; *fault* None: as it was put there."""

    key: str
    fault: str | None


def check_store(store: FileStore, files: Iterable[KeptFile]) -> Iterator[Finding]:
    """Hash every file anew, and validate every package."""
    for file in files:
        yield Finding(file.store_key, fault_of(store, file))


def fault_of(store: FileStore, file: KeptFile) -> str | None:
    """What is wrong with a kept file, or None."""
    path = store.path(file.store_key)
    if not path.exists():
        return "Không còn trong kho."
    if file.kind is RenditionKind.PACKAGE:
        return _fault_of_package(path, file.sha256)
    return None if _sha256(path) == file.sha256 else "Nội dung đã bị thay đổi."


def _fault_of_package(folder: Path, sha256: str) -> str | None:
    tags = folder / TAG_MANIFEST
    if not tags.is_file() or _sha256(tags) != sha256:
        return "Bảng kê của gói lưu trữ đã bị thay đổi."
    try:
        bagit.Bag(str(folder)).validate()
    except bagit.BagError as error:
        return f"Gói lưu trữ không còn nguyên vẹn: {error}"
    return None


def _sha256(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while piece := file.read(PIECE):
            digest.update(piece)
    return digest.hexdigest()
