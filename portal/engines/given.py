"""The servers and the port that the environment names: asked once, before anything starts."""

import errno
import socket
from collections.abc import Mapping
from typing import Final

import psycopg
import redis
from redis.backoff import NoBackoff
from redis.retry import Retry
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

from portal.engines.errors import EngineError

PATIENCE: Final = 5
HOST: Final = "127.0.0.1"
DEFAULT_PORT: Final = "8000"


def database(environ: Mapping[str, str]) -> str | None:
    """Return the DATABASE_URL of *environ* if it names one and the server answers."""
    named = environ.get("DATABASE_URL", "").strip()
    if not named:
        return None
    try:
        url = make_url(named)
    except ArgumentError:
        raise EngineError("DATABASE_URL is not an address such as postgresql://…") from None
    if url.get_backend_name() not in ("postgresql", "postgres"):
        raise EngineError("DATABASE_URL must begin with postgresql://: no other database will do.")
    plain = url.set(drivername="postgresql")
    try:
        conninfo = plain.render_as_string(hide_password=False)
        psycopg.connect(conninfo, connect_timeout=PATIENCE).close()
    except psycopg.Error as error:
        shown = plain.render_as_string(hide_password=True)
        reason = " ".join(str(error).split())
        raise EngineError(f"PostgreSQL does not answer at {shown}: {reason}") from None
    return f"postgresql+psycopg://{named.partition('://')[2]}"


def queue(environ: Mapping[str, str]) -> str | None:
    """Return the REDIS_URL of *environ* if it names one and the server answers."""
    named = environ.get("REDIS_URL", "").strip()
    if not named:
        return None
    try:
        with redis.Redis.from_url(
            named, socket_connect_timeout=PATIENCE, retry=Retry(NoBackoff(), 0)
        ) as client:
            client.ping()
    except ValueError:
        raise EngineError("REDIS_URL is not an address such as redis://…") from None
    except redis.RedisError as error:
        shown = named.rpartition("@")[2] if "@" in named else named
        raise EngineError(f"Redis does not answer at {shown}: {error}") from None
    return named


def port(environ: Mapping[str, str]) -> int:
    """Return the PORT of *environ* if nothing listens there yet."""
    named = environ.get("PORT", "").strip() or DEFAULT_PORT
    if not named.isascii() or not named.isdigit() or not 0 < int(named) < 65536:
        raise EngineError(f"PORT must be a number from 1 to 65535, not '{named}'.")
    with socket.socket() as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind((HOST, int(named)))
        except OSError as error:
            raise EngineError(_port_refusal(error, int(named))) from None
    return int(named)


def _port_refusal(error: OSError, number: int) -> str:
    if error.errno == errno.EADDRINUSE:
        return f"Port {number} is in use: choose another, for example PORT={number % 65535 + 1}."
    return f"Port {number} cannot be used: {error.strerror}."
