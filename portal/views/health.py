"""Whether the process is up, whether it can work, and how it is doing."""

import os
from collections.abc import Callable
from typing import Final

import structlog
from flask import Blueprint, Response, current_app
from flask.typing import ResponseReturnValue
from prometheus_client import CONTENT_TYPE_LATEST
from redis.exceptions import RedisError
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from config import Config
from portal.access import LOOPBACK, PUBLIC, access
from portal.extensions import db
from portal.metrics import exposition

bp = Blueprint("health", __name__)
_log = structlog.stdlib.get_logger(__name__)


@bp.get("/healthz")
@access(PUBLIC)
def healthz() -> ResponseReturnValue:
    """The process answers; asks nothing of anybody."""
    return {"status": "ok"}


@bp.get("/readyz")
@access(PUBLIC)
def readyz() -> ResponseReturnValue:
    """Whether everything that a page or a job needs answers, by name."""
    found = {name: _answers(name, check) for name, check in CHECKS.items()}
    status = 200 if all(found.values()) else 503
    return {name: "ok" if well else "failed" for name, well in found.items()}, status


@bp.get("/metrics")
@access(LOOPBACK)
def metrics() -> ResponseReturnValue:
    """For a collector on this machine only."""
    return Response(exposition(), content_type=CONTENT_TYPE_LATEST)


def _answers(name: str, check: Callable[[], object]) -> bool:
    try:
        check()
    except (SQLAlchemyError, RedisError, OSError) as error:
        # The cause may name hosts and accounts: it goes to the log, not to the caller.
        _log.warning("not_ready", part=name, kind=type(error).__name__, cause=str(error))
        db.session.rollback()
        return False
    return True


def _database() -> None:
    db.session.execute(text("SELECT 1"))


def _valkey() -> None:
    current_app.extensions["valkey"].ping()


def _store() -> None:
    config: Config = current_app.config["TRINH_KY"]
    if not os.access(config.data_dir, os.R_OK | os.W_OK | os.X_OK):
        raise PermissionError(config.data_dir)


CHECKS: Final[dict[str, Callable[[], object]]] = {
    "database": _database,
    "valkey": _valkey,
    "store": _store,
}
