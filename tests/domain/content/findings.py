"""What is found in a short text, as rows that a test can list."""

from tests.domain.content.documents import clause, node, plan
from workflows.domain.content.canonical import sound
from workflows.domain.content.rollover.finding import Proposal
from workflows.domain.content.rollover.survey import proposals


def finds(text: str, old: int = 2022, new: int = 2027) -> list[Proposal]:
    """What is found in a plan whose one block is *text*."""
    block = clause("aaaaaaaaaa", text)
    doc = sound(plan(block, title=node("title", id="title00001"), opening=None, closing=None))
    return list(proposals(doc, from_year=old, to_year=new))


def row(each: Proposal) -> tuple[str, str, str | None, str]:
    return str(each.kind), each.found, each.proposed, str(each.advice)
