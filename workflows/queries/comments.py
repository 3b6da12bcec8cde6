"""What was said about a plan, each remark with its place in the text that is shown."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflows.models.discussion import Comment
from workflows.models.people import Person

MOST = 500


@dataclass(frozen=True)
class CommentLine:
    """One remark. *place* is None for one about the whole plan, or about a block now gone."""

    id: int
    who: str
    position: str
    at: datetime
    text: str
    version_number: int
    block_id: str | None
    place: str | None


def comments_of(
    session: Session, plan_id: UUID, places: Mapping[str, str]
) -> tuple[CommentLine, ...]:
    """The remarks in the order in which they were made; *places* names the blocks shown."""
    rows = session.execute(
        select(Comment, Person.name)
        .join(Person, Person.id == Comment.person_id)
        .where(Comment.plan_id == plan_id)
        .order_by(Comment.at, Comment.id)
        .limit(MOST)
    )
    return tuple(
        CommentLine(
            id=made.id,
            who=name,
            position=made.position_title,
            at=made.at,
            text=made.text,
            version_number=made.version_number,
            block_id=made.block_id,
            place=places.get(made.block_id) if made.block_id else None,
        )
        for made, name in rows
    )
