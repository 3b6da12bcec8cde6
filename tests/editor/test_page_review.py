"""Whoever may only remark reads the text, marks passages, and proposes wordings on a copy."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from tests.editor.fake_office import Office, thread_of
from tests.editor.fake_server import served
from tests.editor.pages import SELECTED, Desk, desks, plan_doc

READ_ONLY = {"edit": False, "comment": True, "suggest": True, "answer": False}


@pytest.fixture
def office() -> Office:
    text = plan_doc("Các sở, ban, ngành phối hợp thực hiện.", "Kinh phí từ ngân sách.")
    return Office(text, can=READ_ONLY)


@pytest.fixture
def address(office: Office) -> Iterator[str]:
    with served(office) as address:
        yield address


def test_a_frozen_text_cannot_be_typed_into_but_is_checked_and_remarked_on(
    chromium: Browser, office: Office, address: str
) -> None:
    office.doc = plan_doc("Các sở, ban, ngành phối hợp thực hiện.", "😀 Kinh phí  từ.")
    told = {"level": "warning", "sentence": "Thừa khoảng trắng.", "law": "Cách trình bày"}
    office.findings = [
        {**told, "blockId": "clause000001", "start": 11, "end": 13, "place": "Đoạn 2"}
    ]
    with desks(chromium) as [desk]:
        with desk.page.expect_response("**/text/findings?version=3"):
            desk.open(address, "review?number=3")
        before = desk.text()
        desk.select("phối hợp")
        desk.page.keyboard.type("xx")
        assert desk.text() == before
        desk.select("phối hợp")
        desk.page.keyboard.press("Control+Alt+m")
        desk.page.keyboard.type("Ai chủ trì?")
        desk.page.keyboard.press("Control+Enter")
        desk.page.locator(".passage", has_text="phối hợp").wait_for()
        desk.page.get_by_role("tab", name="Thể thức").click()
        desk.page.get_by_role("button", name="Thừa khoảng trắng.").click()
        at = "window.trinhKy.view.state.selection.from"
        words = f"window.trinhKy.view.state.doc.textBetween({at} - 3, {at})"
        assert desk.page.evaluate(words) == "phí"
        assert desk.faults() == []
    assert office.posted[-1][0] == "threads"


def test_without_a_mouse_a_passage_is_chosen_by_blocks_and_words(
    chromium: Browser, office: Office, address: str
) -> None:
    with desks(chromium) as [desk]:
        desk.open(address, "review?number=3")
        desk.page.locator(".ProseMirror").focus()
        for key in ("ArrowDown", "ArrowDown", "Shift+ArrowLeft", "Shift+ArrowLeft"):
            desk.page.keyboard.press(key)
        desk.page.keyboard.press("Control+Alt+m")
        desk.page.keyboard.type("Ai?")
        desk.page.keyboard.press("Control+Enter")
        desk.page.locator(".passage").wait_for()
        assert desk.page.locator(".passage").inner_text() == "Các sở, ban, ngành phối hợp "
        # From the middle of one sentence into the next block.
        desk.page.locator(".ProseMirror").focus()
        for key in ("ArrowUp", "ArrowDown", "ArrowLeft", "ArrowLeft", "Shift+ArrowRight"):
            desk.page.keyboard.press(key)
        desk.page.keyboard.press("Shift+ArrowRight")
        desk.page.keyboard.press("Shift+ArrowRight")
        assert desk.page.evaluate(SELECTED) == "thực hiện.Kinh phí"
        assert desk.page.locator(".visually-hidden[role=status]").inner_text() == "chọn thêm: phí"
        for key in ("Shift+ArrowUp", "Shift+ArrowUp", "Control+Alt+j"):
            desk.page.keyboard.press(key)
        assert desk.page.evaluate(SELECTED) == "Các sở, ban, ngành phối hợp "
        active = "document.activeElement.dataset.card"
        desk.until(f"{active} === 'thread:1'")


def test_a_proposal_marks_its_changes_and_is_sent_as_a_whole_copy(
    chromium: Browser, office: Office, address: str
) -> None:
    with desks(chromium) as [desk]:
        desk.open(address, "review?number=3")
        desk.page.get_by_role("button", name="Đề xuất sửa").click()
        desk.select("phối hợp")
        desk.page.keyboard.insert_text("chủ trì")
        desk.page.locator("ins.proposed-ins", has_text="chủ trì").wait_for()
        assert "phối hợp" in desk.page.locator("del.proposed-del").inner_text()
        assert "1 chỗ sửa" in desk.page.locator(".desk-bar").inner_text()
        desk.page.get_by_role("button", name="Gửi đề xuất").click()
        desk.page.get_by_label("Lời gửi kèm").fill("Rõ hơn")
        desk.page.locator("dialog[open]").get_by_role("button", name="Gửi đề xuất").click()
        desk.shows("Đã gửi đề xuất sửa.")
        assert "phối hợp" in desk.text()
        assert desk.page.evaluate("window.trinhKy.view.editable") is False
        assert desk.faults() == []
    kind, sent = office.posted[-1]
    assert (kind, sent["version"], sent["note"]) == ("suggestions", 0, "Rõ hơn")
    assert "chủ trì" in str(sent["doc"])
    assert office.steps == []


def test_a_change_of_level_alone_is_a_change_to_propose(
    chromium: Browser, office: Office, address: str
) -> None:
    with desks(chromium) as [desk]:
        desk.open(address, "review?number=3")
        desk.page.get_by_role("button", name="Đề xuất sửa").click()
        desk.page.evaluate(
            "const {view} = window.trinhKy;"
            " view.dispatch(view.state.tr.setNodeAttribute(39, 'level', 'sec'))"
        )
        assert "1 chỗ sửa" in desk.page.locator(".desk-bar").inner_text()
        assert desk.page.locator(".block-turned").count() == 1


def test_a_reply_while_proposing_leaves_passages_at_their_words(
    chromium: Browser, office: Office, address: str
) -> None:
    sent = {"start": 60, "end": 68, "text": "Ai?", "demandsAnswer": False}
    office.threads.append(thread_of(office, 1, **sent))
    with desks(chromium) as [desk]:
        desk.open(address, "review?number=3")
        desk.page.locator(".passage").wait_for()
        words = desk.page.locator(".passage").inner_text()
        desk.page.get_by_role("button", name="Đề xuất sửa").click()
        desk.write_after("Các sở", ", viện nghiên cứu")
        desk.page.get_by_role("button", name="Đã giải quyết").is_visible()
        desk.page.get_by_role("button", name="Trả lời").click()
        desk.page.keyboard.type("Sở Y tế")
        desk.page.keyboard.press("Control+Enter")
        desk.until("document.querySelector('.said-card form') === null")
        desk.page.wait_for_timeout(300)
        assert desk.page.locator(".passage").inner_text() == words


def test_giving_a_proposal_up_is_asked_about(
    chromium: Browser, office: Office, address: str
) -> None:
    with desks(chromium) as [desk]:
        desk.open(address, "review?number=3")
        desk.page.get_by_role("button", name="Đề xuất sửa").click()
        desk.write_after("phối hợp", " ngay")
        desk.page.get_by_role("button", name="Bỏ", exact=True).click()
        desk.page.locator("dialog[open]").get_by_role("button", name="Sửa tiếp").click()
        assert "phối hợp ngay" in desk.text()
        desk.page.get_by_role("button", name="Bỏ", exact=True).click()
        desk.page.get_by_role("button", name="Bỏ bản này").click()
        desk.until("!window.trinhKy.view.editable")
        assert "phối hợp ngay" not in desk.text()
    assert office.posted == []


def test_a_half_written_proposal_outlives_its_page_its_neighbours_and_its_version(
    chromium: Browser, office: Office, address: str
) -> None:
    with desks(chromium) as [first]:
        second = Desk(first.page.context.new_page())
        for desk, words in ((first, " ngay"), (second, " gấp")):
            desk.open(address, "review?number=3")
            desk.page.get_by_role("button", name="Đề xuất sửa").click()
            desk.write_after("phối hợp", words)
            desk.until(f"Object.values(localStorage).some(kept => kept.includes({words!r}))")
        first.page.close()
        with office.lock:
            content = {"content": [{"type": "text", "text": "Ngay "}]}
            office.take([{"stepType": "replace", "from": 40, "to": 40, "slice": content}], "w")
        office.newest = 4

        third = Desk(second.page.context.new_page())
        third.open(address, "review?number=4")
        offer = third.page.locator(".desk-notice .alert")
        offer.wait_for()
        # What the second page still has open is that page's.
        assert offer.count() == 1
        assert "1 chỗ sửa" in offer.inner_text()
        assert "viết trên phiên bản 3, nay là phiên bản 4" in offer.inner_text()
        offer.get_by_role("button", name="Viết tiếp").click()
        third.page.locator("ins.proposed-ins", has_text="ngay").wait_for()
        third.shows("đã có phiên bản 4; bạn đang xem phiên bản 3")
        third.page.get_by_role("button", name="Gửi đề xuất").click()
        third.page.locator("dialog[open]").get_by_role("button", name="Gửi đề xuất").click()
        third.shows("Đã gửi đề xuất sửa.")
        assert third.text().splitlines()[1].startswith("Ngay Các sở")
        assert third.page.evaluate("localStorage.length") == 1
        assert third.faults() == []
    kind, sent = office.posted[-1]
    assert (kind, sent["version"]) == ("suggestions", 0)
    assert "phối hợp ngay" in str(sent["doc"])


def test_a_living_text_is_followed_while_it_is_read(
    chromium: Browser, office: Office, address: str
) -> None:
    with desks(chromium) as [desk]:
        desk.open(address, "review")
        desk.page.wait_for_timeout(300)
        content = {"content": [{"type": "text", "text": "Ngay "}]}
        office.take([{"stepType": "replace", "from": 40, "to": 40, "slice": content}], "writer00")
        desk.reads("Ngay Các sở")
        # The very paragraph that the reader has marked may go.
        desk.select("Các sở")
        first = len(office.text().split("\n")[0]) + 2
        gone = len(office.text().split("\n")[1]) + 2
        office.take([{"stepType": "replace", "from": first, "to": first + gone}], "writer00")
        desk.until("!window.trinhKy.view.state.doc.textContent.includes('Các sở')")
        assert desk.faults() == []
        assert desk.page.evaluate("window.trinhKy.view.editable") is False
