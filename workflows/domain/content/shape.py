"""The first look at a document from outside: bounded in depth and size before anything recurses.

prosemirror drops unknown attributes without a word and turns numbers into text; what is signed
must be what was sent, so such input is refused here.
"""

import json
from collections.abc import Callable
from importlib.resources import files
from typing import Any, NoReturn

from workflows.domain.errors import Fault, UnfitText
from workflows.domain.letters import is_heaped

Doc = dict[str, Any]
NewId = Callable[[], str]

SPEC: dict[str, Any] = json.loads(
    files(__package__).joinpath("schema.json").read_text(encoding="utf-8")
)

# doc > annex > table > row > cell > clause > text is the deepest the schema knows.
MAX_DEPTH = 6
MAX_NODES = 60_000
MAX_CHARACTERS = 2_000_000
MAX_INTEGER = 100_000

_ATTRIBUTES: dict[str, frozenset[str]] = {
    name: frozenset(spec.get("attrs", {})) for name, spec in SPEC["nodes"].items()
}
_KEYS = frozenset({"type", "attrs", "content", "marks", "text"})


def refuse(reason: str) -> NoReturn:
    """Raise UnfitText for a document that no page of ours can have sent."""
    raise UnfitText(
        "Nội dung gửi lên không đúng cấu trúc của kế hoạch: %(reason)s.",
        (Fault("", reason),),
        reason=reason,
    )


def check_shape(doc: object) -> None:
    """Refuse what is not a bounded tree of known nodes with plain values; raises UnfitText."""
    waiting: list[tuple[object, int]] = [(doc, 0)]
    nodes = characters = 0
    while waiting:
        node, depth = waiting.pop()
        nodes += 1
        if depth > MAX_DEPTH:
            refuse("các khối lồng nhau quá sâu")
        content, size = _look_at(node)
        characters += size
        if nodes + len(waiting) + len(content) > MAX_NODES or characters > MAX_CHARACTERS:
            refuse("văn bản quá lớn")
        waiting.extend((child, depth + 1) for child in content)


def _look_at(node: object) -> tuple[list[object], int]:
    if not isinstance(node, dict) or not node.keys() <= _KEYS:
        refuse("có khối không đọc được")
    kind = node.get("type")
    if not isinstance(kind, str) or kind not in _ATTRIBUTES:
        refuse("có loại khối không biết")
    if ("text" in node) != (kind == "text") or (kind == "text" and "content" in node):
        refuse("có khối chữ không đọc được")
    check_marks(node.get("marks", []))
    if node.get("marks") and kind not in ("text", "hard_break"):
        refuse("có định dạng chữ ở ngoài chữ")
    content = node.get("content", [])
    if not isinstance(content, list):
        refuse("có khối không đọc được")
    return content, _size(node.get("text", "")) + _attributes(kind, node.get("attrs"))


def _attributes(kind: str, attrs: object) -> int:
    if attrs is None:
        return 0
    if not isinstance(attrs, dict) or not attrs.keys() <= _ATTRIBUTES[kind]:
        refuse("có thuộc tính không biết")
    return sum(check_value(value) for value in attrs.values())


def check_value(value: object) -> int:
    """The size of an attribute's value; refuses all but plain values and lists of them."""
    if isinstance(value, list):
        if len(value) > MAX_NODES:
            refuse("văn bản quá lớn")
        return sum(_scalar(each) for each in value)
    return _scalar(value)


def _scalar(value: object) -> int:
    if value is None:
        return 0
    # bool is an int to Python; JSON of ours has neither booleans nor fractions (RFC 8785 subset).
    if type(value) is int and abs(value) <= MAX_INTEGER:
        return 1
    return _size(value)


def _size(text: object) -> int:
    if not isinstance(text, str):
        refuse("có giá trị sai kiểu")
    if "\x00" in text:
        # No database of ours can hold it, not even in a change that is taken back at once.
        refuse("có ký tự điều khiển không nhìn thấy")
    if not text.isascii() and is_heaped(text):
        refuse("có chữ mang quá nhiều dấu")
    try:
        text.encode()
    except UnicodeEncodeError:
        refuse("có ký tự không mã hoá được")
    return len(text)


def check_marks(marks: object) -> None:
    """Refuse marks that the schema does not have, or that carry anything."""
    if not isinstance(marks, list) or len(marks) > len(SPEC["marks"]):
        refuse("có định dạng chữ không biết")
    for mark in marks:
        if not isinstance(mark, dict) or not mark.keys() <= {"type", "attrs"}:
            refuse("có định dạng chữ không biết")
        name = mark.get("type")
        if not isinstance(name, str) or name not in SPEC["marks"] or mark.get("attrs"):
            refuse("có định dạng chữ không biết")
