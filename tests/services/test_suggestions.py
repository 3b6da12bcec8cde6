"""Proposals are found by the server, taken in exactly, and never guessed into a changed text."""

import json
from itertools import product
from typing import Any

import pytest
from sqlalchemy import Engine, func, select, text
from sqlalchemy.orm import Session

from tests.factories import Office
from tests.services.talk import Talk, both, replacing, rows
from workflows.domain.content import changes
from workflows.domain.content.doings import Doing
from workflows.domain.errors import NotPermitted, NotPossible, PlanNotFound, UnfitText
from workflows.domain.machine import PlanState
from workflows.models.audit import AuditEvent
from workflows.models.discussion import Suggestion, SuggestionState
from workflows.models.outbox import OutboxMessage
from workflows.models.text import Revision, TextStep
from workflows.services import suggestions, writing
from workflows.services.gathering import LONGEST, QUIET
from workflows.services.outbox import claim
from workflows.services.settlement import CHANGED_SINCE, LATER, SETTLED_BEFORE

WORD = replacing(1, "Thành ủy", "Thành uỷ Hà Nội")
OTHER_WORD = replacing(2, "đồng thuận", "thống nhất")


def traces(session: Session) -> list[int]:
    session.rollback()
    tables = (AuditEvent, OutboxMessage, Suggestion, TextStep)
    return [session.scalar(select(func.count()).select_from(table)) or 0 for table in tables]


def states(talk: Talk) -> list[SuggestionState]:
    talk.session.expire_all()
    return [each.state for each in rows(talk.session, Suggestion)]


@pytest.fixture
def talk(office: Office) -> Talk:
    """A plan that came back, so that its drafters write and its reviewer has read it."""
    talk = Talk(office, PlanState.UNIT_REVIEW)
    talk.send_back("duyet")
    return talk


def proposed(talk: Talk, edit: Any = WORD, who: str = "duyet", **more: Any) -> tuple[int, ...]:
    return talk.propose(who, edit, **{"version": talk.frozen(), **more})


def test_each_change_is_a_proposal_with_its_words(talk: Talk) -> None:
    proposed(talk, both(WORD, OTHER_WORD), note="Theo công văn mới")

    first, second = talk.suggestions()
    assert (first.before, first.after) == ("ủy", "uỷ Hà Nội")
    assert (second.before, second.after) == ("đồng thuận", "thống nhất")
    assert (first.who, first.note, first.state) == ("Trần Văn Duyệt", "Theo công văn mới", "open")
    assert talk.passage(second) == "đồng thuận"
    assert (first.where, first.doing) == ("Mục I, đoạn thứ 1", None)
    assert first.group != second.group
    assert talk.told("suggestion") == [talk.office.soan.id]


def test_typing_after_a_return_has_a_line_of_its_own(office: Office) -> None:
    """Between two versions the record shows that the text was changed by hand, not by proposals."""
    talk = Talk(office)
    talk.type("x", 1)
    office.submit(talk.plan)
    talk.send_back("duyet")
    talk.type("y", 1)
    talk.type("z", 1)
    acts = talk.session.scalars(select(AuditEvent.act).order_by(AuditEvent.seq)).all()
    assert [act for act in acts if act in ("edit", "submit", "return")] == [
        "edit",
        "submit",
        "return",
        "edit",
    ]


def test_an_empty_paragraph_is_told_as_one_when_it_comes_and_when_it_goes(talk: Talk) -> None:
    doc = talk.doc()
    at = next(at for at, node in enumerate(doc["content"]) if node["type"] == "clause")
    empty = {"type": "clause", "attrs": {"id": "leer00000001", "level": "para"}}
    doc["content"].insert(at, empty)
    ids = talk.propose("thao", lambda clauses: None, doc=doc)
    assert [(each.before, each.after) for each in talk.suggestions()] == [("", "(đoạn trống)")]
    talk.settle(ids)
    doc = talk.doc()
    del doc["content"][at]
    talk.propose("thao", lambda clauses: None, doc=doc)
    told = [(each.before, each.after) for each in talk.suggestions() if each.state == "open"]
    assert told == [("(đoạn trống)", "")]


