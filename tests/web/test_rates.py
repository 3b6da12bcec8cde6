"""Nobody can keep the office from working by asking without end; the others notice nothing."""

from collections.abc import Callable

from flask import Flask
from flask.testing import FlaskClient

from portal.rates import PACES
from tests.factories import Office, short_plan
from tests.web.pages import csrf_token
from workflows.domain.machine import PlanState

LogIn = Callable[[FlaskClient, str], FlaskClient]
# Every page and script answer about a text in the making costs work, one way or another.
COSTLY = {"text", "text_socket", "discussion", "redline", "word", "form_check"}


def test_whoever_asks_without_end_is_stopped_for_a_while_and_nobody_else_is(
    app: Flask, office: Office, log_in: LogIn
) -> None:
    plan = office.plan(PlanState.UNIT_REVIEW, short_plan())

    def propose(
        client: FlaskClient, token: str, accepts: str = "application/json"
    ) -> tuple[int, str, str]:
        answer = client.post(
            f"/plans/{plan.id}/suggestions",
            json={"version": 0, "doc": {}},
            headers={"X-CSRFToken": token, "Accept": accepts},
        )
        return answer.status_code, answer.headers.get("Retry-After", ""), answer.text

    hasty, other = (log_in(app.test_client(), who) for who in ("duyet", "soan"))
    token = csrf_token(hasty.get("/plans").text)
    answers = [propose(hasty, token)[0] for _ in range(10)]
    status, wait, _ = propose(hasty, token)
    page = propose(hasty, token, "text/html")

    assert answers == [422] * 10
    assert status == 429
    assert 1 <= int(wait) <= 60
    assert "quá nhiều yêu cầu trong thời gian ngắn" in page[2]
    assert propose(other, csrf_token(other.get("/plans").text))[0] == 422


def test_each_costly_view_has_its_pace(look: Flask) -> None:
    views = {
        name: view for name, view in look.view_functions.items() if name.partition(".")[0] in COSTLY
    }
    unpaced = {name for name, view in views.items() if not hasattr(view, "__pace__")}
    used = {getattr(view, "__pace__", None) for view in look.view_functions.values()}

    assert len(views) > len(COSTLY)
    assert unpaced == set()
    assert set(PACES) <= used
