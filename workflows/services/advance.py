"""The one way a plan's state changes: moved, recorded and announced together."""

from typing import Any

from workflows.domain.chain import Step
from workflows.domain.machine import PlanState, target
from workflows.services.acting import Act
from workflows.services.record import record


def advance(
    act: Act,
    *,
    step: Step | None = None,
    chosen: PlanState | None = None,
    digest: str | None = None,
    **details: Any,
) -> None:
    """Move the plan, count its row version up, and write the audit event.

    *step* is the chain's step that the plan enters; *chosen* overrides its state (a return to the
    drafter enters `returned`, not `draft`).
    """
    plan = act.plan
    before = plan.state
    entered = chosen or (step.state if step else None)
    plan.state = target(before, act.action, entered)
    if step is not None:
        plan.step_key = step.key
    plan.row_version += 1
    plan.updated_at = act.now
    record(
        act.session,
        act=str(act.action),
        at=act.now,
        actor=act.actor,
        post=act.post,
        plan_id=plan.id,
        state_before=str(before),
        state_after=str(plan.state),
        version_number=plan.version_number or None,
        digest=digest,
        details=details,
    )
