"""The inbox over HTTP, of a reviewer and of a drafter, in a small office and in a large one."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask import Flask
from sqlalchemy import event

from config import Config
from portal.demo.office import DOMAIN, PASSWORD
from portal.extensions import db
from portal.factory import create_app
from tests.bench.sampling import Times, in_turns
from tests.bench.visitor import Visitor
from tests.web.pages import csrf_token

READERS = {"người thẩm định": "tham", "người soạn thảo": "soan"}
# Each of the server's processes reads its templates at its first page.
WARM_UP = 10


@dataclass(frozen=True)
class Asked:
    """What one inbox took and showed, counted inside the application."""

    statements: int
    rows: int


def measure(
    addresses: Mapping[str, str], rounds: int, *, warm_up: int = WARM_UP
) -> dict[tuple[str, str], Times]:
    """Ask every server for every reader's inbox, in turns; by reader and by server."""
    visitors = {
        (reader, server): _at_desk(address, who)
        for reader, who in READERS.items()
        for server, address in addresses.items()
    }
    for reader in READERS:
        _same_work({server: visitors[reader, server] for server in addresses})
    names = {f"{reader}, {server}": (reader, server) for reader, server in visitors}
    sides = {name: lambda key=key: read(visitors[key]) for name, key in names.items()}
    in_turns(sides, warm_up)
    return {names[name]: times for name, times in in_turns(sides, rounds).items()}


def read(visitor: Visitor) -> str:
    page = visitor.get("/inbox")
    assert page.status == 200, page.text[:2000]
    return page.text


def asked(config: Config, who: str, settings: Mapping[str, Any] | None = None) -> Asked:
    """How many SQL statements one inbox takes, and how many plans it then shows."""
    app = create_app(config, settings=settings)
    try:
        return _ask(app, who)
    finally:
        with app.app_context():
            db.engine.dispose()
        app.extensions["valkey"].close()


def rows(page: str) -> int:
    """How many plans the page shows."""
    return page.count('class="lead-cell"')


def _at_desk(address: str, who: str) -> Visitor:
    visitor = Visitor(address)
    visitor.sign_in(who)
    return visitor


def _same_work(visitors: Mapping[str, Visitor]) -> None:
    """A longer page takes longer to write: then sizes would be compared that are none."""
    shown = {name: rows(read(visitor)) for name, visitor in visitors.items()}
    assert len(set(shown.values())) == 1, f"pages of different lengths: {shown}"


def _ask(app: Flask, who: str) -> Asked:
    seen: list[str] = []
    client = app.test_client()
    form = {"email": who + DOMAIN, "password": PASSWORD}
    client.post("/login", data={**form, "csrf_token": csrf_token(client.get("/login").text)})
    with app.app_context():
        event.listen(db.engine, "before_cursor_execute", lambda *given: seen.append(given[2]))
    answer = client.get("/inbox")
    assert answer.status_code == 200, answer.text[:2000]
    return Asked(len(seen), rows(answer.text))
