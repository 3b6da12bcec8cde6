"""The working text as the editor reads and writes it: JSON and one socket."""

import re
from dataclasses import asdict
from typing import Any, Final
from uuid import UUID

import structlog
from flask import Blueprint, abort, current_app, jsonify, request
from flask.typing import ResponseReturnValue

from portal.access import KILOBYTE, accepts_up_to, access, current_actor, plan_action, takes_json
from portal.clock import now, today_vn
from portal.collaboration.channel import publish
from portal.cursors import read_number, read_words
from portal.extensions import db
from portal.payload import problem, read_payload
from portal.rates import paced
from workflows.domain.errors import NotPossible, UnfitText, WorkflowError
from workflows.domain.machine import PlanAction
from workflows.models.discussion import Audience
from workflows.models.plan import Plan
from workflows.queries.directory import directory_of
from workflows.queries.editor import EditorText, editor_text, hearers_named, plan_to_word
from workflows.queries.reading import readable_plan
from workflows.queries.working_text import readable_draft, steps_since
from workflows.services.writing import Behind, append_steps, name_revision

bp = Blueprint("text", __name__)
COLOURS: Final = 8
MOST_FOUND: Final = 20
MOST_SENT_ALONG: Final = 100 * KILOBYTE
_log = structlog.stdlib.get_logger("portal.text")


def is_page_of(person_id: int, client: str) -> bool:
    """Whether a page of that person may be named *client*.

    By the name a page knows its own steps among those that come in, and takes them for
    acknowledged: nobody may send any under the name of another's page.
    """
    return re.fullmatch(rf"{person_id}p[a-z0-9]{{8,20}}", client) is not None


@bp.get("/plans/<uuid:plan_id>/text")
@paced("text")
@access(plan_action())
def read(plan_id: UUID) -> ResponseReturnValue:
    """The working text, or with `version` a frozen one, and what the reader may do."""
    number = read_number("version")
    text = editor_text(db.session(), current_actor(), plan_id, number, today=today_vn())
    return jsonify(_told(text))


@bp.get("/plans/<uuid:plan_id>/text/steps")
@paced("missed")
@access(plan_action())
def missed(plan_id: UUID) -> ResponseReturnValue:
    """What happened to the working text after version `since`."""
    plan = readable_draft(db.session(), current_actor(), plan_id)
    return jsonify(steps_after(plan, read_number("since") or 0))


@bp.post("/plans/<uuid:plan_id>/text/steps")
@paced("steps")
@accepts_up_to(3 * KILOBYTE * KILOBYTE)
@takes_json
@access(plan_action(PlanAction.EDIT))
def write(plan_id: UUID) -> ResponseReturnValue:
    """Store changes; 409 with what the sender missed, 423 once the text is frozen."""
    sent = read_payload({"version": int, "clientId": str, "steps": list})
    if not is_page_of(current_actor().id, sent["clientId"]):
        _log.warning("text.refused", plan=str(plan_id), base=sent["version"], why="foreign page")
        abort(422)
    base, client, steps = sent["version"], sent["clientId"], sent["steps"]
    try:
        version = append_steps(
            db.session(),
            plan_id=plan_id,
            base=base,
            steps=steps,
            client_id=client,
            actor=current_actor(),
            now=now(),
        )
    except Behind as refusal:
        return _behind(plan_id, base, refusal)
    except NotPossible as refusal:
        return problem(423, refusal)
    except WorkflowError as refusal:
        _log.warning("text.refused", plan=str(plan_id), base=base, why=type(refusal).__name__)
        raise
    wake(plan_id, base, steps, [client] * len(steps), current_actor().id)
    return jsonify(version=version)


@bp.get("/plans/<uuid:plan_id>/text/recipients")
@paced("lookups")
@access(plan_action())
def recipients(plan_id: UUID) -> ResponseReturnValue:
    """Organisations, units and groups whose name has the words typed."""
    plan = plan_to_word(db.session(), current_actor(), plan_id)
    directory = directory_of(db.session(), plan.organisation_id, on=today_vn())
    found = directory.find(read_words(most=100))[:MOST_FOUND]
    return jsonify(found=[{"code": code, "name": name} for name, code in found])


@bp.get("/plans/<uuid:plan_id>/text/people")
@paced("lookups")
@access(plan_action())
def people(plan_id: UUID) -> ResponseReturnValue:
    """People whom a remark may reach, to be mentioned in it; `audience` tells for whom it is."""
    asked = request.args.get("audience", "")
    found = hearers_named(
        db.session(),
        current_actor(),
        plan_id,
        read_words(most=100),
        audience=Audience(asked) if asked in set(Audience) else Audience.READERS,
        today=today_vn(),
    )
    return jsonify(found=[{"id": i, "name": name, "position": title} for i, name, title in found])


@bp.post("/plans/<uuid:plan_id>/text/revisions")
@paced("states")
@takes_json
@access(plan_action(PlanAction.EDIT))
def name(plan_id: UUID) -> ResponseReturnValue:
    """Give the text as it stands a name."""
    sent = read_payload({"note": str})
    revision = name_revision(
        db.session(), plan_id=plan_id, note=sent["note"], actor=current_actor(), now=now()
    )
    return jsonify(number=revision.number), 201


def wake(plan_id: UUID, base: int, steps: list[Any], clients: list[str], author_id: int) -> None:
    """Tell the open pages what was stored; steps are sent along to spare them the asking."""
    told = {"from": base, "steps": steps, "clientIds": clients, "authors": [author_id] * len(steps)}
    if len(request.get_data()) > MOST_SENT_ALONG:
        # Every page would be sent all of it at once; they see the gap and ask.
        told = {"from": base + len(steps), "steps": [], "clientIds": [], "authors": []}
    publish(current_app.extensions["valkey"], plan_id, {"kind": "steps", **told})


def catch_up(plan_id: UUID, since: int) -> None:
    """Tell the open pages that a service of another page has changed the text."""
    plan, _ = readable_plan(db.session(), plan_id, actor=current_actor())
    told = {"kind": "steps", **steps_after(plan, since)}
    publish(current_app.extensions["valkey"], plan_id, told)


def tell_pages(plan_id: UUID, sentence: str) -> None:
    """Say something to everybody who has the text open."""
    publish(current_app.extensions["valkey"], plan_id, {"kind": "told", "sentence": sentence})


def _behind(plan_id: UUID, base: int, refusal: Behind) -> ResponseReturnValue:
    plan = readable_draft(db.session(), current_actor(), plan_id)
    if base > plan.text_version:
        _log.warning("text.refused", plan=str(plan_id), base=base, why="base never was")
        raise UnfitText("Trang gửi dữ liệu không đúng dạng. Hãy tải lại trang rồi làm lại.")
    return problem(409, refusal, **steps_after(plan, base))


def steps_after(plan: Plan, since: int) -> dict[str, Any]:
    """The steps after a version, as pages are told of them."""
    found = steps_since(db.session(), plan, since)
    return {
        "from": found.since,
        "steps": list(found.steps),
        "clientIds": list(found.clients),
        "authors": list(found.authors),
        "isMore": found.is_more,
    }


def _told(text: EditorText) -> dict[str, Any]:
    actor = current_actor()
    return {
        "version": text.version,
        "doc": text.doc,
        "mode": "review" if text.number else "edit",
        "number": text.number,
        "title": text.head.title,
        "rowVersion": text.head.row_version,
        "isPublic": text.head.is_public,
        "me": {"id": actor.id, "name": actor.name},
        "signers": [asdict(signer) for signer in text.signers],
        "can": text.can,
    }
