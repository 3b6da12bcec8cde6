"""How the surface looks on a desk, on a phone and in the dark; the pictures are kept."""

import pytest
from playwright.sync_api import Browser

from tests.editor.bench import DESK, Bench, bench
from tests.editor.samples import real_plan, rich
from tests.journeys.browser import PHONE


def at_the_table(surface: Bench) -> None:
    surface.put_cursor("Tuyên truyền trên báo chí")
    surface.page.wait_for_selector("[data-tool=rowBelow]")


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
def test_pictures(chromium: Browser, size: tuple[int, int], theme: str) -> None:
    with bench(chromium, rich(), size=size, theme=theme) as surface:
        at_the_table(surface)
        surface.shoot(f"surface-table-{theme}")
        surface.page.evaluate(
            "document.querySelector('.ed-recipients').scrollIntoView({behavior: 'instant'})"
        )
        surface.shoot(f"surface-end-{theme}")


def test_tools_are_large_enough_for_a_thumb(chromium: Browser) -> None:
    with bench(chromium, rich(), size=PHONE) as surface:
        at_the_table(surface)
        low = surface.page.eval_on_selector_all(
            ".ed-tool, .ed-choose, .ed-add, .ed-filing-field, .ed-signer",
            """all => all.filter(each => each.offsetParent && each.offsetHeight < 40)
              .map(each => each.className)""",
        )
        assert low == []
        bar = surface.page.locator(".ed-toolbar").bounding_box()
        assert bar is not None
        assert bar["y"] + bar["height"] == PHONE[1]
        assert surface.page.evaluate(
            """(() => {
              const bar = document.querySelector('.ed-toolbar');
              return bar.scrollWidth > bar.clientWidth;
            })()"""
        )


def test_the_title_is_bold_and_centred_and_numbers_hang(chromium: Browser) -> None:
    with bench(chromium, real_plan()) as surface:
        style = surface.page.eval_on_selector(
            "h1", "each => {const s = getComputedStyle(each); return [s.textAlign, s.fontWeight]}"
        )
        assert style == ["center", "700"]
        left = """each => [
          each.querySelector('.ed-number').getBoundingClientRect().right,
          each.querySelector('.ed-text').getBoundingClientRect().left,
        ]"""
        number, text = surface.page.eval_on_selector(".ed-clause[data-level=dash]", left)
        assert number <= text
