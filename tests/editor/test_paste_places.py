"""Where pasted blocks go: among clauses, into titles, căn cứ, Nơi nhận and cells."""

from playwright.sync_api import Browser

from tests.editor.bench import bench
from tests.editor.samples import clause, plan, real_plan, rich
from workflows.domain.content.schema import parse


def test_where_the_pasted_blocks_go(chromium: Browser) -> None:
    two = "thêm\n2. mục"
    for at, expected in {
        0: [("para", "thêm"), ("sec", "mục"), ("dash", "trướcsau")],
        5: [("dash", "trướcthêm"), ("sec", "mụcsau")],
        -1: [("dash", "trướcsauthêm"), ("sec", "mục")],
    }.items():
        with bench(chromium, plan(clause("trướcsau", "dash", "first000000"))) as surface:
            surface.put_cursor("trướcsau", at)
            surface.paste(text=two)
            assert surface.body() == expected
            surface.type("|")
            assert surface.body()[1][1].startswith("mục|")
            parse(surface.doc())


def test_one_line_in_the_middle_of_words_stays_words(chromium: Browser) -> None:
    with bench(chromium, plan(clause("trước sau"))) as surface:
        surface.put_cursor("trước sau", 6)
        surface.paste(text="1. một ")
        assert surface.body() == [("para", "trước 1. mộtsau")]


def test_titles_bases_recipients_and_cells_take_what_they_may(chromium: Browser) -> None:
    basis = {"type": "basis", "attrs": {"id": "basis00000"}}
    with bench(chromium, plan(basis, clause("x"))) as surface:
        surface.put_cursor("Trích yếu", -1)
        surface.paste(text=" một\n1. hai")
        surface.put_cursor("")
        surface.paste(html="<p>- Luật A;</p><p>- Luật B;</p><table><tr><td>ô</td></tr></table>")
        surface.put_cursor("x", -1)
        surface.tool("table")
        surface.paste(text="1. một\n- hai")
        assert surface.blocks()[:5] == [
            ("title", "Trích yếumột 1. hai"),
            *(("basis", "Luật A;"), ("basis", "Luật B;"), ("basis", "ô"), ("para", "x")),
        ]
        assert surface.body()[4] == ("table", "1. mộthai||/||/||")
        surface.page.click("text=Thêm nơi nhận")
        surface.page.keyboard.type("Sở X")
        surface.press("Enter")
        surface.page.wait_for_selector("dialog", state="detached")
        surface.press("Enter")
        surface.paste(text="- Sở A;\n- Sở B.")
        recipients = next(node for node in surface.doc()["content"] if node["type"] == "recipients")
        names = [line["content"][0]["text"] for line in recipients["content"]]
        assert names == ["Sở X", "Sở A", "Sở B"]
        parse(surface.doc())


def test_the_whole_plan_pasted_into_itself_keeps_names_unique(chromium: Browser) -> None:
    with bench(chromium, real_plan()) as surface:
        surface.put_cursor("MỤC ĐÍCH, YÊU CẦU", -1)
        clipboard = surface.page.evaluate(
            """() => {
              const {view} = surface;
              const end = view.state.doc.content.size;
              const {doc} = view.state;
              const all = TextSelection.between(doc.resolve(1), doc.resolve(end - 3));
              return view.serializeForClipboard(all.content()).dom.innerHTML;
            }"""
        )
        before = len(surface.blocks())
        surface.paste(html=clipboard)
        assert len(surface.blocks()) > before * 1.8
        parse(surface.doc())


def test_cut_and_paste_keeps_words_levels_and_name(chromium: Browser) -> None:
    blocks = (
        clause("một", "sec", "aaaaaaaaaa01"),
        clause("hai", "pt", "aaaaaaaaaa02"),
        clause("ba", "pt"),
    )
    with bench(chromium, plan(*blocks)) as surface:
        surface.page.evaluate(
            """() => {
              window.kept = new DataTransfer();
              const given = {clipboardData: window.kept, bubbles: true, cancelable: true};
              window.cut = () => surface.view.dom.dispatchEvent(new ClipboardEvent("cut", given));
            }"""
        )
        surface.select("một", "hai")
        surface.page.evaluate("cut()")
        assert surface.page.evaluate("kept.getData('text/plain')") == "1. một\na) hai"
        assert surface.body() == [("sec", ""), ("pt", "ba")]
        surface.put_cursor("ba", -1)
        surface.press("Enter")
        html = surface.page.evaluate("kept.getData('text/html')")
        surface.paste(html=html)
        assert surface.body() == [("sec", ""), ("pt", "ba"), ("sec", "một"), ("pt", "hai")]
        assert surface.doc()["content"][4]["attrs"]["id"] == "aaaaaaaaaa02"
        parse(surface.doc())


def test_what_is_copied_reads_elsewhere_as_it_does_on_the_paper(chromium: Browser) -> None:
    with bench(chromium, rich()) as surface:
        surface.put_cursor("TỔ CHỨC THỰC HIỆN")
        surface.press("Control+a")
        kinds = ("text/plain", "text/html")
        plain, html = surface.page.evaluate(
            """kinds => {
              const kept = new DataTransfer();
              const given = {clipboardData: kept, bubbles: true, cancelable: true};
              surface.view.dom.dispatchEvent(new ClipboardEvent("copy", given));
              return kinds.map(kind => kept.getData(kind));
            }""",
            kinds,
        )
        lines = plain.split("\n")
        assert lines[2:4] == ["I. TỔ CHỨC THỰC HIỆN", "1. Sở Thông tin và Truyền thông"]
        for line in (
            "STT\tNội dung\tThời gian",
            "- Sở Tài chính (để phối hợp)",
            "Phụ lục",
            "1. Việc thứ nhất",
        ):
            assert line in lines
        assert '<span data-number="1.1">1.1 </span>' in html
        assert '<table data-id="table00000" border="1">' in html
        before = surface.blocks()
        surface.put_cursor("TỔ CHỨC THỰC HIỆN", -1)
        surface.paste(html=html)
        text = surface.page.evaluate("surface.view.state.doc.textContent")
        assert "Phụ lục" not in text
        assert "(để phối hợp)" not in text
        assert len(surface.blocks()) > len(before)
        parse(surface.doc())


def test_a_whole_plan_is_copied_into_an_empty_one(chromium: Browser) -> None:
    with bench(chromium, rich()) as surface:
        surface.put_cursor("TỔ CHỨC THỰC HIỆN")
        surface.press("Control+a")
        html = surface.page.evaluate(
            """() => {
              const kept = new DataTransfer();
              const given = {clipboardData: kept, bubbles: true, cancelable: true};
              surface.view.dom.dispatchEvent(new ClipboardEvent("copy", given));
              return kept.getData("text/html");
            }"""
        )
        whole = surface.blocks()
        lines = surface.part("recipients")
    empty = plan()
    del empty["content"][0]["content"]
    with bench(chromium, empty) as surface:
        surface.put_cursor("")
        surface.paste(html=html)
        body, ending = whole[:-4], whole[-4:]
        annexed = [("para", "Danh mục nhiệm vụ"), ("sec", "Việc thứ nhất")]
        assert surface.blocks() == [*body, *annexed, *ending[:-1]]
        assert surface.part("recipients")["content"] == lines["content"]
        parse(surface.doc())
