"""The redline of a plan of thirty pages with two hundred edits, against difflib block by block.

A version with these edits could not be submitted, so that they stay in the draft.
"""

import copy
import random
import re
from collections.abc import Callable
from difflib import SequenceMatcher
from uuid import UUID

from sqlalchemy import create_engine
from sqlalchemy.orm import Session

from config import Config
from portal.clock import now
from portal.documents.redline import redline
from tests.bench.sampling import Times, in_turns
from tests.bench.visitor import Visitor
from tests.documents.plans import Node, new_id, real_document
from tests.factories import Office
from workflows.domain.content.blocks import blocks
from workflows.domain.machine import PlanState
from workflows.services.submission import withdraw

BLOCKS, EDITS = 500, 200
PAGE, COMPARED, DIFFLIB = "page", "compared", "difflib"
PIECE = re.compile(r"\s+|[^\W_]+(?:[./-](?=\d)[^\W_]+)*|[^\w\s]|_")


def measure(config: Config, address: str, rounds: int, *, warm_up: int = 3) -> dict[str, Times]:
    """The page over HTTP, the comparison alone, and difflib on the words of changed blocks."""
    old, new = texts()
    path = f"/plans/{make_plan(config, old, new)}/redline?old=v1&new=draft"
    visitor = Visitor(address)
    visitor.sign_in("soan")
    sides: dict[str, Callable[[], object]] = {
        PAGE: lambda: read(visitor, path),
        COMPARED: lambda: redline(old, new),
        DIFFLIB: lambda: block_by_block(old, new),
    }
    in_turns(sides, warm_up)
    return in_turns(sides, rounds)


def make_plan(config: Config, old: Node, new: Node) -> UUID:
    """A plan that was submitted, taken back, and rewritten."""
    engine = create_engine(config.database_url)
    with Session(engine) as session:
        office = Office(session, now())
        plan = office.plan(PlanState.UNIT_REVIEW, old)
        withdraw(
            session,
            plan_id=plan.id,
            seen=plan.row_version,
            actor=office.actor("soan"),
            reason="Sửa",
            now=office.now,
        )
        office.save(plan, new)
        found = plan.id
    engine.dispose()
    return found


def read(visitor: Visitor, path: str) -> None:
    """Ask for the page, which must show many changes."""
    page = visitor.get(path)
    assert page.status == 200, page.text[:2000]
    assert page.text.count("<ins>") > EDITS / 2, page.text[:2000]


def texts() -> tuple[Node, Node]:
    """A long plan, and the same with words changed and clauses new, gone and moved."""
    chance = random.Random(2027)  # noqa: S311
    old = _long_plan()
    new = copy.deepcopy(old)
    clauses = [node for node in new["content"] if node["type"] == "clause"]
    for node in chance.sample(clauses, EDITS - 20):
        _reword(node, chance)
    for act in (_insert, _remove, _move):
        for _ in range(7 if act is not _move else 6):
            act(new["content"], chance)
    return old, new


def block_by_block(old: Node, new: Node) -> int:
    """What is left of a redline when difflib compares the words of each changed block."""
    before = {block.id: block.text for block in blocks(old)}
    found = 0
    for block in blocks(new):
        was = before.get(block.id, block.text)
        if was != block.text:
            matcher = SequenceMatcher(None, PIECE.findall(was), PIECE.findall(block.text), False)
            found += sum(tag != "equal" for tag, *_ in matcher.get_opcodes())
    return found


def _long_plan() -> Node:
    plan = real_document()
    first = next(at for at, node in enumerate(plan["content"]) if node["type"] == "clause")
    body = [node for node in plan["content"] if node["type"] == "clause"]
    more = [copy.deepcopy(node) for _ in range(BLOCKS // len(body)) for node in body]
    for node in more:
        node["attrs"]["id"] = new_id()
    content = [*plan["content"][:first], *more[: BLOCKS - len(body)], *plan["content"][first:]]
    return {**plan, "content": content}


def _reword(node: Node, chance: random.Random) -> None:
    words = "".join(child.get("text", "\n") for child in node["content"]).split(" ")
    at = chance.randrange(len(words))
    words[at : at + chance.randint(1, 3)] = ["trước", "ngày", f"{chance.randint(10, 28)}/02/2027"]
    node["content"] = [{"type": "text", "text": " ".join(words)}]


def _insert(content: list[Node], chance: random.Random) -> None:
    fresh = {"type": "clause", "attrs": {"id": new_id(), "level": "dash"}}
    at = chance.randint(20, len(content) - 10)
    content.insert(at, {**fresh, "content": [{"type": "text", "text": f"Một ý mới thứ {at}."}]})


def _remove(content: list[Node], chance: random.Random) -> None:
    del content[chance.randint(20, len(content) - 10)]


def _move(content: list[Node], chance: random.Random) -> None:
    places = (chance.randint(20, len(content) - 10) for _ in range(2))
    content.insert(next(places), content.pop(next(places)))
