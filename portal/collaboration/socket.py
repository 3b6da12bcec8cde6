"""One open page's socket: what happened goes out, where its cursor stands comes in."""

import json
import queue
from collections.abc import Callable
from contextlib import suppress
from time import monotonic
from typing import Any, Final
from uuid import UUID

from redis import Redis
from simple_websocket import ConnectionClosed, Server

from portal.collaboration.channel import publish
from portal.collaboration.closing import CLOSING
from portal.collaboration.hub import Hub, Page

PATIENCE: Final = 0.2
# Rights may end while a page is open; it is looked again this often.
RECHECK: Final = 10.0
# A cursor says at most this much, and at most so often.
LONGEST: Final = 500
CURSOR_EVERY: Final = 0.1
# A page of ours says less than ten things in a second; what says so many is none.
MOST_SAID: Final = 60


class Line:
    """Runs until the page closes, the process stops, or *closing* gives a reason to end it."""

    def __init__(self, socket: Server, hub: Hub, valkey: Redis, plan_id: UUID, page: Page) -> None:
        self._socket, self._hub, self._valkey = socket, hub, valkey
        self._plan_id, self._page = plan_id, page
        self._moved = 0.0
        self._second, self._said = 0, 0

    def run(self, missed: dict[str, Any] | None, closing: Callable[[], str | None]) -> None:
        """Send what the page missed before it came in, then whatever happens."""
        self._tell({"kind": "entered", "page": self._page.key})
        try:
            if missed:
                self._send(missed)
            self._attend(closing)
        except (ConnectionClosed, OSError):
            # The library's own thread may close the socket between our look and our word.
            pass
        finally:
            self._tell({"kind": "left", "page": self._page.key})
            self._hang_up()

    def _attend(self, closing: Callable[[], str | None]) -> None:
        looked = monotonic()
        while self._socket.connected and not (CLOSING.is_set() or self._page.is_dismissed):
            if not self._hear():
                return
            asked = self._pass_on()
            if asked or monotonic() - looked > RECHECK:
                looked = monotonic()
                if (reason := closing()) is not None:
                    self._send({"kind": "locked", "detail": reason})
                    return

    def _pass_on(self) -> bool:
        """Pass on what has come in, if anything; whether it asks to look at the rights again."""
        try:
            message = self._page.inbox.get(timeout=PATIENCE)
        except queue.Empty:
            return False
        if message["kind"] == "greet":
            if self._page.cursor is not None:
                self._say_cursor(self._page.cursor)
        elif message["kind"] != "check":
            self._send(message)
        return bool(message["kind"] == "check")

    def _hear(self) -> bool:
        """Take in what the page says; False when it says more than any page of ours."""
        while (said := self._socket.receive(timeout=0)) is not None:
            if self._is_flooding():
                return False
            cursor = _cursor_of(said)
            now = monotonic()
            if cursor is not None and now - self._moved > CURSOR_EVERY:
                self._moved = now
                self._page.cursor = cursor
                self._say_cursor(cursor)
        return True

    def _is_flooding(self) -> bool:
        second = int(monotonic())
        self._said = self._said + 1 if second == self._second else 1
        self._second = second
        return self._said > MOST_SAID

    def _hang_up(self) -> None:
        # Stopping the process must not wait for anybody's answer to a farewell.
        if not CLOSING.is_set():
            with suppress(ConnectionClosed, OSError):
                self._socket.close()

    def _say_cursor(self, cursor: dict[str, Any]) -> None:
        page = self._page
        known = {"name": page.name, "position": page.position, "colour": page.colour}
        person = {"client": page.client, **known, **cursor}
        self._tell({"kind": "cursor", "page": page.key, "person": person})

    def _send(self, message: dict[str, Any]) -> None:
        self._socket.send(json.dumps(message, ensure_ascii=False))

    def _tell(self, message: dict[str, Any]) -> None:
        publish(self._valkey, self._plan_id, message)


def _cursor_of(said: str | bytes) -> dict[str, Any] | None:
    """The cursor that a page reports, or None for anything else: nothing it says is believed."""
    if not isinstance(said, str) or len(said) > LONGEST:
        return None
    try:
        message = json.loads(said)
    except ValueError:
        return None
    if not isinstance(message, dict) or message.get("kind") != "cursor":
        return None
    places = {name: message.get(name) for name in ("version", "head", "anchor")}
    if any(type(place) is not int or not 0 <= place < 2_000_000 for place in places.values()):
        return None
    return places