def test_what_is_accepted_stands_in_the_text_by_the_drafter_in_the_proposers_words(
    talk: Talk,
) -> None:
    ids = proposed(talk)
    result = talk.settle(ids)

    assert (result.settled, result.conflicts) == (ids, ())
    assert "Thành uỷ Hà Nội" in talk.words(1)
    [step] = list(talk.session.scalars(select(TextStep).where(TextStep.version == result.version)))
    assert (step.author_id, step.origin) == (talk.office.soan.id, f"suggestion:{ids[0]}")
    event = talk.session.scalars(select(AuditEvent).order_by(AuditEvent.seq.desc())).first()
    assert event is not None
    assert (event.act, event.actor_name) == ("accept_suggestion", "Nguyễn Thị Soạn")
    assert event.details["changes"][0]["author"] == "Trần Văn Duyệt"
    assert talk.told("settled") == [talk.office.duyet.id]


def test_who_types_after_accepting_a_proposal_has_a_line_for_that_too(talk: Talk) -> None:
    talk.settle(proposed(talk))
    talk.type("x", 1)
    talk.type("y", 1)
    acts = talk.session.scalars(select(AuditEvent.act).order_by(AuditEvent.seq)).all()
    assert acts[-2:] == ["accept_suggestion", "edit"]
    assert states(talk) == [SuggestionState.ACCEPTED]


def test_a_proposal_goes_along_with_the_text_while_the_drafter_works(talk: Talk) -> None:
    ids = proposed(talk, both(WORD, OTHER_WORD))
    talk.write(replacing(0, "MỤC ĐÍCH", "MỤC ĐÍCH CHUNG"))
    talk.write(replacing(1, "Bám sát", "Bám rất sát"))
    talk.settle(ids)

    assert talk.words(1).startswith("Bám rất sát chỉ đạo của Thành uỷ Hà Nội,")
    assert talk.words(2).startswith("Tạo sự thống nhất, đoàn kết")


@pytest.mark.parametrize(
    "meanwhile",
    [
        replacing(1, "Thành ủy", "Thành phố"),
        replacing(1, "chỉ đạo của Thành ủy, Hội đồng", "Hội đồng"),
        lambda clauses: clauses[1]["content"].clear(),
    ],
)
def test_a_text_that_changed_under_a_proposal_is_a_conflict(talk: Talk, meanwhile: Any) -> None:
    ids = proposed(talk)
    talk.write(meanwhile)
    before = talk.doc()
    assert [line.is_conflict for line in talk.suggestions()] == [True]

    result = talk.settle(ids)
    assert (result.settled, result.conflicts) == ((), ((ids[0], CHANGED_SINCE),))
    assert talk.doc() == before
    assert states(talk) == [SuggestionState.OPEN]
    talk.settle(ids, SuggestionState.REJECTED)
    assert states(talk) == [SuggestionState.REJECTED]


def test_an_insertion_whose_surroundings_are_gone_is_a_conflict(talk: Talk) -> None:
    [number] = proposed(talk, replacing(1, "sâu rộng", "sâu và rộng"))
    talk.write(replacing(1, "truyền thông sâu rộng, ", ""))
    result = talk.settle([number])
    assert result.conflicts == ((number, CHANGED_SINCE),)


def test_of_two_proposals_for_one_place_the_later_is_a_conflict(talk: Talk) -> None:
    first = proposed(talk)
    second = proposed(talk, replacing(1, "Thành ủy", "Thành uỷ, Ban Tuyên giáo"), who="thao")
    result = talk.settle([*second, *first])

    assert (result.settled, result.conflicts) == (first, ((second[0], CHANGED_SINCE),))
    assert "Thành uỷ Hà Nội" in talk.words(1)


def test_many_at_once_are_each_judged_on_what_the_ones_before_left(talk: Talk) -> None:
    ids = proposed(
        talk,
        both(
            replacing(1, "Bám sát chỉ đạo", "Bám sát sự chỉ đạo"),
            replacing(1, "Thành ủy", "Thành uỷ"),
            lambda clauses: clauses[2]["attrs"].update(level="plus"),
            lambda clauses: clauses[0]["content"].clear(),
        ),
    )
    result = talk.settle(reversed(ids))

    assert sorted(result.settled) == sorted(ids)
    assert talk.words(1).startswith("Bám sát sự chỉ đạo của Thành uỷ,")
    assert [each["attrs"]["level"] for each in talk.clauses()] == ["part", "dash", "plus"]
    assert talk.words(0) == ""


