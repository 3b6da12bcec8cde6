"""A person at Debian's Chromium: signs in, follows links, presses buttons, and looks at pages."""

import os
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from portal.demo.office import DOMAIN, PASSWORD

SHOTS = Path(__file__).resolve().parents[2] / "test-results"
DESK, PHONE = (1366, 768), (390, 844)
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def chromium() -> str:
    """Where Chromium is; without one the test is skipped, but never in CI."""
    for name in ("chromium", "chromium-browser", "google-chrome"):
        if found := shutil.which(name):
            return found
    if os.environ.get("CI"):
        pytest.fail("Chromium is missing, and in CI no browser test may be skipped")
    pytest.skip("Chromium is missing: install it to run the browser tests")


@contextmanager
def opened() -> Iterator[Browser]:
    """Start the browser and close it."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=FLAGS)
        yield browser
        browser.close()


class Person:
    """Somebody with a browser of their own; nothing is shared with the others."""

    def __init__(
        self, browser: Browser, address: str, who: str | None, size: tuple[int, int] = DESK
    ) -> None:
        self.address, self.who = address, who or "ai cũng được"
        self.context: BrowserContext = browser.new_context(
            viewport={"width": size[0], "height": size[1]}, accept_downloads=True
        )
        self.page: Page = self.context.new_page()
        self.complaints: list[str] = []
        self.page.on("console", self._note)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        if who is not None:
            self.sign_in(who)

    def _note(self, message: object) -> None:
        if getattr(message, "type", "") == "error":
            self.complaints.append(getattr(message, "text", ""))

    def sign_in(self, who: str) -> None:
        self.go("/login")
        self.page.fill("input[name=email]", who + DOMAIN)
        self.page.fill("input[name=password]", PASSWORD)
        self.press("Đăng nhập")
        self.page.wait_for_url("**/inbox")

    def go(self, path: str) -> None:
        self.page.goto(self.address + path)

    def press(self, words: str) -> None:
        """Press the one button in the page's main part with these words."""
        self.page.locator("main").get_by_role("button", name=words, exact=True).click()
        self.page.wait_for_load_state()

    def follow(self, words: str | re.Pattern[str]) -> None:
        """Follow the first link in the page's main part with these words."""
        exact = isinstance(words, str)
        self.page.locator("main").get_by_role("link", name=words, exact=exact).first.click()
        self.page.wait_for_load_state()

    def open_from_inbox(self, title: str) -> None:
        """Open a plan as people do: from what waits for them."""
        self.go("/inbox")
        self.page.locator("main").get_by_role(
            "link", name=re.compile(re.escape(title))
        ).first.click()
        self.page.wait_for_url("**/plans/**")

    def sees(self, words: str) -> None:
        """Wait until the page's main part shows these words."""
        self.page.locator("main").get_by_text(words).first.wait_for()

    def waits_for(self, words: str, seconds: int = 60) -> None:
        """Look again until the page shows these words: a worker is busy meanwhile."""
        for _ in range(seconds * 2):
            if self.page.locator("main").get_by_text(words).count():
                return
            self.page.wait_for_timeout(500)
            self.page.reload()
        raise AssertionError(f"{self.who} never saw “{words}” on {self.page.url}")

    def waits_for_editor(self) -> None:
        """Wait until the editor stands."""
        self.page.wait_for_function("() => window.trinhKy && window.trinhKy.view")

    def has_saved(self) -> None:
        """Wait until the server has everything that was typed."""
        self.page.wait_for_function("() => window.trinhKy.collab.unsent === 0", timeout=60_000)

    def shoot(self, name: str) -> None:
        """Keep a picture of the page; whatever is wider than the screen is a fault."""
        SHOTS.mkdir(exist_ok=True)
        width = self.page.viewport_size["width"] if self.page.viewport_size else 0
        self.page.screenshot(path=SHOTS / f"{name}-{width}.png", full_page=True)
        wide = self.page.evaluate("document.documentElement.scrollWidth")
        assert wide <= width, f"{name} is {wide} wide on a screen of {width}"
