"""A reading as its page shows it: the text, and at each block the numbers of its doubts."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _

from portal.documents.changes import LEVEL_WORDS, MARK_WORDS
from portal.documents.redline import redline
from portal.documents.redline_layout import lay_out
from workflows.domain.content.shape import Doc
from workflows.queries.word_coming import Coming
from workflows.queries.word_effects import Carried, Effects, Ousted


@dataclass(frozen=True)
class Doubt:
    """One line of the list. *number* counts from 1; *block_id* is where to look, if anywhere."""

    number: int
    sentence: str
    excerpt: str
    suggestion: str | None
    block_id: str | None
    can_join: bool


@dataclass(frozen=True)
class Preview:
    """What there is to look through before the text is taken."""

    doc: Doc
    doubts: tuple[Doubt, ...]
    notes: tuple[str, ...]
    at: dict[str | None, list[Doubt]]
    # By block: what a recipient's hidden code, or the hidden position, stands for.
    meant: dict[str, str]
    ousted: tuple[Ousted, ...]


def preview_of(reading: dict[str, Any], effects: Effects) -> Preview:
    """The stored reading, its doubts numbered; what the file hides comes first."""
    told = [
        *_of_hidden(effects.carried),
        *(
            (
                each["sentence"],
                each["excerpt"],
                each["suggestion"],
                each["block_id"],
                each.get("can_join", False),
            )
            for each in reading["doubts"]
        ),
        *_of_named(effects.named, reading["doc"]),
    ]
    doubts = tuple(Doubt(number, *each) for number, each in enumerate(told, start=1))
    at: dict[str | None, list[Doubt]] = defaultdict(list)
    for doubt in doubts:
        at[doubt.block_id].append(doubt)
    meant = {each.block_id: each.meant for each in effects.carried}
    notes = tuple(reading["notes"])
    return Preview(reading["doc"], doubts, notes, dict(at), meant, effects.ousted)


def compared(coming: Coming) -> dict[str, Any]:
    """The draft before and after taking the file, as the page of comparison shows two texts."""
    changes = redline(coming.old, coming.new)
    return {
        "layout": lay_out(changes, coming.old, coming.new, only_changes=True),
        "authors": None,
        "marks": {mark: _(words) for mark, words in MARK_WORDS.items()},
        "levels": {level: _(words) for level, words in LEVEL_WORDS.items()},
    }


def _of_hidden(carried: Iterable[Carried]) -> Iterator[tuple[str, str, None, str, bool]]:
    for each in carried:
        if not each.is_odd:
            continue
        who = each.meant
        if not each.is_known:
            who = _("%(code)s, mã không có trong danh bạ", code=each.meant)
        if each.is_signer:
            sentence = _(
                "Tệp mang sẵn người ký mà chữ trong tệp có thể không nói tới: %(who)s. "
                "Hãy kiểm tra lại người ký.",
                who=who,
            )
        else:
            sentence = _(
                "Tệp mang sẵn mã nơi nhận: dòng này sẽ được gửi tới “%(who)s”. "
                "Nếu không đúng, hãy sửa nơi nhận sau khi nhận văn bản.",
                who=who,
            )
        yield sentence, each.shown or _("(dòng không có chữ)"), None, each.block_id, False


def _of_named(
    named: tuple[str, ...], doc: Doc
) -> Iterator[tuple[str, str, None, str | None, bool]]:
    """Whom the file names as its signer is not chosen for that: the drafter chooses."""
    if named:
        place = next(each["attrs"]["id"] for each in doc["content"] if each["type"] == "signature")
        who = ", ".join(named)
        sentence = _("Trong tệp ghi người ký %(who)s; hãy chọn người ký khi soạn.", who=who)
        yield sentence, "", None, place, False
