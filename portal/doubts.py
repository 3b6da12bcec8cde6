"""The doubts of a reading, kept for its drafter until they have been looked through.

They are advice about a text that is already stored whole: losing them loses nobody's work, so they
live in Valkey and not in the database.
"""

import json
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import asdict
from datetime import timedelta
from typing import Any, Final, cast
from uuid import UUID

from flask import current_app
from redis import Redis
from redis.exceptions import RedisError

from workflows.domain.content.notation import Doubt

KEPT: Final = timedelta(days=30)


def keep_doubts(plan_id: UUID, source: str, doubts: Iterable[Doubt]) -> None:
    """Keep what one *source* ("import" or "save") doubted, in place of what it doubted before."""
    with suppress(RedisError):  # Advice only, as above.
        found = [asdict(doubt) for doubt in doubts]
        _valkey().hset(_key(plan_id), source, json.dumps(found, ensure_ascii=False))
        _valkey().expire(_key(plan_id), KEPT)


def kept_doubts(plan_id: UUID) -> tuple[Doubt, ...]:
    """All doubts not yet looked through, those of the last save first."""
    with suppress(RedisError):
        kept = cast(dict[bytes, bytes], _valkey().hgetall(_key(plan_id)))
        rows: list[dict[str, Any]] = [
            row for source in (b"save", b"import") for row in json.loads(kept.get(source, b"[]"))
        ]
        return tuple(Doubt(**row) for row in rows)
    return ()


def drop_doubts(plan_id: UUID) -> None:
    """They have been looked through."""
    with suppress(RedisError):
        _valkey().delete(_key(plan_id))


def _key(plan_id: UUID) -> str:
    return f"trinh-ky:doubts:{plan_id}"


def _valkey() -> "Redis":
    found: Redis = current_app.extensions["valkey"]
    return found
