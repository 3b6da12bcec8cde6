"""Opens the zip that a Word file is: every bound is checked on what is really unpacked."""

import io
import posixpath
import struct
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from portal.documents.word.reader import refusals
from portal.documents.word.reader.refusals import MEGABYTE, WordRefused, refuse_by_look
from portal.documents.word.reader.xml import Element, parse

MAX_ENTRIES: Final = 2_000
MAX_UNPACKED: Final = 200 * MEGABYTE
# The longest text that we take in is a fraction of this, with all that Word writes around it.
MAX_PART: Final = 64 * MEGABYTE
MAX_RATIO: Final = 250
# Below this size even an absurd ratio does no harm: an empty header compresses well.
RATIO_COUNTS_FROM: Final = 8 * MEGABYTE
MAX_DIRECTORY: Final = MEGABYTE

_CHUNK: Final = 256 * 1024
_END_OF_DIRECTORY: Final = b"PK\x05\x06"
_MAIN_TYPES: Final = (
    "wordprocessingml.document.main+xml",
    "wordprocessingml.template.main+xml",
    "ms-word.document.macroEnabled.main+xml",
    "ms-word.template.macroEnabledTemplate.main+xml",
)
_TYPES_PART: Final = "[Content_Types].xml"


@dataclass(frozen=True, slots=True)
class Relation:
    """What one part says of another: its *kind* is the last word of the type."""

    kind: str
    target: str
    is_external: bool


@dataclass
class Package:
    """A Word file whose parts are unpacked one at a time, and measured while they are."""

    archive: zipfile.ZipFile
    main: str = ""
    relations: dict[str, Relation] = field(default_factory=dict)
    roots: dict[str, Relation] = field(default_factory=dict)
    unpacked: int = 0

    @property
    def names(self) -> list[str]:
        """Every entry."""
        return self.archive.namelist()

    def read(self, name: str) -> bytes:
        """One part, unpacked; raises WordRefused when it grows beyond its bounds."""
        try:
            info = self.archive.getinfo(name)
            return self._measured(info)
        except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, KeyError) as error:
            raise WordRefused(refusals.DAMAGED) from error
        except (RuntimeError, ValueError, OSError) as error:
            raise WordRefused(refusals.DAMAGED) from error

    def part(self, kind: str) -> Element | None:
        """The part called “styles”, “numbering”, “custom-properties” …, or None."""
        return next(self.parts(kind), None)

    def parts(self, kind: str) -> Iterator[Element]:
        """All the parts of one kind, as a file may have many headers."""
        known = (*self.relations.values(), *self.roots.values())
        targets = (each.target for each in known if each.kind == kind and not each.is_external)
        for name in dict.fromkeys(targets):
            if name in self.archive.NameToInfo:
                yield parse(self.read(name))

    def _measured(self, info: zipfile.ZipInfo) -> bytes:
        pieces: list[bytes] = []
        size = 0
        with self.archive.open(info) as source:
            while piece := source.read(_CHUNK):
                size += len(piece)
                self.unpacked += len(piece)
                packed = max(info.compress_size, 1)
                is_bomb = size > RATIO_COUNTS_FROM and size // packed > MAX_RATIO
                if is_bomb or size > MAX_PART or self.unpacked > MAX_UNPACKED:
                    raise WordRefused(refusals.BOMB, most=MAX_UNPACKED // MEGABYTE)
                pieces.append(piece)
        return b"".join(pieces)


def open_package(data: bytes) -> Package:
    """Open a Word file; raises WordRefused with the reason in a sentence."""
    refuse_by_look(data)
    _check_directory(data)
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, struct.error) as error:
        raise WordRefused(refusals.DAMAGED) from error
    _check_entries(archive.infolist())
    package = Package(archive)
    package.roots = _relations(package, "")
    package.main = _main_part(package)
    package.relations = _relations(package, package.main)
    return package


