"""The measuring itself, in small: it must still run, and a large office must cost no more asking.

Nothing here is timed.
"""

from pathlib import Path
from typing import Any
from uuid import UUID

import psycopg
import pytest
from psycopg.rows import dict_row

from config import Config
from tests.bench import approval, inbox, redline, rendering
from tests.bench.crowd import gather
from tests.bench.sampling import Times, in_turns
from tests.bench.table import Row, drawn
from tests.bench.visitor import Visitor
from tests.fixtures.office import CHEAP
from tests.journeys.stack import served
from workflows.queries.inbox import PAGE

# Set by the web server's relay, in its own time.
LATER = "dispatched_at"


def test_an_inbox_asks_as_often_with_a_thousand_plans_as_with_ten(
    office_config: Config, valkey: object
) -> None:
    readers, found = tuple(inbox.READERS.values()), []
    for plans, after in ((10, 0), (990, 10)):
        url = approval.plain(office_config.database_url)
        with psycopg.connect(url, autocommit=True) as connection:
            gather(connection, plans, after=after)
        found.append([inbox.asked(office_config, who, CHEAP) for who in readers])
    few, many = found

    assert [each.statements for each in few] == [each.statements for each in many]
    assert min(each.statements for each in few) > 1
    # The appraiser's tasks; the drafter's drafts and plans on their way. Full pages can only
    # grow longer to find, not to show.
    assert [each.rows for each in many] == [PAGE, 2 * PAGE]
    assert max(each.rows for each in few) < PAGE


def test_approvals_and_inboxes_are_measured_at_a_real_server(
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
        approvals = approval.measure(office_config, stack.address, 1, warm_up=0)
        inboxes = inbox.measure({"1": stack.address}, 1, warm_up=0)
        redlines = redline.measure(office_config, stack.address, 1, warm_up=0)

    # The bare rows are those of the approval.
    assert http == sql
    assert all(http.values())
    assert set(approvals) == {"http", "sql"}
    assert set(redlines) == {redline.PAGE, redline.COMPARED, redline.DIFFLIB}
    assert set(inboxes) == {(reader, "1") for reader in inbox.READERS}


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
    times = rendering.measure(tmp_path, 1, warm_up=0)

    assert {rendering.WARM, rendering.COLD} <= set(times)


def test_the_document_for_libreoffice_has_every_word_of_the_plan() -> None:
    doc = rendering.real_document()
    written = rendering.as_open_document(doc)

    assert "I. MỤC ĐÍCH, YÊU CẦU" in written
    assert written.count("<text:p>") == sum(1 for _ in rendering.blocks(doc))


def test_the_texts_to_compare_have_as_many_edits_as_is_said() -> None:
    old, new = redline.texts()

    changed = [change for change in redline.redline(old, new) if change.kind != "same"]

    assert redline.EDITS * 0.9 <= len(changed) <= redline.EDITS
    assert len(old["content"]) > redline.BLOCKS


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
