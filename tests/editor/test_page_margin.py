"""Beside the text: remarks, proposed wordings and findings stay with their passages."""

from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import pytest
from playwright.sync_api import Browser

from tests.editor.fake_office import Office, thread_of
from tests.editor.fake_server import served
from tests.editor.pages import PHONE, Desk, desks, plan_doc

FIRST = "Các sở, ban, ngành phối hợp thực hiện."


@pytest.fixture
def office() -> Office:
    return Office(plan_doc(FIRST, "Kinh phí từ ngân sách.", "Báo cáo trước ngày 15."))


@pytest.fixture
def address(office: Office) -> Iterator[str]:
    with served(office) as address:
        yield address


def place(office: Office, words: str) -> tuple[int, int]:
    """Where *words* are in the fake's text."""
    at = 0
    for block in office.doc["content"]:
        text = "".join(part["text"] for part in block.get("content", ()))
        if words in text:
            start = at + 1 + text.index(words)
            return start, start + len(words)
        at += len(text) + 2
    raise AssertionError(words)


def remark(office: Office, words: str, text: str, **more: Any) -> None:
    start, end = place(office, words)
    sent = {"start": start, "end": end, "text": text, "demandsAnswer": False}
    office.threads.append({**thread_of(office, len(office.threads) + 1, **sent), **more})


def suggestion(office: Office, words: str, after: str, **more: Any) -> None:
    start, end = place(office, words)
    known = {
        "id": len(office.suggestions) + 1,
        "group": f"batch/{len(office.suggestions)}",
        "kind": "text",
        "where": "Mục I, đoạn thứ 1",
        "doing": None,
        "start": start,
        "end": end,
        "isGone": False,
        "isConflict": False,
        "before": words,
        "after": after,
        "slice": None,
        "level": None,
        "blockId": None,
        "who": "Trần Văn Thẩm",
        "position": "Chuyên viên",
        "at": "2022-11-03T01:00:00+00:00",
        "note": "",
        "state": "open",
        "answer": None,
        "settledBy": None,
        "can": {"accept": True, "settle": True, "withdraw": False},
    }
    office.suggestions.append({**known, **more})


def card(desk: Desk, text: str) -> Any:
    return desk.page.locator(".said-card", has_text=text)


def test_a_remark_is_made_from_the_keyboard_and_names_its_place(
    chromium: Browser, office: Office, address: str
) -> None:
    with desks(chromium) as [desk]:
        desk.open(address)
        desk.select("phối hợp")
        desk.page.keyboard.press("Control+Alt+m")
        desk.page.keyboard.type("Ghi rõ ai chủ trì, nhờ @Lê")
        desk.page.locator("[role=option]").first.wait_for()
        desk.page.keyboard.press("ArrowDown")
        desk.page.keyboard.press("Enter")
        desk.page.get_by_text("Chỉ người soạn thảo thấy.").wait_for()
        desk.page.get_by_label("Yêu cầu tiếp thu, giải trình").check()
        desk.page.get_by_role("button", name="Gửi góp ý").click()
        card(desk, "Ghi rõ ai chủ trì").wait_for()
        assert desk.page.locator(".passage").inner_text() == "phối hợp"
        assert desk.page.locator(".mark-due").count() == 1
        assert desk.page.locator(".mark-inside").count() == 1
        assert desk.faults() == []
    [(_, sent)] = office.posted
    assert (sent["start"], sent["end"]) == place(office, "phối hợp")
    assert sent["text"] == "Ghi rõ ai chủ trì, nhờ @[Lê Văn Cường](1)"
    assert sent["demandsAnswer"] is True
    assert sent["isDraft"] is True


def test_a_remark_waits_for_the_words_before_it_to_be_saved(
    chromium: Browser, office: Office, address: str
) -> None:
    with desks(chromium) as [desk]:
        desk.open(address)
        office.fault = "silent"
        desk.write_after("Các sở", ", viện")
        desk.select("phối hợp")
        desk.page.keyboard.press("Control+Alt+m")
        desk.page.keyboard.type("Ai?")
        desk.page.keyboard.press("Control+Enter")
        desk.page.wait_for_timeout(500)
        assert office.posted == []
        office.fault = None
        card(desk, "Ai?").wait_for()
        start, end = office.posted[-1][1]["start"], office.posted[-1][1]["end"]
        assert (start, end) == place(office, "phối hợp")


