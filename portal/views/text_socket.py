"""The socket of an open page: who may hold it, and what it gets first."""

from typing import Any, Final
from uuid import UUID

from flask import Blueprint, Response, abort, current_app, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_security import current_user
from simple_websocket import Server

from config import Config
from portal.access import KILOBYTE, access, current_actor, plan_action
from portal.accounts import is_open
from portal.clock import today_vn
from portal.collaboration.hub import Hub, Page
from portal.collaboration.socket import Line
from portal.cursors import read_number
from portal.extensions import db
from portal.rates import paced
from portal.views.text import is_page_of, steps_after
from workflows.domain.actor import Actor
from workflows.queries.editor import reason_to_close
from workflows.queries.working_text import readable_draft

bp = Blueprint("text_socket", __name__)
COLOURS: Final = 8


@bp.get("/plans/<uuid:plan_id>/text/socket", websocket=True)
@paced("sockets")
@access(plan_action())
def socket(plan_id: UUID) -> ResponseReturnValue:
    """Stay on the line until the page closes; only for pages of ours and readers of the text."""
    config: Config = current_app.config["TRINH_KY"]
    if request.headers.get("Origin") not in {request.host_url.rstrip("/"), config.base_url}:
        # A cookie comes along from any page; only the origin tells whose page it is.
        abort(403)
    actor = current_actor()
    plan = readable_draft(db.session(), actor, plan_id)
    since, client = read_number("since") or 0, request.args.get("client", "")
    if not is_page_of(actor.id, client) or since > plan.text_version:
        abort(422)
    page = Page(client, actor.id, actor.name, _position(actor, plan.unit_id), actor.id % COLOURS)
    account = current_user.get_id()
    hub: Hub = current_app.extensions["hub"]
    if not hub.enter(plan_id, page):
        abort(503)
    try:
        # In the hub first, then the gap: nothing is missed between.
        missed = {"kind": "steps", **steps_after(plan, since)}
        db.session.remove()
        line = Server.accept(request.environ, ping_interval=25, max_message_size=KILOBYTE)
        Line(line, hub, current_app.extensions["valkey"], plan_id, page).run(
            missed if missed["steps"] else None, lambda: _closing(account, actor.id, plan_id)
        )
    finally:
        hub.leave(plan_id, page)
    return _HungUp(line)


class _HungUp(Response):
    """The answer to a request whose socket was taken over: nothing more may be written to it."""

    def __init__(self, line: Server) -> None:
        super().__init__("")
        self._line = line

    def __call__(self, environ: Any, start_response: Any) -> Any:
        if self._line.mode == "gunicorn":
            # The way in which gunicorn is told that the connection is no longer its own.
            raise StopIteration
        return super().__call__(environ, start_response)


def _position(actor: Actor, unit_id: int) -> str:
    """In what position they are here: the one in the plan's unit, else their first."""
    posts = sorted(actor.posts, key=lambda post: (post.unit_id != unit_id, post.position_id))
    return next((f"{post.title}, {post.unit_name}" for post in posts), "")


def _closing(account: str, person_id: int, plan_id: UUID) -> str | None:
    """Why the page gets nothing more; *account* is what its session names."""
    try:
        if not is_open(db.session(), account):
            return str(_("Phiên làm việc của bạn đã hết. Bạn đăng nhập lại rồi mở lại trang này."))
        reason = reason_to_close(db.session(), person_id, plan_id, today=today_vn())
        return str(_(reason)) if reason else None
    finally:
        db.session.remove()
