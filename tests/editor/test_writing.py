"""What typing, Enter, Tab and the other keys make of a plan."""

from playwright.sync_api import Browser

from tests.editor.bench import Bench, bench
from tests.editor.samples import clause, plan, real_plan, rich
from workflows.domain.content.headings import headings
from workflows.domain.content.numbering import labels
from workflows.domain.content.schema import parse

# As if a second went by: longer than what the history takes together as one.
LATER = "() => { const now = Date.now; Date.now = () => now() + 1000; }"


def sound(surface: Bench) -> None:
    """The text must be one that the server takes."""
    parse(surface.doc())


def test_typed_numbers_become_levels(chromium: Browser) -> None:
    with bench(chromium, plan(clause("", identity="first000000"))) as surface:
        surface.put_cursor("")
        surface.type("I. Mục đích\n1. Yêu cầu\n")
        assert surface.body() == [("part", "Mục đích"), ("sec", "Yêu cầu"), ("sec", "")]
        sound(surface)


def test_a_plan_is_written_from_nothing_without_the_toolbar(chromium: Browser) -> None:
    """Whoever writes as in Word gets bases, an opening and numbered clauses, not bases only."""
    with bench(chromium, plan()) as surface:
        surface.put_cursor("Trích yếu")
        surface.press("End")
        surface.type("\nCăn cứ Luật Thư viện ngày 21/11/2019;\n")
        surface.type("Theo đề nghị của Giám đốc Sở Văn hóa và Thể thao,\n")
        surface.type("Ủy ban nhân dân Thành phố ban hành Kế hoạch như sau:\n")
        surface.type("I. Mục đích\n1. Mục tiêu chung\na) Điểm a\n")
        assert surface.body() == [
            ("basis", "Căn cứ Luật Thư viện ngày 21/11/2019;"),
            ("basis", "Theo đề nghị của Giám đốc Sở Văn hóa và Thể thao,"),
            ("opening", "Ủy ban nhân dân Thành phố ban hành Kế hoạch như sau:"),
            ("part", "Mục đích"),
            ("sec", "Mục tiêu chung"),
            ("pt", "Điểm a"),
            ("pt", ""),
        ]
        sound(surface)


def test_an_opening_goes_on_until_a_colon_or_a_number(chromium: Browser) -> None:
    with bench(chromium, plan()) as surface:
        surface.put_cursor("Trích yếu")
        surface.press("End")
        surface.type("\nNăm 2026 có nhiều ngày lễ lớn.\nĐể thống nhất thực hiện.\n1. Yêu cầu")
        assert surface.body() == [
            ("opening", "Năm 2026 có nhiều ngày lễ lớn."),
            ("opening", "Để thống nhất thực hiện."),
            ("sec", "Yêu cầu"),
        ]


def test_a_basis_between_others_stays_one_whatever_it_says(chromium: Browser) -> None:
    doc = plan(clause("việc", identity="first000000"))
    for at, words in enumerate(("Căn cứ Luật một;", "Căn cứ Luật hai;")):
        run = {"type": "text", "text": words}
        block = {"type": "basis", "attrs": {"id": f"basis00000{at}"}, "content": [run]}
        doc["content"].insert(1 + at, block)
    with bench(chromium, doc) as surface:
        surface.put_cursor("Căn cứ Luật một;")
        surface.press("End")
        surface.type(" như sau:\n1. x")
        kinds = [block["type"] for block in surface.doc()["content"]]
        assert kinds[1:5] == ["basis", "basis", "basis", "clause"]


def test_each_level_has_its_sign(chromium: Browser) -> None:
    signs = {
        "I. ": "part",
        "1. ": "sec",
        "1.1 ": "sub",
        "1.1. ": "sub",
        "đ) ": "pt",
        "- ": "dash",
        "+ ": "plus",
    }
    for sign, level in signs.items():
        with bench(chromium, plan(clause("", identity="first000000"))) as surface:
            surface.put_cursor("")
            surface.type(sign + "việc")
            assert surface.body() == [(level, "việc")]


def test_a_sign_that_was_not_meant_comes_back_with_one_key(chromium: Browser) -> None:
    for key in ("Backspace", "Control+z"):
        with bench(chromium, plan(clause("việc", identity="first000000"))) as surface:
            before = surface.doc()
            surface.put_cursor("việc")
            surface.type("1. ")
            assert surface.body() == [("sec", "việc")]
            surface.page.evaluate(LATER)
            surface.press(key)
            assert surface.body() == [("para", "1. việc")]
            surface.page.evaluate(LATER)
            surface.press("Control+z")
            assert surface.doc() == before
            surface.type("C. ")
            assert surface.body() == [("para", "C. việc")]


