"""Which two texts are compared, and who may ask for them."""

from collections.abc import Callable
from copy import deepcopy

import pytest
from sqlalchemy.orm import Session

from tests.factories import Office
from workflows.domain.errors import PlanNotFound
from workflows.domain.machine import PlanState
from workflows.models.plan import Plan
from workflows.queries.compared import Choice, Source
from workflows.queries.comparison import choice_of_texts
from workflows.services.submission import withdraw
from workflows.services.views import record_view
from workflows.services.writing import name_revision

Chosen = Callable[..., Choice]


@pytest.fixture
def chosen(office: Office, session: Session) -> Chosen:
    """Ask as somebody, by name, an hour after now."""

    def chosen(plan: Plan, who: str, old: str | None = None, new: str | None = None) -> Choice:
        actor = office.actor(who)
        later = office.later(hours=1)
        found = choice_of_texts(session, actor, plan.id, old=old, new=new, now=later)
        session.rollback()
        return found

    return chosen


def retitled(office: Office, plan: Plan, words: str) -> None:
    doc = deepcopy(office.text(plan))
    doc["content"][0]["content"] = [{"type": "text", "text": words}]
    office.save(plan, doc)


def title(choice: Choice, side: str) -> str:
    found = getattr(choice, side)
    return str(found.doc["content"][0]["content"][0]["text"])


def taken_back(office: Office, plan: Plan) -> None:
    office.session.refresh(plan)
    seen = plan.row_version
    office.session.rollback()
    withdraw(
        office.session,
        plan_id=plan.id,
        seen=seen,
        actor=office.actor("soan"),
        reason="Sửa",
        now=office.now,
    )


@pytest.fixture
def plan(office: Office) -> Plan:
    """Give a plan with one version, a named state after it, and a draft that went on."""
    plan = office.plan(PlanState.UNIT_REVIEW)
    taken_back(office, plan)
    retitled(office, plan, "Bản có tên")
    name_revision(
        office.session,
        plan_id=plan.id,
        note="Trước khi rút gọn",
        actor=office.actor("soan"),
        now=office.now,
    )
    retitled(office, plan, "Bản đang sửa")
    return plan


def look(
    office: Office, plan: Plan, who: str, page: str = "plan", minutes: int = 0, **shown: int
) -> None:
    record_view(
        office.session,
        plan_id=plan.id,
        version_number=shown.get("number", 1),
        text_version=shown.get("text_version"),
        page=page,
        actor=office.actor(who),
        now=office.later(minutes=minutes),
    )


def test_any_two_texts_may_be_compared(plan: Plan, chosen: Chosen) -> None:
    first = title(chosen(plan, "soan", "v1", "draft"), "old")
    titles = {"v1": first, "1": first, "r1": "Bản có tên", "draft": "Bản đang sửa"}
    for old, before in titles.items():
        for new, after in titles.items():
            choice = chosen(plan, "soan", old, new)
            assert (title(choice, "old"), title(choice, "new")) == (before, after), (old, new)


def test_each_text_is_named_by_its_digest(plan: Plan, chosen: Chosen, office: Office) -> None:
    choice = chosen(plan, "soan", "v1", "r1")
    assert choice.old is not None
    assert choice.new is not None
    office.session.refresh(plan)
    assert choice.old.digest == plan.versions[0].digest
    assert len(choice.new.digest) == 64
    assert choice.new.digest != chosen(plan, "soan", "v1", "draft").new.digest  # type: ignore[union-attr]


def test_the_offer_names_every_text_that_the_reader_may_read(plan: Plan, chosen: Chosen) -> None:
    offered = [option.key for option in chosen(plan, "soan").options]
    assert offered == ["draft", "v1", "r1"]
    assert [option.key for option in chosen(plan, "duyet").options] == ["v1"]


def test_drafts_and_named_states_are_not_there_for_other_readers(
    plan: Plan, chosen: Chosen
) -> None:
    for word in ("draft", "r1", "r2", "v2", "9", "v0", "x", "v", "r", "t1", "1 ", "v1\x00"):
        for old, new in ((word, "v1"), ("v1", word)):
            with pytest.raises(PlanNotFound):
                chosen(plan, "duyet", old, new)


