"""Nơi nhận, the signature, annexes, tables, the outline and the tool bar, as people use them."""

from playwright.sync_api import Browser

from tests.editor.bench import bench
from tests.editor.samples import clause, plan, rich
from workflows.domain.content.schema import parse


def test_a_recipient_is_picked_with_the_keyboard(chromium: Browser) -> None:
    with bench(chromium, plan(clause("một"))) as surface:
        surface.page.click("text=Thêm nơi nhận")
        surface.type("sở")
        surface.page.wait_for_selector("[role=option]")
        surface.press("ArrowDown", "ArrowDown")
        active = surface.page.get_attribute("[role=combobox]", "aria-activedescendant")
        assert surface.page.inner_text(f"#{active} span:first-child") == "Sở Tài chính"
        surface.press("Enter", "Tab")
        surface.type("để báo cáo")
        surface.press("Enter")
        surface.page.wait_for_selector("dialog", state="detached")
        [line] = surface.part("recipients")["content"]
        assert (line["attrs"]["target"], line["attrs"]["purpose"]) == ("STC", "để báo cáo")
        assert line["content"][0]["text"] == "Sở Tài chính"
        assert surface.page.evaluate("surface.view.hasFocus()")
        surface.press("Enter")
        surface.type("Như trên")
        assert [node["attrs"]["target"] for node in surface.part("recipients")["content"]] == [
            "STC",
            None,
        ]
        surface.press("Alt+ArrowUp")
        assert [node["attrs"]["target"] for node in surface.part("recipients")["content"]] == [
            None,
            "STC",
        ]
        surface.tool("lineGone")
        assert [node["attrs"]["target"] for node in surface.part("recipients")["content"]] == [
            "STC"
        ]
        parse(surface.doc())


def test_typed_words_are_linked_to_nobody(chromium: Browser) -> None:
    with bench(chromium, plan(clause("một"))) as surface:
        surface.page.click("text=Thêm nơi nhận")
        surface.type("Sở Tài chính")
        surface.press("Enter")
        surface.page.wait_for_selector("dialog", state="detached")
        [line] = surface.part("recipients")["content"]
        assert line["attrs"]["target"] is None
        surface.page.click("text=Chọn…")
        surface.page.wait_for_selector("dialog")
        surface.press("ArrowDown")
        surface.page.click("[role=option] >> text=Sở Tài chính")
        surface.page.click("dialog >> text=Ghi vào dòng")
        surface.page.wait_for_selector("dialog", state="detached")
        assert surface.part("recipients")["content"][0]["attrs"]["target"] == "STC"
        surface.select("Sở Tài chính", "Sở Tài chính")
        surface.press("Delete")
        assert surface.part("recipients")["content"][0]["attrs"]["target"] is None


def test_a_line_whose_words_change_is_linked_to_nobody_until_it_is_picked_again(
    chromium: Browser,
) -> None:
    with bench(chromium, rich()) as surface:

        def linked() -> list[tuple[str, str | None]]:
            lines = surface.part("recipients")["content"]
            return [(line["content"][0]["text"], line["attrs"]["target"]) for line in lines]

        surface.put_cursor("Sở Tài chính", -1)
        surface.type(";")
        assert linked()[0] == ("Sở Tài chính;", "STC")
        surface.press("Backspace")
        surface.put_cursor("Sở Tài chính", 3)
        surface.type("Kế hoạch và ")
        assert linked()[0] == ("Sở Kế hoạch và Tài chính", None)
        surface.page.wait_for_selector(".said-now >> text=không còn gắn")
        surface.press("Control+z")
        assert linked()[0] == ("Sở Tài chính", "STC")
        copied = """() => {
          const kept = new DataTransfer();
          const given = {clipboardData: kept, bubbles: true, cancelable: true};
          surface.view.dom.dispatchEvent(new ClipboardEvent("copy", given));
          return kept.getData("text/html");
        }"""
        surface.select("Sở Tài chính", "Như trên")
        whole = surface.page.evaluate(copied)
        assert 'data-target="STC"' in whole
        surface.page.evaluate(
            """() => {
              const {view} = surface;
              const {doc, selection: {from, to}} = view.state;
              view.dispatch(view.state.tr.setSelection(TextSelection.create(doc, from + 3, to)));
            }"""
        )
        assert "data-target" not in surface.page.evaluate(copied)
        surface.put_cursor("Như trên", -1)
        surface.press("Enter")
        surface.paste(html=whole)
        names = [line["attrs"]["id"] for line in surface.part("recipients")["content"]]
        assert linked()[2:] == [("Sở Tài chính", "STC"), ("Như trên", None)]
        assert len(set(names)) == 4
        parse(surface.doc())