def test_enter_continues_the_level_and_an_empty_block_steps_out(chromium: Browser) -> None:
    blocks = (clause("Phần", "part"), clause("Mục", "sec"), clause("điểm", "pt"))
    with bench(chromium, plan(*blocks)) as surface:
        surface.put_cursor("điểm", -1)
        surface.press("Enter")
        assert surface.body()[-1] == ("pt", "")
        steps = []
        for _ in range(3):
            surface.press("Enter")
            steps.append(surface.body()[-1][0])
        assert steps == ["sec", "part", "para"]
        sound(surface)


def test_splitting_and_joining_gives_back_the_same_text(chromium: Browser) -> None:
    with bench(chromium, plan(clause("một hai", "dash", "first000000"))) as surface:
        surface.put_cursor("một hai", 4)
        surface.press("Enter")
        assert surface.body() == [("dash", "một "), ("dash", "hai")]
        surface.press("Backspace")
        assert surface.body() == [("dash", "một "), ("para", "hai")]
        surface.press("Backspace")
        assert surface.body() == [("dash", "một hai")]
        assert surface.doc()["content"][1]["attrs"]["id"] == "first000000"
        sound(surface)


def test_enter_at_the_start_leaves_the_name_with_the_words(chromium: Browser) -> None:
    with bench(chromium, plan(clause("một", "sec", "first000000"))) as surface:
        surface.put_cursor("một")
        surface.press("Enter")
        assert [
            (*_told, node["attrs"]["id"] == "first000000")
            for _told, node in zip(surface.body(), surface.doc()["content"][1:3], strict=True)
        ] == [
            ("sec", "", False),
            ("sec", "một", True),
        ]


def test_the_numbers_are_those_of_the_paper(chromium: Browser) -> None:
    doc = real_plan()
    with bench(chromium, doc) as surface:
        computed = surface.page.evaluate("labels(surface.view.state.doc)")
        assert computed == labels(doc)
        shown = surface.page.eval_on_selector_all(
            ".ed-clause[data-id]",
            """all => Object.fromEntries(all.map(
              each => [each.dataset.id, each.querySelector('.ed-number').textContent.trim()]
            ).filter(each => each[1]))""",
        )
        assert shown == labels(doc)
        surface.put_cursor("MỤC ĐÍCH, YÊU CẦU")
        surface.press("Backspace")
        assert surface.page.inner_text(".ed-clause[data-level=part] .ed-number").strip() == "I."
        assert surface.page.evaluate("labels(surface.view.state.doc)") == labels(surface.doc())


TITLES = """[...document.querySelectorAll('.ed-clause.is-title')].map(each => each.dataset.id)"""


def test_the_titles_are_those_of_the_paper(chromium: Browser) -> None:
    """Whoever writes sees what will be bold, and presses no “Đ” for it."""
    names = iter(f"title{at:06d}" for at in range(20))
    annex_title = {"type": "annex_title", "attrs": {"id": "annextitle"}}
    annex_title["content"] = [{"type": "text", "text": "Danh mục"}]  # type: ignore[assignment]
    doc = plan(
        clause("Phần", "part", next(names)),
        clause("Một mục", "sec", next(names)),
        clause("Việc của mục", "dash", next(names)),
        clause("Một câu trọn vẹn.", "sec", next(names)),
        clause("Khoản", "sub", next(names)),
        clause("Không có gì dưới nó", "sub", next(names)),
        clause("", "sec", next(names)),
        clause("việc", "para", next(names)),
        clause("x" * 301, "sec", next(names)),
        clause("việc", "pt", next(names)),
        clause("Mục cuối", "sec", next(names)),
    )
    annex = [annex_title, clause("Mục", "sec", next(names)), clause("việc", "pt", next(names))]
    doc["content"].append({"type": "annex", "attrs": {"id": "annex00000"}, "content": annex})
    for sample in (doc, real_plan(), rich()):
        with bench(chromium, sample) as surface:
            assert set(surface.page.evaluate(TITLES)) == headings(surface.doc())
    with bench(chromium, doc) as surface:
        surface.put_cursor("Một mục")
        surface.press("End")
        surface.type(":")
        assert "title000001" not in surface.page.evaluate(TITLES)
        surface.press("Backspace")
        assert "title000001" in surface.page.evaluate(TITLES)
        assert set(surface.page.evaluate(TITLES)) == headings(surface.doc())


def test_typing_over_everything_keeps_title_recipients_and_signature(chromium: Browser) -> None:
    with bench(chromium, real_plan()) as surface:
        before = [
            node["attrs"].get("id")
            for node in surface.doc()["content"]
            if node["type"] in ("title", "signature")
        ]
        surface.put_cursor("MỤC ĐÍCH, YÊU CẦU")
        surface.press("Control+a")
        surface.type("Mới")
        assert surface.blocks() == [("title", "Mới"), ("recipients", ""), ("signature", "")]
        assert [
            node["attrs"]["id"] for node in surface.doc()["content"] if node["type"] != "recipients"
        ] == before
        sound(surface)
        surface.press("Control+z", "Control+z")
        assert surface.doc() == real_plan() or len(surface.doc()["content"]) > 10


