"""The page keeps what people type: through lost replies, refusals, locks, and a closed browser."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Dialog, Page

from tests.editor.fake_office import Office
from tests.editor.fake_server import PLAN, served
from tests.editor.pages import desks, plan_doc

KEPT = "Object.keys(localStorage).filter(key => key.startsWith('trinh-ky:unsent')).length"
TYPE_MUCH = """(() => {
  const {view} = window.trinhKy;
  for (let at = 0; at < 450; at += 1) {
    view.dispatch(view.state.tr.insertText("x", 60 - (at % 2)));
  }
})()"""


def inserted(words: str) -> dict[str, Any]:
    """Somebody else's step that puts words at the beginning of the first paragraph."""
    content = {"content": [{"type": "text", "text": words}]}
    return {"stepType": "replace", "from": 40, "to": 40, "slice": content}


@pytest.fixture
def office() -> Office:
    return Office(plan_doc("Các sở, ban, ngành phối hợp thực hiện.", "Kinh phí từ ngân sách."))


@pytest.fixture
def address(office: Office) -> Iterator[str]:
    with served(office) as address:
        yield address


def test_what_is_typed_is_saved_and_said_to_be(
    chromium: Browser, office: Office, address: str
) -> None:
    with desks(chromium) as [desk]:
        desk.open(address)
        desk.write_after("phối hợp", " chặt chẽ", delay=20)
        desk.saved()
        assert "phối hợp chặt chẽ thực hiện" in office.text()
        assert desk.page.locator("#save-state").inner_text() == "Đã lưu"
        assert desk.faults() == []


def test_two_people_write_into_one_paragraph_and_nothing_is_lost(
    chromium: Browser, office: Office, address: str
) -> None:
    with desks(chromium, 2) as [one, two]:
        one.open(address)
        two.open(address)
        one.select("ngân sách")
        two.select("Kinh phí")
        for desk in (one, two):
            desk.page.keyboard.press("ArrowRight")
        for letter in "abcdefghijklmnop":
            one.page.keyboard.type(letter)
            two.page.keyboard.type(letter.upper())
        one.saved()
        two.saved()
        one.reads("Kinh phíABCDEFGHIJKLMNOP từ ngân sáchabcdefghijklmnop")
        two.reads("Kinh phíABCDEFGHIJKLMNOP từ ngân sáchabcdefghijklmnop")
        assert "Kinh phíABCDEFGHIJKLMNOP từ ngân sáchabcdefghijklmnop." in office.text()


def test_a_lost_reply_does_not_write_twice(chromium: Browser, office: Office, address: str) -> None:
    office.fault = "lose_reply"
    with desks(chromium) as [desk]:
        desk.open(address)
        desk.write_after("phối hợp", " XYZ")
        desk.page.wait_for_timeout(600)
        office.fault = None
        desk.saved()
    assert office.text().count("XYZ") == 1


def test_without_the_server_typing_goes_on_and_is_sent_later(
    chromium: Browser, office: Office, address: str
) -> None:
    with desks(chromium) as [desk]:
        desk.open(address)
        office.fault = "silent"
        desk.write_after("phối hợp", " sau khi mất mạng")
        desk.page.get_by_text("thay đổi chưa gửi, sẽ gửi lại").wait_for()
        assert desk.unsent() > 0
        office.fault = None
        desk.saved()
        desk.shows("Đã lưu")
    assert "phối hợp sau khi mất mạng thực hiện" in office.text()


def test_more_than_a_batch_waits_its_turn(chromium: Browser, office: Office, address: str) -> None:
    with desks(chromium) as [desk]:
        desk.open(address)
        desk.page.evaluate(TYPE_MUCH)
        desk.saved()
        assert desk.text() == office.text()
    assert office.version >= 450


@pytest.mark.parametrize("status", [422, 423, 403, 401, 404])
def test_a_refusal_keeps_the_text_for_copying(
    chromium: Browser, office: Office, address: str, status: int
) -> None:
    office.fault = status
    with desks(chromium) as [desk]:
        desk.open(address)
        desk.select("phối hợp")
        desk.page.keyboard.insert_text("phối hợp điều không ai nhận")
        dialog = desk.page.locator("dialog[open]")
        dialog.wait_for()
        assert f"Máy chủ nói {status}." in dialog.inner_text()
        assert "phối hợp điều không ai nhận" in dialog.locator("textarea").input_value()
        # A space typed meanwhile must not press a button.
        assert desk.page.evaluate("document.activeElement.tagName") == "TEXTAREA"
        dialog.get_by_role("button", name="Ở lại trang này").click()
        assert desk.page.evaluate("window.trinhKy.view.editable") is False
        assert desk.unsent() > 0
        assert desk.page.evaluate(KEPT) == 1
        if status == 423:
            # Where the text is closed, the page that says so still has the words.
            desk.page.on("dialog", lambda question: question.accept())
            desk.page.goto(f"{address}{PLAN}/closed")
            desk.page.get_by_role("textbox").wait_for()
            kept = desk.page.get_by_role("textbox").input_value()
            assert "phối hợp điều không ai nhận" in kept
            desk.page.get_by_role("button", name="Đã sao chép, bỏ phần này").click()
            assert desk.page.evaluate(KEPT) == 0
    assert office.version == 0


