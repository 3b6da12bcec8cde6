"""The inbox shows each person what is theirs, at a cost that does not grow with the plans."""

from collections.abc import Callable

import pytest
from flask.testing import FlaskClient

from tests.factories import Office
from workflows.domain.machine import PlanState

LogIn = Callable[[FlaskClient, str], FlaskClient]


@pytest.mark.parametrize(
    ("state", "who"),
    [
        (PlanState.UNIT_REVIEW, "duyet"),
        (PlanState.APPRAISAL, "tham"),
        (PlanState.FORM_CHECK, "the"),
        (PlanState.AWAITING_SIGNATURE, "ky"),
        (PlanState.SIGNED, "thu"),
    ],
)
def test_a_plan_waits_in_the_inbox_of_whose_turn_it_is_and_of_nobody_else(
    state: PlanState, who: str, client: FlaskClient, log_in: LogIn, office: Office
) -> None:
    plan = office.plan(state)
    for person in ("soan", "duyet", "tham", "the", "ky", "thu", "tra", "quan"):
        page = log_in(client, person).get("/inbox").text
        waits = page.split('id="tasks-heading"')[1].split("</section>")[0]
        assert (str(plan.id) in waits) is (person == who), person
        client.post("/logout")
