"""The passage that a remark is about: found in a text that its author may read, and quoted."""

from dataclasses import dataclass, replace

from workflows.domain.content.passages import (
    block_at,
    content_of_block,
    sole_place,
    words_between,
)
from workflows.domain.errors import NotPossible, UnfitText
from workflows.models.discussion import Audience
from workflows.queries.shown import sight_of
from workflows.queries.working_text import text_at
from workflows.services.acting import Act

LONGEST_QUOTE = 1_000


@dataclass(frozen=True)
class Passage:
    """What a thread is about at a version of the text; without a place, the whole plan."""

    version: int
    audience: Audience
    start: int | None = None
    end: int | None = None
    quote: str = ""
    block_id: str | None = None
    # The quote stands once in its block.
    is_sole: bool = False


def marked_passage(
    act: Act, version: int, start: int | None, end: int | None, *, is_draft: bool
) -> Passage:
    """What is marked in the text at *version*, or the whole plan (None, None).

    *is_draft*: the text was on the page as the draft.

    Raises PlanNotFound for a text that the actor may not read, UnfitText for a place outside it.
    """
    sight = sight_of(act.session, act.actor, act.plan, act.facts)
    sight.require_text(version)
    audience = sight.audience_at(version, is_draft=is_draft)
    if start is None or end is None:
        return Passage(version, audience)
    return _quoted(act, Passage(version, audience, start, end))


def whole_passage(act: Act, *, is_draft: bool) -> Passage:
    """The whole plan, as its own page shows it to the actor.

    With nothing submitted yet, whoever does not see the draft speaks to all who may read.
    """
    sight = sight_of(act.session, act.actor, act.plan, act.facts)
    audience = Audience.WRITERS if is_draft and sight.sees_draft else Audience.READERS
    return Passage(act.plan.text_version, audience)


def block_passage(act: Act, block_id: str, *, is_draft: bool) -> Passage:
    """A remark hangs on a block of this very plan, whatever the form says."""
    sight = sight_of(act.session, act.actor, act.plan, act.facts)
    newest = max(sight.frozen.values(), default=None)
    is_written = is_draft and sight.sees_draft
    versions = [act.plan.text_version, newest] if is_written else [newest]
    for version in versions:
        node = text_at(act.session, act.plan.id, version) if version is not None else None
        place = content_of_block(node, block_id) if node is not None else None
        if version is not None and place is not None:
            audience = sight.audience_at(version, is_draft=is_written)
            return _quoted(act, Passage(version, audience, *place))
    raise NotPossible("Đoạn được góp ý không còn trong kế hoạch. Hãy tải lại trang rồi góp ý lại.")


def _quoted(act: Act, marked: Passage) -> Passage:
    node = text_at(act.session, act.plan.id, marked.version)
    start, end = marked.start or 0, marked.end or 0
    try:
        quote = words_between(node, start, end)
        quote, block_id = quote[:LONGEST_QUOTE], block_at(node, start)
        is_sole = block_id is not None and sole_place(node, block_id, quote) == (start, end)
        return replace(marked, quote=quote, block_id=block_id, is_sole=is_sole)
    except ValueError as error:  # Also where a letter of two units would be cut in half.
        raise UnfitText(
            "Đoạn được góp ý không có trong văn bản. Hãy tải lại trang rồi chọn lại."
        ) from error