def test_a_passage_follows_the_typing_and_its_card_says_when_it_is_gone(
    chromium: Browser, office: Office, address: str
) -> None:
    remark(office, "phối hợp", "Ai chủ trì?", blockId="clause000000")
    with desks(chromium) as [desk]:
        desk.open(address)
        card(desk, "Ai chủ trì?").wait_for()
        desk.write_after("Các sở", ", viện nghiên cứu")
        assert desk.page.locator(".passage").inner_text() == "phối hợp"
        desk.select("phối hợp")
        desk.page.keyboard.press("Delete")
        card(desk, "Đoạn được góp ý đã bị xoá").wait_for()
        assert "phối hợp" in card(desk, "Ai chủ trì?").locator("blockquote").inner_text()
        desk.page.keyboard.press("Control+z")
        desk.page.locator(".passage", has_text="phối hợp").wait_for()
        card(desk, "Ai chủ trì?").get_by_role("button", name="phối hợp").wait_for()


def test_an_answer_other_than_acceptance_needs_its_reason(
    chromium: Browser, office: Office, address: str
) -> None:
    remark(office, "phối hợp", "Ai chủ trì?", demandsAnswer=True)
    taken_up = {"reopenedBy": "Lê Thị Bình", "reopenedAt": "2022-11-02T01:00:00+00:00"}
    office.threads[0].update(taken_up, answerFrom="Nguyễn Thị Soạn")
    with desks(chromium) as [desk]:
        desk.open(address)
        one = card(desk, "Ai chủ trì?")
        one.get_by_text("Chờ Nguyễn Thị Soạn hoặc người cùng soạn trả lời.").wait_for()
        one.get_by_text("Lê Thị Bình mở lại lúc 02/11/2022 08:00.").wait_for()
        one.get_by_role("button", name="Tiếp thu, giải trình").click()
        one.get_by_label("Không tiếp thu").check()
        one.get_by_role("button", name="Ghi nhận").click()
        one.get_by_text("Bạn nêu lý do.").wait_for()
        assert office.posted == []
        one.get_by_label("Giải trình").fill("Đã có ở mục III.")
        one.get_by_role("button", name="Ghi nhận").click()
        desk.until("document.querySelector('.said-card form') === null")
    assert office.posted == [
        ("threads/1/answer", {"answer": "rejected", "reason": "Đã có ở mục III."})
    ]


def test_what_is_being_typed_survives_a_new_remark_of_somebody(
    chromium: Browser, office: Office, address: str
) -> None:
    remark(office, "phối hợp", "Ai chủ trì?")
    with desks(chromium) as [desk]:
        desk.open(address)
        card(desk, "Ai chủ trì?").get_by_role("button", name="Trả lời").click()
        desk.page.keyboard.type("Sở Y tế ch")
        remark(office, "ngân sách", "Nguồn nào?")
        office.threads[-1]["comments"][0]["who"] = "Lê Thị Bình"
        office.tell({"kind": "discussion"})
        card(desk, "Nguồn nào?").wait_for()
        desk.page.keyboard.type("ủ trì")
        assert card(desk, "Ai chủ trì?").locator("textarea").input_value() == "Sở Y tế chủ trì"
        desk.page.locator(".said-now", has_text="Lê Thị Bình vừa góp ý").wait_for()


