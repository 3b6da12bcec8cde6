"""What there is to say of one block that is in two texts: what became of it, and of its words."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import Literal, cast

from portal.documents.words import Segment
from workflows.domain.content.blocks import Block

Kind = Literal["same", "insert", "delete", "edit", "move", "split", "merge"]


class Mark(StrEnum):
    """What may be said of a block; one may bear several. People see the words of `MARK_WORDS`."""

    INSERTED = "inserted"
    DELETED = "deleted"
    EDITED = "edited"
    MOVED = "moved"
    SPLIT = "split"
    MERGED = "merged"
    RELEVELLED = "relevelled"
    RESTYLED = "restyled"
    RENUMBERED = "renumbered"
    # Of tables.
    ROWS_ADDED = "rows_added"
    ROWS_REMOVED = "rows_removed"
    COLUMNS_ADDED = "columns_added"
    COLUMNS_REMOVED = "columns_removed"


MARK_WORDS: dict[Mark, str] = {
    Mark.INSERTED: "Thêm",
    Mark.DELETED: "Bỏ",
    Mark.EDITED: "Sửa lời",
    Mark.MOVED: "Chuyển chỗ",
    Mark.SPLIT: "Tách đoạn",
    Mark.MERGED: "Gộp đoạn",
    Mark.RELEVELLED: "Đổi cấp",
    Mark.RESTYLED: "Đổi kiểu chữ",
    Mark.RENUMBERED: "Đánh số lại",
    Mark.ROWS_ADDED: "Thêm hàng",
    Mark.ROWS_REMOVED: "Bỏ hàng",
    Mark.COLUMNS_ADDED: "Thêm cột",
    Mark.COLUMNS_REMOVED: "Bỏ cột",
}

# The levels of clauses, and the sorts of blocks that have none.
LEVEL_WORDS: dict[str, str] = {
    "part": "phần (I.)",
    "sec": "mục (1.)",
    "sub": "khoản (1.1)",
    "pt": "điểm (a)",
    "dash": "gạch đầu dòng (-)",
    "plus": "gạch nhỏ (+)",
    "para": "đoạn thường",
    "basis": "căn cứ",
    "opening": "phần mở đầu",
    "closing": "phần kết",
    "cell": "ô của bảng",
}


@dataclass(frozen=True)
class Change:
    """One block of the redline, *before* and *after*; one of them is None where it was not.

    Kinds beyond the obvious: “split” is a new block whose text was cut off *other*, and “merge”
    a block that is gone into *other*, both as they are in the new text. The segments of a block
    that was cut (*is_cut*) and of those cut off it together give the one old text; those of a
    block that others were joined to give all their old texts, a new one from each of *seams* on.
    A merged block has no segments of its own. A moved block may be edited too.
    """

    kind: Kind
    before: Block | None
    after: Block | None
    segments: tuple[Segment, ...] = ()
    other: Block | None = None
    seams: tuple[int, ...] = ()
    is_cut: bool = False

    @property
    def block(self) -> Block:
        """The block as it is now, or as it was when it is gone."""
        return cast(Block, self.after or self.before)

    @property
    def label_before(self) -> str | None:
        return self.before.label if self.before else None

    @property
    def label_after(self) -> str | None:
        return self.after.label if self.after else None

    @property
    def level_before(self) -> str | None:
        return self.before.level if self.before else None

    @property
    def level_after(self) -> str | None:
        return self.after.level if self.after else None

    @cached_property
    def is_edited(self) -> bool:
        """Whether words changed."""
        return any(segment.kind != "kept" for _, segment in self.shown)

    @cached_property
    def shown(self) -> tuple[tuple[bool, Segment], ...]:
        """The segments to be read, each with whether a seam is before it.

        Where a block was cut or two were joined a blank goes or comes, which is no edit.
        """
        is_sewn = self.is_cut or bool(self.seams)
        row: list[tuple[bool, Segment]] = []
        is_after_seam = False
        for at, segment in enumerate(self.segments):
            is_after_seam = is_after_seam or at in self.seams
            if not (is_sewn and segment.kind != "kept" and segment.text.isspace()):
                row.append((is_after_seam, segment))
                is_after_seam = False
        return tuple(row)

    @property
    def restyled(self) -> bool:
        """Whether the words are the same and only bold or italic changed."""
        return not self.is_edited and any(segment.faces for segment in self.segments)

    @property
    def relevelled(self) -> bool:
        """Whether the block went on as one of another sort."""
        old, new = self.before, self.after
        return bool(old and new and (old.kind, old.level) != (new.kind, new.level))

    @property
    def renumbered(self) -> bool:
        """Whether it stands under another number only because of others."""
        old, new = self.before, self.after
        return bool(old and new and old.level == new.level and old.label != new.label)

    @cached_property
    def marks(self) -> tuple[Mark, ...]:
        """All that is to be said of it."""
        return tuple(mark for mark, bears in _BEARS.items() if bears(self))


_BEARS: dict[Mark, Callable[[Change], bool]] = {
    Mark.INSERTED: lambda change: change.kind == "insert",
    Mark.DELETED: lambda change: change.kind == "delete",
    Mark.EDITED: lambda change: change.is_edited and change.kind not in ("insert", "delete"),
    Mark.MOVED: lambda change: change.kind == "move",
    Mark.SPLIT: lambda change: change.is_cut,
    Mark.MERGED: lambda change: change.kind == "merge" or bool(change.seams),
    Mark.RELEVELLED: lambda change: change.relevelled,
    Mark.RESTYLED: lambda change: any(segment.faces for segment in change.segments),
    Mark.RENUMBERED: lambda change: change.renumbered,
}