def _check_directory(data: bytes) -> None:
    """The table of contents is measured before anything makes an object of each of its lines."""
    at = data.rfind(_END_OF_DIRECTORY)
    if at < 0 or len(data) < at + 22:
        raise WordRefused(refusals.DAMAGED)
    entries, size = struct.unpack_from("<HL", data, at + 10)
    if entries > MAX_ENTRIES or size > MAX_DIRECTORY:
        raise WordRefused(refusals.MANY_PARTS, most=MAX_ENTRIES)


def _check_entries(infos: list[zipfile.ZipInfo]) -> None:
    if len(infos) > MAX_ENTRIES:
        raise WordRefused(refusals.MANY_PARTS, most=MAX_ENTRIES)
    if any(info.flag_bits & 0x1 for info in infos):
        raise WordRefused(refusals.LOCKED)
    if sum(info.file_size for info in infos) > MAX_UNPACKED:
        raise WordRefused(refusals.BOMB, most=MAX_UNPACKED // MEGABYTE)
    names = [info.filename.casefold() for info in infos]
    # What the archive really says: zipfile turns backslashes round and cuts at a zero byte.
    written = [info.orig_filename for info in infos]
    if len(set(names)) < len(names) or not all(map(_is_plain, written)):
        raise WordRefused(refusals.STRANGE_NAMES)


def _is_plain(name: str) -> bool:
    parts = name.split("/")
    return not (
        any(sign in name for sign in "\\\x00:") or ".." in parts or name.startswith("/") or not name
    )


def _main_part(package: Package) -> str:
    """The part that holds the text, by the package's own words (ECMA-376 Part 2, 9.3)."""
    names = set(package.names)
    if _TYPES_PART not in names:
        _refuse_other(package, names)
    types = {
        "/" + str(each.get("PartName", "")).lstrip("/"): str(each.get("ContentType", ""))
        for each in parse(package.read(_TYPES_PART))
    }
    roots = package.roots.values()
    main = next((each.target for each in roots if each.kind == "officeDocument"), "")
    kind = types.get(f"/{main}", "")
    for word, sentence in (
        ("spreadsheetml", refusals.SHEET),
        ("presentationml", refusals.SLIDES),
    ):
        if word in kind:
            raise WordRefused(sentence)
    if main not in names or not kind.endswith(_MAIN_TYPES):
        raise WordRefused(refusals.OTHER)
    return main


def _refuse_other(package: Package, names: set[str]) -> None:
    if "mimetype" in names and b"opendocument" in package.read("mimetype")[:100]:
        raise WordRefused(refusals.ODT)
    raise WordRefused(refusals.ZIP)


def _relations(package: Package, part: str) -> dict[str, Relation]:
    folder, name = posixpath.split(part)
    path = posixpath.join(folder, "_rels", f"{name}.rels")
    if path not in package.archive.NameToInfo:
        return {}
    found = {}
    for each in parse(package.read(path)):
        target = str(each.get("Target", ""))
        is_external = each.get("TargetMode") == "External"
        inside = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
        kind = str(each.get("Type", "")).rpartition("/")[2]
        place = target if is_external else inside
        found[str(each.get("Id", ""))] = Relation(kind, place, is_external)
    return found


def notes_of(package: Package) -> list[str]:
    """What lies in the file beside the text and is not taken over."""
    names = [name.lower() for name in package.names]
    notes = []
    if any(name.endswith("vbaproject.bin") for name in names):
        notes.append("Tệp có macro; macro không được chạy và không được đưa vào kế hoạch.")
    if any("/embeddings/" in name or "/activex/" in name for name in names):
        notes.append("Tệp có đối tượng nhúng (OLE, ActiveX); chúng không được đưa vào kế hoạch.")
    if any("/media/" in name for name in names):
        notes.append("Hình ảnh trong tệp không được đưa vào kế hoạch.")
    outside = {each.kind for each in package.relations.values() if each.is_external}
    if outside - {"hyperlink"}:
        notes.append("Tệp dẫn tới nội dung ở nơi khác (mẫu, hình ảnh); nội dung đó không được tải.")
    return notes
