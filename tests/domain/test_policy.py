"""People × actions × states: who may do what is written out once, everything else is refused."""

from dataclasses import replace
from itertools import product
from uuid import UUID

import pytest

from workflows.domain.actor import Actor, Post, Role
from workflows.domain.errors import NotPermitted
from workflows.domain.machine import PlanAction, PlanState
from workflows.domain.policy import (
    RULES,
    Facts,
    may_read,
    may_read_draft,
    refusal,
    require,
)

ORGANISATION, ELSEWHERE = 1, 2
DRAFTING, APPRAISAL, OFFICE, LEADERSHIP, OTHER, INSPECTORATE = 10, 20, 30, 40, 50, 60


def post(number: int, unit: int, role: Role, organisation: int = ORGANISATION) -> Post:
    return Post(number, unit, organisation, role, str(role))


def actor(number: int, *posts: Post) -> Actor:
    return Actor(number, f"person {number}", frozenset(posts))


PEOPLE: dict[str, Actor] = {
    "author": actor(1, post(1, DRAFTING, Role.DRAFTER)),
    "colleague": actor(2, post(2, DRAFTING, Role.DRAFTER)),
    "head": actor(3, post(3, DRAFTING, Role.UNIT_HEAD)),
    "head who wrote": actor(4, post(4, DRAFTING, Role.UNIT_HEAD)),
    "appraiser": actor(5, post(5, APPRAISAL, Role.APPRAISER)),
    "lead": actor(6, post(6, APPRAISAL, Role.APPRAISAL_LEAD)),
    "checker": actor(7, post(7, OFFICE, Role.FORM_CHECKER)),
    "signer": actor(8, post(8, LEADERSHIP, Role.SIGNER)),
    "other signer": actor(9, post(9, LEADERSHIP, Role.SIGNER)),
    "signer and clerk": actor(10, post(8, LEADERSHIP, Role.SIGNER), post(11, OFFICE, Role.CLERK)),
    "clerk": actor(11, post(11, OFFICE, Role.CLERK)),
    "foreign clerk": actor(12, post(12, OTHER, Role.CLERK, ELSEWHERE)),
    "other head": actor(13, post(13, OTHER, Role.UNIT_HEAD)),
    "auditor": actor(14, post(14, INSPECTORATE, Role.AUDITOR)),
    "auditor and head": actor(
        15, post(14, INSPECTORATE, Role.AUDITOR), post(3, DRAFTING, Role.UNIT_HEAD)
    ),
    "administrator": actor(16, post(16, OFFICE, Role.ADMINISTRATOR)),
    "administrator and head": actor(
        17, post(16, OFFICE, Role.ADMINISTRATOR), post(3, DRAFTING, Role.UNIT_HEAD)
    ),
    "former head": actor(18),
    "author without a position": actor(1),
    "consulted": actor(19, post(19, OTHER, Role.CONSULTED)),
    "guest": actor(21, post(21, OTHER, Role.DRAFTER)),
    "guest without a position": actor(21),
    "drafter elsewhere": actor(22, post(22, OTHER, Role.DRAFTER)),
    "foreign auditor": actor(20, post(20, OTHER, Role.AUDITOR, ELSEWHERE)),
}

SEATS = {
    PlanState.UNIT_REVIEW: (DRAFTING, Role.UNIT_HEAD),
    PlanState.APPRAISAL: (APPRAISAL, Role.APPRAISAL_LEAD),
    PlanState.FORM_CHECK: (OFFICE, Role.FORM_CHECKER),
    PlanState.AWAITING_SIGNATURE: (LEADERSHIP, Role.SIGNER),
    PlanState.SIGNED: (OFFICE, Role.CLERK),
}
WAY = [
    (DRAFTING, Role.UNIT_HEAD),
    (APPRAISAL, Role.APPRAISER),
    (APPRAISAL, Role.APPRAISAL_LEAD),
    (OFFICE, Role.FORM_CHECKER),
    (LEADERSHIP, Role.SIGNER),
    (OFFICE, Role.CLERK),
]


def facts(state: PlanState) -> Facts:
    """A plan as it stands in *state*: every seat up to the waiting one has been reached."""
    waiting = SEATS.get(state)
    after_all = state in {PlanState.NUMBERED, PlanState.ISSUED, PlanState.RECALLED}
    reached = WAY if after_all else WAY[: WAY.index(waiting) + 1] if waiting else []
    signed = after_all or state is PlanState.SIGNED
    return Facts(
        plan_id=UUID(int=1),
        state=state,
        author_id=1,
        unit_id=DRAFTING,
        organisation_id=ORGANISATION,
        editors=frozenset({1, 4}),
        writers=frozenset({21}),
        dismissed=frozenset(),
        waiting=waiting,
        waiting_position_id=8 if state is PlanState.AWAITING_SIGNATURE else None,
        seats_reached=frozenset(reached),
        deciders=frozenset({8}) if signed else frozenset(),
        signers=frozenset({8}) if signed else frozenset(),
    )


