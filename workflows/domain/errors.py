"""Why an act was refused, in a sentence for the person who tried it.

A sentence is the Vietnamese msgid with named places, its values travel beside it: the edge
translates the one, then fills in the other. HTTP numbers are the edge's affair.
"""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Fault:
    """One thing to put right: *where* in the words of the page, and what to do about it."""

    where: str
    sentence: str
    block_id: str | None = None

    def __str__(self) -> str:
        return f"{self.where}: {self.sentence}" if self.where else self.sentence


class WorkflowError(Exception):
    """An act that the rules refuse; str() is the whole sentence in Vietnamese."""

    def __init__(self, sentence: str, /, **values: object) -> None:
        super().__init__(sentence, values)
        self.sentence = sentence
        self.values = values

    def __str__(self) -> str:
        # Without values the sentence is taken as it is: it may hold a bare percent sign.
        return self.sentence % self.values if self.values else self.sentence


class PlanNotFound(WorkflowError):
    """No such plan, or none that this person may know of: the two must look the same."""


class StaleVersion(WorkflowError):
    """The plan has changed since the page was opened."""


class NotPermitted(WorkflowError):
    """This person may not do this to this plan."""


class TooMany(WorkflowError):
    """This person has as much of it under way as one person may; some of it must end first."""


class NotPossible(WorkflowError):
    """Nobody may do this to the plan in its present state."""


class FaultyText(WorkflowError):
    """A refusal that lists every fault, so that nobody has to find them one by one."""

    def __init__(self, sentence: str, /, faults: Iterable[Fault] = (), **values: object) -> None:
        super().__init__(sentence, **values)
        self.faults: tuple[Fault, ...] = tuple(faults)


class Incomplete(FaultyText):
    """The text is sound but misses what the act needs."""


class AnswersOwed(Incomplete):
    """Readers demand answers that nobody has given yet."""


class InheritedLeft(Incomplete):
    """Passages of last year's plan stand as they were, and nobody has said that they shall."""


class UnfitText(FaultyText):
    """The text cannot be taken in: off the schema, oversize, or not printable."""
