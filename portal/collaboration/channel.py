"""The words that web processes exchange about a text, through Valkey's publish and subscribe."""

import json
from typing import Any, Final
from uuid import UUID

import structlog
from redis import Redis, RedisError

PREFIX: Final = "trinh-ky:text:"
SIGNED_OUT: Final = "trinh-ky:signed-out"
_log = structlog.stdlib.get_logger("portal.collaboration")


def publish(valkey: Redis, plan_id: UUID, message: dict[str, Any]) -> None:
    """Wake every page that shows the text. Without Valkey they find out by asking."""
    try:
        valkey.publish(f"{PREFIX}{plan_id}", json.dumps(message, ensure_ascii=False))
    except RedisError:
        _log.warning("text.not_published", kind=message.get("kind"))


def look_again(valkey: Redis, plan_id: UUID) -> None:
    """Ask the open pages to look whether they may go on: rights or the state have changed."""
    publish(valkey, plan_id, {"kind": "check"})


def tell_signed_out(valkey: Redis, person_id: int) -> None:
    """End the sockets of whoever has just signed out. Without Valkey they end a little later."""
    try:
        valkey.publish(SIGNED_OUT, person_id)
    except RedisError:
        _log.warning("text.not_published", kind="signed-out")


def plan_of(channel: bytes) -> UUID:
    """The plan that a channel is about."""
    return UUID(channel.decode().removeprefix(PREFIX))
