"""The passage that a remark is about: found in a text that its author may read, and quoted."""

from dataclasses import dataclass

from workflows.domain.content.passages import block_at, content_of_block, words_between
from workflows.domain.errors import NotPossible, UnfitText
from workflows.domain.machine import EDITABLE
from workflows.queries.shown import sight_of
from workflows.queries.working_text import text_at
from workflows.services.acting import Act

LONGEST_QUOTE = 1_000


@dataclass(frozen=True)
class Passage:
    """What a thread is about at a version of the text; without a place, the whole plan."""

    version: int
    start: int | None = None
    end: int | None = None
    quote: str = ""
    block_id: str | None = None


def marked_passage(act: Act, version: int, start: int | None, end: int | None) -> Passage:
    """What is marked in the text at *version*, or the whole plan (None, None).

    Raises PlanNotFound for a text that the actor may not read, UnfitText for a place outside it.
    """
    sight_of(act.session, act.actor, act.plan, act.facts).require_text(version)
    if start is None or end is None:
        return Passage(version)
    return _quoted(act, version, start, end)


def block_passage(act: Act, block_id: str) -> Passage:
    """A remark hangs on a block of this very plan, whatever the form says."""
    sight = sight_of(act.session, act.actor, act.plan, act.facts)
    newest = max(sight.frozen.values(), default=None)
    is_written = sight.sees_draft and act.plan.state in EDITABLE
    versions = [act.plan.text_version, newest] if is_written else [newest]
    for version in versions:
        node = text_at(act.session, act.plan.id, version) if version is not None else None
        place = content_of_block(node, block_id) if node is not None else None
        if version is not None and place is not None:
            return _quoted(act, version, *place)
    raise NotPossible("Đoạn được góp ý không còn trong kế hoạch. Hãy tải lại trang rồi góp ý lại.")


def _quoted(act: Act, version: int, start: int, end: int) -> Passage:
    node = text_at(act.session, act.plan.id, version)
    try:
        quote = words_between(node, start, end)
        return Passage(version, start, end, quote[:LONGEST_QUOTE], block_at(node, start))
    except ValueError as error:  # Also where a letter of two units would be cut in half.
        raise UnfitText(
            "Đoạn được góp ý không có trong văn bản. Hãy tải lại trang rồi chọn lại."
        ) from error
