"""What was said about a plan, what was proposed for its words, and who has looked at it."""

from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, Index, String, Text, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column, relationship

from workflows.models.base import Base, Moment, Word, known_words
from workflows.models.people import Person


class Answer(StrEnum):
    """What became of a remark (tiếp thu, giải trình)."""

    ACCEPTED = "accepted"
    PARTLY = "partly"
    REJECTED = "rejected"


class Audience(StrEnum):
    """For whom a thread is: those who see the draft, or all who may read the plan."""

    WRITERS = "writers"
    READERS = "readers"


class SuggestionState(StrEnum):
    """What became of a proposed wording."""

    OPEN = "open"
    ACCEPTED = "accepted"
    # The drafter wrote what it asks for in their own words.
    ADOPTED = "adopted"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"


class Anchored:
    """A place on the text's one time line: as it was made, and as last carried forward.

    Positions are ProseMirror's, in UTF-16 units. All None: no passage was marked.
    """

    made_version: Mapped[int]
    made_start: Mapped[int | None]
    made_end: Mapped[int | None]
    anchor_version: Mapped[int]
    anchor_start: Mapped[int | None]
    anchor_end: Mapped[int | None]
    # The passage was deleted on the way to anchor_version.
    is_gone: Mapped[bool] = mapped_column(default=False)


class Thread(Anchored, Base):
    """Remarks on one passage, one block, or the whole plan, until somebody calls it settled."""

    __tablename__ = "thread"
    __table_args__ = (
        known_words("answer", Answer),
        known_words("audience", Audience),
        Index("ix_thread_plan_id", "plan_id", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    plan_id: Mapped[UUID] = mapped_column(ForeignKey("plan.id"))
    # The frozen version that was open when it began; 0 before the first.
    version_number: Mapped[int]
    # Decided once, by the text that was on the page: what is frozen later opens nothing.
    audience: Mapped[Audience] = mapped_column(Word(Audience))
    block_id: Mapped[str | None] = mapped_column(String(40))
    quote: Mapped[str] = mapped_column(Text, default="")
    # The quote stood once in its block: deleted and back again, it is known by its words.
    is_sole: Mapped[bool] = mapped_column(default=False)
    # Asked when the plan was begun from another one, of a passage that may be of that plan's year.
    is_inherited: Mapped[bool] = mapped_column(default=False)
    demands_answer: Mapped[bool] = mapped_column(default=False)
    answer: Mapped[Answer | None] = mapped_column(Word(Answer))
    answer_reason: Mapped[str | None] = mapped_column(Text)
    answered_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    answered_at: Mapped[datetime | None] = mapped_column(Moment)
    opened_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    opened_at: Mapped[datetime] = mapped_column(Moment)
    resolved_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    resolved_at: Mapped[datetime | None] = mapped_column(Moment)
    # The last time that it was taken up again; stays when it is settled once more.
    reopened_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    reopened_at: Mapped[datetime | None] = mapped_column(Moment)


class Comment(Base):
    """One remark in a thread. A trigger refuses UPDATE and DELETE."""

    __tablename__ = "comment"
    __table_args__ = (
        Index("ix_comment_plan_id_at", "plan_id", "at"),
        Index("ix_comment_thread_id", "thread_id", "id"),
        Index(
            "uq_comment_sent_as",
            *("plan_id", "person_id", "sent_as"),
            unique=True,
            postgresql_where=text("sent_as IS NOT NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    plan_id: Mapped[UUID] = mapped_column(ForeignKey("plan.id"))
    thread_id: Mapped[int] = mapped_column(ForeignKey("thread.id"))
    # The frozen version that was open when it was said; 0 before the first.
    version_number: Mapped[int]
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    position_title: Mapped[str] = mapped_column(String(310))
    text: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime] = mapped_column(Moment)
    # The page's own name for it: sent again because the reply was lost, it is said once.
    sent_as: Mapped[str | None] = mapped_column(String(40))

    person: Mapped[Person] = relationship()
    thread: Mapped[Thread] = relationship()


class Suggestion(Anchored, Base):
    """A wording that somebody proposes: one change to the text at *made_version*, not yet made.

    *slice* is what would stand there (None: nothing), *before_slice* what stood there; for an
    attribute, *block_id*, *attribute*, *before_value* and *after_value* say it instead.
    Suggestions of one *group* are settled together.
    """

    __tablename__ = "suggestion"
    __table_args__ = (
        known_words("state", SuggestionState),
        known_words("audience", Audience),
        Index("ix_suggestion_plan_id", "plan_id", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    plan_id: Mapped[UUID] = mapped_column(ForeignKey("plan.id"))
    # Everything sent in one go, and within it what belongs together.
    batch: Mapped[UUID]
    group: Mapped[int]
    version_number: Mapped[int]
    # Decided once, by the text that was on the page, as a remark's is.
    audience: Mapped[Audience] = mapped_column(Word(Audience))
    kind: Mapped[str] = mapped_column(String(20))
    slice: Mapped[dict[str, Any] | None] = mapped_column(JSONB(none_as_null=True))
    before_slice: Mapped[dict[str, Any] | None] = mapped_column(JSONB(none_as_null=True))
    block_id: Mapped[str | None] = mapped_column(String(40))
    attribute: Mapped[str | None] = mapped_column(String(40))
    before_value: Mapped[Any | None] = mapped_column(JSONB(none_as_null=True))
    after_value: Mapped[Any | None] = mapped_column(JSONB(none_as_null=True))
    before_text: Mapped[str] = mapped_column(Text)
    after_text: Mapped[str] = mapped_column(Text)
    # Where it was in the text it was made for, and what its group did there, for people.
    place_words: Mapped[str] = mapped_column(Text, default="")
    doing: Mapped[dict[str, Any] | None] = mapped_column(JSONB(none_as_null=True))
    note: Mapped[str] = mapped_column(Text, default="")
    author_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    position_title: Mapped[str] = mapped_column(String(310))
    at: Mapped[datetime] = mapped_column(Moment)
    state: Mapped[SuggestionState] = mapped_column(
        Word(SuggestionState), default=SuggestionState.OPEN
    )
    answer: Mapped[str | None] = mapped_column(Text)
    settled_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    settled_at: Mapped[datetime | None] = mapped_column(Moment)
    # The text's version right after it was accepted; of an adopted one, when that was said.
    settled_version: Mapped[int | None]

    author: Mapped[Person] = relationship(foreign_keys=[author_id])


class PlanView(Base):
    """Somebody opened a plan (Phụ lục VI, III.5a)."""

    __tablename__ = "plan_view"
    __table_args__ = (Index("ix_plan_view_plan_id_at", "plan_id", "at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    plan_id: Mapped[UUID] = mapped_column(ForeignKey("plan.id"))
    version_number: Mapped[int]
    # The version of the working text that was shown; None where a frozen version was.
    text_version: Mapped[int | None]
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    page: Mapped[str] = mapped_column(String(40))
    address: Mapped[str | None] = mapped_column(String(64))
    at: Mapped[datetime] = mapped_column(Moment)

    person: Mapped[Person] = relationship()
