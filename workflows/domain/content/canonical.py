"""The bytes that are frozen, hashed and signed: one form for one text.

RFC 8785 for our subset (ASCII keys, strings, integers), on NFC text.
"""

import hashlib
import json
import re
from typing import Any, TypedDict, cast

from workflows.domain.content.schema import parse
from workflows.domain.content.shape import SPEC, Doc, check_shape
from workflows.domain.letters import nfc

FORMAT = "trinh-ky/plan@1"


class Header(TypedDict):
    """What stands above the title, as the organisation had it on the day of the freeze."""

    kind: str
    kind_code: str
    parent: str | None
    organisation: list[str]
    symbol: str
    place: str


# Zero-width space, byte order mark, soft hyphen: invisible leftovers of copying, never meant.
_INVISIBLE = {0x200B: None, 0xFEFF: None, 0x00AD: None}
_BLANKS = re.compile(r"\r\n|[\r\n\t]")
_FACES = tuple(SPEC["marks"])


def canonical(header: Header, doc: Doc) -> bytes:
    """The canonical JSON of a version; raises UnfitText when *doc* is off the schema."""
    whole = {
        "format": FORMAT,
        "header": _header(header),
        "doc": sound(doc),
    }
    return json.dumps(
        whole, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False
    ).encode()


def sound(doc: Doc) -> Doc:
    """*doc* normalised, checked, every attribute filled in; raises UnfitText.

    What goes into the database comes through here.
    """
    return cast(Doc, parse(normalise(doc)).to_json())


def digest(data: bytes) -> str:
    """SHA-256 in hex."""
    return hashlib.sha256(data).hexdigest()


def normalise(doc: Doc) -> Doc:
    """The same text in its one spelling: NFC, equal neighbours merged, invisible marks gone.

    Line ends and tabs become spaces; no-break spaces stay. Control characters stay too: dropping
    them unseen would change a text that somebody approved, so `faults_of_text` names them.
    """
    check_shape(doc)
    return _node(doc)


def clean(text: str) -> str:
    """The normal spelling of one string."""
    return nfc(_BLANKS.sub(" ", text.translate(_INVISIBLE)))


def _node(node: Doc) -> Doc:
    if node["type"] == "hard_break":
        # A break has no face; the editor gives it that of its neighbours.
        return {"type": "hard_break"}
    whole: Doc = {"type": node["type"]}
    if node.get("attrs"):
        whole["attrs"] = {name: _value(value) for name, value in node["attrs"].items()}
    if node.get("marks") and node["type"] != "text":
        whole["marks"] = node["marks"]
    content = _merged(node.get("content", ()))
    if content:
        whole["content"] = content
    return whole


def _merged(children: Any) -> list[Doc]:
    merged: list[Doc] = []
    for child in children:
        if child["type"] != "text":
            merged.append(_node(child))
            continue
        text = child["text"].translate(_INVISIBLE)
        faces = _faces(child.get("marks", ()))
        if merged and merged[-1]["type"] == "text" and merged[-1].get("marks", []) == faces:
            merged[-1]["text"] += text
        elif text:
            merged.append({"type": "text", "text": text, **({"marks": faces} if faces else {})})
    for node in merged:
        if node["type"] == "text":
            node["text"] = clean(node["text"])
    return merged


def _faces(marks: Any) -> list[Doc]:
    worn = {mark["type"] for mark in marks}
    return [{"type": name} for name in _FACES if name in worn]


def _value(value: Any) -> Any:
    if isinstance(value, list):
        return [_value(each) for each in value]
    return clean(value) if isinstance(value, str) else value


def _header(header: Header) -> dict[str, Any]:
    whole: dict[str, Any] = {name: _value(header[name]) for name in Header.__annotations__}  # type: ignore[literal-required]
    if header.keys() != Header.__annotations__.keys():
        raise ValueError(f"unknown words in the header: {sorted(header.keys() - whole.keys())}")
    return whole
