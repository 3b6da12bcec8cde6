"""The tool bar, the outline, the numbers, and what those hear who cannot see them."""

from random import Random

from playwright.sync_api import Browser

from tests.editor.bench import bench
from tests.editor.samples import clause, plan, real_plan
from workflows.domain.content.numbering import LEVELS, labels
from workflows.domain.content.schema import parse


def test_the_outline_leads_to_parts_and_sections(chromium: Browser) -> None:
    with bench(chromium, real_plan()) as surface:
        names = surface.page.eval_on_selector_all(
            "nav button", "all => all.map(each => each.textContent)"
        )
        assert names[:4] == [
            "I. MỤC ĐÍCH, YÊU CẦU",
            "II. NỘI DUNG KẾ HOẠCH",
            "1. Các nội dung tuyên truyền",
            "2. Hình thức tuyên truyền",
        ]
        surface.page.click("nav >> text=III. TỔ CHỨC")
        surface.type("X")
        assert ("part", "XTỔ CHỨC THỰC HIỆN") in surface.body()
        surface.page.wait_for_selector("nav [aria-current] >> text=III. XTỔ CHỨC")


def test_the_tool_bar_is_one_stop_with_arrows_inside(chromium: Browser) -> None:
    with bench(chromium, plan(clause("một", "sec"))) as surface:
        surface.put_cursor("một")
        stops = "document.querySelectorAll('.ed-toolbar [tabindex=\"0\"]').length"
        surface.page.wait_for_function(f"{stops} === 1")
        surface.press("Escape", "Shift+Tab")
        assert surface.page.evaluate("document.activeElement.dataset.tool") == "undo"
        surface.press("ArrowRight", "ArrowRight")
        assert surface.page.evaluate("document.activeElement.dataset.tool") == "strong"
        surface.press("End", "ArrowRight")
        assert surface.page.evaluate("document.activeElement.dataset.tool") == "undo"
        assert surface.page.evaluate(stops) == 1
        surface.page.focus("[data-tool=pt]")
        surface.press("Enter")
        assert surface.body() == [("pt", "một")]
        surface.page.wait_for_selector("[data-tool=pt][aria-pressed=true]")
        assert surface.page.evaluate("document.activeElement.dataset.tool") == "pt"
        surface.press("Escape")
        assert surface.page.evaluate("surface.view.hasFocus()")


def test_a_screen_reader_hears_numbers_and_the_way_out(chromium: Browser) -> None:
    with bench(chromium, plan(clause("Phần", "part"), clause("điểm", "pt"))) as surface:
        tree = surface.page.locator(".ed-sheet").aria_snapshot()
        assert "I. Phần" in tree
        assert "a) điểm" in tree
        box = surface.page.get_by_role("textbox", name="Escape rồi Tab")
        assert box.get_attribute("aria-multiline") == "true"
        assert box.get_attribute("lang") == "vi"
        unnamed = surface.page.eval_on_selector_all(
            "button, input, select",
            """all => all.filter(
              each => !each.ariaLabel && !each.textContent && !each.labels?.length).length""",
        )
        assert unnamed == 0


def test_what_may_not_be_written_is_not_written(chromium: Browser) -> None:
    with bench(chromium, plan(clause("một")), editable=False) as surface:
        before = surface.doc()
        surface.page.click("text=một")
        surface.type("x")
        surface.paste(text="y")
        assert surface.doc() == before
        assert surface.page.get_attribute(".ed-sheet", "aria-readonly") == "true"
        assert not surface.page.is_visible(".ed-toolbar")
        assert surface.page.is_disabled(".ed-signer")
        surface.page.evaluate("surface.setEditable(true)")
        surface.put_cursor("một")
        surface.type("x")
        assert surface.body() == [("para", "xmột")]
        assert surface.page.is_enabled(".ed-signer")


def test_numbers_agree_with_the_papers_on_random_plans(chromium: Browser) -> None:
    chance = Random(30)  # noqa: S311
    plans = []
    for _ in range(150):
        doc = plan(
            *(
                clause(
                    "x",
                    chance.choice(LEVELS[:4] if chance.random() < 0.7 else LEVELS),
                    f"block{at:07d}",
                )
                for at in range(chance.randrange(120))
            )
        )
        for order in range(chance.randrange(4)):
            inner = [
                clause("x", chance.choice(LEVELS), f"a{order:03d}b{at:06d}") for at in range(9)
            ]
            doc["content"].append(
                {
                    "type": "annex",
                    "attrs": {"id": f"annex{order:07d}"},
                    "content": [{"type": "annex_title"}, *inner],
                }
            )
        plans.append(doc)
    with bench(chromium, plan()) as surface:
        found = surface.page.evaluate(
            "plans => plans.map(doc => labels(surface.view.state.schema.nodeFromJSON(doc)))", plans
        )
    assert found == [labels(doc) for doc in plans]


def test_acts_are_told_and_tools_that_are_off_say_why(chromium: Browser) -> None:
    blocks = (clause("A", "sec"), clause("a", "sub"), clause("B", "sec"))
    with bench(chromium, plan(*blocks)) as surface:

        def hears(sentence: str) -> None:
            surface.page.wait_for_selector(f".said-now >> text={sentence}")

        surface.put_cursor("B")
        surface.press("Tab")
        hears("Đã hạ cấp, nay là 1.2.")
        surface.press("Alt+ArrowUp")
        hears("Đã chuyển lên, nay là 1.1.")
        surface.press("Control+z")
        hears("Đã hoàn tác; con trỏ ở 1.2.")
        surface.press("Shift+Tab")
        hears("Đã nâng cấp, nay là 2.")
        surface.press("Alt+ArrowDown")
        hears("Phía dưới không có gì để đổi chỗ.")
        surface.tool("dash")
        hears("Nay là gạch đầu dòng.")
        surface.put_cursor("Trích yếu")
        off = surface.page.locator("[data-tool=sec]")
        surface.page.wait_for_selector("[data-tool=sec][aria-disabled=true]")
        assert "không đổi thành loại đoạn khác được" in str(off.get_attribute("aria-description"))
        assert "1. Mục: Trích yếu" in str(off.get_attribute("title"))
        off.click(force=True)
        hears("Trích yếu, tên phụ lục và nơi nhận không đổi")
        surface.put_cursor("a")
        surface.page.wait_for_selector(
            "[data-tool=sec][aria-disabled=false]:not([aria-description])"
        )
        parse(surface.doc())


def test_the_list_of_keys_and_the_key_for_saving(chromium: Browser) -> None:
    with bench(chromium, plan(clause("một")), saves=True) as surface:
        surface.put_cursor("một", -1)
        surface.press("Control+/")
        surface.page.wait_for_selector("dialog[open] >> text=Ctrl+Alt+J")
        surface.press("Escape")
        surface.page.wait_for_selector("dialog", state="detached")
        surface.press("Control+Shift+Space", "Control+s")
        surface.page.wait_for_selector(".said-now >> text=Đã lưu")
        assert surface.page.evaluate("heard.saves") == 1
        assert surface.body() == [("para", "một\u00a0")]
