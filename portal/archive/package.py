"""The archive package of an issued version: a BagIt bag (RFC 8493), written once.

The tag files are written here and not by the bagit library, whose order of tag files follows the
disk's; the library judges every bag before it gets its name.
"""

import hashlib
import io
import logging
import re
import shutil
import unicodedata
from collections.abc import Mapping
from pathlib import Path
from typing import Final
from uuid import uuid4

import bagit
import pikepdf

from portal.archive.store import FileStore, StoreConflict, sync_folder, write_whole
from portal.archive.written import lines, pretty
from workflows.domain.numbers import number_and_symbol
from workflows.models.rendition import RenditionKind
from workflows.queries.kept import Row
from workflows.queries.packages import KeptVersion, Record
from workflows.services.files import StoredFile

# One line for each file of each bag says nothing: what is wrong comes as an error.
logging.getLogger(bagit.MODULE_NAME).setLevel(logging.WARNING)

TAG_MANIFEST: Final = "tagmanifest-sha256.txt"
MANIFEST: Final = "manifest-sha256.txt"

Files = Mapping[str, bytes]


def package_key(record: Record, version: KeptVersion) -> str:
    """Where the package of a version lies in the store."""
    return f"packages/{record.plan['id']}/{version.number}-{version.digest[:12]}"


def keep_package(store: FileStore, record: Record, version_id: int) -> StoredFile:
    """Write the package, or find that a run that was broken off wrote it; sha256 is its tags'."""
    version = record.version(version_id)
    key = package_key(record, version)
    payload = payload_of(store, record, version)
    if not store.exists(key):
        _place(store, key, _bag(record, version, payload))
    folder = store.path(key)
    _refuse_other(folder, key, payload)
    tags = (folder / TAG_MANIFEST).read_bytes()
    size = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
    return StoredFile(key, hashlib.sha256(tags).hexdigest(), size)


def payload_of(store: FileStore, record: Record, version: KeptVersion) -> dict[str, bytes]:
    """The files under data/: nothing in them changes after the plan was issued."""
    pdf = _issued_pdf(store, record, version)
    register = {name: value for name, value in _register(record).items() if name != "note"}
    events = _until_seal(record)
    texts = {
        f"data/versions/v{kept.number}.json": kept.canonical
        for kept in record.versions
        if kept.number <= version.number
    }
    return {
        f"data/{_file_name(register)}.pdf": pdf,
        **texts,
        "data/decisions.json": pretty(
            [row for row in record.decisions if row["at"] <= events[-1]["at"]]
        ),
        "data/events.jsonl": lines(events),
        "data/register.json": pretty(register),
        "data/metadata.json": pretty(_metadata(record, version, register, pdf)),
    }


def _issued_pdf(store: FileStore, record: Record, version: KeptVersion) -> bytes:
    file = record.file(version.id, RenditionKind.ISSUED)
    pdf = store.get(file.store_key)
    if hashlib.sha256(pdf).hexdigest() != file.sha256:
        raise StoreConflict(
            "Tệp đã ban hành “%(key)s” trong kho không còn đúng như khi ban hành. "
            "Không được lưu trữ tệp này.",
            key=file.store_key,
        )
    return pdf


def _register(record: Record) -> Row:
    if record.register is None:
        raise LookupError("an issued plan has no line in the register")
    return record.register


def _until_seal(record: Record) -> list[Row]:
    last = next(row["seq"] for row in record.events if row["act"] == "seal")
    return [row for row in record.events if row["seq"] <= last]


def _file_name(register: Row) -> str:
    """Số, ký hiệu as a file name: `38-KH-UBND`."""
    cited = number_and_symbol(register["number"], register["symbol"])
    return re.sub(r"[^\w-]+", "-", unicodedata.normalize("NFC", cited))


def _metadata(record: Record, version: KeptVersion, register: Row, pdf: bytes) -> Row:
    """The fields of Phụ lục VI, phần II, mục I of Nghị định 30/2020/NĐ-CP, by their names there."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        pages = len(document.pages)
    return {
        "TypeName": "Kế hoạch",
        "CodeNumber": str(register["number"]),
        "CodeNotation": register["symbol"],
        "IssuedDate": register["dated"],
        "OrganName": record.organisation_name,
        "OrganId": record.organisation_code,
        "Subject": register["title"],
        "Language": "Tiếng Việt",
        "PageAmount": pages,
        "SignerInfo": {"FullName": register["signer"]},
        "To": register["recipients"],
        "IssuedAmount": register["copies"],
        "VersionDigest": version.digest,
        "PdfSha256": hashlib.sha256(pdf).hexdigest(),
    }


def _bag(record: Record, version: KeptVersion, payload: Files) -> dict[str, bytes]:
    register = _register(record)
    info = {
        "Source-Organization": f"{record.organisation_name} ({record.organisation_code})",
        "External-Identifier": number_and_symbol(register["number"], register["symbol"]),
        "External-Description": register["title"],
        "Internal-Sender-Identifier": f"{record.plan['id']} v{version.number} {version.digest}",
        "Bagging-Date": register["dated"],
        "Bag-Software-Agent": "Trình Ký",
        "Payload-Oxum": f"{sum(map(len, payload.values()))}.{len(payload)}",
    }
    tags = {
        "bagit.txt": b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n",
        "bag-info.txt": "".join(f"{name}: {_line(text)}\n" for name, text in info.items()).encode(),
        MANIFEST: _manifest(payload),
    }
    return {**payload, **tags, TAG_MANIFEST: _manifest(tags)}


def _line(text: str) -> str:
    return " ".join(text.split())


def _manifest(files: Files) -> bytes:
    rows = (f"{hashlib.sha256(files[name]).hexdigest()}  {name}\n" for name in sorted(files))
    return "".join(rows).encode()


def _place(store: FileStore, key: str, files: Files) -> None:
    """Give a whole and valid folder its name; whoever is second throws theirs away."""
    target = store.path(key)
    draft = store.unfinished() / f"package-{uuid4().hex}"
    try:
        _write(draft, files)
        bagit.Bag(str(draft)).validate()
        target.parent.mkdir(mode=0o750, parents=True, exist_ok=True)
        # Onto a folder with something in it this fails, so a package is never replaced.
        draft.rename(target)
    except OSError:
        if not target.exists():
            raise
    finally:
        shutil.rmtree(draft, ignore_errors=True)
    sync_folder(target.parent)
    sync_folder(target.parent.parent)


def _write(folder: Path, files: Files) -> None:
    for name, data in files.items():
        path = folder / name
        path.parent.mkdir(mode=0o750, parents=True, exist_ok=True)
        write_whole(path, data)
    for path in (*folder.rglob("*"), folder):
        if path.is_dir():
            sync_folder(path)


def _refuse_other(folder: Path, key: str, payload: Files) -> None:
    """What lies there must be a valid bag of the same PDF and the same texts.

    The rest may have been written by an older release, and stays as it was written.
    """
    found = bagit.Bag(str(folder))
    found.validate()
    for name, data in payload.items():
        wanted = name.endswith(".pdf") or name.startswith("data/versions/")
        if wanted and found.entries.get(name, {}).get("sha256") != hashlib.sha256(data).hexdigest():
            raise StoreConflict("Trong kho đã có gói lưu trữ khác mang tên “%(key)s”.", key=key)
