"""The socket of an open page, for tests and measurements."""

import json
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Any
from uuid import UUID

from simple_websocket import Client, ConnectionClosed

from tests.collaboration.author import Author

PATIENCE = 30.0


class Socket(Client):
    """The library's client leaves the port out of Host, which a browser never does.

    And its thread may close what is just being written to.
    """

    def send(self, data: Any) -> None:
        with _closed():
            super().send(data)

    def close(self, reason: Any = None, message: Any = None) -> None:
        with _closed():
            super().close(reason, message)

    def handshake(self) -> None:
        self.host = f"{self.host}:{self.port}"
        super().handshake()


@contextmanager
def _closed() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise ConnectionClosed from error


@contextmanager
def line(address: str, author: Author, plan_id: UUID, *, since: int = 0) -> Iterator[Client]:
    """Open the socket of the author's page."""
    url = f"{address}/plans/{plan_id}/text/socket?since={since}&client={author.client}"
    headers = {"Cookie": author.cookies, "Origin": address}
    opened = Socket.connect(url.replace("http", "ws", 1), headers=headers)
    try:
        yield opened
    finally:
        with suppress(ConnectionClosed):
            opened.close()
        # The library leaves its socket to the collector.
        opened.sock.close()


def heard(socket: Client, kind: str, fits: Callable[[Any], bool] = bool) -> Any:
    """The next message of that kind that fits."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        said = socket.receive(timeout=1)
        if said is not None:
            message = json.loads(said)
            if message["kind"] == kind and fits(message):
                return message
    raise AssertionError(f"nothing of kind {kind} was said")


def step_messages(socket: Client, *, timeout: float) -> Iterator[tuple[int, list[Any], list[str]]]:
    """What has come in of steps: where they begin, the steps, and whose page sent each."""
    said = socket.receive(timeout=timeout)
    while said is not None:
        message = json.loads(said)
        if message["kind"] == "steps":
            yield message["from"], message["steps"], message["clientIds"]
        said = socket.receive(timeout=0)
