"""How much of the talk about a plan one person may leave waiting, so that all find room in it."""

from sqlalchemy import func, select

from workflows.domain.errors import NotPossible
from workflows.models.discussion import Comment, Thread
from workflows.services.acting import Act

# A page shows the newest five hundred threads: nobody may push out those of all others.
MOST_REMARKS = 400


# And of letters a page takes a million: some dozen people may talk at length, each in many threads.
MOST_LETTERS_IN_THREAD = 60_000
MOST_LETTERS = 150_000


def require_room_for_a_remark(act: Act, thread: Thread, text: str) -> None:
    """Raise NotPossible when the thread is full, or when the actor has said very much that nobody
    has settled yet."""
    said = func.coalesce(func.sum(func.length(Comment.text)), 0)
    in_thread = act.session.scalar(select(said).where(Comment.thread_id == thread.id)) or 0
    if in_thread + len(text) > MOST_LETTERS_IN_THREAD:
        raise NotPossible("Trao đổi trong góp ý này đã quá dài. Hãy đóng lại và mở một góp ý mới.")
    count, letters = act.session.execute(
        select(func.count(), said)
        .select_from(Comment)
        .join(Thread, Comment.thread_id == Thread.id)
        .where(
            Comment.plan_id == act.plan.id,
            Comment.person_id == act.actor.id,
            Thread.resolved_at.is_(None),
        )
    ).one()
    if count >= MOST_REMARKS or letters + len(text) > MOST_LETTERS:
        raise NotPossible(
            "Bạn đã có %(count)s ý kiến trong các góp ý chưa giải quyết của kế hoạch này. "
            "Hãy đóng bớt những góp ý đã xong rồi góp ý tiếp.",
            count=count,
        )
