"""Remarks and proposed wordings, as the editor's pages read and send them, and their table."""

import re
from typing import Any, Final
from uuid import UUID

from flask import (
    Blueprint,
    Response,
    abort,
    current_app,
    jsonify,
    redirect,
    render_template,
    request,
    url_for,
)
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal.access import MEGABYTE, accepts_up_to, access, current_actor, plan_action, takes_json
from portal.acts.means import hurry
from portal.clock import now
from portal.collaboration.channel import publish
from portal.cursors import read_number
from portal.documents.changes import LEVEL_WORDS
from portal.extensions import db
from portal.margin import measured, suggestion_json, thread_json
from portal.payload import read_payload
from portal.rates import paced
from workflows.domain.machine import PlanAction
from workflows.models.discussion import Answer, SuggestionState
from workflows.queries.answers import answers_of
from workflows.queries.discussion import threads_of
from workflows.queries.drafting import may_edit_now
from workflows.queries.shown import shown_text
from workflows.queries.suggestions import suggestions_of
from workflows.services import discussion, outcomes, settlement, suggestions

bp = Blueprint("discussion", __name__)
MOST_AT_ONCE: Final = 1_000
VERDICTS: Final = {
    "accept": SuggestionState.ACCEPTED,
    "adopt": SuggestionState.ADOPTED,
    "reject": SuggestionState.REJECTED,
}
KEY: Final = re.compile(r"[a-z0-9]{8,40}")
MAYBE_A_NUMBER: Final = (int, type(None))


@bp.get("/plans/<uuid:plan_id>/discussion")
@paced("discussion")
@access(plan_action())
def read(plan_id: UUID) -> ResponseReturnValue:
    """All that was said and proposed, placed in the working text (“draft”) or a version."""
    session, actor = db.session(), current_actor()
    shown = shown_text(session, actor, plan_id, request.args.get("version", "draft"))
    answer = measured(
        version=shown.version,
        newest=max(shown.sight.frozen, default=0),
        threads=[thread_json(line) for line in threads_of(session, actor, shown)],
        suggestions=[suggestion_json(line) for line in suggestions_of(session, actor, shown)],
    )
    return jsonify(answer)


@bp.get("/plans/<uuid:plan_id>/answers")
@paced("discussion")
@access(plan_action())
def answers(plan_id: UUID) -> ResponseReturnValue:
    """The table of what was asked in a round, and what became of it; to be read and printed."""
    table = answers_of(db.session(), current_actor(), plan_id, read_number("round"))
    levels = {level: _(words) for level, words in LEVEL_WORDS.items()}
    return render_template("discussion/answers.html", table=table, levels=levels)


@bp.get("/plans/<uuid:plan_id>/threads/<int(max=2147483647):thread_id>")
@paced("discussion")
@access(plan_action())
def thread(plan_id: UUID, thread_id: int) -> ResponseReturnValue:
    """Lead from a notice to the remark, on the page where this person may say something to it."""
    writes = may_edit_now(db.session(), current_actor(), plan_id)
    page = "drafting.edit" if writes else "drafting.review"
    return redirect(url_for(page, plan_id=plan_id, _anchor=f"thread-{thread_id}"), 303)


@bp.post("/plans/<uuid:plan_id>/threads")
@paced("remarks")
@takes_json
@access(plan_action(PlanAction.COMMENT))
def begin(plan_id: UUID) -> ResponseReturnValue:
    """Remark on a passage, or with no place on the whole plan."""
    sent = read_payload(
        {
            "version": int,
            "start": MAYBE_A_NUMBER,
            "end": MAYBE_A_NUMBER,
            "text": str,
            "demandsAnswer": bool,
            "isDraft": bool,
            "key": str,
        },
        {"start": None, "end": None, "demandsAnswer": False, "isDraft": False, "key": ""},
    )
    _require_numbers(each for each in (sent["start"], sent["end"]) if each is not None)
    thread = discussion.open_thread(
        version=sent["version"],
        start=sent["start"],
        end=sent["end"],
        text=sent["text"],
        demands_answer=sent["demandsAnswer"],
        is_draft=sent["isDraft"],
        sent_as=_key(sent["key"]),
        **_act(plan_id),
    )
    return _said(plan_id, id=thread.id), 201


@bp.post("/plans/<uuid:plan_id>/threads/<int(max=2147483647):thread_id>/replies")
@paced("remarks")
@takes_json
@access(plan_action(PlanAction.COMMENT))
def reply(plan_id: UUID, thread_id: int) -> ResponseReturnValue:
    """Say something more."""
    sent = read_payload({"text": str, "key": str}, {"key": ""})
    remark = discussion.reply(
        thread_id=thread_id, text=sent["text"], sent_as=_key(sent["key"]), **_act(plan_id)
    )
    return _said(plan_id, id=remark.id), 201


