"""The discussion over HTTP: its JSON, its refusals, and nothing that a script could run."""

import json
import re
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from portal import margin
from tests.factories import Office
from tests.services.talk import Talk, both, replacing
from tests.web.pages import csrf_token
from workflows.domain.machine import PlanState
from workflows.models.audit import AuditEvent
from workflows.models.discussion import Comment, Suggestion, Thread
from workflows.models.outbox import OutboxMessage

LogIn = Callable[[FlaskClient, str], FlaskClient]
WORDS = "Thành ủy"


class Page:
    """A signed-in person with the plan open."""

    def __init__(self, client: FlaskClient, talk: Talk) -> None:
        self.client, self.talk = client, talk
        self.token = csrf_token(client.get("/plans").text)

    def post(self, path: str, body: Any, **headers: str) -> TestResponse:
        given = {"X-CSRFToken": self.token, "Accept": "application/json", **headers}
        return self.client.post(f"/plans/{self.talk.id}/{path}", json=body, headers=given)

    def read(self, which: str = "draft") -> Any:
        return self.client.get(f"/plans/{self.talk.id}/discussion?version={which}").get_json()

    def begin(self, **more: Any) -> TestResponse:
        version = self.talk.frozen()
        start, end = self.talk.place(WORDS, version)
        given = {"version": version, "start": start, "end": end, "text": "Ghi rõ hơn"}
        return self.post("threads", {**given, "demandsAnswer": True, **more})


@pytest.fixture
def talk(office: Office) -> Talk:
    """A plan that came back, so that its drafters write and its reviewer has read it."""
    talk = Talk(office, PlanState.UNIT_REVIEW)
    talk.send_back("duyet")
    return talk


@pytest.fixture
def open_page(app: Any, log_in: LogIn, talk: Talk) -> Callable[[str], Page]:
    return lambda who: Page(log_in(app.test_client(), who), talk)


def count(session: Session, table: Any) -> int:
    session.rollback()
    found = session.scalar(select(func.count()).select_from(table)) or 0
    session.rollback()
    return found


def test_a_thread_from_its_beginning_to_its_answer(
    open_page: Callable[[str], Page], talk: Talk
) -> None:
    reviewer, drafter = open_page("duyet"), open_page("soan")
    begun = reviewer.begin()
    assert begun.status_code == 201
    number = begun.get_json()["id"]
    assert drafter.post(f"threads/{number}/replies", {"text": "Đã rõ"}).status_code == 201
    assert drafter.post(f"threads/{number}/resolve", {}).status_code == 409
    answer = {"answer": "rejected", "reason": ""}
    assert drafter.post(f"threads/{number}/answer", answer).status_code == 422
    answer["reason"] = "Đã nêu ở mục II"
    assert drafter.post(f"threads/{number}/answer", answer).status_code == 200
    assert drafter.post(f"threads/{number}/resolve", {}).status_code == 200
    assert reviewer.post(f"threads/{number}/reopen", {}).status_code == 200

    told = drafter.read()
    assert told["version"] == talk.version
    [thread] = told["threads"]
    comments = thread.pop("comments")
    assert thread.pop("reopenedAt")
    start, end = talk.place(WORDS)
    assert thread == {
        "id": number,
        "start": start,
        "end": end,
        "isGone": False,
        "isWhole": False,
        "quote": WORDS,
        "isSole": True,
        "blockId": talk.clauses()[1]["attrs"]["id"],
        "versionNumber": 1,
        "audience": "readers",
        "demandsAnswer": True,
        "answer": "rejected",
        "answerReason": "Đã nêu ở mục II",
        "answeredBy": "Nguyễn Thị Soạn",
        "answerFrom": None,
        "isResolved": False,
        "resolvedBy": None,
        "resolvedAt": None,
        "reopenedBy": "Trần Văn Duyệt",
        "isMine": True,
        "can": {"reply": True, "resolve": True, "answer": True},
    }
    assert [(said["who"], said["text"]) for said in comments] == [
        ("Trần Văn Duyệt", "Ghi rõ hơn"),
        ("Nguyễn Thị Soạn", "Đã rõ"),
    ]
    assert set(comments[0]) == {"id", "who", "position", "at", "text", "mentions"}
    assert reviewer.read("1")["threads"][0]["can"] == {
        "reply": True,
        "resolve": True,
        "answer": False,
    }