def test_words_begun_are_offered_again_until_they_are_sent(
    chromium: Browser, office: Office, address: str
) -> None:
    remark(office, "ngân sách", "Nguồn nào?")
    with desks(chromium) as [desk]:
        desk.open(address)
        one = card(desk, "Nguồn nào?")
        one.get_by_role("button", name="Trả lời").click()
        desk.page.keyboard.type("Ngân sách thành phố")
        office.fault = 409
        desk.page.keyboard.press("Control+Enter")
        one.get_by_text("Máy chủ nói 409.").wait_for()
        assert one.locator("textarea").input_value() == "Ngân sách thành phố"
        office.fault = None
        desk.page.keyboard.press("Escape")
        desk.page.locator(".leftover", has_text="Trả lời viết dở").wait_for()
        desk.select("phối hợp")
        desk.page.keyboard.press("Control+Alt+m")
        desk.page.keyboard.type("Ai chủ trì, nhờ @Lê")
        desk.page.locator("[role=option]").first.wait_for()
        desk.page.keyboard.press("Enter")
        desk.page.get_by_label("Yêu cầu tiếp thu, giải trình").check()

        desk.open(address)
        left = desk.page.locator(".leftover")
        left.nth(1).wait_for()
        left.filter(has_text="chủ trì").get_by_role("button", name="Viết tiếp").click()
        assert desk.page.locator(".passage-pending").inner_text() == "phối hợp"
        assert desk.page.get_by_label("Yêu cầu tiếp thu, giải trình").is_checked()
        desk.page.get_by_role("button", name="Gửi góp ý").click()
        card(desk, "Ai chủ trì").wait_for()
        left.get_by_role("button", name="Viết tiếp").click()
        one.get_by_role("button", name="Gửi trả lời").click()
        desk.until("document.querySelector('.said-card form') === null")
        desk.until("document.querySelectorAll('.leftover').length === 0")
        desk.open(address)
        card(desk, "Ai chủ trì").wait_for()
        assert left.count() == 0
        assert desk.faults() == []
    [(_, begun), (_, replied)] = office.posted
    assert begun["text"] == "Ai chủ trì, nhờ @[Lê Thị Bình](0)"
    assert begun["demandsAnswer"] is True
    assert replied["text"] == "Ngân sách thành phố"


def test_whoever_writes_is_not_thrown_out_when_cards_change_places(
    chromium: Browser, office: Office, address: str
) -> None:
    remark(office, "phối hợp", "Ai chủ trì?")
    remark(office, "ngân sách", "Nguồn nào?")
    with desks(chromium) as [desk]:
        desk.open(address)
        one = card(desk, "Nguồn nào?")
        one.get_by_role("button", name="Trả lời").click()
        desk.page.keyboard.type("Ngân sách phố")
        for _ in range(3):
            desk.page.keyboard.press("ArrowLeft")
        # The first passage goes to the end of the list, and the card that is written in is closed.
        first, second = office.threads
        first["start"], first["end"] = place(office, "ngày 15")
        second["isResolved"] = True
        office.tell({"kind": "discussion"})
        one.locator(".mark-done").wait_for()
        assert "Nguồn nào?" in desk.page.locator(".said-card").first.inner_text()
        desk.page.keyboard.type("thành ")
        assert one.locator("textarea").input_value() == "Ngân sách thành phố"


def test_cards_stand_beside_their_passages_in_their_order(
    chromium: Browser, office: Office, address: str
) -> None:
    remark(office, "ngân sách", "Nguồn nào?")
    remark(office, "phối hợp", "Ai chủ trì?")
    with desks(chromium) as [desk]:
        desk.open(address)
        card(desk, "Nguồn nào?").wait_for()
        assert "Ai chủ trì?" in desk.page.locator(".said-card").first.inner_text()
        desk.page.wait_for_timeout(200)
        passage = desk.page.locator(".passage", has_text="phối hợp").bounding_box()
        beside = card(desk, "Ai chủ trì?").bounding_box()
        assert passage is not None
        assert beside is not None
        assert abs(passage["y"] - beside["y"]) < 12


def boxes(desk: Desk, selector: str) -> list[tuple[float, float]]:
    """Top and bottom of each, from above to below."""
    found = [each.bounding_box() for each in desk.page.locator(selector).all()]
    return sorted((box["y"], box["y"] + box["height"]) for box in found if box)


