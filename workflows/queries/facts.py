"""What the policy needs to know of a plan, read from its rows."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflows.domain.policy import Facts
from workflows.models.decision import Decision, Outcome
from workflows.models.plan import Plan, PlanEditor, PlanVersion, StepRun
from workflows.models.text import PlanWriter


def facts_of(session: Session, plan: Plan) -> Facts:
    """Read the plan's facts: four short queries, whatever the plan's age."""
    editors = session.scalars(select(PlanEditor.person_id).where(PlanEditor.plan_id == plan.id))
    invited = session.execute(
        select(PlanWriter.person_id, PlanWriter.ended_at).where(PlanWriter.plan_id == plan.id)
    ).all()
    writers = frozenset(person for person, ended in invited if ended is None)
    runs = session.execute(
        select(StepRun.unit_id, StepRun.role, StepRun.position_id, StepRun.left_at).where(
            StepRun.plan_id == plan.id
        )
    ).all()
    decisions = session.execute(
        select(Decision.person_id, Decision.outcome)
        .join(PlanVersion, Decision.version_id == PlanVersion.id)
        .where(
            Decision.plan_id == plan.id,
            Decision.voided_at.is_(None),
            PlanVersion.number == plan.version_number,
        )
    ).all()
    waiting = next((run for run in runs if run.left_at is None), None)
    return Facts(
        plan_id=plan.id,
        state=plan.state,
        author_id=plan.author_id,
        unit_id=plan.unit_id,
        organisation_id=plan.organisation_id,
        editors=frozenset(editors),
        writers=writers,
        dismissed=frozenset(person for person, _ended in invited) - writers,
        waiting=(waiting.unit_id, waiting.role) if waiting else None,
        waiting_position_id=waiting.position_id if waiting else None,
        seats_reached=frozenset((run.unit_id, run.role) for run in runs),
        deciders=frozenset(
            person for person, outcome in decisions if outcome is not Outcome.RETURNED
        ),
        signers=frozenset(person for person, outcome in decisions if outcome is Outcome.SIGNED),
    )
