"""Records an act that leaves the plan's state, and pages opened elsewhere, as they are."""

from typing import Any

from workflows.services.acting import Act
from workflows.services.record import record


def note(act: Act, what: str, **details: Any) -> None:
    """Write the audit event of *what*; the row version is not counted up."""
    record(
        act.session,
        act=what,
        at=act.now,
        actor=act.actor,
        post=act.post,
        plan_id=act.plan.id,
        state_before=str(act.plan.state),
        state_after=str(act.plan.state),
        version_number=act.plan.version_number or None,
        details=details,
    )


def title_of_post(act: Act) -> str:
    """By virtue of which position something is said."""
    return f"{act.post.title}, {act.post.unit_name}" if act.post else ""
