"""Finding and replacing: over bold borders, with and without Vietnamese marks, ids kept."""

from playwright.sync_api import Browser

from tests.editor.bench import Bench, bench
from tests.editor.samples import clause, plan, table
from workflows.domain.content.schema import parse


def count(surface: Bench, told: str) -> None:
    surface.page.wait_for_selector(f".ed-find-count >> text={told}")


def test_words_are_found_over_borders_and_replaced_where_they_stand(chromium: Browser) -> None:
    bold = clause("", "sec", "bold0000000")
    bold["content"] = [
        {"type": "text", "text": "Kế "},
        {"type": "text", "text": "hoạch", "marks": [{"type": "strong"}]},
        {"type": "text", "text": "; kê hoách; KẾ HOẠCH"},
    ]
    blocks = (bold, clause("xkế\u00a0hoạchx", "pt", "point000000"), table(("kế hoạch", "hoà")))
    with bench(chromium, plan(*blocks)) as surface:
        surface.put_cursor("xkế\u00a0hoạchx")
        surface.press("Control+f")
        surface.type("kế hoạch")
        count(surface, "Chỗ 3 trong 4")
        surface.page.click("text=Phân biệt hoa thường")
        count(surface, "Chỗ 1 trong 2")
        surface.page.click("text=Phân biệt dấu")
        surface.page.click("text=Phân biệt hoa thường")
        count(surface, "trong 5")
        surface.page.click("text=Phân biệt dấu")
        surface.page.fill(".ed-find-field input >> nth=0", "kế hoạch")
        count(surface, "trong 4")
        surface.page.fill(".ed-find-field input >> nth=1", "bản kế hoạch")
        surface.page.click("button:text-is('Thay tất cả')")
        surface.page.wait_for_selector(".said-now >> text=Đã thay 4 chỗ")
        assert surface.body() == [
            ("sec", "bản kế hoạch; kê hoách; bản kế hoạch"),
            ("pt", "xbản kế hoạchx"),
            ("table", "bản kế hoạch|hoà"),
        ]
        ids = [node["attrs"]["id"] for node in surface.doc()["content"][1:3]]
        assert ids == ["bold0000000", "point000000"]
        parse(surface.doc())
        surface.press("Escape")
        assert surface.page.is_hidden(".ed-find")
        assert surface.page.evaluate("surface.view.hasFocus()")


def test_replacing_goes_forward_and_comes_back_with_one_undo(chromium: Browser) -> None:
    with bench(chromium, plan(clause("a b a b a", identity="line0000000"))) as surface:
        before = surface.doc()
        surface.put_cursor("a b a b a")
        surface.press("Control+h")
        surface.type("a")
        surface.press("Tab", "Tab", "Tab", "Tab")
        surface.page.fill(".ed-find-field input >> nth=1", "aa")
        surface.press("Enter")
        assert surface.body() == [("para", "aa b a b a")]
        count(surface, "Chỗ 3 trong 4")
        surface.press("Enter")
        assert surface.body() == [("para", "aa b aa b a")]
        surface.page.fill(".ed-find-field input >> nth=1", "")
        surface.page.click("text=Thay tất cả")
        assert surface.body() == [("para", " b  b ")]
        count(surface, "Không tìm thấy")
        surface.press("Escape", "Control+z")
        assert surface.body() == [("para", "aa b aa b a")]
        surface.press("Control+z")
        surface.press("Control+z")
        assert surface.doc() == before
        surface.press("Control+f", "F3", "Shift+F3", "Shift+F3")
        count(surface, "Chỗ 3 trong 3")
        surface.page.evaluate("surface.setEditable(false)")
        assert not surface.page.is_visible("text=Thay tất cả")