def test_proposals_from_the_copy_to_the_text(open_page: Callable[[str], Page], talk: Talk) -> None:
    reviewer, drafter = open_page("duyet"), open_page("soan")
    copy = talk.edited(replacing(1, WORDS, "Thành uỷ Hà Nội"))
    sent = reviewer.post(
        "suggestions", {"version": talk.frozen(), "doc": copy, "note": "Theo quy định"}
    )
    assert sent.status_code == 201
    ids = sent.get_json()["ids"]

    [made] = drafter.read()["suggestions"]
    assert {name: made[name] for name in ("id", "kind", "before", "after", "state", "note")} == {
        "id": ids[0],
        "kind": "text",
        "before": "ủy",
        "after": "uỷ Hà Nội",
        "state": "open",
        "note": "Theo quy định",
    }
    assert made["can"] == {"accept": True, "settle": True, "withdraw": False}
    verdict = {"ids": ids, "verdict": "accept", "answer": ""}
    first, second = (drafter.post("suggestions/settle", verdict) for _ in range(2))
    assert first.get_json() == {
        "settled": ids,
        "conflicts": [],
        "version": talk.version,
        "kept": None,
    }
    assert second.status_code == 200
    assert (second.get_json()["settled"], len(second.get_json()["conflicts"])) == ([], 1)
    assert "Thành uỷ Hà Nội" in talk.words(1)
    assert reviewer.post(f"suggestions/{ids[0]}/withdraw", {}).status_code == 409


def test_a_level_is_told_as_a_level(open_page: Callable[[str], Page], talk: Talk) -> None:
    reviewer = open_page("duyet")
    copy = talk.edited(lambda clauses: clauses[1]["attrs"].update(level="plus"))
    reviewer.post("suggestions", {"version": talk.frozen(), "doc": copy})

    told = reviewer.read("1")
    assert (told["version"], told["newest"]) == (talk.frozen(), 1)
    [made] = told["suggestions"]
    assert (made["kind"], made["level"], made["after"]) == ("level", "plus", "")
    assert made["blockId"] == talk.clauses()[1]["attrs"]["id"]


def test_the_refusals_of_people(open_page: Callable[[str], Page], talk: Talk) -> None:
    number = open_page("duyet").begin().get_json()["id"]
    auditor, outsider = open_page("thanh"), open_page("but")
    before = count(talk.session, AuditEvent)

    assert auditor.post(f"threads/{number}/replies", {"text": "a"}).status_code == 403
    for path, body in [
        ("threads", {"version": talk.frozen(), "text": "a"}),
        (f"threads/{number}/replies", {"text": "a"}),
        (f"threads/{number}/resolve", {}),
        (f"threads/{number}/answer", {"answer": "accepted"}),
        ("suggestions", {"version": talk.frozen(), "doc": talk.doc()}),
        ("suggestions/settle", {"ids": [1], "verdict": "accept"}),
        ("suggestions/1/withdraw", {}),
    ]:
        answer = outsider.post(path, body)
        assert answer.status_code == 404, path
        assert answer.content_type == "application/problem+json"
        assert set(answer.get_json()) == {"title", "detail", "status"}
    assert outsider.client.get(f"/plans/{talk.id}/discussion").status_code == 404
    assert count(talk.session, AuditEvent) == before


def test_a_thread_of_another_plan_is_not_there(
    open_page: Callable[[str], Page], office: Office
) -> None:
    other = Talk(office)
    number = other.say("soan", WORDS)
    drafter = open_page("soan")

    assert drafter.post(f"threads/{number}/replies", {"text": "a"}).status_code == 404
    assert drafter.post(f"threads/{number}/answer", {"answer": "accepted"}).status_code == 404


def test_no_other_page_speaks_in_somebodys_name(
    open_page: Callable[[str], Page], talk: Talk
) -> None:
    reviewer = open_page("duyet")
    body = {"version": talk.frozen(), "text": "a"}
    assert reviewer.post("threads", body, **{"X-CSRFToken": "x"}).status_code == 400
    assert count(talk.session, Thread) == 0