def test_many_cards_are_narrowed_walked_and_never_cover_one_another(
    chromium: Browser, office: Office, address: str
) -> None:
    long = "Các đơn vị thực hiện đúng tiến độ được giao. " * 30
    office.doc = plan_doc(FIRST, "Kinh phí từ ngân sách.", "Báo cáo trước ngày 15.", *[long] * 6)
    remark(office, "phối hợp", "Ai chủ trì?", isMine=False)
    remark(office, "ngân sách", "Nguồn nào?", demandsAnswer=True, isMine=False)
    remark(office, "ngày 15", "Sao sớm thế?", isResolved=True, resolvedBy="Lê Thị Bình")
    with desks(chromium) as [desk]:
        desk.open(address)
        card(desk, "Nguồn nào?").wait_for()
        kinds = desk.page.get_by_label("Hiện các góp ý")
        assert [each.strip() for each in kinds.locator("option").all_inner_texts()] == [
            "Chưa đóng (2)",
            "Chờ trả lời (1)",
            "Của tôi (1)",
            "Đã đóng (1)",
            "Tất cả (3)",
        ]
        for kind, text in (("due", "Nguồn nào?"), ("resolved", "Sao sớm thế?")):
            kinds.select_option(kind)
            assert desk.page.locator(".said-card").count() == 1
            card(desk, text).wait_for()
        # A settled passage is marked only while it is spoken of, and can be gone to.
        assert "ngày 15" not in desk.page.locator(".passage").all_inner_texts()
        card(desk, "Sao sớm thế?").get_by_role("button", name="ngày 15").click()
        desk.page.locator(".passage.is-active", has_text="ngày 15").wait_for()
        kinds.select_option("all")

        desk.select("ngân sách")
        desk.page.keyboard.press("Control+Alt+m")
        desk.page.keyboard.type("Thêm một ý")
        desk.until("document.activeElement.value === 'Thêm một ý'")
        card(desk, "Ai chủ trì?").get_by_role("button", name="Trả lời").click()
        desk.page.wait_for_timeout(200)
        found = boxes(desk, ".said-card, .new-remark form")
        assert len(found) == 4
        for (_top, bottom), (top, _bottom) in pairwise(found):
            assert bottom <= top

        desk.page.evaluate("window.scrollTo(0, document.body.scrollHeight)")
        above = desk.page.get_by_role("button", name="4 góp ý ở trên")
        above.wait_for()
        assert desk.page.get_by_label("Hiện các góp ý").is_visible()
        above.click()
        desk.until("document.querySelector('.panel-top').getBoundingClientRect().bottom < 700")
        desk.page.get_by_role("button", name="góp ý ở trên").wait_for()
        assert any(0 < top < 768 for top, _bottom in boxes(desk, ".said-card"))
        assert desk.faults() == []


def test_a_link_opens_its_thread_wherever_it_is(
    chromium: Browser, office: Office, address: str
) -> None:
    remark(office, "phối hợp", "Ai chủ trì?", isResolved=True)
    with desks(chromium) as [desk]:
        desk.open(address, "edit#thread-1")
        card(desk, "Ai chủ trì?").wait_for()
        desk.until("document.activeElement.matches('[data-card=\"thread:1\"]')")
        desk.page.locator(".passage.is-active", has_text="phối hợp").wait_for()


def test_a_suggestion_is_shown_in_place_and_settled_with_an_answer(
    chromium: Browser, office: Office, address: str
) -> None:
    suggestion(office, "phối hợp", "chủ trì")
    with desks(chromium) as [desk]:
        desk.open(address)
        desk.page.locator("del.proposed-del", has_text="phối hợp").wait_for()
        assert desk.page.locator("ins.proposed-ins").inner_text().split("\n")[:2] == [
            "[đề nghị thêm:]",
            "chủ trì",
        ]
        assert "chủ trì" not in desk.text()
        desk.page.get_by_role("tab", name="Đề xuất sửa").click()
        one = card(desk, "Trần Văn Thẩm")
        one.get_by_role("button", name="Kèm trả lời…").click()
        one.get_by_label("Ý kiến trả lời").fill("Đúng.")
        one.get_by_role("button", name="Chấp nhận").click()
        desk.until("document.querySelector('.proposed-ins') === null")
    assert office.posted[-1] == (
        "suggestions/settle",
        {"ids": [1], "verdict": "accept", "answer": "Đúng."},
    )


