"""Puts the demonstration office into an empty database: bodies, people, accounts, chain, keys."""

import tomllib
from collections.abc import Callable
from datetime import date, datetime
from importlib.resources import files
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.accounts import open_account
from workflows.domain.actor import Role
from workflows.domain.capacity import Capacity
from workflows.domain.chain import data_of
from workflows.domain.soundness import load_chain
from workflows.models.chain import ChainDefinition
from workflows.models.people import (
    Organisation,
    Person,
    Position,
    RecipientGroup,
    RecipientGroupMember,
    Unit,
    UnitFunction,
)
from workflows.services.transaction import transaction

# Printed in the README: whoever runs a demonstration may be anyone.
PASSWORD = "trinh-ky-2022"  # noqa: S105  # Public on purpose; refused outside the demonstration.
DOMAIN = "@demo.invalid"
CHAIN = "ha-noi-ke-hoach-1.toml"

# Gives the name of the key of a person in office, or of an organisation (no title).
KeyMaker = Callable[[str, str | None], str]


def read_office() -> dict[str, Any]:
    """The office as the data file has it."""
    text = files("portal.demo").joinpath("organisation.toml").read_text("utf-8")
    return tomllib.loads(text)


def accounts() -> list[tuple[str, str, str]]:
    """Name, title and e-mail of every demonstration person, for the sign-in page."""
    data = read_office()
    units = {unit["code"]: unit["name"] for unit in data["unit"]}
    return [
        (person["name"], f"{person['title']}, {units[person['unit']]}", person["email"])
        for person in data["person"]
    ]


def load_office(session: Session, *, key_for: KeyMaker, now: datetime) -> bool:
    """Load the office; False when it is there already. Needs an application context."""
    data = read_office()
    with transaction(session):
        code = data["organisation"]["code"]
        if session.scalar(select(Organisation.id).where(Organisation.code == code)):
            return False
        organisation = _organisation(session, data["organisation"], key_for)
        units = _units(session, data["unit"], organisation)
        districts = _districts(session, data["district"], organisation.valid_from)
        _people(session, data["person"], units, organisation.valid_from, key_for)
        _groups(session, data["group"], organisation, list(units.values()), districts)
        _chain(session, organisation, now)
    return True


def _organisation(session: Session, row: dict[str, Any], key_for: KeyMaker) -> Organisation:
    organisation = Organisation(**row, key_name=key_for(row["name"], None))
    session.add(organisation)
    session.flush()
    return organisation


def _units(
    session: Session, rows: list[dict[str, Any]], organisation: Organisation
) -> dict[str, Unit]:
    units = {}
    for row in rows:
        unit = Unit(
            organisation_id=organisation.id,
            code=row["code"],
            name=row["name"],
            abbreviation=row["abbreviation"],
            valid_from=organisation.valid_from,
        )
        units[unit.code] = unit
        session.add(unit)
        session.flush()
        session.add_all(
            UnitFunction(unit_id=unit.id, function=name, valid_from=organisation.valid_from)
            for name in row.get("functions", ())
        )
    return units


def _districts(session: Session, rows: list[dict[str, Any]], since: date) -> list[Organisation]:
    districts = [
        Organisation(
            code=row["code"],
            name=row["name"],
            header_lines=["ỦY BAN NHÂN DÂN", row["header"]],
            collective="ỦY BAN NHÂN DÂN",
            symbol="UBND",
            place=row["place"],
            valid_from=since,
        )
        for row in rows
    ]
    session.add_all(districts)
    session.flush()
    return districts


def _people(
    session: Session,
    rows: list[dict[str, Any]],
    units: dict[str, Unit],
    since: date,
    key_for: KeyMaker,
) -> None:
    for row in rows:
        person = Person(name=row["name"], email=row["email"])
        session.add(person)
        session.flush()
        role = Role(row["role"])
        session.add(
            Position(
                person_id=person.id,
                unit_id=units[row["unit"]].id,
                role=role,
                title=row["title"],
                capacity=Capacity(row.get("capacity", "none")),
                head_title=row.get("head_title"),
                field=row.get("field"),
                key_name=key_for(row["name"], row["title"]) if role is Role.SIGNER else None,
                valid_from=since,
            )
        )
        open_account(session, person_id=person.id, email=row["email"], password=PASSWORD)


def _groups(
    session: Session,
    rows: list[dict[str, Any]],
    organisation: Organisation,
    units: list[Unit],
    districts: list[Organisation],
) -> None:
    for row in rows:
        group = RecipientGroup(organisation_id=organisation.id, code=row["code"], name=row["name"])
        session.add(group)
        session.flush()
        if row["members"] == "units":
            # The leadership is no body that receives documents for execution.
            members = [RecipientGroupMember(group_id=group.id, unit_id=u.id) for u in units[1:]]
        else:
            members = [
                RecipientGroupMember(group_id=group.id, organisation_id=d.id) for d in districts
            ]
        session.add_all(members)


def _chain(session: Session, organisation: Organisation, now: datetime) -> None:
    text = files("workflows.definitions").joinpath(CHAIN).read_text("utf-8")
    chain = load_chain(text)
    session.add(
        ChainDefinition(
            organisation_id=organisation.id,
            key=chain.key,
            version=chain.version,
            kind=chain.kind,
            data=data_of(chain),
            loaded_at=now,
        )
    )
