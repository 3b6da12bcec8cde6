"""Tells people once of what is done in many small acts: each act waits a little for the next."""

from collections.abc import Iterable, Mapping
from datetime import timedelta

from sqlalchemy import insert, select

from workflows.models.discussion import Audience
from workflows.models.outbox import OutboxMessage, Topic
from workflows.services.acting import Act

# Whoever pauses longer than this is told of; whoever goes on and on, after the other.
QUIET = timedelta(minutes=3)
LONGEST = timedelta(minutes=15)
MOST_WORDS = 200


def tell_together(
    act: Act,
    people: Iterable[int],
    kind: str,
    *,
    audience: Audience,
    counts: Mapping[str, int],
    excerpt: str,
) -> None:
    """Owe each person, the actor excepted, one notice of all that the actor does of one *kind* in
    a row: *counts* add up, each *excerpt* is said once. What is for different audiences is told
    apart."""
    for person_id in sorted(set(people) - {act.actor.id}):
        waiting = _waiting(act, person_id, kind, audience)
        if waiting is None:
            words = {"excerpt": excerpt[:MOST_WORDS], "audience": str(audience)}
            _begin(act, person_id, kind, {**counts, **words})
            continue
        told = waiting.payload
        sums = {name: told.get(name, 0) + more for name, more in counts.items()}
        waiting.payload = {**told, **sums, "excerpt": _joined(told["excerpt"], excerpt)}
        waiting.not_before = min(act.now + QUIET, waiting.created_at + LONGEST)


def _waiting(act: Act, person_id: int, kind: str, audience: Audience) -> OutboxMessage | None:
    """What the relay has not taken yet; it skips what is locked here, and waits for nobody."""
    payload = OutboxMessage.payload
    return act.session.scalars(
        select(OutboxMessage)
        .where(
            OutboxMessage.plan_id == act.plan.id,
            OutboxMessage.topic == Topic.NOTIFY,
            OutboxMessage.handled_at.is_(None),
            OutboxMessage.dispatched_at.is_(None),
            OutboxMessage.not_before.is_not(None),
            payload["kind"].as_string() == kind,
            payload["audience"].as_string() == str(audience),
            payload["person_id"].as_integer() == person_id,
            payload["actor_id"].as_integer() == act.actor.id,
        )
        .with_for_update()
        .limit(1)
    ).one_or_none()


def _begin(act: Act, person_id: int, kind: str, values: Mapping[str, int | str]) -> None:
    act.session.execute(
        insert(OutboxMessage).values(
            topic=Topic.NOTIFY,
            plan_id=act.plan.id,
            payload={
                "person_id": person_id,
                "kind": kind,
                "actor": act.actor.name,
                "actor_id": act.actor.id,
                "action": str(act.action),
                "title": act.plan.title,
                **values,
            },
            created_at=act.now,
            not_before=act.now + QUIET,
        )
    )


def _joined(before: str, more: str) -> str:
    if not more or more in before:
        return before
    return f"{before} · {more}"[:MOST_WORDS] if before else more[:MOST_WORDS]
