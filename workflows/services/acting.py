"""The order that every act on a plan keeps: lock, visible, fresh, permitted, possible."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflows.domain.actor import Actor, Post
from workflows.domain.errors import NotPossible, PlanNotFound, StaleVersion
from workflows.domain.machine import ACTION_LABELS, STATE_LABELS, PlanAction, is_possible
from workflows.domain.policy import Facts, deciding_post, may_read, require
from workflows.models.plan import Plan, PlanVersion
from workflows.queries.facts import facts_of
from workflows.services.transaction import transaction

# Indochina Time has no summer time; a fixed offset needs no time zone database.
VIETNAM = timezone(timedelta(hours=7), "+07")


def day_of(now: datetime) -> date:
    """The calendar day in Hà Nội at *now*."""
    return now.astimezone(VIETNAM).date()


@dataclass(frozen=True)
class Act:
    """One person's act on one locked plan, inside its transaction."""

    session: Session
    plan: Plan
    facts: Facts
    actor: Actor
    action: PlanAction
    now: datetime

    @property
    def today(self) -> date:
        """The day of the act in Hà Nội."""
        return day_of(self.now)

    @property
    def post(self) -> Post | None:
        """The position by which the actor acts: the deciding one, else one in the plan's unit."""
        decides = deciding_post(self.actor, self.facts)
        if decides is not None:
            return decides
        posts = sorted(self.actor.posts, key=lambda post: post.position_id)
        own = [post for post in posts if post.unit_id == self.facts.unit_id]
        return next(iter(own or posts), None)

    def version(self) -> PlanVersion:
        """The frozen version that is being decided on."""
        return self.session.scalars(
            select(PlanVersion).where(
                PlanVersion.plan_id == self.plan.id,
                PlanVersion.number == self.plan.version_number,
            )
        ).one()


@contextmanager
def acting_on(
    session: Session,
    plan_id: UUID,
    *,
    actor: Actor,
    action: PlanAction,
    seen: int | None,
    now: datetime,
) -> Iterator[Act]:
    """Open the transaction, lock the plan and check; the body changes, `advance` records.

    *seen* is the row version on the page that the person acted on; None for a job, which acts on
    what the database says. Raises PlanNotFound, StaleVersion, NotPermitted or NotPossible, in
    this order, so that an outsider learns nothing from a page being old.
    """
    with transaction(session):
        plan = session.get(Plan, plan_id, with_for_update=True, populate_existing=True)
        plan, facts = _checked(session, plan, actor, action, seen)
        yield Act(session, plan, facts, actor, action, now.astimezone(UTC))


def looking_at(
    session: Session, plan_id: UUID, *, actor: Actor, action: PlanAction
) -> tuple[Plan, Facts]:
    """The same checks without the lock, before long work that needs none; `acting_on` repeats them.

    Inside a transaction that the caller opens and ends before the work.
    """
    plan = session.get(Plan, plan_id, populate_existing=True)
    return _checked(session, plan, actor, action, None)


def _checked(
    session: Session, plan: Plan | None, actor: Actor, action: PlanAction, seen: int | None
) -> tuple[Plan, Facts]:
    if plan is None:
        raise PlanNotFound("Không có kế hoạch này.")
    facts = facts_of(session, plan)
    if not may_read(actor, facts):
        raise PlanNotFound("Không có kế hoạch này.")
    if seen is not None and plan.row_version != seen:
        raise StaleVersion(
            "Kế hoạch đã thay đổi từ khi bạn mở trang. Hãy đọc lại bản hiện tại rồi làm tiếp."
        )
    require(actor, action, facts)
    if not is_possible(plan.state, action):
        raise NotPossible(
            "Không thể thực hiện “%(action)s” khi kế hoạch ở trạng thái “%(state)s”. "
            "Hãy mở lại trang kế hoạch để xem việc có thể làm.",
            action=ACTION_LABELS[action],
            state=STATE_LABELS[plan.state],
        )
    return plan, facts
