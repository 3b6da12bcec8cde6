"""What the workers read before they act, each in one short look."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflows.domain.actor import Actor
from workflows.domain.machine import PlanState
from workflows.models.discussion import Audience
from workflows.models.numbering import RegisterEntry
from workflows.models.outbox import OutboxMessage
from workflows.models.people import Organisation, Person
from workflows.models.plan import Plan, PlanVersion
from workflows.models.rendition import Rendition, RenditionKind
from workflows.queries.facts import facts_of
from workflows.queries.people import actor_of
from workflows.queries.shown import may_hear


@dataclass(frozen=True)
class Addressee:
    """Whom a message is for."""

    name: str
    email: str


def still_hears(
    session: Session, plan_id: UUID, person_id: int, audience: Audience, *, on: date
) -> bool:
    """Whether what was said to *audience* may reach the person now: it may have waited."""
    plan, actor = session.get(Plan, plan_id), actor_of(session, person_id, on=on)
    return (
        plan is not None
        and actor is not None
        and may_hear(actor, facts_of(session, plan), audience)
    )


@dataclass(frozen=True)
class FrozenText:
    """A version as its PDF is made from it."""

    id: int
    plan_id: UUID
    number: int
    digest: str
    canonical: bytes
    frozen_at: datetime
    seal_diameter_mm: int

    @property
    def folder(self) -> str:
        """Where the version's files lie in the store."""
        return version_folder(self.plan_id, self.number, self.digest)


@dataclass(frozen=True)
class Sealing:
    """A numbered plan as it is to be sealed."""

    plan_id: UUID
    folder: str
    digest: str
    signed_key: str
    signed_sha256: str
    number: int
    dated: date
    place: str
    organisation_name: str
    key_name: str | None
    clerk: Actor


def version_folder(plan_id: UUID, number: int, digest: str) -> str:
    """The place in the store of the files of one version."""
    return f"plans/{plan_id}/v{number}-{digest[:12]}"


def addressee(session: Session, person_id: int) -> Addressee:
    """Name and e-mail of a person."""
    person = session.get_one(Person, person_id)
    return Addressee(person.name, person.email)


def frozen_text(session: Session, version_id: int) -> FrozenText:
    """The version, with the size of its organisation's seal."""
    version, diameter = session.execute(
        select(PlanVersion, Organisation.seal_diameter_mm)
        .join(Plan, PlanVersion.plan_id == Plan.id)
        .join(Organisation, Plan.organisation_id == Organisation.id)
        .where(PlanVersion.id == version_id)
    ).one()
    return FrozenText(
        id=version.id,
        plan_id=version.plan_id,
        number=version.number,
        digest=version.digest,
        canonical=version.canonical.encode(),
        frozen_at=version.frozen_at,
        seal_diameter_mm=diameter,
    )


def sealing(session: Session, version_id: int, *, clerk_id: int) -> Sealing | None:
    """What sealing needs; None when the plan is past it.

    The clerk's authority is that of the day the number was given: a seal that comes after
    midnight completes that act.
    """
    version, plan, entry, signed, organisation = session.execute(
        select(PlanVersion, Plan, RegisterEntry, Rendition, Organisation)
        .join(Plan, PlanVersion.plan_id == Plan.id)
        .join(RegisterEntry, RegisterEntry.plan_id == Plan.id)
        .join(Rendition, Rendition.version_id == PlanVersion.id)
        .join(Organisation, Plan.organisation_id == Organisation.id)
        .where(PlanVersion.id == version_id, Rendition.kind == RenditionKind.SIGNED)
    ).one()
    if plan.state is not PlanState.NUMBERED:
        return None
    clerk = actor_of(session, clerk_id, on=entry.dated)
    if clerk is None:
        raise LookupError(f"no person {clerk_id}")
    return Sealing(
        plan_id=plan.id,
        folder=version_folder(plan.id, version.number, version.digest),
        digest=version.digest,
        signed_key=signed.store_key,
        signed_sha256=signed.sha256,
        number=entry.number,
        dated=entry.dated,
        place=organisation.place,
        organisation_name=organisation.name,
        key_name=organisation.key_name,
        clerk=clerk,
    )


def handled_among(session: Session, message_ids: Sequence[UUID]) -> set[UUID]:
    """Which of these messages are done."""
    return set(
        session.scalars(
            select(OutboxMessage.id).where(
                OutboxMessage.id.in_(message_ids), OutboxMessage.handled_at.is_not(None)
            )
        )
    )


def titles_of(session: Session, message_ids: Sequence[UUID]) -> dict[UUID, str]:
    """The title of the plan that each of these messages is about."""
    rows = session.execute(
        select(OutboxMessage.id, Plan.title)
        .join(Plan, OutboxMessage.plan_id == Plan.id)
        .where(OutboxMessage.id.in_(message_ids))
    )
    return {row[0]: row[1] for row in rows}