DRAFTERS = {"author", "colleague"}
HEADS = {"head"}
UNIT_HEADS = {"head", "head who wrote"}
REACHED = {
    PlanState.UNIT_REVIEW: set[str](),
    PlanState.APPRAISAL: {"appraiser", "lead"},
    PlanState.FORM_CHECK: {"appraiser", "lead", "checker"},
    PlanState.AWAITING_SIGNATURE: {
        *("appraiser", "lead", "checker", "signer", "other signer", "signer and clerk"),
    },
}
AFTER = {*REACHED[PlanState.AWAITING_SIGNATURE], "clerk"}
CLERKS = {"clerk", "signer and clerk"}


def allowed(action: PlanAction, state: PlanState) -> set[str]:
    """The specification, in words: whom the rules let through in this state."""
    in_every_state = {
        PlanAction.EDIT: DRAFTERS | {"guest"},
        PlanAction.ANSWER: DRAFTERS | {"guest"},
        PlanAction.INVITE: DRAFTERS,
        PlanAction.SUBMIT: DRAFTERS,
        PlanAction.WITHDRAW: {"author"},
        PlanAction.CANCEL: {"author"} | UNIT_HEADS,
    }
    if action in in_every_state:
        return in_every_state[action]
    if action in (PlanAction.COMMENT, PlanAction.SUGGEST):
        outside = {"administrator and head", "auditor and head", "auditor"}
        return {name for name in PEOPLE if reads(name, state)} - outside
    if action is PlanAction.SIGN:
        return seat_of(state) - CLERKS
    if action is PlanAction.NUMBER:
        return seat_of(state) - {"signer", "other signer", "signer and clerk"}
    if action is PlanAction.SEAL:
        return {"clerk"} if reads("clerk", state) else set()
    if action is PlanAction.RECALL:
        return {name for name in CLERKS if reads(name, state)}
    return seat_of(state)


def seat_of(state: PlanState) -> set[str]:
    """Who fills the seat that the plan waits for, may decide, and did not write in the text."""
    return {
        PlanState.UNIT_REVIEW: {"head"},
        PlanState.APPRAISAL: {"lead"},
        PlanState.FORM_CHECK: {"checker"},
        PlanState.AWAITING_SIGNATURE: {"signer", "signer and clerk"},
        PlanState.SIGNED: {"clerk", "signer and clerk"},
    }.get(state, set())


def reads(name: str, state: PlanState) -> bool:
    """The specification of who may know of the plan."""
    always = {
        *("author", "colleague", "guest", "head", "head who wrote", "auditor"),
        *("auditor and head", "administrator and head"),
    }
    if name in always:
        return True
    ended = {PlanState.SIGNED, PlanState.NUMBERED, PlanState.ISSUED, PlanState.RECALLED}
    if state in ended:
        return name in AFTER
    return name in REACHED.get(state, set())


@pytest.mark.parametrize("name", PEOPLE)
@pytest.mark.parametrize("state", PlanState)
def test_who_may_know_of_a_plan(name: str, state: PlanState) -> None:
    assert may_read(PEOPLE[name], facts(state)) == reads(name, state)


@pytest.mark.parametrize(("action", "state"), list(product(PlanAction, PlanState)))
def test_the_matrix_of_people_and_actions(action: PlanAction, state: PlanState) -> None:
    let_through = {n for n, who in PEOPLE.items() if refusal(who, action, facts(state)) is None}

    assert let_through == allowed(action, state)


@pytest.mark.parametrize("name", PEOPLE)
def test_the_working_text_is_for_those_who_write_it_and_the_auditor(name: str) -> None:
    writing = {"author", "colleague", "guest", "head who wrote"}
    expected = writing | {"auditor", "auditor and head"}

    assert may_read_draft(PEOPLE[name], facts(PlanState.UNIT_REVIEW)) == (name in expected)


def test_every_action_has_a_rule_and_no_rule_means_no() -> None:
    assert set(RULES) == set(PlanAction)
    rules = RULES.pop(PlanAction.COMMENT)
    try:
        assert refusal(PEOPLE["author"], PlanAction.COMMENT, facts(PlanState.DRAFT))
    finally:
        RULES[PlanAction.COMMENT] = rules


def test_require_raises_with_the_reason() -> None:
    with pytest.raises(NotPermitted, match="không được quyết định về chính văn bản đó"):
        require(PEOPLE["head who wrote"], PlanAction.APPROVE, facts(PlanState.UNIT_REVIEW))


def test_a_guest_reads_no_longer_than_the_invitation_lasts() -> None:
    """Whatever they wrote: one letter would keep the door open for good."""
    guest = PEOPLE["guest"]
    wrote = replace(facts(PlanState.DRAFT), editors=frozenset({1, guest.id}))
    assert may_read_draft(guest, wrote)
    ended = replace(wrote, writers=frozenset(), dismissed=frozenset({guest.id}))
    assert not may_read(guest, ended)
    assert not may_read_draft(guest, ended)
