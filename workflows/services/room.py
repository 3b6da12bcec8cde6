"""How much of the talk about a plan one person may leave waiting, so that all find room in it."""

from sqlalchemy import func, select

from workflows.domain.errors import NotPossible
from workflows.models.discussion import Comment, Thread
from workflows.services.acting import Act

# A page shows the newest five hundred threads: nobody may push out those of all others.
MOST_REMARKS = 400


def require_room_for_a_remark(act: Act) -> None:
    """Raise NotPossible when the actor has said very much that nobody has settled yet."""
    own = act.session.scalar(
        select(func.count())
        .select_from(Comment)
        .join(Thread, Comment.thread_id == Thread.id)
        .where(
            Comment.plan_id == act.plan.id,
            Comment.person_id == act.actor.id,
            Thread.resolved_at.is_(None),
        )
    )
    if (own or 0) >= MOST_REMARKS:
        raise NotPossible(
            "Bạn đã có %(most)s ý kiến trong các góp ý chưa giải quyết của kế hoạch này. "
            "Hãy đóng bớt những góp ý đã xong rồi góp ý tiếp.",
            most=MOST_REMARKS,
        )
