"""Which two texts of a plan are compared: versions, named states, the draft, what one knew."""

import json
import re
from collections.abc import Iterator
from datetime import datetime
from typing import cast
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflows.domain.actor import Actor
from workflows.domain.content.canonical import digest
from workflows.domain.content.shape import Doc
from workflows.domain.errors import PlanNotFound
from workflows.domain.machine import EDITABLE
from workflows.domain.numbers import number_and_symbol
from workflows.domain.policy import may_read_draft
from workflows.models.people import Person
from workflows.models.plan import Plan
from workflows.models.text import Revision
from workflows.queries.acquaintance import Known, last_decided, last_seen
from workflows.queries.compared import Choice, Option, Side, Source, signed_like
from workflows.queries.reading import readable_plan
from workflows.queries.rollover import origin_of
from workflows.queries.versions import frozen_text, versions_of
from workflows.queries.working_text import text_at

DRAFT, SEEN, APPROVED = "draft", "seen", "approved"
# The text of the plan that this one was begun from.
ORIGIN = "origin"
# v2 and, from older links, 2; r3.
_NUMBERED = re.compile(r"([vr]?)([0-9]{1,9})")


def choice_of_texts(
    session: Session,
    actor: Actor,
    plan_id: UUID,
    *,
    old: str | None,
    new: str | None,
    now: datetime,
) -> Choice:
    """The texts named, or what the reader most likely wants; raises PlanNotFound.

    Frozen versions are for every reader of the plan; all else for those who may read the draft.
    """
    plan, facts = readable_plan(session, plan_id, actor=actor)
    return _Texts(session, actor, plan, may_read_draft(actor, facts), now).choice(old, new)


class _Texts:
    """The texts of one plan, as far as one reader may know them."""

    def __init__(
        self, session: Session, actor: Actor, plan: Plan, reads_drafts: bool, now: datetime
    ) -> None:
        self._session, self._actor, self._plan = session, actor, plan
        self._reads_drafts, self._now = reads_drafts, now
        self._origin = origin_of(session, actor, plan.id)
        self._options = {option.key: option for option in self._all()}

    def choice(self, old: str | None, new: str | None) -> Choice:
        after = self._key(new) if new else self._newest(is_asked=bool(old))
        before = self._key(old) if old else self._one_before(after)
        sides = [self._side(key, word) for key, word in ((before, old), (after, new))]
        lacking = _lacking((before, old), (after, new))
        return Choice(
            plan_id=self._plan.id,
            title=self._plan.title,
            version_number=self._plan.version_number,
            options=tuple(self._options.values()),
            old=signed_like(sides[0], sides[1]) if not lacking else None,
            new=signed_like(sides[1], sides[0]) if not lacking else None,
            lacking=lacking,
            origin=self._origin,
            tells_who=self._reads_drafts,
        )

    def _all(self) -> list[Option]:
        """What is offered, the newest of each source first."""
        offered = []
        if self._reads_drafts and self._plan.state in EDITABLE:
            offered.append(Option(DRAFT, Source.DRAFT, at=self._plan.updated_at))
        for line in versions_of(self._session, self._plan.id):
            who, at = line.frozen_by, line.frozen_at
            offered.append(Option(f"v{line.number}", Source.VERSION, line.number, at, who))
        if self._reads_drafts:
            offered += self._revisions()
        return [*offered, *self._before_all()]

    def _before_all(self) -> Iterator[Option]:
        if self._origin:
            number, symbol = self._origin.number, self._origin.symbol
            words = number_and_symbol(number, symbol) if number else ""
            yield Option(ORIGIN, Source.ORIGIN, self._origin.version_number, note=words)

    def _revisions(self) -> list[Option]:
        rows = self._session.execute(
            select(Revision.number, Revision.at, Person.name, Revision.note)
            .join(Person, Person.id == Revision.author_id)
            .where(Revision.plan_id == self._plan.id)
            .order_by(Revision.number.desc())
        )
        return [Option(f"r{row[0]}", Source.REVISION, *row) for row in rows]

    def _key(self, word: str) -> str | Known | None:
        """The key of the text that *word* names; None when a moment left no text."""
        if word == ORIGIN and self._origin:
            return ORIGIN
        if word == DRAFT:
            if not self._reads_drafts:
                raise PlanNotFound("Không có phiên bản này.")
            return DRAFT
        if word == SEEN:
            return last_seen(
                self._session,
                self._plan,
                self._actor.id,
                reads_drafts=self._reads_drafts,
                now=self._now,
            )
        if word == APPROVED:
            return last_decided(self._session, self._plan, self._actor.id)
        numbered = _NUMBERED.fullmatch(word)
        key = f"{numbered[1] or 'v'}{int(numbered[2])}" if numbered else ""
        if key not in self._options:
            raise PlanNotFound("Không có phiên bản này.")
        return key

    def _newest(self, *, is_asked: bool) -> str | None:
        """The text of today; when nothing was asked for, versions are preferred to the draft."""
        last = self._plan.version_number
        if DRAFT in self._options and (is_asked or last < 2):
            return DRAFT
        return f"v{last}" if last else None

    def _one_before(self, key: str | Known | None) -> str | None:
        """The text that came before: the version below, or for the draft the last one kept."""
        kept = [each for each in self._options if each not in (DRAFT, ORIGIN)]
        if key == DRAFT:
            return kept[0] if kept else None
        if key == ORIGIN:
            return None
        of_a_kind = [each for each in kept if isinstance(key, str) and each[0] == key[0]]
        earlier = [each for each in of_a_kind if int(each[1:]) < int(str(key)[1:])]
        return earlier[0] if earlier else None

    def _side(self, key: str | Known | None, word: str | None) -> Side | None:
        if key is None:
            return None
        if isinstance(key, str):
            option = self._options.get(key) or Option(DRAFT, Source.DRAFT)
            return self._read(option, word or key)
        if key.number is not None:
            option = Option(f"v{key.number}", Source.VERSION, key.number, key.at)
        else:
            option = Option(str(word), Source.MOMENT, key.text_version, key.at)
        return self._read(option, str(word))

    def _read(self, option: Option, word: str) -> Side:
        if option.source is Source.ORIGIN and self._origin:
            source = self._session.get_one(Plan, self._origin.plan_id)
            text = frozen_text(self._session, source, self._origin.version_number)
            return Side(option, word, text.doc, text.digest or "", None)
        if option.source is Source.VERSION:
            text = frozen_text(self._session, self._plan, option.number or 0)
            return Side(option, word, text.doc, text.digest or "", None)
        version = self._text_version(option)
        doc = cast(Doc, text_at(self._session, self._plan.id, version).to_json())
        return Side(option, word, doc, _digest_of(doc), version)

    def _text_version(self, option: Option) -> int:
        if option.source is Source.DRAFT:
            return self._plan.text_version
        if option.source is Source.MOMENT:
            return option.number or 0
        return self._session.scalars(
            select(Revision.text_version).where(
                Revision.plan_id == self._plan.id, Revision.number == option.number
            )
        ).one()


def _lacking(*asked: tuple[str | Known | None, str | None]) -> str | None:
    """Which moment left no text; “two” when there are no two texts yet."""
    empty = [word for key, word in asked if key is None]
    if not empty:
        return None
    return next((word for word in empty if word in (SEEN, APPROVED)), "two")


def _digest_of(doc: Doc) -> str:
    text = json.dumps(doc, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return digest(text.encode())
