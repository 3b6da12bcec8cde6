"""What turns one text into another, as changes that people can judge one by one."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any, cast

from prosemirror.model import Fragment, Node, Slice
from prosemirror.model.node import TextNode
from prosemirror.transform import AttrStep, ReplaceStep, Step

from workflows.domain.content.alignment import Edit, Retouch, coarse_edits, edits_between
from workflows.domain.content.belonging import belong_together
from workflows.domain.content.pairing import block_places
from workflows.domain.content.schema import SCHEMA

Json = dict[str, Any]

# One batch of steps, as `edits.apply` takes it.
MOST_STEPS = 400
# Each change is tried on the whole text, some of them more than once: so many changes times nodes.
MOST_WORK = 1_500_000


@dataclass(frozen=True, slots=True)
class Change:
    """One change to a text; positions are the text's before any of them.

    Of kind “text”: *start* to *end* is replaced by *slice*. Of kind “level” or “attrs”: the
    attribute *attribute* of block *block_id*, whose content is *start* to *end*, turns from
    *before* to *after*. Changes of one *group* make sense only together.
    """

    kind: str
    group: int
    start: int
    end: int
    slice: Json | None = None
    block_id: str | None = None
    attribute: str | None = None
    before: Any = None
    after: Any = None


class TooManyChanges(Exception):
    """More changes than are judged one by one in a text of this length: *found*, not *most*."""

    def __init__(self, found: int, most: int) -> None:
        super().__init__(found, most)
        self.found, self.most = found, most


def changes_between(base: Node, target: Node, *, most: int | None = None) -> list[Change]:
    """What turns *base* into *target*, in the order of the text; proven before it is returned.

    Raises TooManyChanges above *most*, in a long text above fewer, before the proof: that takes
    time by their number times the length of the text, and minutes for thousands of them.
    """
    base, target = _joined(base), _joined(target)
    if most is not None:
        most = min(most, most_at_once(base))
        if (found := len(edits_between(base, target))) > most:
            raise TooManyChanges(found, most)
    edits = _proven(base, target)
    changes = [_change(edit, target) for edit in edits]

    def stands(chosen: Sequence[int]) -> bool:
        return _applied(base, [changes[at] for at in chosen]) is not None

    groups = belong_together(base, target, edits, stands)
    return [replace(change, group=group) for change, group in zip(changes, groups, strict=True)]


def most_at_once(doc: Node) -> int:
    """How many changes to *doc* are worked on in one go: in a long text fewer."""
    return max(1, MOST_WORK // _nodes(doc))


def steps_towards(base: Node, target: Node, most: int = MOST_STEPS) -> list[Step]:
    """Small steps from *base* to *target*, each to be applied to what the one before it left.

    Where it would take more than *most* of them, larger ones.
    """
    base, target = _joined(base), _joined(target)
    return steps_of(base, [_change(edit, target) for edit in _proven(base, target, most)])


def steps_of(base: Node, changes: Sequence[Change]) -> list[Step]:
    """The steps that make *changes*, some or all of those found in *base*, in a valid order.

    Raises LookupError when a block is not there whose attribute is to change.
    """
    retouches = [change for change in changes if change.kind != "text"]
    places = block_places(base) if retouches else {}
    steps: list[Step] = [
        AttrStep(places[change.block_id or ""], change.attribute or "", change.after)
        for change in retouches
    ]
    # From the back, so that no step moves the place of the next.
    texts = [change for change in changes if change.kind == "text"]
    steps += (
        ReplaceStep(change.start, change.end, Slice.from_json(SCHEMA, change.slice))
        for change in reversed(texts)
    )
    return steps


def _proven(base: Node, target: Node, most: int | None = None) -> list[Edit | Retouch]:
    """The finest edits that give exactly *target*; in the end, one for the whole text."""
    for find in (edits_between, coarse_edits):
        edits = find(base, target)
        if most is not None and len(edits) > most:
            continue
        after = _applied(base, [_change(edit, target) for edit in edits])
        if after is not None and after.eq(target):
            return edits
    return [Edit(0, base.content.size, 0, target.content.size)]


def _applied(base: Node, changes: Iterable[Change]) -> Node | None:
    """*base* with *changes*, or None when they do not stand on their own."""
    doc = base
    try:
        for step in steps_of(base, list(changes)):
            doc = step.apply(doc).doc  # type: ignore[assignment]
            if doc is None:
                return None
    except Exception:  # prosemirror raises all sorts where a slice does not fit.
        return None
    return doc


def _nodes(node: Node) -> int:
    return 1 + sum(1 if child.is_leaf else _nodes(child) for child in node.children)


def _change(edit: Edit | Retouch, target: Node) -> Change:
    if isinstance(edit, Edit):
        inserted = target.slice(edit.new_start, edit.new_end).to_json()
        return Change("text", 0, edit.start, edit.end, cast("Json | None", inserted))
    kind = "level" if edit.attribute == "level" else "attrs"
    return Change(
        kind,
        0,
        edit.start,
        edit.end,
        block_id=edit.block_id,
        attribute=edit.attribute,
        before=edit.before,
        after=edit.after,
    )


def _joined(node: Node) -> Node:
    """The same text with equal neighbours as one, as applying steps leaves it."""
    children: list[Node] = []
    is_same = True
    for child in node.children:
        last = children[-1] if children else None
        if isinstance(child, TextNode) and isinstance(last, TextNode) and last.same_markup(child):
            children[-1] = last.with_text(last.text + child.text)
            is_same = False
        else:
            children.append(child if child.is_leaf else _joined(child))
            is_same = is_same and children[-1] is child
    return node if is_same else node.copy(Fragment(children))
