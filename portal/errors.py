"""Where refusals become pages: one table of statuses, and nothing typed is lost."""

import time
from typing import Final

import structlog
from flask import Flask, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_limiter import RateLimitExceeded
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.exc import TimeoutError as NoConnection
from werkzeug.exceptions import HTTPException, InternalServerError

from portal.access import is_signed_in
from portal.advice import ADVICE, BUSY, EXPIRED_FORM, SLOWER, STALE, Advice
from portal.archive.store import StoreConflict
from portal.documents.isolation import TypesetterBusy
from portal.documents.pictures import Unreadable
from portal.documents.typesetting import RenderingFailed
from portal.documents.word.reader.refusals import WordRefused
from portal.extensions import db, limiter
from portal.logs import request_id
from portal.signing.errors import SignatureError, TimestampUnavailable, VerifierBusy
from portal.typed import typed_texts
from workflows.domain.chain import UnsoundChain
from workflows.domain.errors import (
    Fault,
    FaultyText,
    Incomplete,
    NotPermitted,
    NotPossible,
    PlanNotFound,
    StaleVersion,
    TooMany,
    UnfitText,
    WorkflowError,
)

# After so many seconds a script of ours, or a careful program, may ask once more.
RETRY_AFTER: Final = {429: 60, 503: 5}
_log = structlog.stdlib.get_logger("portal.errors")

# The nearest class of an error decides, so a family may be listed once.
STATUS: Final[dict[type[WorkflowError], int]] = {
    PlanNotFound: 404,
    NotPermitted: 403,
    StaleVersion: 409,
    NotPossible: 409,
    TooMany: 429,
    Incomplete: 422,
    UnfitText: 422,
    UnsoundChain: 422,
    RenderingFailed: 422,
    Unreadable: 422,
    WordRefused: 422,
    StoreConflict: 500,
    SignatureError: 409,
    TimestampUnavailable: 503,
    VerifierBusy: 503,
    TypesetterBusy: 503,
}


def status_of(error: WorkflowError) -> int:
    """The one answer to "which HTTP status"; a kind not in the table counts as impossible."""
    kinds = (STATUS[kind] for kind in type(error).__mro__ if kind in STATUS)
    return next(kinds, 409)


def sentence_of(refusal: WorkflowError | Fault) -> str:
    """The refusal in the reader's language, with its values filled in."""
    if isinstance(refusal, WorkflowError):
        return str(_(refusal.sentence, **refusal.values))
    return str(_(refusal.sentence))


def _refused(error: WorkflowError) -> ResponseReturnValue:
    db.session.rollback()
    status = status_of(error)
    if status == 404:
        # The error's own sentence would tell a hidden plan from one that never was.
        return _page(404)
    advice = STALE if isinstance(error, StaleVersion) else ADVICE[status]
    faults = error.faults if isinstance(error, FaultyText) else ()
    stated = Advice(advice.title, sentence_of(error), advice.next_step)
    template = "stale.html" if isinstance(error, StaleVersion) else "error.html"
    return _page(status, stated, template=template, faults=faults)


def _http_error(error: HTTPException) -> ResponseReturnValue:
    if error.response is not None or (error.code or 500) < 400:
        return error.get_response()
    db.session.rollback()
    return _page(error.code or 500)


def _too_fast(error: RateLimitExceeded) -> ResponseReturnValue:
    """429, and when the window opens again."""
    db.session.rollback()
    if error.response is not None:
        return error.response
    seen = limiter.current_limit
    wait = max(1, int(seen.reset_at - time.time())) if seen else RETRY_AFTER[429]
    if not error.limit.error_message:
        return _page(429, wait=wait)
    sentence = f"{error.description} {_('Hãy chờ %(seconds)s giây rồi thử lại.', seconds=wait)}"
    return _page(429, Advice(SLOWER.title, sentence, SLOWER.next_step), wait=wait)


def _csrf_error(_error: CSRFError) -> ResponseReturnValue:
    return _page(400, EXPIRED_FORM, template="stale.html")


def _overloaded(error: OperationalError | NoConnection) -> ResponseReturnValue:
    """The database took too long, held a lock for too long, or is away: not a fault of the act."""
    db.session.rollback()
    cause = error.orig if isinstance(error, DBAPIError) else error
    state = getattr(cause, "sqlstate", None)
    _log.warning("database_busy", kind=type(cause).__name__, sqlstate=state)
    return _page(503, BUSY, bare=True)


def _crashed(_error: InternalServerError) -> ResponseReturnValue:
    """The last resort: it must not ask the database, which may be what failed."""
    return _page(500, bare=True)


def _page(
    status: int,
    advice: Advice | None = None,
    *,
    template: str = "error.html",
    faults: tuple[Fault, ...] = (),
    bare: bool = False,
    wait: int | None = None,
) -> ResponseReturnValue:
    told = advice or ADVICE.get(status) or ADVICE[400 if status < 500 else 500]
    wait = wait or RETRY_AFTER.get(status)
    headers = {"Retry-After": str(wait)} if wait else {}
    if request.accept_mimetypes.best == "application/json":
        headers["Content-Type"] = "application/problem+json"
        return _problem(status, told), status, headers
    page = render_template(
        template,
        status=status,
        advice=told,
        faults=faults,
        typed=typed_texts(),
        here=_way_back(),
        sign_in_url=_sign_in_url() if status == 401 else None,
        request_id=request_id(),
        bare=bare,
    )
    return page, status, headers


def _problem(status: int, advice: Advice) -> dict[str, object]:
    """RFC 9457 problem details."""
    return {"title": str(advice.title), "status": status, "detail": str(advice.sentence)}


def _way_back() -> str:
    """The page that the person came from, if it was ours; otherwise the start."""
    origin = request.headers.get("Referer", "")
    if origin.startswith(request.host_url):
        return "/" + origin.removeprefix(request.host_url).lstrip("/\\")
    return "/"


def _sign_in_url() -> str:
    return url_for("security.login", next=_way_back())


def init_app(app: Flask) -> None:
    """Register every handler of this module."""
    app.register_error_handler(WorkflowError, _refused)
    app.register_error_handler(CSRFError, _csrf_error)
    app.register_error_handler(HTTPException, _http_error)
    app.register_error_handler(RateLimitExceeded, _too_fast)
    app.register_error_handler(OperationalError, _overloaded)
    app.register_error_handler(NoConnection, _overloaded)
    app.register_error_handler(InternalServerError, _crashed)
    app.add_template_global(sentence_of)
    app.add_template_global(is_signed_in)
