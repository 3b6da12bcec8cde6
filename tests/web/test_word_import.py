"""Bringing in a Word file through the pages: uploaded, watched, looked through, taken, refused."""

import copy
import re
from html import unescape
from io import BytesIO
from typing import Any
from uuid import UUID
from zipfile import ZipFile

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from portal.acts.means import store
from portal.documents.word.writing import write_doc
from portal.jobs.word import read_word
from tests.documents.plans import HA_NOI, block, clause, document
from tests.documents.word.foreign import (
    HEAD,
    TAIL,
    cell,
    docx,
    paragraph,
    plan,
    row,
    run,
    table,
    zipped,
)
from tests.web.desk import Desk, hidden
from tests.web.pages import csrf_token
from workflows.domain.content.canonical import sound
from workflows.domain.machine import PlanState
from workflows.models.outbox import OutboxMessage, Topic
from workflows.models.plan import Plan
from workflows.models.word import ImportState, WordImport

GOOD = plan(
    paragraph("I. MỤC ĐÍCH"),
    paragraph(run("- Gạch "), run("đậm", "<w:b/>")),
    paragraph("III. SAI SỐ"),
    paragraph(run("<script>alert(1)</script> & chữ")),
)


def send(
    client: FlaskClient, data: bytes, *, name: str = "Kế hoạch.docx", at: str = "/word/new"
) -> TestResponse:
    """Upload from memory: the test client would leave a large file of its own open."""
    page = client.get(at).text
    fields = {"csrf_token": csrf_token(page)}
    unit = re.search(r'<option[^>]*value="(\d+)"', page)
    if unit:
        fields["unit_id"] = unit[1]
    parts = [
        f'--cut\r\nContent-Disposition: form-data; name="{key}"\r\n\r\n{value}\r\n'
        for key, value in fields.items()
    ]
    file = f'--cut\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n\r\n'
    body = "".join([*parts, file]).encode() + data + b"\r\n--cut--\r\n"
    return client.post(at, data=body, content_type="multipart/form-data; boundary=cut")


def work(desk: Desk) -> None:
    """Do what a worker would do."""
    owed = desk.session.scalars(
        select(OutboxMessage.id).where(
            OutboxMessage.topic == Topic.IMPORT, OutboxMessage.handled_at.is_(None)
        )
    ).all()
    desk.session.rollback()
    with desk.app.app_context():
        for message_id in owed:
            read_word(str(message_id))


def arrived(desk: Desk, client: FlaskClient, data: bytes = GOOD, at: str = "/word/new") -> str:
    """The page of a file that has been read."""
    answer = send(client, data, at=at)
    assert answer.status_code == 303
    work(desk)
    return answer.location


def edited(data: bytes, words: str, others: str) -> bytes:
    """The file with *others* in place of *words*, as somebody changed it in Word."""
    made = BytesIO()
    with ZipFile(BytesIO(data)) as old, ZipFile(made, "w") as new:
        for name in old.namelist():
            part = old.read(name)
            if name == "word/document.xml":
                assert words.encode() in part
                part = part.replace(words.encode(), others.encode())
            new.writestr(name, part)
    return made.getvalue()


def press(client: FlaskClient, page: str, what: str) -> TestResponse:
    text = client.get(page).text
    data = {"csrf_token": csrf_token(text)}
    if 'name="text_version"' in text:
        data["text_version"] = hidden(text, "text_version")
    return client.post(f"{page}/{what}", data=data)


def test_the_page_of_a_new_plan_leads_here(desk: Desk) -> None:
    client = desk.browser("soan")
    assert 'href="/word/new"' in client.get("/plans/new").text
    assert client.get("/word/new").status_code == 200


