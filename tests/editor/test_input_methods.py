"""Vietnamese as it is typed: input methods, bursts of Unikey, and marks that come one by one."""

import unicodedata

from playwright.sync_api import Browser

from tests.editor.bench import bench
from tests.editor.samples import clause, plan, real_plan
from workflows.domain.content.schema import parse


def test_unikey_bursts_lose_nothing(chromium: Browser) -> None:
    with bench(chromium, plan(clause("đầu cuối"))) as surface:
        surface.put_cursor("đầu cuối", 4)
        for _ in range(10):
            surface.type("Vie")
            surface.press("Backspace")
            surface.page.keyboard.insert_text("ê")
            surface.type("t")
            surface.press("Backspace", "Backspace")
            surface.page.keyboard.insert_text("ệt")
            surface.type(" ")
        assert surface.body() == [("para", "đầu " + "Việt " * 10 + "cuối")]


def test_composed_words_are_neither_lost_nor_doubled(chromium: Browser) -> None:
    words = ["việt", "ngữ", "kế", "hoạch", "nghiêng"]
    with bench(chromium, plan(clause("đầu cuối", "sec"))) as surface:
        surface.put_cursor("đầu cuối", 4)
        devtools = surface.page.context.new_cdp_session(surface.page)
        for word in words:
            for end in range(1, len(word) + 1):
                part = {"text": word[:end], "selectionStart": end, "selectionEnd": end}
                devtools.send("Input.imeSetComposition", part)
            devtools.send("Input.insertText", {"text": word + " "})
        surface.page.wait_for_timeout(200)
        assert surface.body() == [("sec", f"đầu {' '.join(words)} cuối")]


def test_composition_in_an_empty_numbered_block(chromium: Browser) -> None:
    with bench(chromium, plan(clause("", "pt"))) as surface:
        surface.put_cursor("")
        devtools = surface.page.context.new_cdp_session(surface.page)
        for part in ("n", "ng", "ngư", "người"):
            devtools.send(
                "Input.imeSetComposition",
                {"text": part, "selectionStart": len(part), "selectionEnd": len(part)},
            )
        devtools.send("Input.insertText", {"text": "người"})
        surface.page.wait_for_timeout(200)
        assert surface.body() == [("pt", "người")]
        assert surface.page.inner_text(".ed-number").strip() == "a)"


def test_a_composition_over_all_leaves_the_parts_of_the_plan(chromium: Browser) -> None:
    with bench(chromium, real_plan()) as surface:
        surface.put_cursor("MỤC ĐÍCH, YÊU CẦU")
        surface.press("Control+a")
        devtools = surface.page.context.new_cdp_session(surface.page)
        devtools.send(
            "Input.imeSetComposition", {"text": "kế", "selectionStart": 2, "selectionEnd": 2}
        )
        devtools.send("Input.insertText", {"text": "kế"})
        surface.page.wait_for_timeout(200)
        kinds = [node["type"] for node in surface.doc()["content"]]
        assert kinds == ["title", "recipients", "signature"]
        parse(surface.doc())


def test_combining_marks_become_one_letter_after_the_composition(chromium: Browser) -> None:
    decomposed = unicodedata.normalize("NFD", "Việt")
    with bench(chromium, plan(clause("đầu "))) as surface:
        surface.put_cursor("đầu ", -1)
        devtools = surface.page.context.new_cdp_session(surface.page)
        for end in range(1, len(decomposed) + 1):
            devtools.send(
                "Input.imeSetComposition",
                {"text": decomposed[:end], "selectionStart": end, "selectionEnd": end},
            )
        devtools.send("Input.insertText", {"text": decomposed})
        surface.page.wait_for_timeout(400)
        assert surface.body() == [("para", "đầu Việt")]


def test_marks_typed_one_by_one_become_one_letter(chromium: Browser) -> None:
    with bench(chromium, plan(clause("a"))) as surface:
        surface.put_cursor("a", -1)
        for letter in unicodedata.normalize("NFD", "ế\u200bệ"):
            surface.page.keyboard.insert_text(letter)
        assert surface.body() == [("para", "aếệ")]


def test_a_composition_over_several_parts_takes_only_what_was_selected(chromium: Browser) -> None:
    opening = {"type": "opening", "attrs": {"id": "opening000"}}
    opening["content"] = [{"type": "text", "text": "Mở đầu"}]
    blocks = (opening, clause("Phần", "part"), clause("Mục", "sec"), clause("cuối", "pt"))
    with bench(chromium, plan(*blocks)) as surface:
        surface.select("Trích yếu", "Mục")
        devtools = surface.page.context.new_cdp_session(surface.page)
        for part in ("k", "kế"):
            end = len(part)
            devtools.send(
                "Input.imeSetComposition",
                {"text": part, "selectionStart": end, "selectionEnd": end},
            )
        devtools.send("Input.insertText", {"text": "kế"})
        surface.page.wait_for_timeout(200)
        assert surface.blocks()[0] == ("title", "kế")
        assert surface.body() == [("sec", ""), ("pt", "cuối")]
        parse(surface.doc())
