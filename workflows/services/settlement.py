"""Deciding on proposals: taking them into the text, or refusing them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import cast
from uuid import UUID

from prosemirror.model import Node
from sqlalchemy.orm import Session

from workflows.domain.actor import Actor
from workflows.domain.content.changes import Change, Json, most_at_once, steps_of
from workflows.domain.content.edits import Place, apply, carry
from workflows.domain.content.moving import Ranges
from workflows.domain.content.pairing import block_places
from workflows.domain.content.proposals import still_fits
from workflows.domain.errors import NotPossible, UnfitText
from workflows.domain.machine import PlanAction
from workflows.domain.policy import is_editable
from workflows.models.discussion import Audience, Suggestion, SuggestionState
from workflows.queries.shown import places_of
from workflows.queries.suggestions import change_of
from workflows.queries.working_text import remember, text_of
from workflows.services.acting import Act, acting_on
from workflows.services.gathering import tell_together
from workflows.services.hearers import hearers_among
from workflows.services.named_states import keep_state
from workflows.services.noting import note
from workflows.services.proposals import belonging, close, told
from workflows.services.review import bounded
from workflows.services.text_log import append

SETTLED_BEFORE = "Đề xuất này đã được xử lý."
LATER = "Lần này đã đưa vào đủ nhiều đề xuất; đề xuất này còn chờ, hãy chấp nhận tiếp."
CHANGED_SINCE = "Đoạn văn bản này đã được sửa từ khi có đề xuất, nên không đưa vào được."
# What the record calls each verdict.
VERDICTS = {
    SuggestionState.ACCEPTED: "accept_suggestion",
    SuggestionState.ADOPTED: "adopt_suggestion",
    SuggestionState.REJECTED: "reject_suggestion",
}
DOES_NOT_FIT = "Đề xuất không còn khớp với văn bản hiện tại, nên không đưa vào được."


@dataclass(frozen=True)
class Settlement:
    """What was settled, what could not be and why, and what was written after version *since*."""

    settled: tuple[int, ...]
    conflicts: tuple[tuple[int, str], ...]
    since: int
    version: int
    steps: tuple[Json, ...]
    # The name under which the text before it is kept; None where it was one proposal only.
    kept: str | None


def settle(
    session: Session,
    *,
    plan_id: UUID,
    ids: Sequence[int],
    verdict: SuggestionState,
    answer: str,
    actor: Actor,
    now: datetime,
) -> Settlement:
    """Take proposals into the text, refuse them, or say that their matter is written in other
    words already (adopted); those of one group together, and all of them with one *answer*.

    Each is judged on the text as the ones before it left it. What no longer finds the text that
    it was made for stays open and is reported as a conflict. Raises NotPossible for accepting
    while the text may not be written.
    """
    answer = bounded(answer)
    with acting_on(
        session, plan_id, actor=actor, action=PlanAction.ANSWER, seen=None, now=now
    ) as act:
        if verdict is SuggestionState.ACCEPTED and not is_editable(act.facts):
            raise NotPossible(
                "Chỉ đưa đề xuất vào văn bản được khi văn bản đang được soạn thảo. "
                "Hãy chờ kế hoạch được trả lại hoặc rút lại."
            )
        found = belonging(act, ids)
        desk = _Desk(act, answer, verdict, found)
        for _group, made in groupby(found, lambda each: (each.batch, each.group)):
            desk.settle(list(made))
        desk.finish()
        since, node = desk.since, desk.node
        result = desk.result()
    if result.version != since:
        remember(plan_id, result.version, node)
    return result


class _Desk:
    """The text while proposals are taken into it, one group after another."""

    def __init__(
        self, act: Act, answer: str, verdict: SuggestionState, found: Sequence[Suggestion]
    ) -> None:
        self._act, self._answer, self._verdict = act, answer, verdict
        self.since = act.plan.text_version
        self.node: Node = text_of(act.session, act.plan).node
        places = places_of(act.session, act.plan.id, found, self.since)
        self._places = {each.id: place for each, place in zip(found, places, strict=True)}
        self._ranges: list[Ranges] = []
        # The plan is locked all the while, and the other writers wait.
        self._most = most_at_once(self.node)
        self._steps: list[Json] = []
        self._settled: list[Suggestion] = []
        self._versions: dict[int, int | None] = {}
        self._conflicts: list[tuple[int, str]] = []
        self._groups = 0
        self._kept: str | None = None

    def settle(self, group: list[Suggestion]) -> None:
        """Settle one group, or note why it cannot be."""
        if any(each.state is not SuggestionState.OPEN for each in group):
            self._refuse(group, SETTLED_BEFORE)
        elif self._verdict is not SuggestionState.ACCEPTED:
            self._settled += group
            self._groups += 1
            self._versions |= dict.fromkeys((each.id for each in group), self._as_of())
        elif reason := self._obstacle(group):
            self._refuse(group, reason)

    def finish(self) -> None:
        """Close what is settled, tell who proposed, and record both of them."""
        if not self._settled:
            return
        close(self._act, self._settled, self._verdict, answer=self._answer, versions=self._versions)
        if self._steps and self._groups > 1:
            self._kept = f"Trước khi nhận {self._groups} đề xuất"
            keep_state(self._act, self._kept, version=self.since)
        people = {each.author_id for each in self._settled}
        authors = hearers_among(self._act, people, Audience.READERS)
        for author in authors:
            own = {(each.batch, each.group) for each in self._settled if each.author_id == author}
            counts = {str(self._verdict): len(own)}
            tell_together(
                self._act,
                {author},
                "settled",
                audience=Audience.READERS,
                counts=counts,
                excerpt=self._answer,
            )
        note(
            self._act,
            VERDICTS[self._verdict],
            answer=self._answer,
            text_version=self._act.plan.text_version,
            changes=[told(each) for each in self._settled],
        )

    def result(self) -> Settlement:
        return Settlement(
            tuple(each.id for each in self._settled),
            tuple(self._conflicts),
            self.since,
            self._act.plan.text_version,
            tuple(self._steps),
            self._kept,
        )

    def _refuse(self, group: list[Suggestion], reason: str) -> None:
        self._conflicts += [(each.id, reason) for each in group]

    def _obstacle(self, group: list[Suggestion]) -> str | None:
        """Take *group* into the text, or say what stands in the way."""
        if len(self._steps) >= self._most:
            return LATER
        places = [self._place(each) for each in group]
        changes = [change_of(each, place) for each, place in zip(group, places, strict=True)]
        starts = block_places(self.node) if any(each.kind != "text" for each in group) else {}
        for each, place, change in zip(group, places, changes, strict=True):
            is_gone = place.is_gone and each.kind == "text"
            if is_gone or not still_fits(self.node, change, each.before_slice, starts):
                return CHANGED_SINCE
        return self._take(group, changes)

    def _take(self, group: list[Suggestion], changes: Sequence[Change]) -> str | None:
        steps = [cast(Json, step.to_json()) for step in steps_of(self.node, changes)]
        try:
            edited = apply(self.node, steps)
        except UnfitText:
            return DOES_NOT_FIT
        origin = f"suggestion:{group[0].id}"
        version = append(
            self._act.session,
            self._act.plan,
            edited,
            steps,
            author_id=self._act.actor.id,
            client_id=origin,
            origin=origin,
            now=self._act.now,
        )
        self.node = edited.doc
        self._ranges += edited.ranges
        self._steps += steps
        self._settled += group
        self._groups += 1
        self._versions |= {each.id: version for each in group}
        return None

    def _as_of(self) -> int | None:
        """Of a text that has it in other words, which one that was."""
        is_adopted = self._verdict is SuggestionState.ADOPTED
        return self._act.plan.text_version if is_adopted else None

    def _place(self, made: Suggestion) -> Place:
        """Where the text stood when this began, then past what was taken in since."""
        return carry(self._places[made.id] or Place(0, 0, is_gone=True), self._ranges)
