"""The one schema of a plan's text, and the door through which every text comes in."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, cast

from prosemirror.model import Node, Schema

from workflows.domain.content.blocks import Block, blocks
from workflows.domain.content.numbering import CELL_LEVELS, LEVELS
from workflows.domain.content.shape import SPEC, Doc, NewId, check_shape, refuse
from workflows.domain.content.tables import MAX_COLUMNS, MAX_ROWS

__all__ = ["SCHEMA", "Block", "Doc", "NewId", "blocks", "empty_doc", "parse"]

SCHEMA: Schema[str, str] = Schema(cast(Any, SPEC))

_ID = re.compile(r"[a-z0-9]{10,40}")
_CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._:-]{0,63}")


def parse(doc: object) -> Node:
    """Check a document and build its ProseMirror tree; raises UnfitText on anything off schema.

    Beyond the schema: ids are present and unique, levels known, codes and spans well-formed.
    Sizes and characters that people can put right are `faults_of_text`'s.
    """
    check_shape(doc)
    sound = cast(Doc, doc)
    if sound["type"] != "doc":
        refuse("thiếu khối ngoài cùng")
    try:
        node = Node.from_json(SCHEMA, sound)
        node.check()
    except Exception as error:  # prosemirror raises all sorts, from KeyError to RecursionError.
        try:
            refuse("thứ tự hoặc thành phần của các khối không hợp lệ")
        except Exception as refusal:
            raise refusal from error
    ids = check_values(cast(Doc, node.to_json()))
    require_unique(ids)
    return node


def is_code(value: str) -> bool:
    """Whether *value* may stand as the code of a recipient or of a signing position."""
    return _CODE.fullmatch(value) is not None


def empty_doc(new_id: NewId) -> Doc:
    """A plan with nothing in it yet; it parses."""
    return {
        "type": "doc",
        "content": [
            {"type": "title", "attrs": {"id": new_id()}},
            {"type": "recipients", "attrs": {"filing": ""}},
            {
                "type": "signature",
                "attrs": {"id": new_id(), "position": None, "lines": [], "name": ""},
            },
        ],
    }


def _is_code_or_none(value: Any) -> bool:
    return value is None or is_code(value)


def _is_whole(value: Any, most: int) -> bool:
    return type(value) is int and 1 <= value <= most


def _are_widths(value: Any) -> bool:
    return value is None or (
        isinstance(value, list)
        and 1 <= len(value) <= MAX_COLUMNS
        and all(type(each) is int and each >= 0 for each in value)
    )


def _are_lines(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(x, str) and x.strip() for x in value)


_RULES: Mapping[str, Callable[[Any], bool]] = {
    "id": lambda value: isinstance(value, str) and _ID.fullmatch(value) is not None,
    "level": lambda value: value in LEVELS,
    "target": _is_code_or_none,
    "position": _is_code_or_none,
    "purpose": lambda value: value is None or bool(value.strip()),
    "lines": _are_lines,
    "colspan": lambda value: _is_whole(value, MAX_COLUMNS),
    "rowspan": lambda value: _is_whole(value, MAX_ROWS),
    "colwidth": _are_widths,
}


def check_values(node: Doc) -> list[str]:
    """Refuse attributes that no page of ours sends; returns the ids below *node*, in order."""
    ids: list[str] = []
    for kind, attrs, in_cell in _attributes(node):
        for name, value in attrs.items():
            if name in _RULES and not _RULES[name](value):
                refuse(f"khối “{kind}” có thuộc tính “{name}” không hợp lệ")
        if in_cell and attrs["level"] not in CELL_LEVELS:
            refuse("ô của bảng chỉ chứa đoạn thường và gạch đầu dòng")
        if attrs.get("id") is not None:
            ids.append(attrs["id"])
    return ids


def require_unique(ids: Iterable[str]) -> None:
    """Refuse two blocks under one id: a remark or a redline could not tell them apart."""
    seen: set[str] = set()
    for identity in ids:
        if identity in seen:
            refuse(f"hai khối mang cùng một mã “{identity}”")
        seen.add(identity)


def _attributes(
    node: Mapping[str, Any], in_cell: bool = False
) -> Iterator[tuple[str, Mapping[str, Any], bool]]:
    yield node["type"], node.get("attrs", {}), in_cell
    inside = node["type"] in ("table_cell", "table_header")
    for child in node.get("content", ()):
        if child["type"] not in ("text", "hard_break"):
            yield from _attributes(child, inside)
