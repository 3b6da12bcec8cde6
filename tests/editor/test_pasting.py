"""What a paste from Word, LibreOffice, Google Docs, the web or plain text becomes."""

import unicodedata
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser

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
        assert surface.body() == [("para", "aKế hoạch số\u00a05")]


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