def test_without_words_the_draft_is_compared_with_what_was_submitted(
    plan: Plan, chosen: Chosen, office: Office
) -> None:
    choice = chosen(plan, "soan")
    assert choice.old is not None
    assert choice.new is not None
    assert (choice.old.option.key, choice.new.option.key) == ("v1", "draft")
    assert chosen(plan, "duyet").lacking == "two"

    office.submit(plan)
    for who in ("soan", "duyet"):
        choice = chosen(plan, who)
        assert choice.old is not None
        assert choice.new is not None
        assert (choice.old.option.key, choice.new.option.key) == ("v1", "v2")


def test_a_draft_that_was_never_submitted_is_compared_with_its_last_named_state(
    office: Office, chosen: Chosen
) -> None:
    plan = office.plan()
    assert chosen(plan, "soan").lacking == "two"
    actor = office.actor("soan")
    name_revision(office.session, plan_id=plan.id, note="Một", actor=actor, now=office.now)
    retitled(office, plan, "Sau đó")

    choice = chosen(plan, "soan")

    assert choice.old is not None
    assert choice.old.option.source is Source.REVISION
    assert title(choice, "new") == "Sau đó"


def test_since_i_last_looked_is_the_newest_text_that_i_saw_before(
    plan: Plan, chosen: Chosen, office: Office
) -> None:
    assert chosen(plan, "duyet", "seen").lacking == "seen"
    look(office, plan, "duyet", number=1)
    office.submit(plan)

    choice = chosen(plan, "duyet", "seen")

    assert choice.old is not None
    assert choice.new is not None
    assert (choice.old.word, choice.old.option.key) == ("seen", "v1")
    assert choice.old.option.at == office.now
    assert choice.new.option.key == "v2"


def test_the_look_that_i_am_taking_now_is_not_the_last_one(
    plan: Plan, chosen: Chosen, office: Office
) -> None:
    look(office, plan, "duyet", number=1)
    office.submit(plan)
    look(office, plan, "duyet", number=2, minutes=55)

    choice = chosen(plan, "duyet", "seen")

    assert choice.old is not None
    assert choice.old.option.key == "v1"


def test_who_came_back_after_a_while_and_saw_it_all_has_seen_it_all(
    plan: Plan, chosen: Chosen, office: Office
) -> None:
    office.submit(plan)
    look(office, plan, "duyet", number=2)
    # An old text that was opened since, and a comparison with it, take nothing away.
    look(office, plan, "duyet", number=1, page="redline", minutes=5)
    look(office, plan, "duyet", number=1, page="version", minutes=6)

    choice = chosen(plan, "duyet", "seen")

    assert choice.old is not None
    assert choice.old.option.key == "v2"


def test_who_reads_drafts_gets_the_draft_as_they_saw_it(
    plan: Plan, chosen: Chosen, office: Office
) -> None:
    office.session.refresh(plan)
    seen = plan.text_version
    office.session.rollback()
    look(office, plan, "soan", page="edit", text_version=seen)
    retitled(office, plan, "Viết thêm")

    choice = chosen(plan, "soan", "seen")

    assert choice.old is not None
    assert choice.old.option.source is Source.MOMENT
    assert (title(choice, "old"), title(choice, "new")) == ("Bản đang sửa", "Viết thêm")


def test_a_draft_that_i_once_saw_is_not_shown_to_me_when_i_read_drafts_no_more(
    plan: Plan, chosen: Chosen, office: Office
) -> None:
    look(office, plan, "duyet", page="review", text_version=1)

    assert chosen(plan, "duyet", "seen").lacking == "seen"


def test_since_i_decided_is_the_version_that_i_decided_on(office: Office, chosen: Chosen) -> None:
    plan = office.plan(PlanState.APPRAISAL)
    assert chosen(plan, "tham", "approved").lacking == "approved"
    taken_back(office, plan)
    retitled(office, plan, "Bản hai")
    office.submit(plan)

    choice = chosen(plan, "duyet", "approved")

    assert choice.old is not None
    assert choice.new is not None
    assert (choice.old.word, choice.old.option.key) == ("approved", "v1")
    assert choice.new.option.key == "v2"
    office.approve(plan, "duyet")
    again = chosen(plan, "duyet", "approved")
    assert again.old is not None
    assert again.old.option.key == "v2"


def test_the_same_signer_is_no_change_before_the_freeze(office: Office) -> None:
    plan = office.plan(PlanState.DRAFT)
    office.submit(plan)
    office.take_back(plan)
    found = choice_of_texts(
        office.session, office.soan, plan.id, old="v1", new="draft", now=office.now
    )

    assert found.old
    assert found.new
    assert found.old.doc["content"][-1] == found.new.doc["content"][-1]
    assert found.new.doc["content"][-1]["attrs"]["name"]
