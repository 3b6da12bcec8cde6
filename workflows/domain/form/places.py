"""Where a hit stands as the editor counts: in UTF-16 units of the block's own text."""

from bisect import bisect_left
from typing import Final

from workflows.domain.form.findings import Hit
from workflows.domain.form.sheet import PROSE, Sheet

# What the node of a block holds as text is what the block shows; elsewhere no place is told.
_PLACED: Final = (*PROSE, "recipient")


class Places:
    """Tells the places in one text; each block is counted through once, however much is found."""

    def __init__(self, sheet: Sheet) -> None:
        self._blocks = {block.id: block for block in sheet.blocks if block.kind in _PLACED}
        self._names = {line.block.id: len(line.name) for line in sheet.receivers}
        self._wide: dict[str, list[int]] = {}

    def span(self, hit: Hit) -> tuple[int, int] | tuple[None, None]:
        """The units from which and to which a hit reaches; None where no place can be told."""
        block = self._blocks.get(hit.block_id or "")
        if block is None or hit.start is None or hit.end is None:
            return None, None
        # A recipient's purpose is shown behind its name, but is no text of the node.
        if hit.end > self._names.get(block.id, len(block.text)):
            return None, None
        wide = self._wide_of(block.id, block.text)
        return _units(wide, hit.start), _units(wide, hit.end)

    def _wide_of(self, block_id: str, text: str) -> list[int]:
        """Where the characters stand that take two units."""
        if block_id not in self._wide:
            is_wide = bool(text) and max(text) > "\uffff"
            each = enumerate(text) if is_wide else ()
            self._wide[block_id] = [at for at, character in each if character > "\uffff"]
        return self._wide[block_id]


def _units(wide: list[int], place: int) -> int:
    return place + bisect_left(wide, place)