FORGED: list[tuple[str, Any]] = [
    ("threads", []),
    ("threads", {"version": "1", "text": "a"}),
    ("threads", {"version": 0, "text": "a", "start": True, "end": 1}),
    ("threads", {"version": 0, "text": "a", "start": 10**12, "end": 10**13}),
    ("threads", {"version": 0, "text": "a", "start": 1.5, "end": 2}),
    ("threads", {"version": 0, "text": ["a"]}),
    ("threads", {"version": 0, "text": "a", "more": 1}),
    ("threads", {"version": 0, "text": "a", "key": "A;"}),
    ("suggestions", {"version": 0, "doc": []}),
    ("suggestions", {"version": 0, "doc": {"type": "doc"}}),
    ("suggestions/settle", {"ids": [], "verdict": "accept"}),
    ("suggestions/settle", {"ids": ["1"], "verdict": "accept"}),
    ("suggestions/settle", {"ids": [True], "verdict": "accept"}),
    ("suggestions/settle", {"ids": [1], "verdict": "maybe"}),
    ("suggestions/settle", {"ids": list(range(1_001)), "verdict": "accept"}),
]


def test_what_no_page_of_ours_sends_is_refused(open_page: Callable[[str], Page]) -> None:
    drafter = open_page("soan")
    for path, body in FORGED:
        assert drafter.post(path, body).status_code == 422, (path, str(body)[:80])
    assert drafter.post("threads", {"version": -1, "text": "a"}).status_code == 404
    assert drafter.post("threads", {"version": 10**9, "text": "a"}).status_code == 404
    assert drafter.post("threads/99999999999/replies", {"text": "a"}).status_code == 404
    for which in ("2", "0", "-1", "x", "٣", ""):
        answer = drafter.client.get(f"/plans/{drafter.talk.id}/discussion?version={which}")
        assert answer.status_code == 404, which
    blank = drafter.client.get(f"/plans/{uuid4()}/discussion")
    assert blank.status_code == 404


def test_a_copy_that_is_too_large_is_not_read(open_page: Callable[[str], Page]) -> None:
    body = {"version": 0, "doc": {"type": "x" * (9 * 1024 * 1024)}}
    assert open_page("soan").post("suggestions", body).status_code == 413


def test_markup_in_a_remark_is_text_on_every_page(
    open_page: Callable[[str], Page], talk: Talk
) -> None:
    drafter = open_page("soan")
    evil = "<script>alert(1)</script>"
    assert drafter.begin(text=f"{evil} @[<b>x</b>](1)").status_code == 201

    page = drafter.client.get(f"/plans/{talk.id}").text
    assert evil not in page
    assert "&lt;script&gt;alert(1)" in page
    read = drafter.client.get(f"/plans/{talk.id}/discussion?version=draft")
    assert read.content_type == "application/json"
    assert json.loads(read.text)["threads"][0]["comments"][0]["text"].startswith(evil)
    history = open_page("thanh").client.get(f"/history/{talk.id}")
    assert history.status_code == 200
    assert "&lt;script&gt;alert(1)" in history.text
    assert evil not in history.text


def test_the_plans_own_page_still_takes_remarks(
    open_page: Callable[[str], Page], talk: Talk
) -> None:
    drafter = open_page("soan")
    block = talk.clauses()[1]["attrs"]["id"]
    for given in ({"text": "Chung"}, {"text": "Riêng", "block_id": block}):
        form = {"csrf_token": drafter.token, "block_id": "", **given}
        answer = drafter.client.post(f"/plans/{talk.id}/comments", data=form)
        assert answer.status_code == 303
    whole, on_block = drafter.read()["threads"]
    assert (whole["isWhole"], whole["quote"]) == (True, "")
    assert (on_block["blockId"], on_block["quote"]) == (block, talk.words(1))
    page = drafter.client.get(f"/plans/{talk.id}").text
    assert "Riêng" in page
    assert f"#b-{block}" in page
    assert count(talk.session, Comment) == 2
    assert count(talk.session, Suggestion) == 0