def test_the_keyboard_alone_moves_promotes_fills_a_table_and_leaves(chromium: Browser) -> None:
    blocks = (
        clause("A", "sec", "aaaaaaaaaa01"),
        clause("a", "pt", "aaaaaaaaaa02"),
        clause("B", "sec", "aaaaaaaaaa03"),
    )
    with bench(chromium, plan(*blocks)) as surface:
        surface.page.focus("#before")
        surface.press("Tab")  # the outline's first button, or the tool bar
        while not surface.page.evaluate("document.activeElement.closest('.ed-toolbar') !== null"):
            surface.press("Tab")
        surface.press("Tab")
        assert surface.page.evaluate("document.activeElement === surface.view.dom")
        surface.put_cursor("A")
        surface.press("Alt+ArrowDown")
        assert surface.body() == [("sec", "B"), ("sec", "A"), ("pt", "a")]
        assert [node["attrs"]["id"][-2:] for node in surface.doc()["content"][1:4]] == [
            "03",
            "01",
            "02",
        ]
        surface.press("Alt+ArrowUp", "Shift+Tab")
        assert surface.body()[:2] == [("part", "A"), ("sub", "a")]
        surface.press("Tab")
        assert surface.body()[:2] == [("sec", "A"), ("pt", "a")]
        surface.press("Escape", "Tab")
        assert surface.page.evaluate("document.activeElement.id") == "after"
        surface.put_cursor("A")
        surface.press("Escape", "Shift+Tab")
        assert surface.page.evaluate("document.activeElement.closest('[role=toolbar]') !== null")
        sound(surface)


def test_faces_and_breaks(chromium: Browser) -> None:
    with bench(chromium, plan(clause("một"))) as surface:
        surface.put_cursor("một", -1)
        surface.press("Control+b")
        surface.type(" hai")
        surface.press("Control+b", "Shift+Enter", "Control+i")
        surface.type("ba")
        runs = surface.doc()["content"][1]["content"]
        assert [
            (run.get("text"), [mark["type"] for mark in run.get("marks", [])])
            for run in runs
            if run["type"] == "text"
        ] == [
            ("một", []),
            (" hai", ["strong"]),
            ("ba", ["em"]),
        ]
        assert runs[2]["type"] == "hard_break"


def test_a_clause_becomes_basis_opening_closing_where_the_order_allows(chromium: Browser) -> None:
    with bench(chromium, plan(clause("một"), clause("hai"), clause("ba"))) as surface:
        surface.put_cursor("hai")
        assert surface.page.get_attribute("[data-tool=basis]", "aria-disabled") == "true"
        surface.put_cursor("một")
        surface.tool("basis")
        surface.put_cursor("hai")
        surface.tool("opening")
        surface.put_cursor("ba")
        surface.tool("closing")
        assert surface.body() == [("basis", "một"), ("opening", "hai"), ("closing", "ba")]
        sound(surface)
        surface.select("một", "ba")
        surface.tool("para")
        assert surface.body() == [("para", "một"), ("para", "hai"), ("para", "ba")]
        sound(surface)
        surface.select("một", "ba")
        surface.tool("closing")
        surface.tool("basis")
        assert surface.body() == [("basis", "một"), ("basis", "hai"), ("basis", "ba")]


def test_the_ends_of_the_text_are_reached_though_the_signature_is_no_text(
    chromium: Browser,
) -> None:
    with bench(chromium, plan(clause("một"), clause("hai"), clause("ba"))) as surface:
        surface.put_cursor("hai")
        surface.press("Control+End")
        surface.type("1")
        surface.press("Control+Home")
        surface.type("2")
        assert surface.blocks()[:4] == [
            ("title", "2Trích yếu"),
            *(("para", "một"), ("para", "hai"), ("para", "ba1")),
        ]
        surface.put_cursor("hai", 1)
        surface.press("Control+Shift+End", "Delete")
        assert surface.body() == [("para", "một"), ("para", "h")]
        sound(surface)


def test_undo_and_redo(chromium: Browser) -> None:
    with bench(chromium, plan(clause("một", "sec"))) as surface:
        before = surface.doc()
        surface.put_cursor("một", -1)
        surface.press("Enter")
        surface.type("hai")
        after = surface.doc()
        surface.press("Control+z", "Control+z", "Control+z")
        assert surface.doc() == before
        surface.press("Control+y", "Control+y", "Control+y")
        assert surface.doc() == after