def test_what_the_drafter_wrote_in_other_words_is_told_as_followed(talk: Talk) -> None:
    ids = proposed(talk, both(WORD, OTHER_WORD))
    talk.write(replacing(1, "Thành ủy", "Thành uỷ thành phố"))
    before = talk.doc()

    result = talk.settle(ids, SuggestionState.ADOPTED, answer="Viết gọn hơn ở mục I")

    assert (result.settled, result.conflicts, result.kept) == (ids, (), None)
    assert talk.doc() == before
    assert set(states(talk)) == {SuggestionState.ADOPTED}
    made = rows(talk.session, Suggestion)
    assert [each.settled_version for each in made] == [talk.version] * 2
    assert {each.answer for each in made} == {"Viết gọn hơn ở mục I"}
    event = talk.session.scalars(select(AuditEvent).order_by(AuditEvent.seq.desc())).first()
    assert event is not None
    assert event.act == "adopt_suggestion"
    assert talk.told("settled") == [talk.office.duyet.id]


def test_before_several_are_taken_in_the_text_is_kept_under_a_name(talk: Talk) -> None:
    ids = proposed(talk, both(WORD, OTHER_WORD))
    before = talk.version
    assert talk.settle(ids, SuggestionState.REJECTED).kept is None
    assert talk.settle(proposed(talk)).kept is None

    ids = proposed(talk, both(OTHER_WORD, replacing(1, "sâu rộng", "rộng rãi")))
    before = talk.version
    assert talk.settle(ids).kept == "Trước khi nhận 2 đề xuất"
    [kept] = rows(talk.session, Revision)
    assert (kept.text_version, kept.note) == (before, "Trước khi nhận 2 đề xuất")


def test_a_proposal_that_is_sent_again_is_made_once_while_it_is_open(talk: Talk) -> None:
    made = proposed(talk, note="Theo công văn mới")
    before = traces(talk.session)

    assert proposed(talk, note="Theo công văn mới") == made
    assert traces(talk.session) == before
    assert proposed(talk, note="Vì lý do khác") != made

    talk.withdraw("duyet", made[0])
    assert proposed(talk, note="Theo công văn mới") != made


def test_both_halves_of_a_move_are_settled_together(talk: Talk) -> None:
    def move(doc: Any) -> Any:
        content = doc["content"]
        first = next(at for at, node in enumerate(content) if node["type"] == "clause")
        content.insert(first, content.pop(first + 2))
        return doc

    moved = move(json.loads(json.dumps(talk.doc())))
    ids = proposed(talk, doc=moved)
    assert len(ids) == 2
    assert talk.matters().proposals == 1
    for line in talk.suggestions():
        assert line.doing == Doing("moved", ("Mục I, đoạn thứ 2",), 1, "Phần mở đầu, đoạn thứ 1")
    result = talk.settle(ids[:1])

    assert result.settled == ids
    assert talk.doc() == moved
    assert set(states(talk)) == {SuggestionState.ACCEPTED}
    # Told as it was when it was proposed, although nothing is left to move.
    for line in talk.suggestions():
        assert line.doing == Doing("moved", ("Mục I, đoạn thứ 2",), 1, "Phần mở đầu, đoạn thứ 1")


def test_attributes_are_proposals_too(talk: Talk) -> None:
    doc = talk.doc()
    for node in doc["content"]:
        if node["type"] == "recipients":
            node["attrs"]["filing"] = "VT"
        if node["type"] == "signature":
            node["attrs"]["lines"] = ["Do người khác viết"]
    ids = proposed(talk, doc=doc)

    [line] = talk.suggestions()
    assert (line.before, line.after) == ("Lưu: VT, KGVXHg", "Lưu: VT")
    assert talk.passage(line) == ""
    talk.settle(ids)
    [filing] = [n["attrs"]["filing"] for n in talk.doc()["content"] if n["type"] == "recipients"]
    assert filing == "VT"


def test_many_small_acts_in_a_row_are_told_once(talk: Talk) -> None:
    first, second = proposed(talk, both(WORD, OTHER_WORD))
    third = proposed(talk, replacing(1, "sâu rộng", "rộng rãi"))[0]
    talk.settle([first], answer="Đồng ý.")
    talk.settle([second], SuggestionState.REJECTED, answer="Chưa cần.")
    talk.settle([third], answer="Đồng ý.")

    soan, duyet = talk.office.soan.id, talk.office.duyet.id
    assert (talk.told("suggestion"), talk.told("settled")) == ([soan], [duyet])
    found = {row.payload.get("kind"): row for row in rows(talk.session, OutboxMessage)}
    assert found["suggestion"].payload["proposals"] == 3
    told = found["settled"].payload
    assert (told["accepted"], told["rejected"]) == (2, 1)
    assert told["excerpt"] == "Đồng ý. · Chưa cần."
    # What the relay has taken is closed: the next act begins another notice.
    begun = found["settled"].created_at
    assert found["settled"].not_before == begun + QUIET
    owed = {found["suggestion"].id, found["settled"].id}
    early, late = (
        {number for number, _ in claim(talk.session, now=begun + wait, lease=LONGEST)}
        for wait in (QUIET / 2, QUIET)
    )
    assert (early & owed, late & owed) == (set(), owed)
    talk.settle(proposed(talk, replacing(1, "hiệu quả", "thiết thực")))
    assert talk.told("settled") == [duyet, duyet]


