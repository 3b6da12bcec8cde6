"""Promises about the code itself: one writer of the state, one commit, every queue worked."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from portal.engines.tree import WORKERS
from portal.queues.routes import ROUTES, QueueName
from workflows.models.outbox import Topic

ROOT = Path(__file__).resolve().parents[2]
CODE = sorted(path for folder in ("workflows", "portal") for path in (ROOT / folder).rglob("*.py"))


def trees() -> Iterator[tuple[str, ast.Module]]:
    for path in CODE:
        yield str(path.relative_to(ROOT)), ast.parse(path.read_text(encoding="utf-8"))


def assigned(tree: ast.Module) -> Iterator[ast.expr]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign):
            yield from node.targets
        elif isinstance(node, ast.AnnAssign | ast.AugAssign):
            yield node.target


def writes_state(tree: ast.Module) -> bool:
    """Whether the module assigns `.state`, sets it by name, or updates the plan's table."""
    for target in assigned(tree):
        for part in ast.walk(target):
            if isinstance(part, ast.Attribute) and part.attr == "state":
                return True
    return any(
        isinstance(call, ast.Call)
        and (
            (getattr(call.func, "id", "") == "setattr" and "state" in ast.dump(call))
            or (getattr(call.func, "id", "") == "update" and "Plan" in ast.dump(call))
        )
        for call in ast.walk(tree)
    )


def test_the_state_of_a_plan_has_one_writer() -> None:
    writers = [name for name, tree in trees() if writes_state(tree)]

    assert writers == ["workflows/services/advance.py"]


def test_there_is_one_commit() -> None:
    committing = [
        name
        for name, tree in trees()
        for call in ast.walk(tree)
        if isinstance(call, ast.Call)
        and isinstance(call.func, ast.Attribute)
        and call.func.attr == "commit"
    ]

    assert committing == ["workflows/services/transaction.py"]


def test_every_module_says_what_it_is_for() -> None:
    silent = [
        name
        for name, tree in trees()
        # What an auditor is handed stands alone and speaks Vietnamese.
        if name != "portal/archive/standalone.py"
        and not (ast.get_docstring(tree) or "").strip().split("\n")[0].endswith(".")
    ]

    assert silent == []


def test_every_topic_has_a_route_and_every_queue_a_worker() -> None:
    assert set(ROUTES) == set(Topic)
    worked = {word for child in WORKERS for word in child.argv if word in set(QueueName)}
    # The upkeep queue is worked by every worker, whatever else it is given.
    assert worked | {QueueName.UPKEEP} == set(QueueName)
    assert {route.queue for route in ROUTES.values()} <= worked


def test_nothing_that_the_office_owes_waits_behind_an_uploaded_file() -> None:
    beside = {topic for topic, route in ROUTES.items() if route.queue is QueueName.IMPORT}
    shared = [child for child in WORKERS if QueueName.IMPORT in child.argv]

    assert beside == {Topic.IMPORT}
    assert [child.argv[-2:] for child in shared] == [("work", "import")]


@pytest.mark.parametrize("name", ["utils", "helpers", "manager", "managers", "misc", "common"])
def test_no_file_is_named_for_nothing(name: str) -> None:
    assert [path for path in CODE if path.stem == name] == []


def test_clock_and_randomness_stay_out_of_the_domain() -> None:
    for path in sorted((ROOT / "workflows" / "domain").rglob("*.py")):
        text = path.read_text(encoding="utf-8")
        for word in ("datetime.now", "date.today", "time.time", "uuid4", "random"):
            assert word not in text, f"{path.name}: {word}"
