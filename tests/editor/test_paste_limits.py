"""How much may be pasted, and that no markup of a paste lives."""

from playwright.sync_api import Browser

from tests.editor.bench import bench
from tests.editor.samples import clause, plan
from workflows.domain.content.schema import parse


def test_too_much_is_refused_at_once_and_said(chromium: Browser) -> None:
    huge = "<p>" + "kế hoạch <b>đậm</b> " * 260_000 + "</p>"
    assert len(huge) > 5_000_000
    with bench(chromium, plan(clause("một")), hears=True) as surface:
        surface.put_cursor("một")
        assert surface.paste(html=huge) < 0.5
        assert "quá lớn" in surface.page.evaluate("heard.refusals[0]")
        surface.paste(text="a" * 600_001)
        surface.paste(text="a\n" * 4_001)
        assert "4.000" in surface.page.evaluate("heard.refusals[2]")
        assert surface.body() == [("para", "một")]
        surface.type("vẫn gõ được ")
        assert surface.body() == [("para", "vẫn gõ được một")]


def test_a_refusal_without_a_listener_stands_on_the_page(chromium: Browser) -> None:
    with bench(chromium, plan(clause("một"))) as surface:
        surface.put_cursor("một")
        surface.paste(text="a" * 600_001)
        assert "quá lớn" in surface.page.inner_text("[role=alert]")
        surface.type("x")
        assert not surface.page.is_visible("[role=alert]")


def test_what_is_left_open_costs_no_more_than_what_is_closed(chromium: Browser) -> None:
    with bench(chromium, plan(clause("một"))) as surface:
        surface.put_cursor("một", -1)
        surface.paste(html="<p>hai</p>.vn" + "<style>" * 250_000)
        assert surface.body() == [("para", "mộthai"), ("para", ".vn")]


def test_nearly_two_megabytes_come_in_while_one_waits(chromium: Browser) -> None:
    word = "<span style='font-size:14.0pt;mso-bidi-font-weight:normal'>kế hoạch </span>"
    paragraph = f"<p class=MsoNormal><b>1.1 Khoản</b> {word * 8}</p>\n"
    html = paragraph * (2_000_000 // len(paragraph.encode()))
    with bench(chromium, plan(clause(""))) as surface:
        surface.put_cursor("")
        assert surface.paste(html=html) < 8
        assert len(surface.body()) > 1_000
        surface.type("x")
        parse(surface.doc())


def test_one_endless_line_is_cut_into_blocks(chromium: Browser) -> None:
    with bench(chromium, plan(clause(""))) as surface:
        surface.put_cursor("")
        surface.paste(text="kế hoạch " * 60_000)
        sizes = [len(text) for _level, text in surface.body()]
        assert max(sizes) <= 20_000
        assert sum(sizes) > 500_000


def test_markup_brings_no_script(chromium: Browser) -> None:
    with bench(chromium, plan(clause(""))) as surface:
        surface.put_cursor("")
        surface.paste(
            html='<svg onload="window.hit=1"><p>x</p></svg><p data-kind="clause" data-level="evil" '
            'data-id="\'><img src=x onerror=window.hit=1>">a</p>'
        )
        assert surface.body() == [("para", "x"), ("para", "a")]
        assert surface.page.evaluate("window.hit") is None
        parse(surface.doc())


def test_what_the_server_would_refuse_is_refused_before_it_goes_in(chromium: Browser) -> None:
    long = (clause("chữ " * 2_000, identity=f"full{at:08d}") for at in range(103))
    full = plan(clause("một"), *long)
    with bench(chromium, full, hears=True) as surface:
        surface.put_cursor("một", -1)
        surface.paste(text="thêm " * 18_000)
        assert "quá dài" in surface.page.evaluate("heard.refusals[0]")
        surface.put_cursor("một", -1)
        surface.paste(html="<p>" + "a<b>b</b>" * 31_000 + "</p>")
        assert "kiểu chữ" in surface.page.evaluate("heard.refusals[1]")
        surface.put_cursor("Trích yếu", -1)
        surface.paste(text="dòng\n" * 200)
        assert "Trích yếu" in surface.page.evaluate("heard.refusals[2]")
        assert surface.page.evaluate("heard.changes") == 0


def test_many_faces_in_one_block_are_cut_as_the_server_takes_them(chromium: Browser) -> None:
    with bench(chromium, plan(clause(""))) as surface:
        surface.put_cursor("")
        surface.paste(html="<p>" + "a<b>b</b>" * 4_000 + "</p>")
        runs = [len(node["content"]) for node in surface.doc()["content"][1:-2]]
        assert (max(runs), sum(runs)) == (5_000, 8_000)
        parse(surface.doc())


def test_a_forged_line_of_recipients_is_linked_to_nobody(chromium: Browser) -> None:
    html = (
        '<p data-kind="recipient" data-target="a b; c" data-purpose="  ">Sở A</p>'
        f'<p data-kind="recipient" data-target="STC" data-purpose="{"x" * 900}">Sở B</p>'
    )
    line = {"type": "recipient", "attrs": {"id": "line000000"}}
    doc = plan(clause("x"))
    doc["content"][-2]["content"] = [line]
    with bench(chromium, doc) as surface:
        surface.put_cursor("")
        surface.paste(html=html)
        attrs = [line["attrs"] for line in surface.part("recipients")["content"]]
        assert [(each["target"], len(each["purpose"] or "")) for each in attrs] == [
            (None, 0),
            ("STC", 200),
        ]
        parse(surface.doc())