def test_pressing_twice_settles_once(talk: Talk) -> None:
    ids = proposed(talk)
    talk.settle(ids)
    before = traces(talk.session)

    for verdict in (SuggestionState.ACCEPTED, SuggestionState.REJECTED, SuggestionState.ADOPTED):
        result = talk.settle(ids, verdict)
        assert (result.settled, result.conflicts) == ((), ((ids[0], SETTLED_BEFORE),))
    assert traces(talk.session) == before


def test_a_proposal_may_be_taken_back_by_who_made_it_and_only_while_it_is_open(
    talk: Talk,
) -> None:
    first, second = proposed(talk, both(WORD, OTHER_WORD))
    with pytest.raises(NotPermitted):
        talk.withdraw("soan", first)
    talk.withdraw("duyet", first)
    talk.settle([second], SuggestionState.REJECTED)
    with pytest.raises(NotPossible):
        talk.withdraw("duyet", second)

    assert states(talk) == [SuggestionState.WITHDRAWN, SuggestionState.REJECTED]


def test_under_review_proposals_wait_and_may_only_be_refused(office: Office) -> None:
    talk = Talk(office, PlanState.UNIT_REVIEW)
    first, second = proposed(talk, both(WORD, OTHER_WORD))
    assert [line.can["accept"] for line in talk.suggestions("soan", "1")] == [False, False]
    with pytest.raises(NotPossible, match="đang được soạn thảo"):
        talk.settle([first])
    talk.settle([second], SuggestionState.REJECTED)
    talk.send_back("duyet")
    assert talk.settle([first]).settled == (first,)


def test_a_proposal_survives_into_the_next_version(talk: Talk) -> None:
    proposed(talk)
    talk.write(replacing(0, "MỤC ĐÍCH", "MỤC ĐÍCH CHUNG"), "thao")
    talk.office.submit(talk.plan)
    # A fellow writer whose page is open learns why it is closed.
    assert talk.told("outcome") == [talk.office.thao.id]

    [line] = talk.suggestions("duyet", "2")
    assert (talk.passage(line), line.is_conflict) == ("ủy", False)
    assert line.can == {"accept": False, "settle": False, "withdraw": True}


@pytest.mark.parametrize(
    ("edit", "error"),
    [
        (lambda clauses: None, NotPossible),
        (lambda clauses: clauses[1]["attrs"].update(id=clauses[0]["attrs"]["id"]), UnfitText),
        (lambda clauses: clauses[1]["attrs"].update(level="h1"), UnfitText),
        (lambda clauses: clauses[1].update(type="script"), UnfitText),
        (lambda clauses: clauses[1]["content"][0].update(text="\x07"), UnfitText),
        (lambda clauses: clauses[1]["content"][0].update(text="漢字"), UnfitText),
    ],
)
def test_a_copy_that_could_not_be_the_text_is_refused(
    talk: Talk, edit: Any, error: type[Exception]
) -> None:
    before = traces(talk.session)
    with pytest.raises(error):
        proposed(talk, edit)
    assert traces(talk.session) == before


@pytest.mark.parametrize("doc", [None, [], {}, {"type": "doc"}, {"type": "clause"}, "x"])
def test_what_is_no_document_is_refused(talk: Talk, doc: Any) -> None:
    with pytest.raises(UnfitText):
        proposed(talk, doc=doc)


PEOPLE = ("soan", "thao", "duyet", "but", "tham", "the", "thu", "thanh", "tri")
CALLS: dict[str, Any] = {
    "propose": lambda talk, who, _ids: proposed(talk, OTHER_WORD, who),
    "accept": lambda talk, who, ids: talk.settle(ids, who=who),
    "reject": lambda talk, who, ids: talk.settle(ids, SuggestionState.REJECTED, who=who),
    "withdraw": lambda talk, who, ids: talk.withdraw(who, ids[0]),
}
ALLOWED = {
    "propose": {"soan", "thao", "duyet"},
    "accept": {"soan", "thao"},
    "reject": {"soan", "thao"},
    "withdraw": {"duyet"},
}
KNOWING = {"soan", "thao", "duyet", "thanh"}


