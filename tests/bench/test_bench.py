"""The measuring itself, in small: it must still run, and a large office must cost no more asking.

Nothing here is timed.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import UUID

import psycopg
import pytest
from psycopg.rows import dict_row

from config import Config
from tests.bench import approval, inbox, rendering
from tests.bench.crowd import gather
from tests.bench.sampling import Times, in_turns
from tests.bench.table import Row, drawn
from tests.bench.visitor import Visitor
from tests.fixtures.office import CHEAP
from tests.journeys.stack import served
from workflows.queries.inbox import PAGE

# Set by the web server's relay, in its own time.
LATER = "dispatched_at"


@pytest.fixture
def grow(office_config: Config) -> Callable[[int, int], None]:
    """Give a way to add plans to the office."""

    def grow(plans: int, after: int) -> None:
        url = approval.plain(office_config.database_url)
        with psycopg.connect(url, autocommit=True) as connection:
            gather(connection, plans, after=after)

    return grow


def test_an_inbox_asks_as_often_with_a_thousand_plans_as_with_ten(
    office_config: Config, valkey: object, grow: Callable[[int, int], None]
) -> None:
    counts = []
    for plans, after in ((10, 0), (990, 10)):
        grow(plans, after)
        counts.append([inbox.queries(office_config, who, CHEAP) for who in ("tham", "soan")])

    assert counts[0] == counts[1]
    assert min(counts[0]) > 1


def test_both_readers_have_full_pages_and_the_same_at_every_server(
    office_config: Config, valkey: object, grow: Callable[[int, int], None], tmp_path: Path
) -> None:
    grow(1_000, 0)
    with served(office_config, tmp_path / "logs", workers=()) as stack:
        times = inbox.measure({"1": stack.address, "2": stack.address}, 1)
        pages = {}
        for who in inbox.READERS.values():
            visitor = Visitor(stack.address)
            visitor.sign_in(who)
            pages[who] = inbox.rows(inbox.read(visitor))
        approvals = approval.measure(office_config, stack.address, 1)

    assert set(times) == {(reader, server) for reader in inbox.READERS for server in "12"}
    # The appraiser's tasks; the drafter's drafts and the plans on their way.
    assert pages == {"tham": PAGE, "soan": 2 * PAGE}
    assert set(approvals) == {"http", "sql"}
    assert {len(each.seconds) for each in (*times.values(), *approvals.values())} == {1}


def test_the_bare_rows_are_those_of_the_approval(
    office_config: Config, valkey: object, tmp_path: Path
) -> None:
    plans = approval.make_plans(office_config, 2)
    url = approval.plain(office_config.database_url)
    with (
        served(office_config, tmp_path / "logs", workers=()) as stack,
        psycopg.connect(url, row_factory=dict_row, autocommit=True) as connection,
    ):
        visitor = Visitor(stack.address)
        token = visitor.sign_in("duyet")
        over_http, in_sql = (approval.look_up(connection, plan_id) for plan_id in plans)
        approval.approve_over_http(visitor, token, over_http)
        approval.approve_in_sql(connection, in_sql)
        http, sql = (_written(connection, plan_id) for plan_id in plans)

    assert http == sql
    assert all(http.values())


def _written(connection: psycopg.Connection[dict[str, Any]], plan_id: UUID) -> dict[str, Any]:
    """The filled columns of every row of a plan, and the words and numbers in the plan's own."""
    found: dict[str, Any] = {}
    for table in ("decision", "step_run", "outbox_message", "audit_event"):
        rows = connection.execute(f"SELECT * FROM {table} WHERE plan_id = %s", [plan_id])
        found[table] = sorted(
            sorted(name for name, value in row.items() if value is not None and name != LATER)
            for row in rows
        )
    own = "SELECT state, step_key, row_version, version_number FROM plan WHERE id = %s"
    return {**found, "plan": connection.execute(own, [plan_id]).fetchone()}


def test_the_plan_is_rendered_in_every_way_that_is_there(tmp_path: Path) -> None:
    times = rendering.measure(tmp_path, 1)

    assert {rendering.WARM, rendering.COLD} <= set(times)


def test_the_document_for_libreoffice_has_every_word_of_the_plan() -> None:
    doc = rendering.real_document()
    written = rendering.as_open_document(doc)

    assert "I. MỤC ĐÍCH, YÊU CẦU" in written
    assert written.count("<text:p>") == sum(1 for _ in rendering.blocks(doc))


def test_sides_take_turns_and_the_order_turns_around() -> None:
    done: list[str] = []
    sides = {name: lambda name=name: done.append(name) for name in "ab"}

    assert {name: len(times.seconds) for name, times in in_turns(sides, 3).items()} == {
        "a": 3,
        "b": 3,
    }
    assert "".join(done) == "abbaab"


@pytest.mark.parametrize(
    ("seconds", "verdict"), [((0.1, 0.15, 9.0), "đạt"), ((0.151, 0.151, 0.151), "không đạt")]
)
def test_the_table_judges_medians_against_the_target(
    seconds: tuple[float, ...], verdict: str
) -> None:
    row = Row("Hộp việc", Times(seconds), Times((0.1,)), 1.5)

    assert drawn([row]).splitlines()[-1].endswith(f"≤ 1,5  {verdict}")


def test_a_side_that_is_missing_has_no_ratio_and_no_verdict() -> None:
    last = drawn([Row("Dàn trang", Times((1.2345,)), None)]).splitlines()[-1]

    assert last.split() == ["Dàn", "trang", "1", "1.234,5", "[1.234,5;", "1.234,5]", *"––––"]
