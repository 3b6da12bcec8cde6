"""Which acts are a person's now, and why the others are not."""

from dataclasses import dataclass

from workflows.domain.actor import Actor
from workflows.domain.machine import PlanAction, is_possible
from workflows.domain.policy import Facts, refusal

# What a person does from the plan's page; sealing is a job's, commenting has a form of its own.
OFFERED = (
    PlanAction.APPROVE,
    PlanAction.SIGN,
    PlanAction.NUMBER,
    PlanAction.SUBMIT,
    PlanAction.EDIT,
    PlanAction.RETURN,
    PlanAction.WITHDRAW,
    PlanAction.CANCEL,
    PlanAction.RECALL,
)


@dataclass(frozen=True)
class Move:
    """One act: open, or off because of the state, or off for *reason*."""

    action: PlanAction
    fits_state: bool
    reason: str | None

    @property
    def is_open(self) -> bool:
        """Whether the button works."""
        return self.fits_state and self.reason is None


def moves_of(actor: Actor, facts: Facts) -> tuple[Move, ...]:
    """Every act that pages offer, the usual one of a step first."""
    return tuple(move_of(actor, facts, action) for action in OFFERED)


def move_of(actor: Actor, facts: Facts, action: PlanAction) -> Move:
    """One act as it stands for *actor* now."""
    return Move(action, is_possible(facts.state, action), refusal(actor, action, facts))
