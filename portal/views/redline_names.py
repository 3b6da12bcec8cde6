"""How a text that is compared is called, in the reader's language."""

from collections.abc import Iterable

from flask_babel import gettext as _

from portal.clock import write_moment
from portal.documents.changes import Change
from workflows.domain.content.authorship import Credit
from workflows.queries.authorship import Authorship
from workflows.queries.compared import Option, Side, Source
from workflows.queries.comparison import APPROVED, SEEN


def name_of(text: Side | Option) -> str:
    """“Phiên bản 2”; of a text found by what the reader did, also what that was and when."""
    option = text.option if isinstance(text, Side) else text
    name = _option(option)
    if isinstance(text, Side) and text.word in (SEEN, APPROVED):
        return f"{name} ({_moment(text.word, write_moment(option.at))})"
    return name


def paper_name_of(side: Side) -> str:
    """The same for a paper that is handed round, whose readers saw it or not."""
    name = _option(side.option)
    at = side.option.at if side.option.source is Source.MOMENT else None
    return str(_("%(name)s lúc %(at)s", name=name, at=write_moment(at))) if at else name


def changers(authors: Authorship | None, changes: Iterable[Change]) -> str:
    """Who made these changes, and whose words they were, each once."""
    if authors is None:
        return ""
    found: set[Credit] = set()
    for change in changes:
        found.update(authors.new.get(change.after.id, ()) if change.after else ())
        if change.before and not change.after:
            found.update(authors.old.get(change.before.id, ()))
    return ", ".join(_credited(each) for each in sorted(found))


def _credited(credit: Credit) -> str:
    if not credit.proposer:
        return credit.name
    return str(_("%(name)s (theo đề xuất của %(who)s)", name=credit.name, who=credit.proposer))


def _option(option: Option) -> str:
    match option.source:
        case Source.VERSION:
            return str(_("Phiên bản %(number)s", number=option.number))
        case Source.REVISION:
            name = _("Bản ghi %(number)s", number=option.number)
            return f"{name}: {option.note}" if option.note else str(name)
        case Source.ORIGIN:
            if not option.note:
                return str(_("Kế hoạch năm trước"))
            return str(_("Kế hoạch năm trước, số %(number)s", number=option.note))
        case Source.MOMENT:
            return str(_("Dự thảo"))
    return str(_("Dự thảo đang sửa"))


def _moment(word: str, at: str) -> str:
    if word == APPROVED:
        return str(_("bạn đã quyết định lúc %(at)s", at=at))
    return str(_("bạn đã xem lúc %(at)s", at=at))
