"""The table of states and actions is the specification, written out once more by hand."""

import pytest

from workflows.domain.errors import NotPossible
from workflows.domain.machine import (
    ACTION_LABELS,
    FINAL,
    STATE_LABELS,
    PlanAction,
    PlanState,
    actions,
    is_possible,
    target,
)

CHOSEN = PlanState.APPRAISAL

# One line a state: what may be done in it, and where it leads. Everything else is refused.
EXPECTED: dict[str, dict[str, str]] = {
    "draft": {
        "edit": "draft",
        "submit": "appraisal",
        "cancel": "cancelled",
        "comment": "draft",
        "suggest": "draft",
        "answer": "draft",
        "invite": "draft",
    },
    "returned": {
        "edit": "returned",
        "submit": "appraisal",
        "cancel": "cancelled",
        "comment": "returned",
        "suggest": "returned",
        "answer": "returned",
        "invite": "returned",
    },
    "withdrawn": {
        "edit": "withdrawn",
        "submit": "appraisal",
        "cancel": "cancelled",
        "comment": "withdrawn",
        "suggest": "withdrawn",
        "answer": "withdrawn",
        "invite": "withdrawn",
    },
    "unit_review": {
        "approve": "appraisal",
        "return": "appraisal",
        "withdraw": "withdrawn",
        "comment": "unit_review",
        "suggest": "unit_review",
        "answer": "unit_review",
    },
    "appraisal": {
        "approve": "appraisal",
        "return": "appraisal",
        "withdraw": "withdrawn",
        "comment": "appraisal",
        "suggest": "appraisal",
        "answer": "appraisal",
    },
    "form_check": {
        "approve": "appraisal",
        "return": "appraisal",
        "withdraw": "withdrawn",
        "comment": "form_check",
        "suggest": "form_check",
        "answer": "form_check",
    },
    "awaiting_signature": {
        "sign": "signed",
        "return": "appraisal",
        "withdraw": "withdrawn",
        "comment": "awaiting_signature",
        "suggest": "awaiting_signature",
        "answer": "awaiting_signature",
    },
    "signed": {"number": "numbered"},
    "numbered": {"seal": "issued"},
    "issued": {"recall": "recalled"},
    "recalled": {},
    "cancelled": {},
}


@pytest.mark.parametrize("state", PlanState)
@pytest.mark.parametrize("action", PlanAction)
def test_every_pair_moves_or_refuses(state: PlanState, action: PlanAction) -> None:
    expected = EXPECTED[state].get(action)
    assert is_possible(state, action) == (expected is not None)
    if expected is None:
        with pytest.raises(NotPossible):
            target(state, action, CHOSEN)
    else:
        assert target(state, action, CHOSEN) == expected


@pytest.mark.parametrize("state", PlanState)
def test_the_actions_of_a_state_are_those_of_the_table(state: PlanState) -> None:
    assert set(actions(state)) == set(EXPECTED[state])


def test_nothing_leaves_a_final_state() -> None:
    assert {state for state in PlanState if not EXPECTED[state]} == FINAL


def test_every_state_and_action_has_words_for_people() -> None:
    assert set(STATE_LABELS) == set(PlanState)
    assert set(ACTION_LABELS) == set(PlanAction)


def test_a_step_that_depends_on_the_chain_must_be_named() -> None:
    with pytest.raises(ValueError, match="chain's step"):
        target(PlanState.DRAFT, PlanAction.SUBMIT)
