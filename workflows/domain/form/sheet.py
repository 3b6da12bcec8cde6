"""A plan's text laid out for the rules: its blocks in order, apart from its annexes."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from typing import Any

from workflows.domain.content.blocks import Block, blocks
from workflows.domain.content.schema import parse
from workflows.domain.content.shape import Doc
from workflows.domain.form.citing import Citation, citations_in

KIND = "KẾ HOẠCH"
PROSE = ("title", "basis", "opening", "clause", "cell", "closing", "annex")
# What people read as sentences in the body; cells are too short for rules on sentences.
RUNNING = ("basis", "opening", "clause", "closing")
MOST_CITED = 2_000


@dataclass(frozen=True, slots=True)
class Receiver:
    """A line of Nơi nhận: its block, and the name apart from the purpose."""

    block: Block
    name: str
    purpose: str | None


@dataclass(frozen=True)
class Sheet:
    """The text that is looked over; every part is read once."""

    doc: Doc
    kind: str

    @classmethod
    def of(cls, doc: object, header: Mapping[str, Any] | None) -> "Sheet":
        """Lay out *doc* as it is, not normalised: places must stay those of the page.

        Raises UnfitText when it is off the schema.
        """
        whole: Any = parse(doc).to_json()
        return cls(whole, str((header or {}).get("kind") or KIND))

    @cached_property
    def blocks(self) -> tuple[Block, ...]:
        """Every block in reading order."""
        return tuple(blocks(self.doc))

    @cached_property
    def main(self) -> tuple[Block, ...]:
        """The blocks up to the signature."""
        return self.blocks[: self._signature_at]

    @cached_property
    def annexes(self) -> tuple[Block, ...]:
        """The blocks of the annexes; an annex begins with its title, of kind “annex”."""
        return self.blocks[self._signature_at + 1 :]

    @cached_property
    def signature(self) -> dict[str, Any]:
        """The attributes of the signature."""
        found = next(node for node in self.doc["content"] if node["type"] == "signature")
        attrs: dict[str, Any] = found["attrs"]
        return attrs

    @cached_property
    def signature_block(self) -> Block:
        """The signature among the blocks."""
        return self.blocks[self._signature_at]

    @cached_property
    def prose(self) -> tuple[Block, ...]:
        """Whatever somebody typed, but Nơi nhận."""
        return tuple(block for block in self.blocks if block.kind in PROSE)

    @cached_property
    def running(self) -> tuple[Block, ...]:
        """The sentences of the plan itself, without its tables and annexes."""
        return tuple(block for block in self.main if block.kind in RUNNING)

    @cached_property
    def receivers(self) -> tuple[Receiver, ...]:
        """The lines of Nơi nhận."""
        lines = [block for block in self.main if block.kind == "recipient"]
        found = next(node for node in self.doc["content"] if node["type"] == "recipients")
        return tuple(
            Receiver(block, _text(node), node["attrs"].get("purpose"))
            for block, node in zip(lines, found.get("content", ()), strict=True)
        )

    @cached_property
    def citations(self) -> tuple[Citation, ...]:
        """Every document cited, in reading order; beyond the bound nobody would read on."""
        every = (cited for block in self.prose for cited in citations_in(block))
        return tuple(islice(every, MOST_CITED))

    def of_kind(self, *kinds: str) -> tuple[Block, ...]:
        """The blocks of these kinds before the signature."""
        return tuple(block for block in self.main if block.kind in kinds)

    @cached_property
    def _signature_at(self) -> int:
        return next(at for at, block in enumerate(self.blocks) if block.kind == "signature")


def _text(node: Doc) -> str:
    return "".join(child["text"] for child in node.get("content", ()))
