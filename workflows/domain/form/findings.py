"""What a rule finds: the place, what is wrong, what to do about it, and what prescribes it."""

import re
from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256

from workflows.domain.content.blocks import Block
from workflows.domain.errors import Fault


class Level(StrEnum):
    """How much a finding matters: an error stops a submission, the others inform."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


OFF = "off"
# What an organisation may set a rule to.
CHOICES: tuple[str, ...] = (*Level, OFF)


@dataclass(frozen=True, slots=True)
class Finding:
    """One place to look at again.

    *start* and *end* count UTF-16 units in the block's text, as the editor does; None: the whole
    block. *suggestion* is what could stand there instead.
    """

    rule: str
    level: Level
    sentence: str
    law: str
    place: str
    block_id: str | None = None
    start: int | None = None
    end: int | None = None
    suggestion: str | None = None

    @property
    def key(self) -> str:
        """The same for the same finding in the same text, whatever else is found in it."""
        whole = repr((self.rule, self.block_id, self.start, self.end, self.place, self.sentence))
        return sha256(whole.encode()).hexdigest()[:16]

    @property
    def line(self) -> str:
        """The finding in words, as it goes into a record."""
        return f"{self.place}: {self.sentence} ({self.law})"

    @property
    def fault(self) -> Fault:
        """The finding as a refusal lists it."""
        return Fault(self.place, self.sentence, self.block_id)


@dataclass(frozen=True, slots=True)
class Hit:
    """What a rule alone knows of a finding; offsets are Python's."""

    sentence: str
    place: str
    block_id: str | None = None
    start: int | None = None
    end: int | None = None
    suggestion: str | None = None


def on(block: Block, sentence: str) -> Hit:
    """A hit on a whole block."""
    return Hit(sentence, block.place, block.id)


def at(block: Block, start: int, end: int, sentence: str, suggestion: str | None = None) -> Hit:
    """A hit on some characters of a block."""
    return Hit(sentence, block.place, block.id, start, end, suggestion)


def matched(
    block: Block, found: re.Match[str], sentence: str, suggestion: str | None = None
) -> Hit:
    """A hit on what a pattern matched."""
    return at(block, found.start(), found.end(), sentence, suggestion)