def test_leaving_with_unsent_words_is_asked_about(
    chromium: Browser, office: Office, address: str
) -> None:
    asked: list[str] = []

    def answer(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.accept()

    with desks(chromium) as [desk]:
        desk.open(address)
        desk.page.on("dialog", answer)
        office.fault = "silent"
        desk.write_after("phối hợp", " chưa gửi")
        desk.page.wait_for_timeout(300)
        desk.page.goto("about:blank")
    assert asked == ["beforeunload"]


def crash_with_words(chromium: Browser, office: Office, address: str, words: str) -> dict[str, str]:
    """A page that dies with unsent *words*; gives what its browser keeps."""
    with desks(chromium) as [desk]:
        desk.open(address)
        office.fault = "silent"
        desk.write_after("phối hợp", words)
        desk.page.wait_for_timeout(500)
        kept: dict[str, str] = desk.page.evaluate("({...localStorage})")
    office.fault = None
    return kept


def with_kept(page: Page, kept: dict[str, str]) -> None:
    """Let the page find what another one left in the browser, once."""
    page.add_init_script(
        "if (!sessionStorage.begun) {"
        f" sessionStorage.begun = 1; Object.assign(localStorage, {json.dumps(kept)}); }}"
    )


def test_words_of_a_crashed_page_are_offered_and_merged(
    chromium: Browser, office: Office, address: str
) -> None:
    kept = crash_with_words(chromium, office, address, " từ hôm qua")
    insertion = inserted("Mọi ")
    office.take([insertion], "somebodyelse")
    with desks(chromium) as [desk]:
        with_kept(desk.page, kept)
        desk.open(address)
        dialog = desk.page.locator("dialog[open]")
        assert "từ hôm qua" in dialog.locator("textarea").input_value()
        dialog.get_by_role("button", name="Đưa vào văn bản").click()
        desk.until("window.trinhKy.view.state.doc.textContent.includes('từ hôm qua')")
        desk.saved()
        desk.until("!Object.keys(localStorage).some(key => key.includes('unsent'))")
    assert "Mọi Các sở, ban, ngành phối hợp từ hôm qua thực hiện." in office.text()


def test_words_that_had_arrived_are_not_offered_again(
    chromium: Browser, office: Office, address: str
) -> None:
    office.has_socket = False
    with desks(chromium) as [desk]:
        desk.open(address)
        office.fault = "die_before_reply"
        desk.page.evaluate(
            "const {view} = window.trinhKy; view.dispatch(view.state.tr.insertText('QQ', 45))"
        )
        desk.page.wait_for_timeout(500)
        kept: dict[str, str] = desk.page.evaluate("({...localStorage})")
    office.fault = None
    assert any("unsent" in key for key in kept)
    with desks(chromium) as [desk]:
        with_kept(desk.page, kept)
        desk.open(address)
        desk.until("!Object.keys(localStorage).some(k => k.includes('unsent'))")
        assert desk.page.locator("dialog[open]").count() == 0
    assert office.text().count("QQ") == 1


def test_words_whose_place_is_gone_are_shown_for_copying(
    chromium: Browser, office: Office, address: str
) -> None:
    kept = crash_with_words(chromium, office, address, " không còn chỗ")
    deletion = {"stepType": "replace", "from": 39, "to": 79}
    office.take([deletion], "somebodyelse")
    with desks(chromium) as [desk]:
        with_kept(desk.page, kept)
        desk.open(address)
        desk.page.get_by_role("button", name="Đưa vào văn bản").click()
        dialog = desk.page.locator("dialog[open]").filter(has_text="không ghép được")
        assert "không còn chỗ" in dialog.locator("textarea").input_value()
        dialog.get_by_role("button", name="Giữ lại").click()
        assert desk.page.evaluate(KEPT) == 1


def test_without_a_socket_the_page_asks_often_enough(
    chromium: Browser, office: Office, address: str
) -> None:
    office.has_socket = False
    with desks(chromium) as [desk]:
        desk.open(address)
        insertion = inserted("Ngay ")
        office.take([insertion], "somebodyelse")
        desk.page.get_by_text("Ngay Các sở").wait_for(timeout=5000)


def test_the_others_cursor_has_a_name_and_stays_at_its_words(
    chromium: Browser, office: Office, address: str
) -> None:
    with desks(chromium, 2) as [one, two]:
        one.open(address)
        two.open(address)
        one.page.locator("#who-is-here li").wait_for()
        assert one.page.locator(".their-cursor").count() == 0
        two.select("ngân sách")
        one.page.locator(".their-cursor").wait_for()
        assert one.page.locator(".their-name").inner_text().startswith("Người ")
        assert one.page.locator("#who-is-here li").count() == 1
        one.write_after("Kinh phí", " bảo đảm")
        one.saved()
        before = one.page.locator(".their-cursor").evaluate("e => e.previousSibling.textContent")
        assert before.endswith("ngân sách")


def test_who_comes_is_said_once(chromium: Browser, office: Office, address: str) -> None:
    with desks(chromium, 3) as [one, two, three]:
        one.open(address)
        two.open(address)
        one.page.locator("#who-is-here li").wait_for()
        three.open(address)
        one.page.locator(".said-now", has_text="vừa mở văn bản này").wait_for()


def test_a_lock_makes_the_page_read_only(chromium: Browser, office: Office, address: str) -> None:
    with desks(chromium) as [desk]:
        desk.open(address)
        desk.page.wait_for_timeout(200)
        office.tell({"kind": "locked", "detail": "Kế hoạch vừa được trình."})
        desk.shows("Kế hoạch vừa được trình.")
        assert desk.page.evaluate("window.trinhKy.view.editable") is False
        assert PLAN in desk.page.url


def test_a_word_being_composed_is_left_alone_by_what_another_writes_there(
    chromium: Browser, office: Office, address: str
) -> None:
    with desks(chromium, 2) as [one, two]:
        one.open(address)
        two.open(address)
        one.select("ngân sách")
        one.page.keyboard.press("ArrowRight")
        devtools = one.page.context.new_cdp_session(one.page)
        for part in ("t", "tỉ", "tỉn"):
            devtools.send(
                "Input.imeSetComposition",
                {"text": part, "selectionStart": len(part), "selectionEnd": len(part)},
            )
        two.write_after("Kinh phí", " được cấp")
        two.saved()
        devtools.send("Input.insertText", {"text": "tỉnh"})
        one.saved()
        one.reads("Kinh phí được cấp từ ngân sáchtỉnh")
        two.reads("Kinh phí được cấp từ ngân sáchtỉnh")


def test_words_without_a_place_come_up_beside_the_work_and_stay_until_seen(
    chromium: Browser, office: Office, address: str
) -> None:
    with desks(chromium) as [desk]:
        desk.open(address)
        office.fault = 503
        desk.write_after("ngân sách", " không còn chỗ")
        # Meanwhile somebody else takes the whole paragraph away.
        *before, paragraph = [len(office.text().split("\n")[at]) + 2 for at in range(3)]
        first, last = sum(before), sum(before) + paragraph
        office.take([{"stepType": "replace", "from": first, "to": last}], "2pabcdefgh")
        office.fault = None
        desk.page.get_by_text("Nội dung của bạn không còn trong văn bản").wait_for()
        # Whoever types on in that moment means the paragraph that is gone, and no other.
        desk.page.keyboard.type(" gõ tiếp")
        card = desk.page.locator(".desk-lost")
        assert card.locator("textarea").input_value() == " không còn chỗ gõ tiếp"
        desk.saved()
        assert "gõ tiếp" not in office.text()
        desk.until(f"{KEPT} === 1")
        card.get_by_role("button", name="Đã xem").click()
        desk.until(f"{KEPT} === 0")
        desk.page.keyboard.type("trong văn bản")
        desk.saved()
        assert "trong văn bản" in office.text()


def test_whose_cursor_only_stood_in_a_paragraph_that_is_gone_is_told_where_it_is(
    chromium: Browser, office: Office, address: str
) -> None:
    with desks(chromium) as [desk]:
        desk.open(address)
        desk.select("ngân sách")
        *before, paragraph = [len(office.text().split("\n")[at]) + 2 for at in range(3)]
        first, last = sum(before), sum(before) + paragraph
        office.take([{"stepType": "replace", "from": first, "to": last}], "2pabcdefgh")
        desk.shows("Đoạn bạn đang ở vừa bị người khác xoá; con trỏ nay ở")
        assert not desk.page.locator(".desk-lost textarea").is_visible()


def test_the_end_key_works_where_somebody_elses_cursor_stands_at_the_start(
    chromium: Browser, office: Office, address: str
) -> None:
    """Chromium does not leave a place before what cannot be edited by the key itself."""
    with desks(chromium) as [desk]:
        desk.open(address)
        start = len(office.text().split("\n")[0]) + 3
        office.cursors["2pabcdefgh"] = {
            "client": "2pabcdefgh",
            "name": "Lê Thị Bình",
            "position": "",
            "colour": 1,
            "version": 0,
            "head": start,
            "anchor": start,
        }
        desk.select("phối hợp")
        flag = desk.page.locator(".their-cursor")
        for key in ("End", "Shift+End"):
            box = flag.bounding_box()
            assert box
            desk.page.mouse.click(box["x"] + 3, box["y"] + box["height"] / 2)
            desk.until(f"window.trinhKy.view.state.selection.head === {start}")
            desk.page.keyboard.press(key)
            end = start + len(office.text().split("\n")[1])
            desk.until(f"window.trinhKy.view.state.selection.head === {end}")
