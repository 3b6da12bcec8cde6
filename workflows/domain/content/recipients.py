"""The written form of Nơi nhận: `tên | mục đích | mã` a line, and the filing line."""

import re

from workflows.domain.content.inline import (
    guarded_line,
    read_plain,
    shielded,
    split_unescaped,
    write_plain,
)
from workflows.domain.content.reading import Doubt, Source, excerpt
from workflows.domain.content.schema import is_code
from workflows.domain.content.shape import Doc, NewId

_BULLET = re.compile(r"[-–—•+][ ]+")
_FILING = re.compile(r"Lưu[ ]*:[ ]*", re.IGNORECASE)


def read_recipient(line: Source, new_id: NewId, doubts: list[Doubt]) -> Doc:
    """The recipient on a line; the dash before it and the semicolon after it are the page's."""
    name, *rest = split_unescaped(_without_bullet(line.text), "|")
    purpose, target = (*(read_plain(part.strip(" ")) for part in rest[:2]), "", "")[:2]
    if len(rest) > 2 or (target and not is_code(target)):
        sentence = "Sau tên nơi nhận chỉ có mục đích và mã, mã không có dấu và khoảng trắng."
        doubts.append(Doubt(line.number, sentence, excerpt(line.text), None, "recipients"))
    text = read_plain(_without_end(name.strip(" "), ";"))
    return {
        "type": "recipient",
        "attrs": {
            "id": new_id(),
            "purpose": purpose if purpose.strip() else None,
            "target": target if is_code(target) else None,
        },
        "content": [{"type": "text", "text": text}] if text else [],
    }


def write_recipient(node: Doc) -> str:
    """The line of a recipient."""
    attrs = node["attrs"]
    text = "".join(child["text"] for child in node.get("content", ()))
    cells = [guarded_line(write_plain(text, "|"))]
    if attrs["purpose"] or attrs["target"]:
        cells.append(write_plain(attrs["purpose"], "|") if attrs["purpose"] else "")
    if attrs["target"]:
        cells.append(attrs["target"])
    written = " | ".join(cells)
    return shielded(written) if _BULLET.match(written) else written


def read_filing(text: str) -> str:
    """What follows “Lưu:”, without the full stop that ends Nơi nhận."""
    bare = _without_bullet(text)
    found = _FILING.match(bare)
    return read_plain(_without_end(bare[found.end() :] if found else bare, "."))


def write_filing(filing: str) -> str:
    """The line of the filing attribute."""
    if not filing:
        return ""
    written = guarded_line(write_plain(filing))
    looks_like = _BULLET.match(written) or _FILING.match(written)
    return shielded(written) if looks_like else written


def _without_bullet(text: str) -> str:
    found = _BULLET.match(text)
    return text[found.end() :] if found else text


def _without_end(text: str, mark: str) -> str:
    return text.removesuffix(mark).rstrip(" ") if text.endswith(mark) else text
