"""Moving blocks as one step: two neighbours change places, and every place in them goes along.

A move as deletion and insertion would carry a copy of the text: what somebody else wrote in it
meanwhile, and whatever points into it, would be gone.
"""

from typing import Any

from prosemirror.model import Node, Slice
from prosemirror.transform import Step, StepMap
from prosemirror.transform.map import Mappable, MapResult
from prosemirror.transform.step import StepResult, step_json_id

Json = dict[str, Any]
# How a step moves places, as it is stored: (start, old size, new size, …), or of a move
# {"moved": [start, middle, end]}.
Ranges = list[int] | dict[str, list[int]]


class MoveMap(StepMap):
    """Nothing is deleted. A place at a border belongs to the block on its *assoc* side."""

    def __init__(self, start: int, middle: int, end: int) -> None:
        # To whom it may concern, all of it was replaced by as much.
        super().__init__([start, end - start, end - start])
        self.start, self.middle, self.end = start, middle, end

    def map(self, pos: int, assoc: int = 1) -> int:
        """Where *pos* goes."""
        side = -1 if assoc < 0 else 0
        if self.start <= pos + side < self.middle:
            return pos + self.end - self.middle
        if self.middle <= pos + side < self.end:
            return pos - (self.middle - self.start)
        return pos

    def map_result(self, pos: int, assoc: int = 1) -> MapResult:
        """As `map`: nothing is ever deleted."""
        return MapResult(self.map(pos, assoc))

    def touches(self, pos: int, recover: int) -> bool:
        """No place is recovered from here."""
        return False

    def invert(self) -> "MoveMap":
        """The way back."""
        return MoveMap(self.start, self.start + self.end - self.middle, self.end)


class MoveStep(Step):
    """The blocks from *start* to *middle* and those from *middle* to *end* change places."""

    def __init__(self, start: int, middle: int, end: int) -> None:
        self.start, self.middle, self.end = start, middle, end

    def apply(self, doc: Node) -> StepResult:
        """Fails for anything but two rows of whole blocks, side by side."""
        if not self.start < self.middle < self.end <= doc.content.size:
            return StepResult.fail("no two rows of blocks")
        first, second = doc.slice(self.start, self.middle), doc.slice(self.middle, self.end)
        parents = {id(doc.resolve(pos).parent) for pos in (self.start, self.middle, self.end)}
        is_open = any(side for each in (first, second) for side in (each.open_start, each.open_end))
        if len(parents) > 1 or is_open or doc.resolve(self.start).parent.inline_content:
            return StepResult.fail("not between blocks")
        moved = Slice(second.content.append(first.content), 0, 0)
        return StepResult.from_replace(doc, self.start, self.end, moved)

    def get_map(self) -> MoveMap:
        """Where places go."""
        return MoveMap(self.start, self.middle, self.end)

    def invert(self, doc: Node) -> "MoveStep":
        """The same neighbours back."""
        return MoveStep(self.start, self.start + self.end - self.middle, self.end)

    def map(self, mapping: Mappable) -> "MoveStep | None":
        """The move after others' changes, or None when the rows are no longer neighbours."""
        start, end = mapping.map(self.start, 1), mapping.map(self.end, -1)
        middle = mapping.map(self.middle, 1)
        if middle != mapping.map(self.middle, -1) or not start < middle < end:
            return None
        return MoveStep(start, middle, end)

    def to_json(self) -> Json:
        """As the browser writes it."""
        return {
            "stepType": "move",
            "start": self.start,
            "middle": self.middle,
            "end": self.end,
        }

    @staticmethod
    def from_json(_schema: object, json_data: Any) -> "MoveStep":
        """From what `to_json` gives."""
        return MoveStep(json_data["start"], json_data["middle"], json_data["end"])


step_json_id("move", MoveStep)


def ranges_of(step_map: StepMap) -> Ranges:
    """A step's map, to be stored."""
    if isinstance(step_map, MoveMap):
        return {"moved": [step_map.start, step_map.middle, step_map.end]}
    return list(step_map.ranges)


def map_of(ranges: Ranges) -> StepMap:
    """The map that was stored."""
    return MoveMap(*ranges["moved"]) if isinstance(ranges, dict) else StepMap(list(ranges))
