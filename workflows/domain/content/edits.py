"""Changes to a living text: ProseMirror steps, checked before they count, and places carried on.

The schema is checked here and not only in the browser: what arrives may come from anybody.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, cast

from prosemirror.model import Node
from prosemirror.transform import Step

from workflows.domain.content.moving import Ranges, map_of, ranges_of
from workflows.domain.content.schema import SCHEMA, check_values, require_unique
from workflows.domain.content.shape import (
    MAX_NODES,
    Doc,
    check_marks,
    check_shape,
    check_value,
    refuse,
)

Json = dict[str, Any]

# What an editor of ours sends: no wrapping, no node marks, nothing on the document itself.
_KEYS: dict[str, frozenset[str]] = {
    "replace": frozenset({"stepType", "from", "to", "slice", "structure"}),
    "replaceAround": frozenset(
        {"stepType", "from", "to", "gapFrom", "gapTo", "insert", "slice", "structure"}
    ),
    "addMark": frozenset({"stepType", "mark", "from", "to"}),
    "removeMark": frozenset({"stepType", "mark", "from", "to"}),
    "attr": frozenset({"stepType", "pos", "attr", "value"}),
    "move": frozenset({"stepType", "start", "middle", "end"}),
}
_POSITIONS = ("from", "to", "gapFrom", "gapTo", "insert", "pos", "start", "middle", "end")
# The library takes them in any order, and then copies text under a map that knows nothing of it.
_ORDER = ("from", "gapFrom", "gapTo", "to")
MAX_STEPS = 500
# Letters and tokens in all, well above what may be submitted: a hard stop for the machine's sake.
MAX_SIZE = 900_000
MAX_IDS = 8_000
# Every step in a block goes through all that the block holds, letter runs and breaks one by one.
MAX_PIECES = 5_000
# Of an attribute: letters and, in a list, pieces.
MAX_VALUE = 20_000
# Letters in all that one batch may give another face: everything bold, and back, and again.
MAX_MARKED = 4 * MAX_SIZE
# Control characters cannot be stored (U+0000) or printed; breaks and tabs become spaces later.
_CONTROLS = frozenset(chr(code) for code in (*range(0x20), *range(0x7F, 0xA0))) - set("\t\n\r")


@dataclass(frozen=True)
class Edited:
    """A text after some steps, and the map of each step."""

    doc: Node
    ranges: list[Ranges]


@dataclass(frozen=True)
class Place:
    """Where a passage, or a point between two letters, has come to."""

    start: int
    end: int
    # The passage, or what stood on both sides of the point, was deleted.
    is_gone: bool = False


def apply(doc: Node, steps: Sequence[object]) -> Edited:
    """*doc* after all *steps*, or nothing of them: raises UnfitText for a change off the schema."""
    if not 1 <= len(steps) <= MAX_STEPS:
        refuse(f"mỗi lần gửi có từ 1 đến {MAX_STEPS} thay đổi")
    checked = [_checked(step) for step in steps]
    marked = sum(step["to"] - step["from"] for step in checked if "mark" in step)
    if marked > MAX_MARKED:
        refuse("đổi kiểu chữ quá nhiều lần trong một lần gửi")
    try:
        edited = replay(doc, checked)
    except Exception as error:  # prosemirror raises all sorts, down to UnicodeDecodeError.
        _refuse_from(error)
    if any(size < 0 for each in edited.ranges for size in _sizes(each)):
        # A slice that is open wider than it is long: places would move where no text did.
        refuse("thay đổi không khớp với văn bản")
    _check_changed(doc, edited.doc)
    return edited


def replay(doc: Node, steps: Iterable[Json]) -> Edited:
    """*doc* after steps that were checked when they were stored."""
    ranges = []
    for step_json in steps:
        step = Step.from_json(SCHEMA, step_json)
        result = step.apply(doc)
        if result.doc is None:
            raise ValueError(result.failed)
        ranges.append(ranges_of(step.get_map()))
        doc = result.doc
    return Edited(doc, ranges)


def carry(place: Place, ranges: Iterable[Ranges]) -> Place:
    """*place* after the steps with these maps; what is gone stays gone, with a point to show it."""
    start, end, is_gone = place.start, place.end, place.is_gone
    for each in ranges:
        step_map = map_of(each)
        if start == end:
            moved = step_map.map_result(start, 1)
            start = end = moved.pos
            is_gone = is_gone or moved.deleted_across
        else:
            start, end = step_map.map(start, 1), step_map.map(end, -1)
            if start >= end:
                start = end = min(start, end)
                is_gone = True
    return Place(start, end, is_gone)


def _sizes(ranges: Ranges) -> Sequence[int]:
    return () if isinstance(ranges, dict) else (*ranges[1::3], *ranges[2::3])


def _checked(step: object) -> Json:
    if not isinstance(step, dict) or not isinstance(step.get("stepType"), str):
        refuse("có thay đổi không đọc được")
    known = _KEYS.get(step["stepType"])
    if known is None or not step.keys() <= known:
        refuse("có loại thay đổi không được nhận")
    _check_places(step)
    if type(step.get("structure", False)) is not bool:
        refuse("có thay đổi không đọc được")
    _check_slice(step.get("slice"))
    if "mark" in step:
        if not step.keys() >= {"from", "to"}:
            refuse("có thay đổi không đọc được")
        check_marks([step["mark"]])
    if "attr" in step:
        _check_attribute(step)
    return step


def _check_places(step: Json) -> None:
    for name in _POSITIONS:
        if name in step and (type(step[name]) is not int or not 0 <= step[name] <= MAX_SIZE * 2):
            refuse("có thay đổi ngoài văn bản")
    places = [step[name] for name in _ORDER if name in step]
    if places != sorted(places):
        refuse("có thay đổi ngoài văn bản")


def _check_slice(part: object) -> None:
    if part is None:
        return
    if not isinstance(part, dict) or not part.keys() <= {"content", "openStart", "openEnd"}:
        refuse("có thay đổi không đọc được")
    for name in ("openStart", "openEnd"):
        if type(part.get(name, 0)) is not int or not 0 <= part.get(name, 0) <= 6:
            refuse("có thay đổi không đọc được")
    # The same bounds as for a whole document, before anything recurses into it.
    check_shape({"type": "doc", "content": part.get("content", [])})


def _check_attribute(step: Json) -> None:
    """The port ignores an attribute that a node does not have; a change must not be ignored."""
    if not isinstance(step["attr"], str) or check_value(step.get("value")) > MAX_VALUE:
        refuse("có thuộc tính không biết")
    if not any(step["attr"] in (kind.attrs or {}) for kind in SCHEMA.nodes.values()):
        refuse("có thuộc tính không biết")


def _refuse_from(error: Exception) -> None:
    try:
        refuse("thay đổi không khớp với văn bản")
    except Exception as refusal:
        raise refusal from error


def _check_changed(before: Node, after: Node) -> None:
    """Check the blocks that are new objects: trees share the nodes that a step left alone."""
    if after.content.size > MAX_SIZE:
        refuse("văn bản quá lớn")
    known = {id(child) for child in _children(before)}
    changed = [child for child in _children(after) if id(child) not in known]
    try:
        after.type.check_content(after.content)
        for child in changed:
            child.check()
    except Exception as error:  # prosemirror raises ValueError, KeyError, TypeError …
        _refuse_from(error)
    for child in changed:
        sound = cast(Doc, child.to_json())
        check_shape({"type": "doc", "content": [sound]})
        check_values(sound)
        if _CONTROLS & set(child.text_content):
            refuse("có ký tự điều khiển không nhìn thấy")
    _check_pieces(after)
    ids = list(_ids(after))
    if len(ids) > MAX_IDS:
        refuse("văn bản có quá nhiều khối")
    require_unique(ids)


def _check_pieces(doc: Node) -> None:
    """Blocks are looked at one by one above; here the whole text has its bound."""
    pieces = 0
    for block in _textblocks(doc):
        if block.child_count > MAX_PIECES:
            refuse("một đoạn có quá nhiều mảnh định dạng")
        pieces += block.child_count
    if pieces > MAX_NODES:
        refuse("văn bản quá lớn")


def _textblocks(node: Node) -> Iterator[Node]:
    for child in _children(node):
        if child.is_textblock:
            yield child
        elif not child.is_leaf:
            yield from _textblocks(child)


def _children(node: Node) -> Iterator[Node]:
    return (node.child(index) for index in range(node.child_count))


def _ids(node: Node) -> Iterator[str]:
    for child in _children(node):
        if child.is_text:
            continue
        if (identity := child.attrs.get("id")) is not None:
            yield str(identity)
        if not child.is_textblock:
            yield from _ids(child)
