"""From a key pressed on one screen to the letter on another, alone and among twenty writers."""

import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from random import Random
from threading import Event, Thread
from uuid import UUID

from playwright.sync_api import Page
from simple_websocket import Client, ConnectionClosed
from sqlalchemy import create_engine
from sqlalchemy.orm import Session

from config import Config
from portal.clock import now
from tests.bench.sampling import Times
from tests.collaboration.author import Author
from tests.collaboration.line import line, step_messages
from tests.factories import Office
from tests.journeys.browser import Person, opened

EDITORS = 20
# How often each of the others sends something, as people who think between their sentences do.
EVERY = 2.5
PAUSE = 0.25

# When a letter was put into the text here, and when each word was first seen there.
WATCH = """
() => {
  window.sentAt = {};
  window.seenAt = {};
  const dom = window.trinhKy.view.dom;
  dom.addEventListener("beforeinput", (event) => { window.sentAt[event.data] = Date.now(); });
  new MutationObserver(() => {
    const text = dom.textContent;
    for (const word of window.awaited || []) {
      if (!(word in window.seenAt) && text.includes(word)) window.seenAt[word] = Date.now();
    }
  }).observe(dom, { subtree: true, childList: true, characterData: true });
}
"""
PLACE = """
(clause) => {
  const view = window.trinhKy.view;
  const found = [];
  view.state.doc.forEach((node, offset) => {
    if (node.type.name === "clause" && node.content.size > 20) found.push(offset + 5);
  });
  const selection = view.state.selection.constructor;
  const place = view.state.doc.resolve(found[clause]);
  view.focus();
  view.dispatch(view.state.tr.setSelection(selection.near(place)));
}
"""


def measure(config: Config, address: str, presses: int) -> dict[str, Times]:
    """The times of so many presses, with nobody else in the text and with EDITORS in all."""
    plan_id = _plan(config)
    with opened() as browser:
        here = _page(Person(browser, address, "soan"), plan_id, 0)
        there = _page(Person(browser, address, "thao"), plan_id, 1)
        alone = _pressed(here, there, presses, "a")
        with _others(address, plan_id, EDITORS - 2):
            crowded = _pressed(here, there, presses, "b")
    return {"alone": Times(tuple(alone)), "crowded": Times(tuple(crowded))}


def p95(times: Times) -> float:
    """The time, in seconds, that nineteen of twenty presses did not exceed."""
    ordered = sorted(times.seconds)
    return ordered[min(len(ordered) - 1, int(len(ordered) * 0.95))]


def _plan(config: Config) -> UUID:
    engine = create_engine(config.database_url)
    with Session(engine) as session:
        plan_id = Office(session, now()).draft().id
    engine.dispose()
    return plan_id


def _page(person: Person, plan_id: UUID, clause: int) -> Page:
    person.go(f"/plans/{plan_id}/edit")
    person.page.wait_for_function("() => window.trinhKy && window.trinhKy.view")
    person.page.evaluate(PLACE, clause)
    person.page.evaluate(WATCH)
    return person.page


def _pressed(here: Page, there: Page, presses: int, letter: str) -> Iterator[float]:
    words = [f"{letter}{number:03d}." for number in range(presses)]
    there.evaluate("(words) => { window.awaited = words; }", words)
    for word in words:
        # One input event, as an input method sends a finished word.
        here.keyboard.insert_text(word)
        time.sleep(PAUSE)
    there.wait_for_function(
        "(words) => words.every((word) => word in window.seenAt)", arg=words, timeout=60_000
    )
    sent, seen = here.evaluate("window.sentAt"), there.evaluate("window.seenAt")
    return ((seen[word] - sent[word]) / 1000 for word in words)


@contextmanager
def _others(address: str, plan_id: UUID, count: int) -> Iterator[None]:
    """So many more people at the text, each with an open page and something to write."""
    done = Event()
    with ExitStack() as opened_lines:
        threads = []
        for number in range(count):
            who = ("soan", "thao")[number % 2]
            author = Author(address, who, plan_id, number)
            socket = opened_lines.enter_context(line(address, author, plan_id))
            threads.append(Thread(target=_write, args=(author, socket, number, done)))
        for thread in threads:
            thread.start()
        try:
            yield
        finally:
            done.set()
            for thread in threads:
                thread.join()


def _write(author: Author, socket: Client, number: int, done: Event) -> None:
    chance = Random(number)  # noqa: S311  # A measurement repeats itself by its seed.
    following = time.monotonic() + chance.expovariate(1 / EVERY)
    try:
        while not done.is_set():
            for start, steps, clients in step_messages(socket, timeout=0.1):
                author.take(start, steps, clients)
            if time.monotonic() > following:
                following = time.monotonic() + chance.expovariate(1 / EVERY)
                author.type("chữ ", clause=2 + number)
                while author.exchange():
                    pass
    except ConnectionClosed:
        return
