"""Who may call a view at all: each view declares it, and the door is closed to the rest."""

from collections.abc import Callable
from dataclasses import dataclass
from ipaddress import ip_address
from typing import Any, Final, Literal, TypeVar

from flask import Flask, abort, current_app, g, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _l
from flask_security import current_user

from portal.clock import today_vn
from portal.extensions import db
from workflows.domain.actor import Actor, Role
from workflows.domain.errors import NotPermitted
from workflows.domain.machine import PlanAction
from workflows.queries.people import actor_of

View = TypeVar("View", bound=Callable[..., Any])
KILOBYTE: Final = 1024
MEGABYTE: Final = 1024 * KILOBYTE
CLOSED_DOOR: Final = _l("Bạn không giữ chức vụ được dùng trang này.")


@dataclass(frozen=True)
class Rule:
    """What a caller must be before the view runs; what they may do to a plan comes after it."""

    kind: Literal["public", "loopback", "signed_in", "holds", "plan"]
    roles: frozenset[Role] = frozenset()
    action: PlanAction | None = None


PUBLIC: Final = Rule("public")
LOOPBACK: Final = Rule("loopback")
SIGNED_IN: Final = Rule("signed_in")


def holds(*roles: Role) -> Rule:
    """Whoever holds a position with one of *roles* today."""
    return Rule("holds", roles=frozenset(roles))


def plan_action(action: PlanAction | None = None) -> Rule:
    """Whoever is signed in; the service then decides on the plan itself.

    None stands for reading. The door must not decide: it cannot know the plan, and a 403
    here would tell outsiders that the plan exists.
    """
    return Rule("plan", action=action)


def access(rule: Rule) -> Callable[[View], View]:
    """Declare *rule* for a view; must be the decorator nearest to the function."""

    def declare(view: View) -> View:
        view.__access__ = rule  # type: ignore[attr-defined]  # Read by the guard.
        return view

    return declare


def accepts_up_to(size: int) -> Callable[[View], View]:
    """Let this view take a body of *size* bytes instead of the usual few megabytes."""

    def declare(view: View) -> View:
        view.__body_limit__ = size  # type: ignore[attr-defined]  # Read by the guard.
        return view

    return declare


def takes_json(view: View) -> View:
    """Let this view take JSON, as a script of our pages sends it; declare it above access."""
    view.__takes_json__ = True  # type: ignore[attr-defined]  # Read by the guard.
    return view


def rule_of(app: Flask, endpoint: str) -> Rule | None:
    """The rule that the endpoint's view declares, or None: then nobody gets in."""
    if endpoint == "static":
        return PUBLIC
    rule = getattr(app.view_functions.get(endpoint), "__access__", None)
    return rule if isinstance(rule, Rule) else None


def admits(rule: Rule, actor: Actor | None) -> bool:
    """Whether the door opens for *actor*, or for a visitor when there is none."""
    if rule.kind == "public":
        return True
    if actor is None or rule.kind == "loopback":
        return False
    return rule.kind != "holds" or actor.holds(*rule.roles)


def current_actor() -> Actor:
    """The signed-in person with the positions they hold today, read once a request."""
    if "actor" not in g:
        g.actor = actor_of(
            db.session(), current_user.person_id, on=today_vn(), address=request.remote_addr
        )
    actor: Actor | None = g.actor
    if actor is None:
        raise NotPermitted(str(CLOSED_DOOR))
    return actor


def is_signed_in() -> bool:
    """Whether this request carries a living session."""
    return bool(current_user.is_authenticated)


def _guard() -> ResponseReturnValue | None:
    if request.endpoint is None:
        return None
    view = current_app.view_functions.get(request.endpoint)
    if request.is_json and not getattr(view, "__takes_json__", False):
        # Form libraries would read it, with values that are no texts.
        abort(415)
    if limit := getattr(view, "__body_limit__", None):
        request.max_content_length = limit
    rule = rule_of(current_app, request.endpoint)
    if rule is None:
        raise NotPermitted(str(CLOSED_DOOR))
    return _admit(rule)


def _admit(rule: Rule) -> ResponseReturnValue | None:
    if rule.kind == "public":
        # Nobody needs the database to learn that the process is up.
        return None
    if rule.kind == "loopback":
        return None if _is_loopback() else abort(404)
    if not is_signed_in():
        return _to_sign_in()
    if not admits(rule, current_actor()):
        raise NotPermitted(str(CLOSED_DOOR))
    return None


def _to_sign_in() -> ResponseReturnValue:
    """Send a reader to the sign-in page; a writer gets a page that keeps what they typed."""
    if request.method not in {"GET", "HEAD"} or _wants_json():
        abort(401)
    asked = request.full_path if request.query_string else request.path
    return redirect(url_for("security.login", next=asked if asked != "/" else None))


def _wants_json() -> bool:
    return request.accept_mimetypes.best == "application/json"


def _is_loopback() -> bool:
    """Behind a proxy on this machine every caller looks local, so a forwarded one is not."""
    if "Forwarded" in request.headers or "X-Forwarded-For" in request.headers:
        return False
    try:
        return ip_address(request.remote_addr or "").is_loopback
    except ValueError:
        return False


def init_app(app: Flask) -> None:
    """Put the guard before every view."""
    app.before_request(_guard)