def test_the_table_tells_what_became_of_what_readers_asked(
    open_page: Callable[[str], Page], talk: Talk
) -> None:
    drafter, reviewer = open_page("soan"), open_page("duyet")
    begun = [reviewer.begin(text=f"Việc <b>{at}</b>").get_json()["id"] for at in range(2)]
    reviewer.begin(text="Không cần trả lời", demandsAnswer=False)
    drafter.begin(text="Giữa người soạn", isDraft=True)
    answer = {"answer": "rejected", "reason": "Đã có ở mục II"}
    drafter.post(f"threads/{begun[0]}/answer", answer)

    address = f"/plans/{talk.id}/answers"
    page = reviewer.client.get(address).text
    cells = [" ".join(re.sub(r"<[^>]+>", " ", row).split()) for row in page.split("<tr>")[2:]]
    assert len(cells) == 2
    assert "Trần Văn Duyệt" in cells[0]
    assert WORDS in cells[0]
    assert "Việc &lt;b&gt;0&lt;/b&gt;" in cells[0]
    assert "Không tiếp thu Đã có ở mục II Nguyễn Thị Soạn" in cells[0]
    assert "Chưa trả lời" in cells[1]
    assert page.count("Góp ý đối với phiên bản 1") == 1
    assert address in reviewer.client.get(f"/plans/{talk.id}").text
    assert address in drafter.client.get(f"/plans/{talk.id}/submit").text
    # The writers' own is not in it for the writers either: it is a paper for the readers.
    assert "Giữa người soạn" not in drafter.client.get(address).text
    assert reviewer.client.get(f"{address}?round=7").status_code == 404
    assert open_page("but").client.get(address).status_code == 404


def test_the_table_has_the_wordings_that_readers_proposed(
    open_page: Callable[[str], Page], talk: Talk
) -> None:
    drafter, reviewer = open_page("soan"), open_page("duyet")
    address = f"/plans/{talk.id}/answers"
    assert "Chưa có góp ý" in reviewer.client.get(address).text
    copy = talk.edited(
        both(
            replacing(1, WORDS, "Thành uỷ <b>Hà Nội</b>"), replacing(2, "đồng thuận", "thống nhất")
        )
    )
    sent = {"version": talk.frozen(), "doc": copy, "note": "Theo quy định"}
    first, second = reviewer.post("suggestions", sent).get_json()["ids"]
    away = talk.edited(replacing(2, "đồng thuận", "nhất trí"))
    [gone] = reviewer.post("suggestions", {**sent, "doc": away}).get_json()["ids"]
    reviewer.post(f"suggestions/{gone}/withdraw", {})
    verdict = {"ids": [first], "verdict": "reject", "answer": "Đã thống nhất cách viết"}
    drafter.post("suggestions/settle", verdict)
    talk.write(replacing(1, "Thành phố", "thành phố"))
    talk.propose("thao", replacing(1, WORDS, "Riêng người soạn"))

    for page in (reviewer.client.get(address).text, drafter.client.get(address).text):
        cells = [" ".join(re.sub(r"<[^>]+>", " ", row).split()) for row in page.split("<tr>")[2:]]
        assert len(cells) == 2
        assert "Trần Văn Duyệt" in cells[0]
        assert "Mục I, đoạn thứ 1" in cells[0]
        assert "Bỏ: ủy Thêm: uỷ &lt;b&gt;Hà Nội&lt;/b&gt;" in cells[0]
        assert "Theo quy định" in cells[0]
        assert "Không chấp nhận Đã thống nhất cách viết Nguyễn Thị Soạn" in cells[0]
        assert "Chưa xử lý" in cells[1]
        assert "2 đề xuất sửa" in page
        assert "nhất trí" not in page
        assert "Riêng người soạn" not in page
    assert address in reviewer.client.get(f"/plans/{talk.id}").text
    submission = f"/plans/{talk.id}/submit"
    assert "mà không nêu lý do" not in drafter.client.get(submission).text
    drafter.post("suggestions/settle", {"ids": [second], "verdict": "reject", "answer": ""})
    assert "1 đề xuất không chấp nhận mà không nêu lý do" in drafter.client.get(submission).text


