"""An organisation sets its rules of form: by whom, which, and what a submission then says."""

from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.factories import Office, real_plan
from workflows.domain.errors import Incomplete, NotPermitted, NotPossible
from workflows.domain.form.rules import rules
from workflows.domain.machine import PlanState
from workflows.models.audit import AuditEvent
from workflows.models.form import FormRuleLevel
from workflows.models.people import Organisation, Person
from workflows.models.plan import Plan
from workflows.queries.form_rules import findings_for, levels_of
from workflows.services.form_rules import set_level


def hanoi(office: Office, code: str = "H26") -> int:
    found = office.session.scalars(select(Organisation.id).where(Organisation.code == code)).one()
    office.session.rollback()
    return found


def put(office: Office, rule: str, level: str, who: str = "the", **more: Any) -> None:
    set_level(
        office.session,
        **{"organisation_id": hanoi(office), **more},
        rule=rule,
        level=level,
        actor=office.actor(who),
        now=office.now,
    )


@pytest.mark.parametrize("who", ["the", "tri"])
def test_who_checks_the_form_sets_a_rule_and_it_is_recorded(
    office: Office, session: Session, who: str
) -> None:
    put(office, "title-end", "error", who)
    put(office, "title-end", "off", who)

    assert levels_of(session, hanoi(office)) == {"title-end": "off"}
    events = session.scalars(select(AuditEvent).where(AuditEvent.act == "set_form_rule")).all()
    assert [event.details for event in events] == [
        {"rule": "title-end", "before": "warning", "after": "error"},
        {"rule": "title-end", "before": "error", "after": "off"},
    ]
    assert {event.actor_name for event in events} == {office.actor(who).name}
    assert all(event.position_id for event in events)


def test_setting_what_holds_already_leaves_no_trace(office: Office, session: Session) -> None:
    put(office, "title-end", "warning")

    assert session.scalars(select(FormRuleLevel)).all() == []
    assert session.scalars(select(AuditEvent)).all() == []


@pytest.mark.parametrize("who", ["soan", "duyet", "tham", "ky", "thu", "thanh"])
def test_nobody_else_sets_a_rule(office: Office, session: Session, who: str) -> None:
    with pytest.raises(NotPermitted):
        put(office, "title-end", "off", who)

    assert session.scalars(select(FormRuleLevel)).all() == []


def test_nobody_sets_the_rules_of_another_organisation(office: Office, session: Session) -> None:
    other = session.scalars(select(Organisation.id).where(Organisation.code != "H26")).first()
    session.rollback()
    with pytest.raises(NotPermitted):
        put(office, "title-end", "off", organisation_id=other)


@pytest.mark.parametrize(
    ("rule", "level"),
    [("signer-missing", "off"), ("no-such-rule", "off"), ("title-end", "fatal"), ("title-end", "")],
)
def test_what_cannot_be_chosen_is_refused(
    office: Office, session: Session, rule: str, level: str
) -> None:
    with pytest.raises(NotPossible):
        put(office, rule, level)

    assert session.scalars(select(FormRuleLevel)).all() == []


def test_every_rule_and_level_fits_its_column() -> None:
    sizes = {name: FormRuleLevel.__table__.c[name].type.length for name in ("rule", "level")}
    for rule in rules().values():
        assert len(rule.id) <= sizes["rule"]
        assert all(len(level) <= sizes["level"] for level in rule.choices)


def test_a_rule_that_is_an_error_stops_a_submission_and_one_switched_off_does_not(
    office: Office, session: Session
) -> None:
    plan = office.draft()
    put(office, "capital-people", "error")

    with pytest.raises(Incomplete) as refused:
        office.submit(plan)
    [fault] = refused.value.faults
    assert fault.where == "Mục II.1.6, đoạn thứ 1"
    assert "“Nhân dân” viết hoa" in fault.sentence
    assert fault.block_id
    assert session.get_one(Plan, plan.id).version_number == 0
    session.rollback()

    put(office, "capital-people", "off")
    office.submit(plan)
    session.expire_all()
    assert session.get_one(Plan, plan.id).state is PlanState.UNIT_REVIEW


def test_warnings_do_not_stop_a_submission(office: Office, session: Session) -> None:
    plan = office.draft()
    assert any(f.level == "warning" for f in findings_for(session, plan).findings)
    session.rollback()
    office.submit(plan)


def test_the_signature_is_checked_as_it_will_stand(office: Office, session: Session) -> None:
    """The lines come from the position, so that they are looked at before they are frozen."""
    signer = office.actor("ky")
    person = session.get_one(Person, signer.id)
    person.name = f"TS. {person.name}"
    session.commit()
    plan = office.draft()
    put(office, "signer-degree", "error")

    with pytest.raises(Incomplete) as refused:
        office.submit(plan)
    assert [fault.where for fault in refused.value.faults] == ["Khối chữ ký"]


def test_findings_follow_the_text_and_the_levels(office: Office, session: Session) -> None:
    plan = office.draft()
    before = findings_for(session, plan)
    session.rollback()
    put(office, "misreading", "off")
    weighed = findings_for(session, plan)
    assert {f.rule for f in before.findings} - {f.rule for f in weighed.findings} == {"misreading"}
    session.rollback()

    doc = office.text(plan)
    doc["content"][0]["content"][0]["text"] += "."
    office.save(plan, doc)
    session.expire_all()
    after = findings_for(session, session.get_one(Plan, plan.id))
    assert after.version > before.version
    assert "title-end" in {f.rule for f in after.findings}


def test_a_frozen_version_keeps_its_findings(office: Office, session: Session) -> None:
    plan = office.plan(PlanState.UNIT_REVIEW, real_plan())
    frozen = findings_for(session, plan, 1)
    assert frozen.number == 1
    assert frozen.version == plan.text_version
    assert "signer-missing" not in {f.rule for f in frozen.findings}
    assert "capital-people" in {f.rule for f in frozen.findings}
