"""Somebody who writes in a text along with others: an editor without a page.

It does what prosemirror-collab does in the browser: steps of its own wait until the server has
them; what others did in the meantime comes first, and its own are rebased over it.
"""

import json
from collections.abc import Sequence
from random import Random
from typing import Any
from uuid import UUID

from prosemirror.model import Node
from prosemirror.transform import Step, Transform
from prosemirror.transform.structure import NodeTypeWithAttrs

from tests.bench.visitor import Visitor
from workflows.domain.content.moving import MoveStep
from workflows.domain.content.schema import SCHEMA

LEVELS = ("part", "sec", "sub", "pt", "dash", "plus", "para")
WORDS = ("phòng ", "chống ", "bão, ", "lũ; ", "😀", "Sở ", "thực hiện ", "2027 ")


class Author:
    """One open page. *acknowledged* are the words that the server said it has."""

    def __init__(self, address: str, who: str, plan_id: UUID, seed: int) -> None:
        self._visitor = Visitor(address)
        self._token = self._visitor.sign_in(who)
        self._path = f"/plans/{plan_id}/text"
        self._random = Random(seed)  # noqa: S311  # A test repeats itself by its seed.
        told = json.loads(self._visitor.get(self._path).text)
        self.client = f"{told['me']['id']}p{seed:08d}"
        self.version: int = told["version"]
        self.doc = Node.from_json(SCHEMA, told["doc"])
        self._waiting: list[tuple[Step, Step]] = []
        self._made = 0
        self._typed: list[str] = []
        self.acknowledged: list[str] = []

    @property
    def cookies(self) -> str:
        return self._visitor.cookies

    def type(self, mark: str, clause: int) -> None:
        """Put *mark* into the clause, at a place of its own choosing."""
        start, block = self._clauses()[clause]
        at = start + 1 + self._random.randint(0, block.content.size)
        if self._do(Transform(self.doc).insert(at, SCHEMA.text(mark))):
            self._typed.append(mark)

    def wander(self) -> None:
        """Do one thing that people do: type, delete, split, join, style, relevel, move."""
        acts = (
            *(self._add_words,) * 4,
            *(self._remove_words,) * 2,
            self._split,
            self._join,
            self._embolden,
            self._relevel,
            self._move,
        )
        self._random.choice(acts)()

    def exchange(self) -> bool:
        """Send what waits, or fetch what is new; whether anything still waits."""
        if not self._waiting:
            self._fetch()
            return False
        steps = [step.to_json() for step, _ in self._waiting]
        body = {"version": self.version, "clientId": self.client, "steps": steps}
        answer = self._visitor.send(f"{self._path}/steps", body, self._token)
        told = json.loads(answer.text)
        if answer.status == 200:
            self._take(steps, [self.client] * len(steps))
        else:
            assert answer.status == 409, answer.text
            self._take(told["steps"], told["clientIds"])
        return bool(self._waiting)

    def take(self, start: int, steps: Sequence[Any], clients: Sequence[str]) -> None:
        """Take in what a socket or an answer says happened after version *start*."""
        known = self.version - start
        if known < 0:
            self._fetch()
        elif known < len(steps):
            self._take(steps[known:], clients[known:])

    def _fetch(self) -> None:
        answer = self._visitor.get(f"{self._path}/steps?since={self.version}")
        told = json.loads(answer.text)
        self.take(told["from"], told["steps"], told["clientIds"])

    def _take(self, steps: Sequence[Any], clients: Sequence[str]) -> None:
        own = 0
        while own < len(clients) and clients[own] == self.client:
            own += 1
        self.version += len(steps)
        if own:
            self.acknowledged.extend(self._typed)
            self._typed = []
            self._waiting = self._waiting[own:]
        others = [Step.from_json(SCHEMA, step) for step in steps[own:]]
        if others:
            self._rebase(others)

    def _rebase(self, others: list[Step]) -> None:
        change = Transform(self.doc)
        for _, inverted in reversed(self._waiting):
            change.step(inverted)
        for step in others:
            change.step(step)
        kept: list[tuple[Step, Step]] = []
        place = len(self._waiting)
        for step, _ in self._waiting:
            mapped = step.map(change.mapping.slice(place))
            place -= 1
            before = change.doc
            if mapped is not None and _applies(change, mapped):
                change.mapping.set_mirror(place, len(change.steps) - 1)
                kept.append((mapped, mapped.invert(before)))
        self._waiting, self.doc = kept, change.doc

    def _do(self, change: Transform) -> bool:
        """Make the change here, unless it would make the text unsound."""
        try:
            change.doc.check()
        except ValueError:
            return False
        for step, doc in zip(change.steps, change.docs, strict=True):
            self._waiting.append((step, step.invert(doc)))
        self.doc = change.doc
        return bool(change.steps)

    def _clauses(self) -> list[tuple[int, Node]]:
        found: list[tuple[int, Node]] = []
        self.doc.for_each(
            lambda node, offset, _: (
                found.append((offset, node)) if node.type.name == "clause" else None
            )
        )
        return found

    def _some(self) -> tuple[int, Node]:
        return self._random.choice(self._clauses())

    def _range(self) -> tuple[int, int]:
        start, block = self._some()
        first = self._random.randint(0, block.content.size)
        last = min(block.content.size, first + self._random.randint(1, 12))
        return start + 1 + first, start + 1 + last

    def _add_words(self) -> None:
        start, block = self._some()
        at = start + 1 + self._random.randint(0, block.content.size)
        self._do_if(lambda change: change.insert(at, SCHEMA.text(self._random.choice(WORDS))))

    def _remove_words(self) -> None:
        first, last = self._range()
        if first < last:
            self._do_if(lambda change: change.delete(first, last))

    def _embolden(self) -> None:
        first, last = self._range()
        if first < last:
            self._do_if(lambda change: change.add_mark(first, last, SCHEMA.mark("strong")))

    def _split(self) -> None:
        start, block = self._some()
        at = start + 1 + self._random.randint(0, block.content.size)
        self._made += 1
        attrs = {**block.attrs, "id": f"{self.client}x{self._made:04d}"}
        kinds = [NodeTypeWithAttrs(block.type, attrs)]
        self._do_if(lambda change: change.split(at, 1, kinds))

    def _join(self) -> None:
        clauses = self._clauses()
        index = self._random.randrange(1, len(clauses)) if len(clauses) > 2 else 0
        if index and clauses[index][0] == clauses[index - 1][0] + clauses[index - 1][1].node_size:
            self._do_if(lambda change: change.join(clauses[index][0]))

    def _relevel(self) -> None:
        start, _ = self._some()
        level = self._random.choice(LEVELS)
        self._do_if(lambda change: change.set_node_attribute(start, "level", level))

    def _move(self) -> None:
        start, block = self._some()
        to, _ = self._some()
        middle = start + block.node_size
        if middle < to:
            self._do_if(lambda change: change.step(MoveStep(start, middle, to)))

    def _do_if(self, make: Any) -> None:
        change = Transform(self.doc)
        try:
            make(change)
        except ValueError:  # Half of a letter beyond the plane of most letters.
            return
        except UnicodeDecodeError:
            return
        self._do(change)


def _applies(change: Transform, step: Step) -> bool:
    """Whether the step still fits, and make it; a block carried into a paragraph does not."""
    try:
        return not change.maybe_step(step).failed
    except ValueError:
        return False
