"""What stands beside a text, remarks and proposals, as JSON for the page's script."""

import json
from datetime import datetime
from typing import Any, Final

from workflows.domain.content.doings import Doing
from workflows.domain.content.edits import Place
from workflows.queries.discussion import ThreadLine
from workflows.queries.suggestions import SuggestionLine

# Letters of one answer; every open page fetches it whenever somebody has said something.
MOST_LETTERS: Final = 2_000_000


def measured(
    *, threads: list[dict[str, Any]], suggestions: list[dict[str, Any]], **more: Any
) -> dict[str, Any]:
    """The answer with no more than a page takes; “untold” counts what is left out.

    Of the remarks the newest stay, of the proposals the first; a group is not torn apart.
    """
    newest = _within(threads[::-1], MOST_LETTERS // 2, key="id")
    first = _within(suggestions, MOST_LETTERS // 2, key="group")
    untold = len(threads) - len(newest) + len(suggestions) - len(first)
    return {**more, "threads": newest[::-1], "suggestions": first, "untold": untold}


def _within(told: list[dict[str, Any]], letters: int, *, key: str) -> list[dict[str, Any]]:
    """What fits, in order; what is too long alone pushes out nothing that stands behind it."""
    sizes: dict[object, int] = {}
    for each in told:
        size = len(json.dumps(each, ensure_ascii=False))
        sizes[each[key]] = sizes.get(each[key], 0) + size
    fitting = set()
    for whole, size in sizes.items():
        if size <= letters:
            letters -= size
            fitting.add(whole)
    return [each for each in told if each[key] in fitting]


def thread_json(line: ThreadLine) -> dict[str, Any]:
    """A thread with all that was said in it."""
    return {
        "id": line.id,
        **_place(line.place),
        "isWhole": line.place is None,
        "quote": line.quote,
        "isSole": line.is_sole,
        "blockId": line.block_id,
        "versionNumber": line.version_number,
        "audience": line.audience,
        "demandsAnswer": line.demands_answer,
        "answer": line.answer,
        "answerReason": line.answer_reason,
        "answeredBy": line.answered_by,
        "answerFrom": line.answer_from,
        "isResolved": line.is_resolved,
        "resolvedBy": line.resolved_by,
        "resolvedAt": _moment(line.resolved_at),
        "reopenedBy": line.reopened_by,
        "reopenedAt": _moment(line.reopened_at),
        "isMine": line.is_mine,
        "can": line.can,
        "comments": [
            {
                "id": said.id,
                "who": said.who,
                "position": said.position,
                "at": said.at.isoformat(),
                "text": said.text,
                "mentions": list(said.mentions),
            }
            for said in line.comments
        ],
    }


def suggestion_json(line: SuggestionLine) -> dict[str, Any]:
    """A proposed wording."""
    return {
        "id": line.id,
        "group": line.group,
        "kind": line.kind,
        **_place(line.place),
        "isConflict": line.is_conflict,
        "where": line.where,
        "doing": _doing(line.doing),
        "before": line.before,
        "after": line.after,
        "slice": line.slice,
        "level": line.level,
        "blockId": line.block_id,
        "who": line.who,
        "position": line.position,
        "at": line.at.isoformat(),
        "note": line.note,
        "state": line.state,
        "answer": line.answer,
        "settledBy": line.settled_by,
        "can": line.can,
    }


def _doing(doing: Doing | None) -> dict[str, Any] | None:
    if doing is None:
        return None
    return {
        "kind": doing.kind,
        "blocks": list(doing.blocks),
        "count": doing.count,
        "after": doing.after,
        "isDown": doing.is_down,
        "isReworded": doing.is_reworded,
        "levels": list(doing.levels) if doing.levels else None,
    }


def _moment(at: datetime | None) -> str | None:
    return at.isoformat() if at else None


def _place(place: Place | None) -> dict[str, Any]:
    """A remark on the whole plan stands before the first letter and quotes nothing."""
    if place is None:
        return {"start": 0, "end": 0, "isGone": False}
    return {"start": place.start, "end": place.end, "isGone": place.is_gone}