@bp.post("/plans/<uuid:plan_id>/threads/<int(max=2147483647):thread_id>/resolve")
@paced("remarks")
@takes_json
@access(plan_action(PlanAction.COMMENT))
def resolve(plan_id: UUID, thread_id: int) -> ResponseReturnValue:
    """Call it settled."""
    outcomes.resolve(thread_id=thread_id, **_act(plan_id))
    return _said(plan_id, id=thread_id)


@bp.post("/plans/<uuid:plan_id>/threads/<int(max=2147483647):thread_id>/reopen")
@paced("remarks")
@takes_json
@access(plan_action(PlanAction.COMMENT))
def reopen(plan_id: UUID, thread_id: int) -> ResponseReturnValue:
    """Take it up again."""
    outcomes.reopen(thread_id=thread_id, **_act(plan_id))
    return _said(plan_id, id=thread_id)


@bp.post("/plans/<uuid:plan_id>/threads/<int(max=2147483647):thread_id>/answer")
@paced("remarks")
@takes_json
@access(plan_action(PlanAction.ANSWER))
def answer(plan_id: UUID, thread_id: int) -> ResponseReturnValue:
    """Tiếp thu, tiếp thu một phần, không tiếp thu."""
    sent = read_payload({"answer": str, "reason": str}, {"reason": ""})
    if sent["answer"] not in set(Answer):
        abort(422)
    outcomes.answer_thread(
        thread_id=thread_id,
        answer=Answer(sent["answer"]),
        reason=sent["reason"],
        **_act(plan_id),
    )
    return _said(plan_id, id=thread_id)


@bp.post("/plans/<uuid:plan_id>/suggestions")
@paced("proposals")
@accepts_up_to(8 * MEGABYTE)
@takes_json
@access(plan_action(PlanAction.SUGGEST))
def propose(plan_id: UUID) -> ResponseReturnValue:
    """Take the edited copy; what it changes is found here, not believed."""
    sent = read_payload(
        {"version": int, "doc": dict, "note": str, "isDraft": bool}, {"note": "", "isDraft": False}
    )
    ids = suggestions.propose(
        version=sent["version"],
        doc=sent["doc"],
        note=sent["note"],
        is_draft=sent["isDraft"],
        **_act(plan_id),
    )
    return _said(plan_id, ids=list(ids)), 201


@bp.post("/plans/<uuid:plan_id>/suggestions/settle")
@paced("settling")
@takes_json
@access(plan_action(PlanAction.ANSWER))
def settle(plan_id: UUID) -> ResponseReturnValue:
    """Take proposals into the text, refuse them, or call them followed in other words."""
    sent = read_payload({"ids": list, "verdict": str, "answer": str}, {"answer": ""})
    ids = sent["ids"]
    _require_numbers(ids)
    if not 1 <= len(ids) <= MOST_AT_ONCE or sent["verdict"] not in VERDICTS:
        abort(422)
    result = settlement.settle(
        ids=ids,
        verdict=VERDICTS[sent["verdict"]],
        answer=sent["answer"],
        **_act(plan_id),
    )
    if result.steps:
        _wake(plan_id, {"kind": "steps", **_steps(result)})
    return _said(
        plan_id,
        settled=list(result.settled),
        conflicts=[{"id": number, "detail": detail} for number, detail in result.conflicts],
        version=result.version,
        kept=result.kept,
    )


@bp.post("/plans/<uuid:plan_id>/suggestions/<int(max=2147483647):suggestion_id>/withdraw")
@paced("settling")
@takes_json
@access(plan_action(PlanAction.SUGGEST))
def withdraw(plan_id: UUID, suggestion_id: int) -> ResponseReturnValue:
    """Take back one's own."""
    ids = suggestions.withdraw(suggestion_id=suggestion_id, **_act(plan_id))
    return _said(plan_id, ids=list(ids))


def _act(plan_id: UUID) -> dict[str, Any]:
    return {"session": db.session(), "plan_id": plan_id, "actor": current_actor(), "now": now()}


def _key(sent: str) -> str | None:
    """The page's own name for the words, if it gave them one."""
    if sent and not KEY.fullmatch(sent):
        abort(422)
    return sent or None


def _said(plan_id: UUID, **answer: Any) -> Response:
    """Every open page fetches the discussion anew; whoever is told hears at once."""
    hurry()
    _wake(plan_id, {"kind": "discussion"})
    return jsonify(**answer)


def _wake(plan_id: UUID, message: dict[str, Any]) -> None:
    publish(current_app.extensions["valkey"], plan_id, message)


def _steps(result: settlement.Settlement) -> dict[str, Any]:
    count = len(result.steps)
    return {
        "from": result.since,
        "steps": list(result.steps),
        "clientIds": ["suggestion"] * count,
        "authors": [current_actor().id] * count,
    }


def _require_numbers(values: Any) -> None:
    """JSON knows yes, no and fractions where a place or a number is asked for."""
    if any(type(each) is not int or not 0 <= each <= 2_147_483_647 for each in values):
        abort(422)
