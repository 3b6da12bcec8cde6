"""People as actors, and plans brought to a state through the services that people use."""

import json
from collections.abc import Callable, Collection
from datetime import datetime, timedelta
from functools import cache, cached_property
from importlib.resources import files
from typing import Any
from uuid import uuid4

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflows.domain.actor import Actor
from workflows.domain.content.canonical import digest
from workflows.domain.content.importer import import_text
from workflows.domain.machine import PlanState
from workflows.models.people import Person, Position, Unit
from workflows.models.plan import Plan, PlanVersion
from workflows.models.rendition import RenditionKind
from workflows.queries.people import actor_of
from workflows.queries.working_text import text_of
from workflows.services.acting import day_of
from workflows.services.drafting import create_plan
from workflows.services.files import StoredFile, note_file
from workflows.services.issuing import assign_number, record_seal
from workflows.services.review import approve
from workflows.services.signature import record_signature
from workflows.services.submission import submit, withdraw
from workflows.services.transaction import transaction
from workflows.services.writing import replace_text

WAY: tuple[PlanState, ...] = (
    PlanState.DRAFT,
    PlanState.UNIT_REVIEW,
    PlanState.APPRAISAL,
    PlanState.FORM_CHECK,
    PlanState.AWAITING_SIGNATURE,
    PlanState.SIGNED,
    PlanState.NUMBERED,
    PlanState.ISSUED,
)


def new_id() -> str:
    return uuid4().hex[:12]


def real_plan() -> dict[str, Any]:
    """The real plan of 2022 as the importer reads it."""
    doc: dict[str, Any] = json.loads(_imported())
    return doc


@cache
def _imported() -> str:
    """Read once: reading it takes longer than most of what the tests then do with it."""
    text = files("portal.demo").joinpath("ke-hoach-2022.txt").read_text("utf-8")
    return json.dumps(import_text(text, new_id).doc)


def short_plan() -> dict[str, Any]:
    """The real plan without its body but for the first lines, for tests that need many plans."""
    doc = real_plan()
    clauses = [node for node in doc["content"] if node["type"] == "clause"]
    content = [node for node in doc["content"] if node not in clauses[3:]]
    return {**doc, "content": content}


def signed_by(doc: dict[str, Any], position_id: int) -> dict[str, Any]:
    """The document with its signature awaited from a position."""
    content = [
        {**node, "attrs": {**node["attrs"], "position": str(position_id)}}
        if node["type"] == "signature"
        else node
        for node in doc["content"]
    ]
    return {**doc, "content": content}


def stand_in_file(text: str) -> StoredFile:
    """A file that no test reads: only its digest and name are recorded."""
    sha = digest(text.encode())
    return StoredFile(key=f"tests/{sha[:12]}.pdf", sha256=sha, size=len(text))


