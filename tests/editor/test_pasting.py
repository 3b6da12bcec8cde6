"""What a paste from Word, LibreOffice, Google Docs, the web or plain text becomes."""

import unicodedata
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser

from portal.documents.word.reader.legacy import Encoding, to_unicode
from tests.editor.bench import Bench, bench
from tests.editor.samples import clause, plan
from workflows.domain.content.lines import read_line
from workflows.domain.content.schema import parse

PASTES = Path(__file__).with_name("pastes")


def pasted(surface: Bench, name: str) -> list[tuple[str, str]]:
    """The blocks that a file of `pastes` becomes in an empty clause."""
    surface.put_cursor("")
    surface.paste(html=(PASTES / f"{name}.html").read_text("utf-8"))
    parse(surface.doc())
    return surface.body()


def faces(doc: dict[str, Any]) -> dict[str, str]:
    """The words that wear a face."""
    return {
        run["text"]: run["marks"][0]["type"]
        for node in doc["content"]
        for run in node.get("content", ())
        if run.get("marks")
    }


def test_word(chromium: Browser) -> None:
    with bench(chromium, plan(clause(""))) as surface:
        assert pasted(surface, "word") == [
            ("part", "MỤC ĐÍCH, YÊU CẦU"),
            ("sec", "Mục đích"),
            ("sub", "Khoản một nghiêng và đậm."),
            ("dash", "Gạch đầu dòng"),
            ("plus", "Dấu cộng"),
            ("pt", "Điểm gõ tay"),
            ("para", "Đoạn thường\nxuống dòng"),
            ("table", "Đầu bảng|Cột ba/1. Trái|GiữaDòng hai|/Dưới|Phải"),
        ]
        assert faces(surface.doc()) == {
            "MỤC ĐÍCH, YÊU CẦU": "strong",
            "nghiêng": "em",
            "đậm": "strong",
        }
        spans = surface.page.eval_on_selector_all(
            "td", "all => all.map(each => [each.colSpan, each.rowSpan])"
        )
        assert (spans[0], spans[2]) == ([2, 1], [1, 2])