def test_a_file_is_kept_watched_read_and_shown_with_its_doubts_in_place(desk: Desk) -> None:
    client = desk.browser("soan")
    answer = send(client, GOOD)
    assert answer.status_code == 303
    waiting = client.get(answer.location).text
    assert "<progress" in waiting
    assert "word.js" in waiting
    assert re.search(r'<noscript>\s*<meta http-equiv="refresh"', waiting)
    told = client.get(f"{answer.location}/progress").json
    assert told == {"percent": 0, "isUnderWay": True}
    row = desk.session.scalars(select(WordImport)).one()
    with desk.app.app_context():
        assert store().get(row.file_key) == GOOD
    desk.session.rollback()
    work(desk)
    told = client.get(f"{answer.location}/progress").json
    assert told == {"percent": 100, "isUnderWay": False}
    page = client.get(answer.location).text
    assert "<progress" not in page
    assert "Kế hoạch.docx" in page
    assert "<strong>đậm</strong>" in page
    assert "Số gõ vào là “III.”" in unescape(page)
    place = re.search(r'href="#b-([0-9a-f]+)"', page)
    assert place
    assert f'id="b-{place[1]}"' in page
    assert re.search(rf'id="b-{place[1]}"[^§]*?href="#d-1"', page)
    assert "<script>alert" not in page


def test_taking_it_makes_one_plan_however_often_it_is_pressed(desk: Desk) -> None:
    client = desk.browser("soan")
    page = arrived(desk, client)
    token = csrf_token(client.get(page).text)
    answers = [client.post(f"{page}/take", data={"csrf_token": token}) for _ in range(3)]
    [made] = desk.session.scalars(select(Plan.id)).all()
    assert [(a.status_code, a.location) for a in answers] == [(303, f"/plans/{made}/edit")] * 3
    after = client.get(page).text
    assert f"/plans/{made}/edit" in after
    assert "Nhận vào kế hoạch mới" not in after
    assert "Số gõ vào là “III.”" in unescape(after)


def test_a_sentence_cut_in_two_is_joined_when_that_is_ticked(desk: Desk) -> None:
    cut = plan(paragraph("I. MỤC ĐÍCH"), paragraph("- Câu bị"), paragraph("ngắt giữa chừng."))
    client = desk.browser("soan")
    page = arrived(desk, client, cut)
    text = client.get(page).text
    offered = re.findall(r'name="join"[^>]*value="([0-9a-f]+)"', text)
    assert len(offered) == 1
    # What was not offered stays apart.
    others = re.findall(r'id="b-([0-9a-f]+)"', text)
    data = {"csrf_token": csrf_token(text), "join": [*offered, others[1]]}
    assert client.post(f"{page}/take", data=data).status_code == 303
    [made] = desk.session.scalars(select(Plan)).all()
    clauses = [node for node in desk.office.text(made)["content"] if node["type"] == "clause"]
    assert [node["content"] for node in clauses[1:]] == [
        [{"type": "text", "text": "Câu bị ngắt giữa chừng."}]
    ]


