"""Remarks left in a new plan on what its drafter put off while starting from an old one."""

from collections.abc import Iterable

from prosemirror.model import Node

from workflows.domain.content.passages import content_of_block, words_between
from workflows.domain.content.rollover.finding import Proposal
from workflows.domain.content.rollover.replacing import Kept
from workflows.models.discussion import Audience, Comment, Thread
from workflows.services.acting import Act
from workflows.services.noting import note, title_of_post

# The record tells it from what a person says.
ASKED = "ask_inherited"


def leave_notes(act: Act, text: Node, passages: Iterable[Kept]) -> None:
    """One thread on each passage of the plan's first text, in the drafter's own name.

    Nobody is told: the plan is new, and only its drafter knows of it.
    """
    for kept in passages:
        thread = _thread(act, text, kept)
        act.session.add(thread)
        act.session.flush()
        remark = _remark(kept.proposal)
        act.session.add(
            Comment(
                plan_id=act.plan.id,
                thread_id=thread.id,
                version_number=0,
                person_id=act.actor.id,
                position_title=title_of_post(act),
                text=remark,
                at=act.now,
            )
        )
        note(
            act,
            ASKED,
            text=remark,
            block_id=thread.block_id,
            thread_id=thread.id,
            quote=thread.quote,
        )


def _remark(put_off: Proposal) -> str:
    """Why to look again, and the words that were proposed: the page that had them is gone."""
    said = f"Xem lại khi soạn từ kế hoạch năm trước. {put_off.reason}"
    proposed = [words for words in (put_off.proposed, *put_off.others) if words]
    if proposed:
        said += " Gợi ý: " + " hoặc ".join(f"“{words}”" for words in proposed) + "."
    return f"{said} Nguồn: {put_off.source}." if put_off.source else said


def _thread(act: Act, text: Node, kept: Kept) -> Thread:
    start, end = _place(text, kept)
    return Thread(
        plan_id=act.plan.id,
        version_number=0,
        audience=Audience.WRITERS,
        block_id=kept.proposal.block_id,
        quote=kept.proposal.found,
        is_inherited=True,
        opened_by_id=act.actor.id,
        opened_at=act.now,
        made_version=0,
        made_start=start,
        made_end=end,
        anchor_version=0,
        anchor_start=start,
        anchor_end=end,
    )


def _place(text: Node, kept: Kept) -> tuple[int, int]:
    """ProseMirror counts UTF-16 units, Python characters; a line break is one of either."""
    block = content_of_block(text, kept.proposal.block_id)
    if block is None:
        raise LookupError("a block of the old plan is not in the new one")
    words = words_between(text, *block)
    start, end = (block[0] + _units(words[:at]) for at in (kept.start, kept.end))
    return start, end


def _units(words: str) -> int:
    return len(words.encode("utf-16-le")) // 2
