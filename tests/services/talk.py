"""Marking passages, editing copies and reading the talk, for the tests of discussion."""

import json
from collections.abc import Callable
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tests.factories import Office, short_plan
from workflows.domain.content.pairing import block_places
from workflows.domain.machine import PlanState
from workflows.models.discussion import Answer, SuggestionState
from workflows.models.outbox import OutboxMessage, Topic
from workflows.models.plan import Plan, PlanVersion
from workflows.queries.discussion import ThreadLine, threads_of
from workflows.queries.matters import OpenMatters, open_matters
from workflows.queries.reading import readable_plan
from workflows.queries.shown import shown_text, sight_of
from workflows.queries.suggestions import SuggestionLine, suggestions_of
from workflows.queries.working_text import text_at
from workflows.services import discussion, outcomes, settlement, suggestions, writing
from workflows.services.review import return_plan

Doc = dict[str, Any]
Edit = Callable[[list[Doc]], None]


class Talk:
    """One plan, and people who talk about its text."""

    def __init__(self, office: Office, state: PlanState = PlanState.DRAFT) -> None:
        self.office, self.session = office, office.session
        self.plan: Plan = office.plan(state, short_plan())
        self.id = self.plan.id

    @property
    def version(self) -> int:
        self.session.refresh(self.plan)
        version = self.plan.text_version
        self.session.rollback()
        return version

    def doc(self) -> Doc:
        return self.office.text(self.plan)

    def words(self, which: int) -> str:
        """The text of a clause, by its order."""
        return _text(self.clauses()[which])

    def clauses(self) -> list[Doc]:
        return [node for node in self.doc()["content"] if node["type"] == "clause"]

    def place(self, words: str, version: int | None = None) -> tuple[int, int]:
        """Where *words* stand first."""
        node = text_at(self.session, self.id, self.version if version is None else version)
        self.session.rollback()
        for start in sorted(block_places(node).values()):
            block = node.node_at(start)
            if block is not None and block.is_textblock and words in block.text_content:
                at = start + 1 + block.text_content.index(words)
                return at, at + len(words)
        raise AssertionError(f"no “{words}” in the text")

    def say(self, who: str, words: str = "", text: str = "Cần xem lại", **more: Any) -> int:
        """Open a thread on *words*, or on the whole plan."""
        start, end = self.place(words) if words else (None, None)
        given = {"version": self.version, "start": start, "end": end, "demands_answer": False}
        thread = discussion.open_thread(**self._act(who), text=text, **{**given, **more})
        return int(thread.id)

    def reply(self, who: str, thread_id: int, text: str = "Tôi đồng ý", **more: Any) -> None:
        discussion.reply(**self._act(who), thread_id=thread_id, text=text, **more)

    def resolve(self, who: str, thread_id: int) -> None:
        outcomes.resolve(**self._act(who), thread_id=thread_id)

    def reopen(self, who: str, thread_id: int) -> None:
        outcomes.reopen(**self._act(who), thread_id=thread_id)

    def answer(
        self, who: str, thread_id: int, answer: Answer = Answer.ACCEPTED, reason: str = ""
    ) -> None:
        outcomes.answer_thread(**self._act(who), thread_id=thread_id, answer=answer, reason=reason)

    def frozen(self) -> int:
        """Where the newest frozen version stands."""
        query = select(func.max(PlanVersion.text_version)).where(PlanVersion.plan_id == self.id)
        version = self.session.scalar(query)
        self.session.rollback()
        return -1 if version is None else version

    def send_back(self, who: str) -> None:
        """Return the plan to its drafters."""
        self.session.refresh(self.plan)
        seen = self.plan.row_version
        self.session.rollback()
        return_plan(**self._act(who), seen=seen, to_step="draft", reason="Cần sửa")

    def edited(self, edit: Edit) -> Doc:
        doc = json.loads(json.dumps(self.doc()))
        edit([node for node in doc["content"] if node["type"] == "clause"])
        return doc

    def propose(self, who: str, edit: Edit, **more: Any) -> tuple[int, ...]:
        given = {"version": self.version, "doc": self.edited(edit), "note": ""}
        return suggestions.propose(**self._act(who), **{**given, **more})

    def settle(
        self,
        ids: Any,
        verdict: SuggestionState = SuggestionState.ACCEPTED,
        *,
        who: str = "soan",
        answer: str = "",
    ) -> Any:
        return settlement.settle(**self._act(who), ids=list(ids), verdict=verdict, answer=answer)

    def withdraw(self, who: str, suggestion_id: int) -> None:
        suggestions.withdraw(**self._act(who), suggestion_id=suggestion_id)

    def write(self, edit: Edit, who: str = "soan") -> None:
        """Edit the working text itself."""
        writing.replace_text(
            **self._act(who), seen_text=None, doc=self.edited(edit), origin="whole"
        )

    def type(self, letters: str, at: int) -> None:
        """Put *letters* into the text as the editor's page would."""
        slice_ = {"content": [{"type": "text", "text": letters}]}
        self.take({"stepType": "replace", "from": at, "to": at, "slice": slice_})

    def take(self, step: Doc) -> None:
        """One change as the editor's page sends it."""
        writing.append_steps(
            **self._act("soan"), base=self.version, steps=[step], client_id="abcdefgh"
        )

    def threads(self, who: str = "soan", which: str = "draft") -> tuple[ThreadLine, ...]:
        actor = self.office.actor(who)
        found = threads_of(self.session, actor, shown_text(self.session, actor, self.id, which))
        self.session.rollback()
        return found

    def suggestions(self, who: str = "soan", which: str = "draft") -> tuple[SuggestionLine, ...]:
        actor = self.office.actor(who)
        shown = shown_text(self.session, actor, self.id, which)
        found = suggestions_of(self.session, actor, shown)
        self.session.rollback()
        return found

    def matters(self, who: str = "soan") -> OpenMatters:
        actor = self.office.actor(who)
        plan, facts = readable_plan(self.session, self.id, actor=actor)
        found = open_matters(self.session, sight_of(self.session, actor, plan, facts))
        self.session.rollback()
        return found

    def passage(self, line: ThreadLine | SuggestionLine, version: int | None = None) -> str:
        """The words that now stand where the line points."""
        assert line.place is not None
        node = text_at(self.session, self.id, self.version if version is None else version)
        self.session.rollback()
        return node.text_between(line.place.start, line.place.end)

    def told(self, kind: str) -> list[int]:
        """Who was told something of this kind."""
        rows = self.session.scalars(
            select(OutboxMessage).where(
                OutboxMessage.topic == Topic.NOTIFY, OutboxMessage.plan_id == self.id
            )
        )
        found = sorted(row.payload["person_id"] for row in rows if row.payload["kind"] == kind)
        self.session.rollback()
        return found

    def _act(self, who: str) -> dict[str, Any]:
        office = self.office
        actor = office.actor(who)
        return {"session": self.session, "plan_id": self.id, "actor": actor, "now": office.now}


def replacing(which: int, old: str, new: str) -> Edit:
    """An edit that writes *new* for *old* in a clause."""

    def edit(clauses: list[Doc]) -> None:
        for run in clauses[which]["content"]:
            if run.get("text") and old in run["text"]:
                run["text"] = run["text"].replace(old, new, 1)
                return
        raise AssertionError(f"no “{old}” in {clauses[which]}")

    return edit


def both(*edits: Edit) -> Edit:
    def edit(clauses: list[Doc]) -> None:
        for each in edits:
            each(clauses)

    return edit


def rows(session: Session, table: Any) -> list[Any]:
    found = list(session.scalars(select(table).order_by(table.id)))
    session.rollback()
    return found


def _text(node: Doc) -> str:
    return "".join(run.get("text", "") for run in node.get("content", ()))
