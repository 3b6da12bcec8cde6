"""One JSON line for each thing that happened, with ids that tie lines together, and no words."""

import logging
import re
import sys
import time
from collections.abc import MutableMapping
from typing import Any, Final, TextIO
from uuid import uuid4

import structlog
from flask import Flask, Response, g, request

from portal.metrics import observe

_ACCEPTABLE_ID: Final = re.compile(r"[A-Za-z0-9._-]{8,64}")
_METHODS: Final = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
_log = structlog.stdlib.get_logger("portal.request")


class StandardError(logging.StreamHandler[TextIO]):
    """Writes to what sys.stderr is at the time of the line, not what it was at the start."""

    def __init__(self) -> None:
        logging.Handler.__init__(self)

    @property
    def stream(self) -> TextIO:  # type: ignore[override]  # A property over a plain attribute.
        return sys.stderr


_SHARED: Final[list[structlog.types.Processor]] = [
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_logger_name,
    structlog.stdlib.add_log_level,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
    structlog.processors.StackInfoRenderer(),
    structlog.processors.format_exc_info,
]


# What these say below these levels drowns what our own lines say.
QUIET: Final = {
    "werkzeug": logging.WARNING,
    "rq": logging.WARNING,
    "alembic": logging.WARNING,
    "fontTools": logging.ERROR,
    # A file that cannot be verified is a verdict, not a fault of the program.
    "pyhanko": logging.CRITICAL,
    "pyhanko_certvalidator": logging.CRITICAL,
}


def configure_logging(level: int = logging.INFO) -> None:
    """Send every logger of the process, ours and the libraries', to stderr as JSON lines."""
    structlog.configure(
        processors=[*_SHARED, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=False,
    )
    root = logging.getLogger()
    root.setLevel(level)
    for name, least in QUIET.items():
        logging.getLogger(name).setLevel(least)
    if not any(isinstance(handler, StandardError) for handler in root.handlers):
        root.addHandler(_json_handler())


def _json_handler() -> StandardError:
    handler = StandardError()
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=_SHARED,
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                structlog.processors.JSONRenderer(ensure_ascii=False),
            ],
        )
    )
    return handler


def bind_job(job_id: str) -> None:
    """Put *job_id* on every following line of this job, and nothing of the job before it."""
    structlog.contextvars.clear_contextvars()
    structlog.contextvars.bind_contextvars(job_id=job_id)


def request_id() -> str:
    """The id of this request, as the log has it and as an error page shows it."""
    return str(g.get("request_id", ""))


def _chosen_id(offered: str | None) -> str:
    """The id that a proxy sent, if it cannot forge a log line; otherwise a new one."""
    if offered and _ACCEPTABLE_ID.fullmatch(offered):
        return offered
    return uuid4().hex


def _begin() -> None:
    g.started = time.perf_counter()
    g.request_id = _chosen_id(request.headers.get("X-Request-Id"))
    structlog.contextvars.clear_contextvars()
    structlog.contextvars.bind_contextvars(request_id=g.request_id)


def _finish(response: Response) -> Response:
    seconds = time.perf_counter() - g.get("started", time.perf_counter())
    endpoint = request.endpoint or "unknown"
    observe(_known_method(), endpoint, response.status_code, seconds)
    response.headers["X-Request-Id"] = request_id()
    if endpoint != "static":
        # The path, not the URL: a query string may hold what a person searched for.
        _log.info("request", **_access_line(endpoint, response, seconds))
    return response


def _known_method() -> str:
    """A caller may invent methods without end; a counter may not have labels without end."""
    return request.method if request.method in _METHODS else "OTHER"


def _access_line(endpoint: str, response: Response, seconds: float) -> MutableMapping[str, Any]:
    actor = g.get("actor")
    return {
        "method": request.method,
        "endpoint": endpoint,
        "path": request.path,
        "status": response.status_code,
        "duration_ms": round(seconds * 1000, 1),
        "actor_id": actor.id if actor else None,
    }


def init_app(app: Flask) -> None:
    """Open and close every request's line; must come before anything that may answer."""
    configure_logging()
    app.before_request(_begin)
    app.after_request(_finish)