def test_all_are_settled_with_one_answer_and_what_did_not_fit_is_told_one_by_one(
    chromium: Browser, office: Office, address: str
) -> None:
    suggestion(office, "phối hợp", "chủ trì")
    suggestion(office, "ngân sách", "quỹ", isConflict=True)
    suggestion(office, "Báo cáo", "Gửi", who="Người khác", isLate=True)
    with desks(chromium) as [desk]:
        desk.open(address)
        desk.page.locator("del.proposed-del", has_text="Báo cáo").wait_for()
        # What does not fit any more is no part of the text.
        assert desk.page.locator("del.proposed-del", has_text="ngân sách").count() == 0
        desk.page.get_by_role("tab", name="Đề xuất sửa").click()
        assert "Mục I, đoạn thứ 1" in card(desk, "chủ trì").inner_text()
        assert card(desk, "quỹ").get_by_role("button", name="Chấp nhận").count() == 0
        everything = desk.page.get_by_role("group", name="Tất cả")
        everything.get_by_role("button", name="Chấp nhận tất cả").click()
        dialog = desk.page.locator("dialog[open]")
        assert "1 đề xuất không còn khớp" in dialog.inner_text()
        dialog.get_by_label("Ý kiến trả lời chung").fill("Đã tiếp thu.")
        dialog.get_by_role("button", name="Chấp nhận tất cả").click()
        desk.shows("Còn 1 đề xuất chưa xử lý được")
        assert "Gửi – Đoạn này đã được sửa." in dialog.inner_text()
        dialog.get_by_role("button", name="Đã xem").click()
        assert "Đoạn này đã được sửa." in card(desk, "Người khác").inner_text()
        card(desk, "quỹ").get_by_role("button", name="Đã sửa theo").click()
        desk.until("document.querySelectorAll('.said-card').length === 1")
        assert desk.faults() == []
    [everything_sent, adopted] = [sent for kind, sent in office.posted if kind.endswith("settle")]
    assert everything_sent == {"ids": [1, 3], "verdict": "accept", "answer": "Đã tiếp thu."}
    assert adopted == {"ids": [2], "verdict": "adopt", "answer": ""}


def test_what_belongs_together_is_one_card_with_one_sentence(
    chromium: Browser, office: Office, address: str
) -> None:
    doing = {
        "kind": "moved",
        "blocks": ["Mục I.2.1"],
        "count": 1,
        "after": "Mục I.2.3",
        "isDown": True,
        "isReworded": False,
        "levels": None,
    }
    can = {"accept": False, "settle": True, "withdraw": False}
    both = {"group": "batch/0", "doing": doing, "can": can}
    suggestion(office, "phối hợp", "", **both)
    suggestion(office, "Báo cáo", "phối hợp", before="", **both)
    suggestion(office, "Các sở", "", kind="level", level="plus")
    with desks(chromium) as [desk]:
        desk.open(address)
        desk.page.get_by_role("tab", name="Đề xuất sửa 2").click()
        # A level is told before the block's first letter.
        label = desk.page.locator(".level-proposed")
        assert label.evaluate("e => e.nextSibling.textContent").startswith("Các sở")
        one = card(desk, "Chuyển mục I.2.1 xuống sau mục I.2.3")
        assert desk.page.locator(".said-card").count() == 2
        assert one.get_by_role("button", name="Chấp nhận").count() == 0
        desk.shows("chỉ đưa vào được khi văn bản trở lại bước soạn thảo")
        struck = desk.page.locator("del.proposed-del", has_text="Báo cáo")
        struck.click(position={"x": 20, "y": 8})
        desk.page.locator(".said-card.is-active", has_text="Chuyển mục I.2.1").wait_for()


def test_findings_are_underlined_and_a_press_leads_to_them(
    chromium: Browser, office: Office, address: str
) -> None:
    office.findings = [
        {
            "rule": "a",
            "level": "error",
            "sentence": "Ngày phải ghi đủ tháng, năm.",
            "law": "NĐ 30",
            "blockId": "clause000002",
            "start": 14,
            "end": 21,
        },
        {
            "rule": "b",
            "level": "note",
            "sentence": "Chưa có căn cứ.",
            "law": "",
            "blockId": None,
            "start": None,
            "end": None,
        },
    ]
    with desks(chromium) as [desk]:
        desk.open(address)
        desk.page.locator(".finding-error", has_text="ngày 15").wait_for()
        tab = desk.page.get_by_role("tab", name="Thể thức")
        assert " ".join(tab.inner_text().split()) == "Thể thức 1 lỗi · 1"
        tab.click()
        desk.page.get_by_role("button", name="Ngày phải ghi đủ").click()
        at = desk.page.evaluate("window.trinhKy.view.state.selection.from")
        assert at == place(office, "ngày 15")[0]


