"""The demonstration people as actors, found by the name before @demo.invalid."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.demo.office import DOMAIN
from workflows.domain.actor import Actor
from workflows.models.people import Person, Position, Unit
from workflows.queries.people import actor_of
from workflows.services.acting import day_of


def staff(session: Session, who: str, *, now: datetime) -> Actor:
    """The person with the positions held today; raises LookupError for a name unknown."""
    person_id = session.scalar(select(Person.id).where(Person.email == who + DOMAIN))
    found = actor_of(session, person_id, on=day_of(now)) if person_id else None
    if found is None:
        raise LookupError(who)
    return found


def position_of(session: Session, who: str) -> Position:
    """The one position that the person holds."""
    return session.scalars(select(Position).join(Person).where(Person.email == who + DOMAIN)).one()


def unit_named(session: Session, abbreviation: str) -> Unit:
    """A unit of the office by its abbreviation."""
    return session.scalars(select(Unit).where(Unit.abbreviation == abbreviation)).one()
