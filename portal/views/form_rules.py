"""The rules of form: each with its law and an example, to be set by those who check the form."""

from itertools import groupby

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from portal.access import access, current_actor, holds
from portal.clock import now
from portal.cursors import read_number
from portal.extensions import db
from portal.forms.form_rules import RuleLevelForm
from workflows.domain.form.examples import shown
from workflows.domain.form.rules import GROUPS
from workflows.queries.form_rules import SETTERS, rule_page
from workflows.services import form_rules

bp = Blueprint("form_rules", __name__)


@bp.get("/form-rules")
@access(holds(*SETTERS))
def index() -> ResponseReturnValue:
    """Every rule in groups, with the level that holds."""
    page = rule_page(db.session(), current_actor(), read_number("organisation"))
    grouped = groupby(page.lines, key=lambda line: line.rule.group)
    return render_template(
        "form_rules/index.html",
        page=page,
        groups=[(GROUPS[group], list(lines)) for group, lines in grouped],
        shown=shown,
        just_set=request.args.get("set"),
    )


@bp.post("/form-rules")
@access(holds(*SETTERS))
def set_level() -> ResponseReturnValue:
    """Set one rule and come back to it."""
    form = RuleLevelForm()
    if not form.validate_on_submit():
        abort(400)
    rule = form.rule.data
    form_rules.set_level(
        db.session(),
        organisation_id=form.organisation_id.data,
        rule=rule,
        level=form.level.data,
        actor=current_actor(),
        now=now(),
    )
    organisation = form.organisation_id.data
    address = url_for(".index", organisation=organisation, set=rule, _anchor=f"rule-{rule}")
    return redirect(address, 303)