def test_what_holds_up_the_submission_stands_before_the_other_findings(
    chromium: Browser, office: Office, address: str
) -> None:
    levels = ["warning"] * 2 + ["note", "error", "warning"]
    office.findings = [
        {
            "rule": level,
            "level": level,
            "sentence": f"Chỗ {at}.",
            "law": "",
            "blockId": f"clause00000{at % 3}",
            "start": None,
            "end": None,
        }
        for at, level in enumerate(levels)
    ]
    office.most_findings = 3
    with desks(chromium) as [desk]:
        desk.open(address)
        desk.page.get_by_role("tab", name="Thể thức 1 lỗi · 4").click()
        desk.shows("1 lỗi phải sửa trước khi trình, 3 cảnh báo, 1 lưu ý.")
        desk.shows("Mỗi quy tắc chỉ kể 3 chỗ đầu")
        cards = desk.page.get_by_role("list", name="Kiểm tra thể thức").get_by_role("button")
        assert cards.all_inner_texts() == [f"Chỗ {at}." for at in (3, 0, 1, 4, 2)]
        office.findings = [each for each in office.findings if each["level"] == "note"]
        desk.write_after("Kinh phí", " lấy")
        desk.page.get_by_text("1 lưu ý.", exact=True).wait_for()
        assert desk.page.get_by_text("phải sửa trước khi trình").count() == 0
        assert desk.page.get_by_text("Mỗi quy tắc chỉ kể").count() == 0


@pytest.mark.parametrize("touches", [False, True], ids=["mouse", "finger"])
def test_a_press_on_a_block_with_a_finding_puts_the_cursor_there(
    chromium: Browser, office: Office, address: str, touches: bool
) -> None:
    """Drawing the block anew before the browser's selection is read would put the old one back."""
    office.findings = [
        {
            "rule": "a",
            "level": "error",
            "sentence": "Chưa có thời hạn.",
            "law": "",
            "blockId": f"clause00000{at}",
            "start": None,
            "end": None,
        }
        for at in range(3)
    ]
    with desks(chromium, has_touch=touches) as [desk]:
        desk.open(address)
        desk.page.locator(".ed-clause.finding").nth(2).wait_for()
        for at in (2, 0, 1, 2, 1, 0):
            block = desk.page.locator(".ed-clause.finding").nth(at)
            box = block.bounding_box()
            assert box
            x, y = box["x"] + 60, box["y"] + box["height"] / 2
            if touches:
                desk.page.touchscreen.tap(x, y)
                desk.page.wait_for_timeout(400)
            else:
                desk.page.mouse.click(x, y)
            desk.page.keyboard.type("@")
            assert "@" in block.inner_text()
            desk.page.keyboard.press("Backspace")


def test_a_state_gets_its_name(chromium: Browser, office: Office, address: str) -> None:
    with desks(chromium) as [desk]:
        desk.open(address)
        desk.page.get_by_role("tab", name="Lịch sử").click()
        desk.page.get_by_label("Tên trạng thái").fill("Trước khi gửi các sở")
        desk.page.keyboard.press("Enter")
        desk.shows("Đã lưu trạng thái số 1")
    assert office.posted == [("revisions", {"note": "Trước khi gửi các sở"})]


def test_on_a_phone_the_margin_is_a_sheet_that_gives_the_focus_back(
    chromium: Browser, office: Office, address: str
) -> None:
    remark(office, "phối hợp", "Ai chủ trì?")
    with desks(chromium, viewport=PHONE, has_touch=True) as [desk]:
        desk.open(address)
        assert not desk.page.locator(".margin").is_visible()
        desk.page.get_by_role("button", name="Bên lề").click()
        card(desk, "Ai chủ trì?").wait_for()
        desk.page.keyboard.press("Escape")
        assert not desk.page.locator(".margin").is_visible()
        assert desk.page.evaluate("document.activeElement.textContent") == "Bên lề"
        assert desk.page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
