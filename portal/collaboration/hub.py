"""The open pages of one web process: one subscription feeds them all."""

import json
import queue
from dataclasses import dataclass, field
from threading import Lock, Thread
from time import monotonic
from typing import Any, Final
from uuid import UUID

import structlog
from redis import Redis, RedisError
from redis.client import PubSub

from portal.collaboration.channel import PREFIX, SIGNED_OUT, plan_of
from portal.collaboration.closing import CLOSING

# A page that reads slower than this misses messages, and asks for what it missed.
BACKLOG: Final = 200
# Each open page keeps one thread of its process; the rest must be left for ordinary requests.
MOST_PAGES: Final = 160
# Nobody has more of them in sight, and no plan more at work; what is above asks by and by.
MOST_OF_PERSON: Final = 20
MOST_OF_PLAN: Final = 60
# A cursor that was not heard of for so long belongs to a page that is gone.
FORGOTTEN: Final = 40.0
RETRY: Final = 0.5
_log = structlog.stdlib.get_logger("portal.collaboration")


@dataclass(eq=False)
class Page:
    """One open page."""

    client: str
    person_id: int
    name: str
    position: str
    colour: int
    inbox: "queue.Queue[dict[str, Any]]" = field(default_factory=lambda: queue.Queue(BACKLOG))
    # Where its own cursor is, to be said again when somebody comes in.
    cursor: dict[str, Any] | None = None

    # Its person has signed out: it is to end.
    is_dismissed: bool = False

    @property
    def key(self) -> str:
        """What tells it from every other page: a page chooses its own name, but not its person."""
        return f"{self.person_id}.{self.client}"


@dataclass
class Room:
    """The pages of this process on one text, and the cursors of all pages anywhere."""

    pages: set[Page] = field(default_factory=set)
    cursors: dict[str, tuple[float, dict[str, Any]]] = field(default_factory=dict)


class Hub:
    """Hands what is published about a text to the pages that show it."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._rooms: dict[UUID, Room] = {}
        self._lock = Lock()
        self._thread: Thread | None = None
        self._count = 0

    def enter(self, plan_id: UUID, page: Page) -> bool:
        """Let a page in; False when there is no thread to spare for it."""
        with self._lock:
            if self._is_full(plan_id, page):
                return False
            self._count += 1
            self._rooms.setdefault(plan_id, Room()).pages.add(page)
            if self._thread is None or not self._thread.is_alive():
                self._thread = Thread(target=self._listen, name="text-hub", daemon=True)
                self._thread.start()
        return True

    def leave(self, plan_id: UUID, page: Page) -> None:
        """Let a page go."""
        with self._lock:
            room = self._rooms.get(plan_id)
            if room is None or page not in room.pages:
                return
            self._count -= 1
            room.pages.discard(page)
            if not room.pages:
                del self._rooms[plan_id]

    def dismiss(self, person_id: int) -> None:
        """End the sockets of whoever has signed out; pages that are still signed in come back."""
        with self._lock:
            for room in self._rooms.values():
                for page in room.pages:
                    if page.person_id == person_id:
                        page.is_dismissed = True

    def _is_full(self, plan_id: UUID, page: Page) -> bool:
        own = sum(
            each.person_id == page.person_id for room in self._rooms.values() for each in room.pages
        )
        room = self._rooms.get(plan_id, Room())
        return self._count >= MOST_PAGES or own >= MOST_OF_PERSON or len(room.pages) >= MOST_OF_PLAN

    def take(self, plan_id: UUID, message: dict[str, Any]) -> None:
        """Put a message into the inbox of every page on the text."""
        with self._lock:
            room = self._rooms.get(plan_id)
            if room is None:
                return
            if message.get("kind") in ("cursor", "left", "entered"):
                self._move(room, message)
                return
            for page in room.pages:
                _put(page, message)

    def _move(self, room: Room, message: dict[str, Any]) -> None:
        """Cursors are gathered, so that a page that comes late sees all of them at once."""
        now = monotonic()
        origin = str(message.get("page", ""))
        if message["kind"] == "cursor":
            room.cursors[origin] = (now, message["person"])
        else:
            room.cursors.pop(origin, None)
        known = {
            key: (heard, person)
            for key, (heard, person) in room.cursors.items()
            if now - heard < FORGOTTEN
        }
        room.cursors = known
        for page in room.pages:
            people = [person for key, (_, person) in known.items() if key != page.key]
            _put(page, {"kind": "cursors", "people": people})
            if message["kind"] == "entered" and origin != page.key:
                _put(page, {"kind": "greet"})

    def _listen(self) -> None:
        while not CLOSING.is_set():
            try:
                self._follow()
            except (RedisError, OSError) as error:
                _log.warning("hub.lost", error=type(error).__name__)
                CLOSING.wait(RETRY)

    def _follow(self) -> None:
        valkey = Redis.from_url(self._url, socket_timeout=10, socket_connect_timeout=2)
        with valkey.pubsub(ignore_subscribe_messages=True) as subscription:  # type: ignore[no-untyped-call]  # redis annotates it in part.
            subscription.psubscribe(f"{PREFIX}*", SIGNED_OUT)
            while not CLOSING.is_set():
                self._hear(subscription)

    def _hear(self, subscription: PubSub) -> None:
        heard = subscription.get_message(timeout=1.0)
        if heard is None or heard["type"] != "pmessage":
            return
        if heard["channel"] == SIGNED_OUT.encode():
            self.dismiss(int(heard["data"]))
        else:
            self.take(plan_of(heard["channel"]), json.loads(heard["data"]))


def _put(page: Page, message: dict[str, Any]) -> None:
    try:
        page.inbox.put_nowait(message)
    except queue.Full:
        # The page sees the gap in the versions, or asks within seconds anyway.
        return
