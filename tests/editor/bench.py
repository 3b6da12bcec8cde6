"""The surface of the editor alone on a page, in a real browser, with no server behind it."""

import fcntl
import json
import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Route

from tests.editor.samples import plan
from tests.journeys.browser import DESK, SHOTS

ROOT = Path(__file__).resolve().parents[2]
EDITOR = ROOT / "portal/editor"
ADDRESS = "http://surface.test/"
CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; img-src 'self' data:"
)
DIRECTORY = [
    {"code": "SVHTT", "name": "Sở Văn hoá và Thể thao"},
    {"code": "STC", "name": "Sở Tài chính"},
    {"code": "VPUB", "name": "Văn phòng Ủy ban nhân dân thành phố"},
]
SIGNERS = [
    {"key": "chu-tich", "label": "CHỦ TỊCH"},
    {
        "key": "pct",
        "label": "Phó Chủ tịch Trần Văn Mẫu",
        "lines": ["TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"],
        "name": "Trần Văn Mẫu",
    },
]
_PAGE = """<!doctype html><html lang="vi" data-bs-theme="{theme}"><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="stylesheet" href="/static/bootstrap/bootstrap.min.css">
<link rel="stylesheet" href="/static/fonts/be-vietnam-pro.css">
<link rel="stylesheet" href="/static/app.css"><link rel="stylesheet" href="/static/editor.css">
<body><a href="#before" id="before">Trước</a><div class="container-xxl"><div class="row">
<div class="col-lg-3 d-none d-lg-block" id="outline"></div>
<div class="col-lg-9 p-0"><div id="editor"></div></div></div></div>
<button id="after" type="button">Sau</button>
<script type="application/json" id="given">{given}</script>
<script src="/static/page.js"></script></body></html>"""


@cache
def node() -> str:
    """Where Node is, with the editor's packages beside its sources.

    Without Node a test is skipped, but never in CI; without a package registry everywhere.
    """
    found, npm = shutil.which("node"), shutil.which("npm")
    if not found or not npm:
        if os.environ.get("CI"):
            pytest.fail("Node is missing, and in CI no test of the editor may be skipped")
        pytest.skip("Node is missing: it is needed to test the editor from its sources")
    if not (EDITOR / "node_modules/esbuild").is_dir():
        _install(npm)
    return found


def _install(npm: str) -> None:
    # Two workers of the tests must not install into one folder at once.
    with (EDITOR / "package-lock.json").open("rb") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if (EDITOR / "node_modules/esbuild").is_dir():
            return
        command = [npm, "ci", "--no-audit", "--no-fund"]
        got = subprocess.run(command, cwd=EDITOR, capture_output=True, timeout=300)
    if got.returncode:
        pytest.skip("npm cannot install the editor's packages here: " + got.stderr.decode()[-500:])


@cache
def _script() -> bytes:
    command = [node(), "test/bundle.mjs"]
    return subprocess.run(command, cwd=EDITOR, check=True, capture_output=True, timeout=60).stdout


