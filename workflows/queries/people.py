"""Who holds which position on a day, and which unit has which function."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, or_, select
from sqlalchemy.orm import Session, joinedload

from workflows.domain.actor import Actor, Post, Role
from workflows.domain.capacity import Capacity
from workflows.models.people import Organisation, Person, Position, Unit, UnitFunction


def valid_on(table: Any, day: date) -> ColumnElement[bool]:
    """The rows of a dated table that are in force on *day*, both ends included."""
    in_force: ColumnElement[bool] = (table.valid_from <= day) & or_(
        table.valid_to.is_(None), table.valid_to >= day
    )
    return in_force


def actor_of(
    session: Session, person_id: int, *, on: date, address: str | None = None
) -> Actor | None:
    """The person with the positions held on that day, or None when there is no such person."""
    person = session.get(Person, person_id)
    if person is None:
        return None
    rows = session.execute(
        select(Position, Unit)
        .join(Unit, Position.unit_id == Unit.id)
        .where(Position.person_id == person_id, valid_on(Position, on), valid_on(Unit, on))
    )
    posts = frozenset(Post(p.id, u.id, u.organisation_id, p.role, p.title, u.name) for p, u in rows)
    return Actor(person.id, person.name, posts, address)


def unit_with(session: Session, organisation_id: int, function: str, *, on: date) -> Unit | None:
    """The unit of the organisation that has *function* on that day."""
    return session.scalars(
        select(Unit)
        .join(UnitFunction, UnitFunction.unit_id == Unit.id)
        .where(
            Unit.organisation_id == organisation_id,
            UnitFunction.function == function,
            valid_on(UnitFunction, on),
            valid_on(Unit, on),
        )
        .order_by(Unit.id)
        .limit(1)
    ).first()


def holders_of(
    session: Session, unit_id: int, role: Role, *, on: date, position_id: int | None = None
) -> Sequence[Position]:
    """The positions that fill a seat on that day, or the one named."""
    query: Select[Position] = select(Position).where(
        Position.unit_id == unit_id, Position.role == role, valid_on(Position, on)
    )
    if position_id is not None:
        query = query.where(Position.id == position_id)
    return session.scalars(query.options(joinedload(Position.person)).order_by(Position.id)).all()


def signing_positions(session: Session, organisation_id: int, *, on: date) -> Sequence[Position]:
    """Whose signature a plan of this organisation may await on that day."""
    return session.scalars(
        select(Position)
        .join(Unit, Position.unit_id == Unit.id)
        .where(
            Unit.organisation_id == organisation_id,
            Position.role == Role.SIGNER,
            Position.capacity != Capacity.NONE,
            valid_on(Position, on),
        )
        .options(joinedload(Position.person))
        .order_by(Position.id)
    ).all()


def drafting_units(session: Session, actor: Actor) -> Sequence[Unit]:
    """The units for which *actor* may draft."""
    ids = {post.unit_id for post in actor.posts if post.role is Role.DRAFTER}
    return session.scalars(select(Unit).where(Unit.id.in_(ids)).order_by(Unit.id)).all()


def organisation_of(session: Session, unit_id: int) -> Organisation:
    """The organisation that a unit belongs to."""
    return session.scalars(
        select(Organisation)
        .join(Unit, Unit.organisation_id == Organisation.id)
        .where(Unit.id == unit_id)
    ).one()
