"""Pages of the editor in the browser, for tests: open, type, wait, and look inside."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from playwright.sync_api import Browser, ConsoleMessage, Page

from tests.editor.fake_server import PLAN

DESK = {"width": 1366, "height": 768}
PHONE = {"width": 390, "height": 844}


def plan_doc(*texts: str) -> dict[str, Any]:
    """A small plan: a title, the given paragraphs, a recipient, a signature."""
    clauses = [
        {
            "type": "clause",
            "attrs": {"id": f"clause{at:06d}", "level": "para"},
            "content": [{"type": "text", "text": text}],
        }
        for at, text in enumerate(texts)
    ]
    title = {"type": "text", "text": "Triển khai công tác phòng, chống dịch"}
    return {
        "type": "doc",
        "content": [
            {"type": "title", "attrs": {"id": "title000000"}, "content": [title]},
            *clauses,
            {"type": "recipients", "attrs": {"filing": "VT"}},
            {
                "type": "signature",
                "attrs": {"id": "signature00", "position": None, "lines": [], "name": ""},
            },
        ],
    }


class Desk:
    """One page, and whatever its console complained of."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.complaints: list[str] = []
        page.on(
            "console",
            lambda said: self.complaints.append(said.text) if said.type == "error" else None,
        )
        page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def _note(self, said: ConsoleMessage) -> None:
        if said.type == "error":
            self.complaints.append(said.text)

    def open(self, address: str, path: str = "edit") -> "Desk":
        self.page.goto(f"{address}{PLAN}/{path}")
        self.until("Boolean(window.trinhKy && window.trinhKy.view)")
        return self

    def until(self, truth: str, seconds: float = 15) -> None:
        """Wait for an expression; the page's policy forbids Playwright's own way of waiting."""
        for _ in range(int(seconds * 20)):
            if self.page.evaluate(truth):
                return
            self.page.wait_for_timeout(50)
        raise AssertionError(f"never true: {truth}")

    def faults(self) -> list[str]:
        """Complaints that no test brought about on purpose."""
        return [
            each
            for each in self.complaints
            if "Failed to load" not in each and "WebSocket" not in each
        ]

    def write_after(self, words: str, text: str, delay: float = 0) -> None:
        """Put the cursor behind *words* and type."""
        self.select(words)
        self.page.keyboard.press("ArrowRight")
        self.page.keyboard.type(text, delay=delay)

    def select(self, words: str) -> None:
        """Select *words* with the hand: as the browser's own selection."""
        self.page.evaluate(SELECT, words)
        self.until(f"({SELECTED}) === {words!r}")

    def text(self) -> str:
        return str(self.page.evaluate(TEXT))

    def unsent(self) -> int:
        return int(self.page.evaluate("window.trinhKy.collab.unsent"))

    def saved(self) -> None:
        """Wait until everything has reached the server."""
        self.until("window.trinhKy.collab.unsent === 0")

    def reads(self, words: str) -> None:
        """Wait until the text itself has *words*, whatever is drawn between them."""
        self.until(f"window.trinhKy.view.state.doc.textContent.includes({words!r})")

    def shows(self, words: str) -> None:
        self.page.get_by_text(words).first.wait_for(timeout=15000)


TEXT = """(() => {
  const {doc} = window.trinhKy.view.state;
  return doc.textBetween(0, doc.content.size, "\\n", " ");
})()"""
SELECTED = (
    "window.trinhKy.view.state.doc.textBetween("
    "window.trinhKy.view.state.selection.from, window.trinhKy.view.state.selection.to)"
)
SELECT = """words => {
  const view = window.trinhKy.view;
  const walk = document.createTreeWalker(view.dom, NodeFilter.SHOW_TEXT);
  view.focus();
  for (let node = walk.nextNode(); node; node = walk.nextNode()) {
    const at = node.data.indexOf(words);
    if (at < 0) continue;
    const range = document.createRange();
    range.setStart(node, at);
    range.setEnd(node, at + words.length);
    const selection = document.getSelection();
    selection.removeAllRanges();
    selection.addRange(range);
    return;
  }
  throw new Error(`no ${words}`);
}"""


@contextmanager
def desks(browser: Browser, count: int = 1, **options: Any) -> Iterator[list[Desk]]:
    """That many people, each with a browser of their own."""
    options.setdefault("viewport", DESK)
    contexts = [browser.new_context(**options) for _ in range(count)]
    yield [Desk(context.new_page()) for context in contexts]
    for context in contexts:
        context.close()