def test_who_has_too_many_files_open_is_shown_them_and_what_to_do(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("workflows.services.word.MOST_OPEN", 1)
    client = desk.browser("soan")
    first = send(client, GOOD, name="Một.docx").location
    answer = send(client, GOOD, name="Hai.docx")
    assert answer.status_code == 429
    text = unescape(answer.text)
    assert "Bạn đang có 1 tệp Word chưa nhận cũng chưa bỏ. Hãy mở từng tệp" in text
    assert f'href="{first}"' in text
    assert "Một.docx" in text
    assert "Hai.docx" not in text
    press(client, first, "drop")
    assert send(client, GOOD).status_code == 303


def test_who_uploads_too_often_is_told_to_wait(desk: Desk) -> None:
    client = desk.browser("soan")
    page = client.get("/word/new").text
    fields = {"csrf_token": csrf_token(page)}
    answers = [client.post("/word/new", data=fields) for _ in range(31)]
    assert [answer.status_code for answer in answers] == [422] * 30 + [429]
    assert "nhiều tệp trong một giờ qua" in unescape(answers[-1].text)
    # A colleague behind the same address is not meant.
    other = desk.browser("duyet")
    token = csrf_token(other.get("/inbox").text)
    assert other.post("/word/new", data={"csrf_token": token}).status_code == 403


def test_dropping_it_leaves_everything_as_it_was(desk: Desk) -> None:
    client = desk.browser("soan")
    page = arrived(desk, client)
    assert press(client, page, "drop").status_code == 303
    assert "đã được bỏ" in client.get(page).text
    answer = client.post(
        f"{page}/take", data={"csrf_token": csrf_token(client.get("/word/new").text)}
    )
    assert answer.status_code == 409
    assert desk.session.scalars(select(Plan)).all() == []


def test_a_file_may_replace_a_draft_that_nobody_changed_meanwhile(desk: Desk) -> None:
    draft = desk.office.draft()
    client = desk.browser("soan")
    page = arrived(desk, client, at=f"/plans/{draft.id}/word")
    assert press(client, page, "take").location == f"/plans/{draft.id}/edit"
    text = desk.office.text(draft)
    levels = [node["attrs"]["level"] for node in text["content"] if node["type"] == "clause"]
    assert levels == ["part", "dash", "part", "para"]
    assert press(client, page, "take").status_code == 303


def test_a_draft_that_changed_while_one_looked_is_not_overwritten(desk: Desk) -> None:
    draft = desk.office.draft()
    client = desk.browser("soan")
    page = arrived(desk, client, at=f"/plans/{draft.id}/word")
    text = client.get(page).text
    data = {"csrf_token": csrf_token(text), "text_version": hidden(text, "text_version")}
    other = desk.office.text(draft)
    other["content"][0]["content"] = [{"type": "text", "text": "Của người khác"}]
    desk.office.save(draft, other)
    answer = client.post(f"{page}/take", data=data)
    assert answer.status_code == 409
    assert desk.office.text(draft) == other
    # The page comes back with what would be replaced now, to be pressed again.
    assert "Dự thảo đã có thay đổi mới" in unescape(answer.text)
    assert "Của người khác" in answer.text
    again = {
        "csrf_token": csrf_token(answer.text),
        "text_version": hidden(answer.text, "text_version"),
    }
    assert client.post(f"{page}/take", data=again).status_code == 303


def downloaded(client: FlaskClient, plan: Plan) -> bytes:
    return client.get(f"/plans/{plan.id}/draft.docx").data


def test_a_downloaded_draft_comes_back_beside_what_others_wrote_meanwhile(desk: Desk) -> None:
    draft = desk.office.draft()
    client = desk.browser("soan")
    old = desk.office.text(draft)
    data = edited(
        downloaded(client, draft),
        "Bám sát chỉ đạo của Thành ủy",
        "Bám rất sát chỉ đạo của Thành ủy",
    )
    other = copy.deepcopy(old)
    other["content"][0]["content"] = [{"type": "text", "text": "Của người khác"}]
    desk.office.save(draft, other, "thao")
    page = arrived(desk, client, data, at=f"/plans/{draft.id}/word")
    text = unescape(client.get(page).text)
    assert "Thảo đã sửa dự thảo. Những chỗ đó được giữ nguyên" in text
    assert "1 chỗ thay đổi" in text
    assert press(client, page, "take").status_code == 303
    now = str(desk.office.text(draft))
    assert "Của người khác" in now
    assert "Bám rất sát chỉ đạo" in now
    assert "Trước khi thay bằng tệp Word" in unescape(client.get(f"/plans/{draft.id}/edit").text)


def test_a_downloaded_draft_may_replace_all_that_is_there(desk: Desk) -> None:
    draft = desk.office.draft()
    client = desk.browser("soan")
    data = downloaded(client, draft)
    other = desk.office.text(draft)
    other["content"][0]["content"] = [{"type": "text", "text": "Của người khác"}]
    desk.office.save(draft, other, "thao")
    page = arrived(desk, client, data, at=f"/plans/{draft.id}/word")
    whole = unescape(client.get(f"{page}?whole=1").text)
    assert "sẽ bị thay" in whole
    form = {
        "csrf_token": csrf_token(whole),
        "text_version": hidden(whole, "text_version"),
        "whole": hidden(whole, "whole"),
    }
    assert client.post(f"{page}/take", data=form).status_code == 303
    assert "Của người khác" not in str(desk.office.text(draft))


def test_the_open_pages_of_other_writers_take_the_new_text_in(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[tuple[UUID, dict[str, Any]]] = []
    monkeypatch.setattr(
        "portal.views.text.publish",
        lambda _valkey, plan_id, message: told.append((plan_id, message)),
    )
    draft = desk.office.draft()
    client = desk.browser("soan")
    page = arrived(desk, client, at=f"/plans/{draft.id}/word")
    press(client, page, "take")
    [(plan_id, message), (_plan_id, sentence)] = told
    assert (plan_id, message["kind"], message["from"]) == (draft.id, "steps", 0)
    assert message["steps"]
    assert sentence["kind"] == "told"
    assert "Nguyễn Thị Soạn vừa đưa tệp Word “Kế hoạch.docx” vào dự thảo." in sentence["sentence"]


def test_what_a_file_hides_and_what_it_ousts_is_shown_before_it_is_taken(desk: Desk) -> None:
    """A file of our own form says whom a recipient stands for, and who signs, unseen."""
    doc = sound(document(clause("part", "MỤC ĐÍCH")))
    [recipients] = [node for node in doc["content"] if node["type"] == "recipients"]
    recipients["content"] = [
        block("recipient", "Thành ủy", target="KE-KHAC", purpose=None),
        block("recipient", "", target="CHO-AN", purpose=None),
        block("recipient", "Sở <b>Y tế</b>", target=None, purpose=None),
    ]
    [signing] = [node for node in doc["content"] if node["type"] == "signature"]
    signing["attrs"] |= {"position": "987654", "lines": [], "name": ""}
    data = write_doc(dict(HA_NOI), doc)
    draft = desk.office.draft()
    client = desk.browser("soan")
    page = client.get(arrived(desk, client, data, at=f"/plans/{draft.id}/word")).text
    text = unescape(page)
    assert "được gửi tới “KE-KHAC, mã không có trong danh bạ”" in text
    assert "được gửi tới “CHO-AN, mã" in text
    assert "người ký mà chữ trong tệp có thể không nói tới: 987654, mã không có" in text
    assert "Thành ủy → KE-KHAC" in text
    assert "Sẽ bị thay trong dự thảo" in text
    assert "Sở &lt;b&gt;Y tế" in page
    # What the draft has already is nothing new, but a line without words stays odd.
    press(client, arrived(desk, client, data, at=f"/plans/{draft.id}/word"), "take")
    again = client.get(arrived(desk, client, data, at=f"/plans/{draft.id}/word")).text
    assert "“KE-KHAC" not in unescape(again)
    assert "“CHO-AN" in unescape(again)
    assert "mang sẵn người ký" not in unescape(again)
    assert "Sẽ bị thay" not in unescape(again)


def test_without_the_version_that_was_seen_nothing_is_replaced(desk: Desk) -> None:
    draft = desk.office.draft()
    client = desk.browser("soan")
    page = arrived(desk, client, at=f"/plans/{draft.id}/word")
    token = csrf_token(client.get(page).text)
    assert client.post(f"{page}/take", data={"csrf_token": token}).status_code == 400


@pytest.mark.parametrize("who", ["duyet", "thanh", "tri"])
def test_only_the_uploader_sees_a_file(desk: Desk, who: str) -> None:
    page = arrived(desk, desk.browser("soan"))
    stranger = desk.browser(who)
    token = csrf_token(stranger.get("/inbox").text)
    for path in (page, f"{page}/progress"):
        assert stranger.get(path).status_code == 404
    for act in ("take", "drop"):
        assert stranger.post(f"{page}/{act}", data={"csrf_token": token}).status_code == 404
    assert desk.session.scalars(select(WordImport.state)).one() is ImportState.READY


@pytest.mark.parametrize("who", ["duyet", "thanh", "tri", "ky"])
def test_only_drafters_bring_files_in(desk: Desk, who: str) -> None:
    assert desk.browser(who).get("/word/new").status_code == 403


def test_a_submitted_text_is_not_replaced(desk: Desk) -> None:
    draft = desk.office.plan(PlanState.UNIT_REVIEW)
    assert desk.browser("soan").get(f"/plans/{draft.id}/word").status_code == 409


def test_a_plan_one_may_not_know_of_has_no_such_page(desk: Desk) -> None:
    unknown = UUID(int=7)
    assert desk.browser("soan").get(f"/plans/{unknown}/word").status_code == 404
    assert desk.browser("soan").get(f"/word/{unknown}").status_code == 404


@pytest.mark.parametrize(
    ("name", "data", "sentence"),
    [
        ("a.doc", GOOD, "lưu lại dạng .docx"),
        ("a.docm", GOOD, "macro"),
        ("a.pdf", b"%PDF-1.7", "PDF"),
        ("a.docx", b"%PDF-1.7", "PDF"),
        ("a.docx", bytes.fromhex("d0cf11e0a1b11ae1"), "Word cũ"),
        ("a.docx", b"", "rỗng"),
        ("a.docx", b"PK" + b"x" * 20 * 1024 * 1024, "20 MB"),
        ("", b"", "Chọn tệp Word"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_is_wrong_at_first_sight_is_said_at_once(
    desk: Desk, name: str, data: bytes, sentence: str
) -> None:
    answer = send(desk.browser("soan"), data, name=name)
    assert answer.status_code == 422
    assert sentence in unescape(answer.text)
    assert desk.session.scalars(select(WordImport)).all() == []


def test_what_is_wrong_inside_is_said_on_the_page(desk: Desk) -> None:
    client = desk.browser("soan")
    page = arrived(desk, client, zipped({"a.txt": "x"}))
    text = unescape(client.get(page).text)
    assert "Không nhận được tệp này." in text
    assert "tệp nén" in text
    assert 'href="/word/new"' in text


def test_a_name_is_shown_without_folders_and_markup(desk: Desk) -> None:
    client = desk.browser("soan")
    answer = send(client, GOOD, name="C:\\\\Users\\\\An\\\\<b>x.docx")
    page = client.get(answer.location).text
    assert "&lt;b&gt;x.docx" in page
    assert "Users" not in page


@pytest.mark.parametrize("is_in_table", [False, True])
def test_the_signer_whom_a_file_names_is_to_be_chosen(desk: Desk, is_in_table: bool) -> None:
    name = desk.office.ky.name
    lines = [paragraph("KT. CHỦ TỊCH"), paragraph("PHÓ CHỦ TỊCH"), paragraph(name.upper())]
    whole = [table(row(cell(*lines)))] if is_in_table else lines
    data = docx((*HEAD, paragraph("I. MỤC ĐÍCH"), *TAIL, *whole))
    hint = re.compile(rf"Trong tệp ghi người ký [^;]*{name}; hãy chọn người ký khi soạn\.")
    client = desk.browser("soan")
    page = unescape(client.get(arrived(desk, client, data)).text)
    assert len(hint.findall(page)) == 1


@pytest.mark.parametrize("words", ["", "PHÓ CHỦ TỊCH {}ng", "Bà {} không ký"])
def test_nobody_else_is_taken_for_the_signer(desk: Desk, words: str) -> None:
    said = words.format(desk.office.ky.name)
    body = paragraph(f"- {said}") if said.startswith("Bà") else ""
    tail = [paragraph("KT. CHỦ TỊCH"), paragraph("" if body else said)]
    data = docx((*HEAD, paragraph("I. MỤC ĐÍCH"), body, *TAIL, *tail))
    client = desk.browser("soan")
    assert "Trong tệp ghi người ký" not in client.get(arrived(desk, client, data)).text