def test_escape_leaves_the_dialog_without_a_change(chromium: Browser) -> None:
    with bench(chromium, plan(clause("một"))) as surface:
        before = surface.doc()
        surface.page.click("text=Thêm nơi nhận")
        surface.type("Sở")
        surface.page.wait_for_selector("[role=option]")
        surface.press("Escape")
        assert surface.page.is_visible("dialog")
        surface.press("Escape")
        surface.page.wait_for_selector("dialog", state="detached")
        assert surface.doc() == before


def test_several_lines_pasted_into_a_field_of_one_do_not_run_together(chromium: Browser) -> None:
    with bench(chromium, plan(clause("một"))) as surface:
        surface.page.focus(".ed-filing-field")
        surface.press("End")
        surface.page.evaluate(
            """() => {
              const clipboardData = new DataTransfer();
              clipboardData.setData("text/plain", ", KGVX\\nTKBT;\\r\\nHCTC\\n");
              const given = {clipboardData, bubbles: true, cancelable: true};
              document.activeElement.dispatchEvent(new ClipboardEvent("paste", given));
            }"""
        )
        surface.press("Enter")
        assert surface.part("recipients")["attrs"]["filing"] == "VT, KGVX, TKBT; HCTC"


def test_the_filing_line_and_the_signer_are_steps(chromium: Browser) -> None:
    with bench(chromium, plan(clause("một"))) as surface:
        surface.page.fill(".ed-filing-field", "VT, KGVX")
        surface.press("Enter")
        assert surface.part("recipients")["attrs"]["filing"] == "VT, KGVX"
        surface.page.select_option(".ed-signer", "pct")
        assert surface.part("signature")["attrs"]["position"] == "pct"
        assert surface.page.inner_text(".ed-signature-lines").split("\n") == [
            *("TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"),
        ]
        assert surface.page.inner_text(".ed-signature-name") == "Trần Văn Mẫu"
        surface.press("Control+z")
        surface.page.focus(".ed-sheet")
        surface.press("Control+z")
        assert surface.part("signature")["attrs"]["position"] is None
        assert surface.page.input_value(".ed-signer") == ""


def test_the_signature_and_the_recipients_cannot_be_deleted(chromium: Browser) -> None:
    with bench(chromium, plan(clause("một"))) as surface:
        before = [node["attrs"] for node in surface.doc()["content"][-2:]]
        surface.page.click(".ed-signature label", modifiers=["Control"])
        surface.press("Backspace", "Delete")
        surface.page.click(".ed-recipients-caption", modifiers=["Control"])
        surface.press("Backspace", "Delete")
        for _ in range(3):
            surface.press("Delete", "Shift+ArrowDown", "Delete", "Shift+ArrowUp", "Backspace")
        surface.press("Control+a", "Control+x")
        assert [node["attrs"] for node in surface.doc()["content"][-2:]] == before
        parse(surface.doc())


def test_annexes_are_added_named_filled_and_removed(chromium: Browser) -> None:
    with bench(chromium, plan(clause("một"))) as surface:
        surface.put_cursor("một")
        surface.tool("annex")
        surface.type("Danh mục")
        surface.press("Enter")
        surface.type("1. việc")
        surface.tool("annex")
        surface.type("Biểu")
        assert surface.page.eval_on_selector_all(
            ".ed-annex-label", "all => all.map(each => each.textContent)"
        ) == [
            "Phụ lục I",
            "Phụ lục II",
        ]
        parse(surface.doc())
        surface.press("Alt+ArrowUp")
        annexes = [node for node in surface.doc()["content"] if node["type"] == "annex"]
        assert [annex["content"][0]["content"][0]["text"] for annex in annexes] == [
            "Biểu",
            "Danh mục",
        ]
        surface.tool("annexGone")
        assert surface.page.inner_text(".ed-annex-label") == "Phụ lục"
        parse(surface.doc())
