"""An approval chain: which steps, in which order, who, and how long.

The machine says what kinds of step exist; the chain says which of them an organisation uses.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from workflows.domain.actor import Role
from workflows.domain.errors import WorkflowError
from workflows.domain.machine import PlanState

DRAFTING = "drafting"


class UnsoundChain(WorkflowError):
    """The definition would let a plan go wrong; the sentence prints the offending path."""


@dataclass(frozen=True)
class Step:
    """One step: the *state* that the plan is in, and the seat (*role* in *unit*) it waits for."""

    key: str
    title: str
    state: PlanState
    role: Role
    unit: str
    days: int = 0
    returns_to: tuple[str, ...] = ()
    next: tuple[str, ...] = ()
    basis: str = ""


@dataclass(frozen=True)
class Chain:
    """A definition whose soundness has been checked; `chain["unit_review"]` is a step."""

    key: str
    version: int
    title: str
    kind: str
    steps: tuple[Step, ...]

    def __getitem__(self, key: str) -> Step:
        return next(step for step in self.steps if step.key == key)

    def __contains__(self, key: object) -> bool:
        return any(step.key == key for step in self.steps)

    @property
    def first(self) -> Step:
        """The drafting step."""
        return self.steps[0]

    def after(self, key: str) -> Step:
        """The step that follows *key*; the last step has none (KeyError)."""
        following = self[key].next
        if not following:
            raise KeyError(key)
        return self[following[0]]

    def order(self, key: str) -> int:
        """The place of a step on the way, from 0."""
        return next(at for at, step in enumerate(self.steps) if step.key == key)


def data_of(chain: Chain) -> dict[str, Any]:
    """The definition as plain data that `chain_of` reads back; what is pinned to plans."""
    return {
        "chain": {
            "key": chain.key,
            "version": chain.version,
            "title": chain.title,
            "kind": chain.kind,
        },
        "step": [
            {
                "key": step.key,
                "title": step.title,
                "state": str(step.state),
                "role": str(step.role),
                "unit": step.unit,
                "days": step.days,
                "returns_to": list(step.returns_to),
                "next": list(step.next),
                "basis": step.basis,
            }
            for step in chain.steps
        ],
    }


def step_of(row: Mapping[str, Any]) -> Step:
    following = row.get("next", [])
    return Step(
        key=str(row["key"]),
        title=str(row["title"]),
        state=PlanState(row["state"]),
        role=Role(row["role"]),
        unit=str(row["unit"]),
        days=int(row.get("days", 0)),
        returns_to=tuple(row.get("returns_to", ())),
        next=(following,) if isinstance(following, str) else tuple(following),
        basis=str(row.get("basis", "")),
    )