class Bench:
    """One page with the surface on it."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.complaints: list[str] = []
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on(
            "console",
            lambda said: self.complaints.append(said.text) if said.type == "error" else None,
        )

    def doc(self) -> dict[str, Any]:
        """The document as it stands now."""
        found: dict[str, Any] = self.page.evaluate("surface.view.state.doc.toJSON()")
        return found

    def blocks(self) -> list[tuple[str, str]]:
        """(kind or level, text) of every block outside of tables."""
        return [_told(node) for node in self.doc()["content"]]

    def part(self, kind: str) -> dict[str, Any]:
        """The first node of this kind."""
        return next(node for node in self.doc()["content"] if node["type"] == kind)

    def body(self) -> list[tuple[str, str]]:
        """The blocks between the title and Nơi nhận."""
        return [
            block for block in self.blocks() if block[0] not in ("title", "recipients", "signature")
        ]

    def put_cursor(self, text: str, at: int = 0) -> None:
        """Put the cursor *at* signs into the first block with this text, and the focus there."""
        self.page.evaluate(
            """([text, at]) => {
              const {view} = surface; let place = null;
              view.state.doc.descendants((node, pos) => {
                if (place !== null || !node.isTextblock) return;
                if (node.textContent === text) place = pos + 1;
              });
              if (place === null) throw new Error("no block " + text);
              if (at < 0) at = text.length + 1 + at;
              const selection = TextSelection.create(view.state.doc, place + at);
              view.dispatch(view.state.tr.setSelection(selection));
              view.focus();
            }""",
            [text, at],
        )

    def select(self, start: str, end: str) -> None:
        """Select from the start of one block to the end of another."""
        self.page.evaluate(
            """([first, last]) => {
              const {view} = surface; let from = null; let to = null;
              view.state.doc.descendants((node, pos) => {
                if (!node.isTextblock) return;
                if (from === null && node.textContent === first) from = pos + 1;
                if (node.textContent === last) to = pos + node.nodeSize - 1;
              });
              const selection = TextSelection.create(view.state.doc, from, to);
              view.dispatch(view.state.tr.setSelection(selection));
              view.focus();
            }""",
            [start, end],
        )

    def paste(self, html: str = "", text: str = "") -> float:
        """Paste as the browser does; returns for how many seconds the page was busy with it."""
        busy: float = self.page.evaluate(
            """([html, text]) => {
              const data = new DataTransfer();
              if (html) data.setData("text/html", html);
              if (text) data.setData("text/plain", text);
              const given = {clipboardData: data, bubbles: true, cancelable: true};
              const event = new ClipboardEvent("paste", given);
              const start = performance.now();
              surface.view.dom.dispatchEvent(event);
              return (performance.now() - start) / 1000;
            }""",
            [html, text],
        )
        return busy

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)

    def type(self, text: str) -> None:
        self.page.keyboard.type(text)

    def tool(self, key: str) -> None:
        """Click a tool."""
        self.page.click(f"[data-tool={key}]")

    def shoot(self, name: str) -> None:
        """Keep a picture; whatever is wider than the screen is a fault."""
        SHOTS.mkdir(exist_ok=True)
        width = self.page.viewport_size["width"] if self.page.viewport_size else 0
        self.page.screenshot(path=SHOTS / f"{name}-{width}.png")
        assert self.page.evaluate("document.documentElement.scrollWidth") <= width


def _told(node: dict[str, Any]) -> tuple[str, str]:
    attrs = node.get("attrs", {})
    kind = attrs["level"] if node["type"] == "clause" else node["type"]
    return kind, _words(node)


def _words(node: dict[str, Any]) -> str:
    if node["type"] == "hard_break":
        return "\n"
    if node["type"] == "text":
        return str(node["text"])
    mark = {"table_row": "|", "recipients": "|", "table": "/"}.get(node["type"], "")
    return mark.join(_words(child) for child in node.get("content", ()))


@contextmanager
def bench(
    browser: Browser,
    doc: dict[str, Any] | None = None,
    *,
    size: tuple[int, int] = DESK,
    theme: str = "light",
    **options: Any,
) -> Iterator[Bench]:
    """Open the surface on *doc*; at the end nothing may have gone wrong unseen."""
    script = _script()
    given = {"doc": doc or plan(), "signers": SIGNERS, "directory": DIRECTORY, **options}
    html = _PAGE.format(theme=theme, given=json.dumps(given).replace("<", "\\u003c"))
    context = browser.new_context(viewport={"width": size[0], "height": size[1]})
    page = context.new_page()

    def answer(route: Route) -> None:
        path = route.request.url.removeprefix(ADDRESS)
        if path == "static/page.js":
            route.fulfill(body=script, content_type="text/javascript")
        elif path.startswith("static/"):
            route.fulfill(path=ROOT / "portal" / path)
        else:
            route.fulfill(
                body=html, content_type="text/html", headers={"Content-Security-Policy": CSP}
            )

    page.route(ADDRESS + "**", answer)
    surface = Bench(page)
    page.goto(ADDRESS)
    page.wait_for_selector("body[data-ready]")
    try:
        yield surface
        assert surface.complaints == []
    finally:
        context.close()