def test_a_whole_document_comes_apart_into_what_a_plan_is_made_of(chromium: Browser) -> None:
    """Typed numbers go only where they are numbers; a page's frame stays as words."""
    with bench(chromium, plan(clause("")), hears=True) as surface:
        assert pasted(surface, "whole") == [
            ("basis", "Căn cứ Luật Tổ chức chính quyền địa phương ngày 19/6/2015;"),
            ("basis", "Căn cứ Nghị quyết số 76/NQ-CP ngày 15/7/2021;"),
            ("opening", "UBND Thành phố ban hành Kế hoạch như sau:"),
            ("para", "ỦY BAN NHÂN DÂN\nTHÀNH PHỐ HÀ NỘI"),
            ("para", "Số: /KH-UBND"),
            ("para", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
            ("para", "Độc lập - Tự do - Hạnh phúc"),
            ("para", "Hà Nội, ngày tháng 3 năm 2022"),
            ("para", "KẾ HOẠCH"),
            ("para", "Tuyên truyền cải cách hành chính năm 2022"),
            *(("part", "MỤC ĐÍCH"), ("sec", "Mục đích chung"), ("sub", "Khoản")),
            *(("para", "1.1.1. Sâu"), ("pt", "Điểm a"), ("dash", "Gạch"), ("plus", "Cộng")),
            *(("dash", "Gạch liền chữ"), ("para", "2022 là năm"), ("para", "1.500.000 đồng")),
            *(("para", "C. Phần C"), ("para", "V.v. và"), ("part", "MỤC liền")),
            *(("sec", "Mục liền"), ("pt", "liền"), ("para", "1) Mục ngoặc"), ("para", "A. Phần A")),
            ("para", "Diện tích 10m2, H2O, gạch, g2 Kế hoạch Kế hoạch"),
            *(("para", "Bảng 1. Kinh phí"), ("table", "a|b")),
            *(("para", "Nơi nhận:"), ("dash", "Như trên;"), ("dash", "Lưu: VT.")),
            *(("para", "TM. ỦY BAN NHÂN DÂN"), ("para", "KT. CHỦ TỊCH")),
        ]
        assert faces(surface.doc()).get("UBND Thành phố ban hành Kế hoạch như sau:") is None
        assert "chuyển sang Unicode" in surface.page.evaluate("heard.refusals[0]")


def test_a_document_pasted_into_the_empty_title_of_a_new_plan_fills_the_plan(
    chromium: Browser,
) -> None:
    empty = plan()
    del empty["content"][0]["content"]
    with bench(chromium, empty) as surface:
        kinds = [kind for kind, _text in pasted(surface, "whole")]
        assert kinds[:4] == ["basis", "basis", "opening", "para"]
        assert surface.blocks()[0] == ("title", "Tuyên truyền cải cách hành chính năm 2022")
        assert ("para", "KẾ HOẠCH") in surface.body()
        surface.press("Control+z")
        assert surface.body() == []
        surface.paste(text="Tuyên truyền\nnăm 2022")
        assert surface.blocks()[0] == ("title", "Tuyên truyền năm 2022")


def test_a_document_pasted_among_the_bases_goes_on_where_its_content_belongs(
    chromium: Browser,
) -> None:
    basis = {"type": "basis", "attrs": {"id": "basis00000"}}
    with bench(chromium, plan(basis, clause(""))) as surface:
        surface.put_cursor("")
        surface.paste(text="Căn cứ Luật A;\nTheo đề nghị của Sở B;\nUBND ban hành:\nI. MỘT\n1. Hai")
        assert surface.body() == [
            ("basis", "Căn cứ Luật A;"),
            ("basis", "Theo đề nghị của Sở B;"),
            ("opening", "UBND ban hành:"),
            ("part", "MỘT"),
            ("sec", "Hai"),
        ]
        surface.type("|")
        assert surface.body()[-1] == ("sec", "Hai|")
        parse(surface.doc())


def test_old_fonts_are_read_and_lost_ones_told_of(chromium: Browser) -> None:
    """The server's own table is the measure: `portal/documents/word/reader/legacy.py`."""
    letters = "".join(map(chr, range(0xA1, 0xFF)))
    vni = "aù eâ oä ñöôøng Keá hoaïch tuyeân truyeàn KEÁ HOAÏCH"
    html = (
        "<style>p.MsoNormal, li.MsoNormal {margin:0; font-family:'.VnTime','serif';}</style>"
        f"<p class=MsoNormal>x{letters}</p><p><font face='.VnTimeH'>ñy ban</font></p>"
        f"<p><span style='font-family:\"VNI-Times\"'>{vni}</span></p>"
    )
    with bench(chromium, plan(clause("")), hears=True) as surface:
        surface.put_cursor("")
        surface.paste(html=html)
        assert [text for _level, text in surface.body()] == [
            to_unicode(f"x{letters}", Encoding.TCVN3),
            "ỦY BAN",
            to_unicode(vni, Encoding.VNI),
        ]
        surface.paste(text=" KÕ ho¹ch tuyªn truyÒn c¶i c¸ch hµnh chÝnh")
        assert "bảng mã cũ" in surface.page.evaluate("heard.refusals[1]")


def test_google_docs(chromium: Browser) -> None:
    with bench(chromium, plan(clause(""))) as surface:
        assert pasted(surface, "google") == [
            ("part", "Mục đích"),
            ("para", "Chữ thường, chữ đậm và nghiêng"),
            ("sec", "Mục một"),
            ("pt", "Điểm a"),
            ("dash", "Gạch"),
            ("plus", "Cộng"),
            ("table", "Ô một|Ô hai"),
        ]
        assert faces(surface.doc()) == {"chữ đậm": "strong", " và nghiêng": "em"}


def test_libreoffice(chromium: Browser) -> None:
    with bench(chromium, plan(clause(""))) as surface:
        assert pasted(surface, "libreoffice") == [
            ("part", "MỤC ĐÍCH"),
            ("sec", "Mục một của kế hoạch"),
            ("para", "Đoạn có đậm và nghiêng"),
            ("dash", "Gạch một"),
            ("sec", "Số tự động"),
            ("sec", "Tiêu đề"),
            ("table", "A|B/Gộp"),
        ]


def test_web(chromium: Browser) -> None:
    with bench(chromium, plan(clause(""))) as surface:
        assert pasted(surface, "web") == [
            ("part", "Chiến dịch"),
            ("para", "Đoạn có liên kết và ảnh1."),
            ("sec", "Mục gõ tay"),
            ("sec", "Mục sau"),
            ("para", "Đoạn mới"),
            ("dash", "Gạch một"),
            ("dash", "Gạch hai"),
            ("plus", "Cộng"),
            ("part", "Phần La Mã"),
            ("sec", "Số một"),
            ("sub", "Số con"),
            ("pt", "Điểm"),
            ("table", "Đầu|Hai/Chỉ một ô|/xbảngtrong|y"),
        ]


def test_plain_text_line_by_line(chromium: Browser) -> None:
    text = "I. MỤC ĐÍCH\r\n1. Mục\n1.1. Khoản\n\na) Điểm\n- Gạch\n+ Cộng\n1.1.1 Sâu quá\nfệ) thường"
    with bench(chromium, plan(clause(""))) as surface:
        surface.put_cursor("")
        surface.paste(text=text)
        assert surface.body() == [
            *(("part", "MỤC ĐÍCH"), ("sec", "Mục"), ("sub", "Khoản"), ("pt", "Điểm")),
            *(
                ("dash", "Gạch"),
                ("plus", "Cộng"),
                ("para", "1.1.1 Sâu quá"),
                ("para", "fệ) thường"),
            ),
        ]


def test_what_nobody_sees_is_left_out(chromium: Browser) -> None:
    text = (
        unicodedata.normalize("NFD", "Kế\u200b ho\u00adạch\u0007 \ufeffsố\u00a05\u202e\ue000")
        + "\ud800"
    )
    with bench(chromium, plan(clause("a"))) as surface:
        surface.put_cursor("a", -1)
        surface.page.evaluate("window.lone = String.fromCharCode(0xd800)")
        surface.paste(text=text.replace("\ud800", ""))
        assert surface.body() == [("para", "aKế hoạch số 5")]


def test_signs_at_the_start_are_read_as_the_server_reads_them(chromium: Browser) -> None:
    signs = [
        "I.",
        "IV.",
        "IIII.",
        "XL.",
        "1.",
        "12.",
        "1.1",
        "1.1.",
        "1.1.1",
        "a)",
        "đ)",
        "f)",
        "ab)",
        "A)",
        "(1)",
        "1)",
        "-",
        "–",
        "+",
        "*",
        "Điều 1.",
        "2026",
        "I",
        "CCC.",
        "MMM.",
    ]
    lines = [f"{sign} việc" for sign in signs]
    with bench(chromium, plan(clause(""))) as surface:
        surface.put_cursor("")
        surface.paste(text="\n".join(lines))
        assert surface.body() == [(read_line(line).level, read_line(line).text) for line in lines]


def test_a_first_row_that_alone_is_bold_is_the_head_of_a_table(chromium: Browser) -> None:
    row = "<tr><td><b>1</b></td><td>Việc</td></tr>"
    html = f"<table><tr><td><b>STT</b></td><td><p><b>Nội dung</b></p></td></tr>{row}</table>"
    with bench(chromium, plan(clause(""))) as surface:
        surface.put_cursor("")
        surface.paste(html=html)
        cells = [
            cell["type"] for line in surface.part("table")["content"] for cell in line["content"]
        ]
        assert cells == ["table_header", "table_header", "table_cell", "table_cell"]
        parse(surface.doc())