class Office:
    """The demonstration office: `office.soan` is an actor, by the name before @demo.invalid."""

    def __init__(self, session: Session, now: datetime) -> None:
        self.session = session
        self.now = now

    def __getattr__(self, name: str) -> Actor:
        if name.startswith("_"):
            raise AttributeError(name)
        return self.actor(name)

    def actor(self, name: str) -> Actor:
        """A person of the office with today's positions."""
        email = f"{name}@demo.invalid"
        person_id = self.session.scalars(select(Person.id).where(Person.email == email)).one()
        found = actor_of(self.session, person_id, on=day_of(self.now), address="127.0.0.1")
        assert found is not None
        self.session.rollback()
        return found

    @cached_property
    def signing_position_id(self) -> int:
        """The Vice-Chairman's position."""
        found = self.session.scalars(
            select(Position.id).join(Person).where(Person.email == "ky@demo.invalid")
        ).one()
        self.session.rollback()
        return found

    def unit_id(self, abbreviation: str) -> int:
        found = self.session.scalars(select(Unit.id).where(Unit.abbreviation == abbreviation)).one()
        self.session.rollback()
        return found

    def later(self, **time: float) -> datetime:
        """A moment after now."""
        return self.now + timedelta(**time)

    def draft(self, doc: dict[str, Any] | None = None) -> Plan:
        """A plan as the drafter begins it, ready to be submitted."""
        doc = signed_by(doc or real_plan(), self.signing_position_id)
        return create_plan(
            self.session,
            unit_id=self.unit_id("SVHTT"),
            actor=self.actor("soan"),
            doc=doc,
            now=self.now,
        )

    def plan(self, state: PlanState = PlanState.DRAFT, doc: dict[str, Any] | None = None) -> Plan:
        """A plan taken along the chain, by the people whose step it is, to *state*."""
        plan = self.draft(doc)
        moves: list[Callable[[Plan], object]] = [
            self.submit,
            lambda plan: self.approve(plan, "duyet"),
            self._appraise,
            lambda plan: self.approve(plan, "the"),
            self.sign,
            self.number,
            self.seal,
        ]
        for move in moves[: WAY.index(state)]:
            move(plan)
        self.session.refresh(plan)
        return plan

    def submit(self, plan: Plan, *, leaves: Collection[int] = ()) -> Plan:
        return submit(
            self.session,
            plan_id=plan.id,
            seen=self._seen(plan),
            seen_text=self._seen_text(plan),
            actor=self.actor("soan"),
            leaves=leaves,
            now=self.now,
        )

    def take_back(self, plan: Plan) -> Plan:
        return withdraw(
            self.session,
            plan_id=plan.id,
            seen=self._seen(plan),
            actor=self.actor("soan"),
            reason="Sửa",
            now=self.now,
        )

    def approve(self, plan: Plan, who: str) -> Plan:
        return approve(
            self.session,
            plan_id=plan.id,
            seen=self._seen(plan),
            actor=self.actor(who),
            remark="",
            now=self.now,
        )

    def save(self, plan: Plan, doc: dict[str, Any], who: str = "soan") -> Plan:
        return replace_text(
            self.session,
            plan_id=plan.id,
            seen_text=self._seen_text(plan),
            actor=self.actor(who),
            doc=doc,
            origin="whole",
            now=self.now,
        )

    def text(self, plan: Plan) -> dict[str, Any]:
        """The working text as it is now."""
        self.session.refresh(plan)
        doc = text_of(self.session, plan).doc
        self.session.rollback()
        return doc

    def prepare(self, plan: Plan) -> StoredFile:
        """Note a stand-in for the rendered PDF of the current version."""
        file = stand_in_file(f"prepared {plan.id} {plan.version_number}")
        with transaction(self.session):
            version = self.session.scalars(
                select(PlanVersion).where(
                    PlanVersion.plan_id == plan.id, PlanVersion.number == plan.version_number
                )
            ).one()
            note_file(self.session, version, RenditionKind.PREPARED, file, self.now)
        return file

    def sign(self, plan: Plan) -> Plan:
        prepared = self.prepare(plan)
        return record_signature(
            self.session,
            plan_id=plan.id,
            seen=self._seen(plan),
            actor=self.actor("ky"),
            prepared_sha256=prepared.sha256,
            signed=stand_in_file(f"signed {plan.id}"),
            now=self.now,
        )

    def number(self, plan: Plan) -> object:
        return assign_number(
            self.session,
            plan_id=plan.id,
            seen=self._seen(plan),
            actor=self.actor("thu"),
            now=self.now,
        )

    def seal(self, plan: Plan) -> Plan:
        return record_seal(
            self.session,
            plan_id=plan.id,
            actor=self.actor("thu"),
            sealed=stand_in_file(f"sealed {plan.id}"),
            now=self.now,
        )

    def _appraise(self, plan: Plan) -> None:
        self.approve(plan, "tham")
        self.approve(plan, "dinh")

    def _seen_text(self, plan: Plan) -> int:
        self.session.refresh(plan)
        seen = plan.text_version
        self.session.rollback()
        return seen

    def _seen(self, plan: Plan) -> int:
        self.session.refresh(plan)
        seen = plan.row_version
        self.session.rollback()
        return seen
