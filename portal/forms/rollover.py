"""The form in which a drafter decides, place by place, what becomes of last year's words."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final
from uuid import UUID

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, SelectField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import StopValidation

from portal.forms.base import PortalForm, clean_text
from workflows.domain.content.coverage import unprintable
from workflows.domain.content.rollover.finding import Advice, Kind
from workflows.domain.content.rollover.grouping import Group, Passage
from workflows.domain.content.rollover.replacing import Choices
from workflows.domain.content.rollover.yearly import has_blank
from workflows.domain.errors import Fault

MOST: Final = 2_000
ALIKE: Final = ""


@dataclass(frozen=True)
class Placed:
    """What is chosen for one passage of many; `ALIKE` follows the choice for all of them."""

    passage: Passage
    choice: str = ALIKE
    words: str = ""


@dataclass(frozen=True)
class Answer:
    """What is chosen for one group, as it was offered or as it was sent."""

    group: Group
    choice: str
    words: str
    placed: tuple[Placed, ...]
    error: str = ""

    @property
    def is_open(self) -> bool:
        """Whether the passages show at once: something in them needs a look."""
        return bool(self.error) or self.group.like.is_doubtful

    @property
    def is_droppable(self) -> bool:
        """Whether at least one of the passages can be left out."""
        return any(each.passage.without is not None for each in self.placed)

    def decided(self) -> Iterator[tuple[str, str, str]]:
        """(find's id, what is done, the words for it) of every passage."""
        for each in self.placed:
            own = each.choice or (Advice.REPLACE if each.words else ALIKE)
            yield each.passage.id, own or self.choice, each.words or self.words


@dataclass
class Answers:
    """All groups with what is chosen for them."""

    each: tuple[Answer, ...] = field(default=())

    @classmethod
    def offered(cls, groups: Iterable[Group]) -> "Answers":
        """As the page first shows them."""
        return cls(tuple(_offered(group) for group in groups))

    @classmethod
    def sent(cls, groups: Iterable[Group], typed: Mapping[str, str]) -> "Answers":
        """As the browser sent them, each with what is wrong with it."""
        return cls(tuple(_checked(_sent(group, typed)) for group in groups))

    @property
    def wrong(self) -> tuple[Answer, ...]:
        """Those to be put right."""
        return tuple(answer for answer in self.each if answer.error)

    @property
    def choices(self) -> Choices:
        """What the service is told."""
        done = [decided for answer in self.each for decided in answer.decided()]
        return Choices(
            {key: words for key, choice, words in done if choice == Advice.REPLACE},
            frozenset(key for key, choice, _words in done if choice == Advice.LATER),
            frozenset(key for key, choice, _words in done if choice == Advice.DROP),
        )


class RolloverForm(PortalForm):
    """Whose plan it becomes and for which year; the choices are read by `Answers`."""

    unit_id = SelectField(_l("Đơn vị soạn thảo"), choices=[], validate_choice=False)
    token = HiddenField()
    faults: tuple[Fault, ...] = ()

    def offer(self, units: tuple[tuple[str, str], ...]) -> None:
        """Set the units to choose from."""
        self.unit_id.choices = [SelectChoice(key, name) for key, name in units]

    def validate_unit_id(self, field: Any) -> None:
        """The choices are the person's own units."""
        if field.data not in {choice.value for choice in field.choices}:
            raise StopValidation(_("Hãy chọn đơn vị soạn thảo."))

    def validate_token(self, field: Any) -> None:
        """A form without its token never came from our page."""
        try:
            UUID(field.data or "")
        except ValueError as error:
            raise StopValidation(_("Biểu mẫu đã cũ. Hãy mở lại trang rồi làm lại.")) from error


def _offered(group: Group) -> Answer:
    placed = tuple(Placed(passage) for passage in group.passages)
    return Answer(group, group.like.advice, group.like.proposed or "", placed)


def _sent(group: Group, typed: Mapping[str, str]) -> Answer:
    def words(name: str) -> str:
        return " ".join(clean_text(typed.get(name)).split("\n"))

    placed = tuple(
        Placed(passage, _choice(typed.get(f"p.{passage.id}")), words(f"q.{passage.id}"))
        for passage in group.passages
    )
    return Answer(group, _choice(typed.get(f"g.{group.key}")), words(f"w.{group.key}"), placed)


def _choice(typed: str | None) -> str:
    return typed if typed in set(Advice) else ALIKE


def _checked(answer: Answer) -> Answer:
    error = next(_errors(answer), "")
    return Answer(answer.group, answer.choice, answer.words, answer.placed, error)


def _errors(answer: Answer) -> Iterator[str]:
    if _typed_in_vain(answer):
        yield _("Đã ghi chữ thay vào nhưng chưa chọn “Thay bằng”.")
    for each, (_key, choice, words) in zip(answer.placed, answer.decided(), strict=True):
        if not choice:
            yield _("Hãy chọn thay, bỏ, giữ nguyên hay xem lại sau.")
        elif choice == Advice.DROP and each.passage.without is None:
            yield _(
                "Không bỏ được ở %(place)s: câu còn lại không trọn nghĩa. Hãy thay chữ hoặc xem"
                " lại sau.",
                place=each.passage.place,
            )
        elif choice == Advice.REPLACE:
            yield from _wrong_words(words)
            if answer.group.like.kind is Kind.CITATION and has_blank(words):
                yield _("Hãy ghi số, ngày của văn bản mới thay cho dấu “…”, hoặc chọn xem lại sau.")


def _typed_in_vain(answer: Answer) -> bool:
    """Words that somebody wrote must not be dropped because a button was forgotten."""
    offered = answer.group.like.proposed or ""
    others = (Advice.KEEP, Advice.LATER, Advice.DROP)
    return (answer.choice in others and answer.words not in ("", offered)) or any(
        each.words and each.choice in others for each in answer.placed
    )


def _wrong_words(words: str) -> Iterator[str]:
    if not words:
        yield _("Hãy ghi chữ thay vào, hoặc chọn bỏ, giữ nguyên hay xem lại sau.")
    if len(words) > MOST:
        yield _("Dài %(given)s ký tự; tối đa %(most)s ký tự.", given=len(words), most=MOST)
    for character in unprintable(words):
        yield _(
            "Ký tự U+%(code)s không in được trong văn bản; hãy gõ lại.",
            code=f"{ord(character):04X}",
        )