def test_the_table_says_what_a_proposal_does(open_page: Callable[[str], Page], talk: Talk) -> None:
    reviewer = open_page("duyet")
    copy = talk.edited(lambda clauses: clauses[1]["attrs"].update(level="plus"))
    reviewer.post("suggestions", {"version": talk.frozen(), "doc": copy})
    page = " ".join(reviewer.client.get(f"/plans/{talk.id}/answers").text.split())
    assert "Đổi mục I, đoạn thứ 1 từ gạch đầu dòng (-) thành gạch nhỏ (+)" in page


def test_open_matters_stand_on_the_pages_of_who_decides(
    open_page: Callable[[str], Page], office: Office, talk: Talk
) -> None:
    drafter, reviewer = open_page("soan"), open_page("duyet")
    number = reviewer.begin(text="Nêu rõ <b>nguồn</b> số liệu.").get_json()["id"]
    address = f"/plans/{talk.id}/submit"
    page = drafter.client.get(address).text
    assert "1 góp ý còn chờ tiếp thu, giải trình" in page
    assert "Nêu rõ &lt;b&gt;nguồn&lt;/b&gt; số liệu." in page
    link = f"/plans/{talk.id}/edit#thread-{number}"
    assert link in page
    assert re.search(r'type="submit"\s+disabled', page)

    office.session.refresh(talk.plan)
    seen = {"row_version": talk.plan.row_version, "text_version": talk.plan.text_version}
    office.session.rollback()
    form = {"csrf_token": drafter.token, "note": "Đã sửa", **seen}
    refused = drafter.client.post(address, data=form)
    assert refused.status_code == 422
    assert link in refused.text
    assert "Đã sửa" in refused.text

    drafter.post(f"threads/{number}/answer", {"answer": "accepted"})
    assert drafter.client.post(address, data=form).status_code == 303
    reviewer.begin(text="Còn một việc")
    for act in ("approve", "return"):
        page = reviewer.client.get(f"/plans/{talk.id}/{act}").text
        assert "Còn một việc" in page, act
        assert f"/plans/{talk.id}/review#thread-" in page


def test_more_than_a_page_takes_is_counted_and_no_group_is_torn(
    talk: Talk, open_page: Callable[[str], Page], monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(4):
        talk.say("soan", text=f"Góp ý {number}")
    page = open_page("soan")
    whole = page.read()
    one = len(json.dumps(whole["threads"][0], ensure_ascii=False))
    monkeypatch.setattr(margin, "MOST_LETTERS", 5 * one)
    told = page.read()

    assert whole["untold"] == 0
    assert [each["comments"][0]["text"] for each in told["threads"]] == ["Góp ý 2", "Góp ý 3"]
    assert told["untold"] == 2
    pair = [{"group": name, "after": "x" * one} for name in ("a", "b", "b")]
    assert margin.measured(threads=[], suggestions=pair)["suggestions"] == pair[:1]
    # What is too long alone hides nothing else.
    long = {"id": 0, "group": "c", "after": "x" * 3 * one}
    short = {"id": 1, "group": "d", "after": "x"}
    told = margin.measured(threads=[short, long], suggestions=[long, short])
    assert (told["threads"], told["suggestions"], told["untold"]) == ([short], [short], 2)


def test_a_notice_leads_to_the_remark_where_the_person_can_answer_it(
    talk: Talk, open_page: Callable[[str], Page]
) -> None:
    number = talk.say("duyet", text="Cần xem lại")
    writer, reader = open_page("soan"), open_page("duyet")
    path = f"/plans/{talk.id}/threads/{number}"
    assert writer.client.get(path).location == f"/plans/{talk.id}/edit#thread-{number}"
    assert reader.client.get(path).location == f"/plans/{talk.id}/review#thread-{number}"
    kind = OutboxMessage.payload["kind"].as_string()
    owed = talk.session.scalars(select(OutboxMessage.payload).where(kind == "comment")).all()
    assert [each["thread_id"] for each in owed] == [number]