@pytest.mark.parametrize(("act", "who"), list(product(CALLS, PEOPLE)))
def test_the_matrix_of_people_and_acts(talk: Talk, act: str, who: str) -> None:
    ids = proposed(talk)
    before = traces(talk.session)
    if who in ALLOWED[act]:
        CALLS[act](talk, who, ids)
        assert traces(talk.session) != before
        return
    with pytest.raises(NotPermitted if who in KNOWING else PlanNotFound):
        CALLS[act](talk, who, ids)
    assert traces(talk.session) == before


def test_a_proposal_of_another_plan_is_not_there(talk: Talk, office: Office) -> None:
    ids = proposed(talk)
    other = Talk(office)
    with pytest.raises(PlanNotFound):
        other.settle(ids)
    with pytest.raises(PlanNotFound):
        other.withdraw("soan", ids[0])
    with pytest.raises(PlanNotFound):
        talk.settle([*ids, 999_999])
    assert states(talk) == [SuggestionState.OPEN]


def test_proposals_for_a_draft_are_for_its_writers(talk: Talk) -> None:
    talk.write(replacing(1, "Thành ủy", "BÍ MẬT"))
    with pytest.raises(PlanNotFound):
        talk.propose("duyet", OTHER_WORD)
    talk.propose("thao", replacing(1, "BÍ MẬT", "Thành ủy"))
    assert talk.suggestions("duyet", "1") == ()
    assert len(talk.suggestions("soan")) == 1
    # Submitted unchanged, the text opens; what was proposed for it while it was a draft does not.
    talk.office.submit(talk.plan)
    assert talk.suggestions("duyet", "2") == ()
    assert len(talk.suggestions("soan", "2")) == 1


def test_writers_go_on_while_a_proposal_is_compared(
    talk: Talk, engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The comparison may take seconds; nobody waits for it at the plan's lock."""
    compared = suggestions.changes_between
    version, writer = talk.version, talk.office.soan
    letter = {"content": [{"type": "text", "text": "V"}]}

    def compare(base: Any, target: Any, **more: Any) -> Any:
        with Session(engine) as session:
            session.execute(text("SET lock_timeout = '1s'"))
            writing.append_steps(
                session,
                plan_id=talk.id,
                base=version,
                steps=[{"stepType": "replace", "from": 1, "to": 1, "slice": letter}],
                client_id="abcdefgh",
                actor=writer,
                now=talk.office.now,
            )
        return compared(base, target, **more)

    monkeypatch.setattr(suggestions, "changes_between", compare)
    assert len(proposed(talk)) == 1
    assert talk.version == version + 1
    assert talk.passage(talk.suggestions()[0]) == "ủy"


def test_of_very_many_accepted_at_once_the_rest_waits_for_the_next_time(
    talk: Talk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each is tried on the whole text under its lock: the other writers must not wait for all."""
    ids = proposed(talk, both(WORD, OTHER_WORD))
    monkeypatch.setattr(changes, "MOST_WORK", 1)

    first = talk.settle(ids)
    assert (first.settled, first.conflicts) == (ids[:1], ((ids[1], LATER),))
    assert talk.settle(ids[1:]).settled == ids[1:]


def test_nobody_fills_the_room_for_proposals_alone(
    talk: Talk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(suggestions, "MOST_OWN", 1)
    proposed(talk)
    with pytest.raises(NotPossible, match="mỗi người để chờ tối đa 1"):
        proposed(talk, OTHER_WORD)
    assert proposed(talk, OTHER_WORD, "thao")


def test_nobody_proposes_more_letters_than_a_page_shows(
    talk: Talk, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = proposed(talk)
    [kept] = rows(talk.session, Suggestion)
    parts = (kept.slice, kept.before_slice)
    talk.session.rollback()
    letters = sum(len(json.dumps(part, ensure_ascii=False)) for part in parts)
    # About room for one of them.
    monkeypatch.setattr(suggestions, "MOST_LETTERS", letters * 3 // 2)
    with pytest.raises(NotPossible, match="quá nhiều chữ"):
        proposed(talk, OTHER_WORD)
    assert proposed(talk, OTHER_WORD, "thao")
    talk.withdraw("duyet", first[0])
    assert proposed(talk, OTHER_WORD)
