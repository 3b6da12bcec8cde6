"""A new plan from one of an earlier year: choose it, decide place by place, begin."""

from collections import Counter
from datetime import date
from typing import Final
from uuid import UUID, uuid4

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from portal.access import access, current_actor, holds
from portal.clock import now, today_vn
from portal.cursors import read_cursor, read_number, read_words, write_cursor
from portal.extensions import db
from portal.forms.rollover import Answers, RolloverForm
from portal.rates import paced
from portal.views.looks import note_look
from workflows.domain.actor import Role
from workflows.domain.content.rollover.finding import Kind
from workflows.domain.errors import UnfitText
from workflows.queries.drafting import units_to_draft_for
from workflows.queries.rollover import Source, issued_plans, source_of
from workflows.services.rollover import Beginning, begin_from

bp = Blueprint("rollover", __name__)

LAST_YEAR: Final = 2100
# Plans of the next year are written in its eve.
EVE: Final = 9
HEADINGS: Final = {
    Kind.YEAR: _l("Năm và giai đoạn"),
    Kind.DATE: _l("Ngày, tháng, quý"),
    Kind.BODY: _l("Cơ quan, thuật ngữ đã thay đổi"),
    Kind.EVENT: _l("Sự kiện, bối cảnh đã qua"),
    Kind.OCCASION: _l("Ngày kỷ niệm, số lần, số khóa"),
    Kind.THEME: _l("Chủ đề của năm"),
    Kind.CITATION: _l("Văn bản được viện dẫn"),
    Kind.NUMBER: _l("Số liệu cần cập nhật"),
}


@bp.get("/plans/new/from")
@access(holds(Role.DRAFTER))
def choose() -> ResponseReturnValue:
    """The issued plans to start from, with the year and the unit of the new one."""
    units = units_to_draft_for(db.session(), current_actor())
    words = read_words()
    found = issued_plans(
        db.session(),
        current_actor(),
        typed=words,
        after=read_cursor("after", date.fromisoformat, int),
    )
    return render_template(
        "rollover/choose.html",
        found=found,
        words=words,
        units=units,
        unit_id=_unit([key for key, _name in units]),
        year=read_number("year") or _usual_year(),
        older=write_cursor(*found.older) if found.older else None,
        is_first="after" not in request.args,
    )


@bp.get("/plans/new/from/<uuid:plan_id>")
@paced("redlines")
@access(holds(Role.DRAFTER))
def decide(plan_id: UUID) -> ResponseReturnValue:
    """Everything in the old text that the new year touches, with what is advised."""
    form = _form()
    form.unit_id.data = _unit([choice.value for choice in form.unit_id.choices])
    form.token.data = uuid4().hex
    source = source_of(db.session(), current_actor(), plan_id)
    year = read_number("year") or max(_usual_year(), source.year + 1)
    is_right = source.year < year <= LAST_YEAR
    answers = Answers.offered(source.groups(year) if is_right else ())
    note_look(plan_id, source.version_number, "rollover")
    return _page(source, year, form, answers), 200 if is_right else 422


@bp.post("/plans/new/from/<uuid:plan_id>")
@paced("beginnings")
@access(holds(Role.DRAFTER))
def begin(plan_id: UUID) -> ResponseReturnValue:
    """Begin the plan once, however often the button is pressed."""
    form = _form()
    source = source_of(db.session(), current_actor(), plan_id)
    year = read_number("year") or 0
    if not source.year < year <= LAST_YEAR:
        return _page(source, year, form, Answers()), 422
    answers = Answers.sent(source.groups(year), request.form)
    if not form.validate_on_submit() or answers.wrong:
        return _page(source, year, form, answers), 422
    wish = Beginning(plan_id, year, int(form.unit_id.data), answers.choices, UUID(form.token.data))
    try:
        plan = begin_from(db.session(), wish=wish, actor=current_actor(), now=now())
    except UnfitText as refusal:
        form.faults = refusal.faults
        return _page(source, year, form, answers), 422
    flash(_("Đã lập kế hoạch năm %(year)s từ kế hoạch cũ.", year=year), "success")
    return redirect(url_for("drafting.edit", plan_id=plan.id), 303)


def _page(source: Source, year: int, form: RolloverForm, answers: Answers) -> str:
    kinds = [
        (kind, HEADINGS[kind], [one for one in answers.each if one.group.like.kind is kind])
        for kind in Kind
    ]
    return render_template(
        "rollover/decide.html",
        source=source,
        year=year,
        form=form,
        answers=answers,
        kinds=[(kind, heading, found) for kind, heading, found in kinds if found],
        counts=_counts(answers),
        is_right_year=source.year < year <= LAST_YEAR,
        last_year=LAST_YEAR,
        person_id=current_actor().id,
    )


def _counts(answers: Answers) -> Counter[str]:
    """How many passages are to be replaced, kept and looked at again as the page stands."""
    return Counter(choice for answer in answers.each for _key, choice, _words in answer.decided())


def _form() -> RolloverForm:
    form = RolloverForm()
    form.offer(units_to_draft_for(db.session(), current_actor()))
    return form


def _unit(keys: list[str]) -> str:
    """The unit that was chosen on the page before, else the first."""
    asked = request.args.get("unit_id", "")
    return asked if asked in keys else keys[0]


def _usual_year() -> int:
    today = today_vn()
    return today.year + (today.month >= EVE)
