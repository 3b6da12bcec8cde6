"""A browser per person, and the workers' part of a plan's way done on the spot."""

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select, text
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from portal.demo.office import PASSWORD
from portal.jobs.archive import archive_version
from portal.jobs.render import render_version
from portal.jobs.seal import seal_plan
from tests.factories import Office
from tests.web.pages import csrf_token, row_version
from workflows.domain.machine import PlanState
from workflows.models.outbox import OutboxMessage, Topic
from workflows.models.plan import Plan

JOBS: dict[Topic, Callable[[str], None]] = {
    Topic.RENDER: render_version,
    Topic.SEAL: seal_plan,
    Topic.ARCHIVE: archive_version,
}


@dataclass
class Desk:
    """The application, the office, and a signed-in browser for each name that is asked for."""

    app: Flask
    session: Session
    office: Office
    sign_in: Callable[[FlaskClient, str], FlaskClient]

    def browser(self, who: str) -> FlaskClient:
        return self.sign_in(self.app.test_client(), who)

    def work(self, topic: Topic, plan_id: UUID) -> None:
        """Do what a worker would do for the plan."""
        owed = self.session.scalars(
            select(OutboxMessage.id).where(
                OutboxMessage.topic == topic,
                OutboxMessage.plan_id == plan_id,
                OutboxMessage.handled_at.is_(None),
            )
        ).all()
        self.session.rollback()
        assert owed, f"no {topic} is owed"
        with self.app.app_context():
            for message_id in owed:
                JOBS[topic](str(message_id))

    def awaiting_signature(self) -> Plan:
        """A real plan before the signer, with its PDF."""
        plan = self.office.plan(PlanState.AWAITING_SIGNATURE)
        self.work(Topic.RENDER, plan.id)
        return plan

    def signed(self) -> Plan:
        plan = self.awaiting_signature()
        assert sign(self.browser("ky"), plan.id).status_code == 303
        return plan

    def issued(self) -> Plan:
        """A real plan with its real signatures."""
        plan = self.signed()
        assert issue(self.browser("thu"), plan.id).status_code == 303
        self.work(Topic.SEAL, plan.id)
        return plan

    def tamper(self, *statements: str, **values: object) -> None:
        """Change rows behind the program's back."""
        self.session.rollback()
        with self.session.begin():
            for statement in statements:
                self.session.execute(text(statement), values)

    def state(self, plan: Plan) -> PlanState:
        self.session.refresh(plan)
        state = plan.state
        self.session.rollback()
        return state


def hidden(page: str, name: str) -> str:
    """The value of a hidden field."""
    _before, found, after = page.partition(f'name="{name}"')
    assert found, f"no field {name}"
    return after.split('value="', 1)[1].split('"', 1)[0]


def signing_form(page: str, password: str = PASSWORD) -> dict[str, str]:
    """What the browser sends from the signing page."""
    return {
        "csrf_token": csrf_token(page),
        "row_version": str(row_version(page)),
        "prepared_sha256": hidden(page, "prepared_sha256"),
        "password": password,
    }


def sign(browser: FlaskClient, plan_id: UUID, password: str = PASSWORD) -> TestResponse:
    """Open the signing page and press the button."""
    address = f"/plans/{plan_id}/sign"
    return browser.post(address, data=signing_form(browser.get(address).text, password))


def issue(browser: FlaskClient, plan_id: UUID, password: str = PASSWORD) -> TestResponse:
    """Open the issuing page and press the button."""
    address = f"/plans/{plan_id}/issue"
    page = browser.get(address).text
    return browser.post(
        address,
        data={
            "csrf_token": csrf_token(page),
            "row_version": str(row_version(page)),
            "password": password,
        },
    )
