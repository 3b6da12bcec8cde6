"""Plans to be read: the list, one plan, its frozen versions and their files."""

from datetime import datetime
from uuid import UUID

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from portal.access import SIGNED_IN, access, current_actor, plan_action
from portal.acts.means import store
from portal.clock import today_vn
from portal.cursors import read_cursor, read_words, write_cursor
from portal.extensions import db
from portal.forms.review import CommentForm
from portal.views.file_names import slug
from portal.views.files import pdf_response
from portal.views.looks import note_look
from portal.views.outline import outline_of
from workflows.domain.diagram import draw
from workflows.domain.machine import PlanState
from workflows.domain.numbers import date_text, number_and_symbol
from workflows.queries.decisions import decided_before, returns_taken
from workflows.queries.plan_page import PlanPage, plan_page
from workflows.queries.plans import PlanKey, plans_of
from workflows.queries.reading import readable_plan
from workflows.queries.versions import pdf_of, version_text

bp = Blueprint("plans", __name__)
bp.add_app_template_global(outline_of)


@bp.get("/plans")
@access(SIGNED_IN)
def index() -> ResponseReturnValue:
    """The plans that the reader may see, narrowed by words and state."""
    words, state = read_words(), _state(request.args.get("state", ""))
    after: PlanKey | None = read_cursor("after", datetime.fromisoformat, UUID)
    found = plans_of(db.session(), current_actor(), typed=words, state=state, after=after)
    return render_template(
        "plans/index.html",
        found=found,
        words=words,
        state=state,
        states=list(PlanState),
        later=write_cursor(*found.next) if found.next else None,
        is_first=after is None,
    )


@bp.get("/plans/<uuid:plan_id>")
@access(plan_action())
def show(plan_id: UUID) -> ResponseReturnValue:
    """One plan: its text, where it stands, what was said and decided, and what is mine to do."""
    page = plan_page(db.session(), current_actor(), plan_id, today=today_vn())
    form = CommentForm(formdata=None)
    block = request.args.get("block", "")
    form.block_id.data = block if block in page.places else ""
    form.is_draft.data = "1" if page.text and page.text.number is None else ""
    # None where a frozen version was shown: then its number says what was read.
    drafted = page.text is not None and page.text.number is None
    seen = page.head.text_version if drafted else None
    note_look(plan_id, page.head.version_number, "plan", text_version=seen)
    return plan_page_html(page, form)


@bp.get("/plans/<uuid:plan_id>/versions/<int(max=999999):number>")
@access(plan_action())
def version(plan_id: UUID, number: int) -> ResponseReturnValue:
    """A frozen text as it stood."""
    text = version_text(db.session(), current_actor(), plan_id, number)
    note_look(plan_id, number, "version")
    return render_template("plans/version.html", text=text)


@bp.get("/plans/<uuid:plan_id>/versions/<int(max=999999):number>/pdf")
@access(plan_action())
def pdf(plan_id: UUID, number: int) -> ResponseReturnValue:
    """The very bytes that are stored for a version: issued, else signed, else prepared."""
    plan, _facts = readable_plan(db.session(), plan_id, actor=current_actor())
    file = pdf_of(db.session(), current_actor(), plan_id, number)
    content = store().get(file.store_key)
    note_look(plan_id, number, "pdf")
    name = f"{slug(plan.title)}-v{number}-{file.kind}-{file.sha256[:12]}.pdf"
    return pdf_response(content, name)


def plan_page_html(page: PlanPage, form: CommentForm) -> str:
    """The page with a form for remarks, as it came or as it was refused."""
    return render_template(
        "plans/show.html",
        page=page,
        head=page.head,
        form=form,
        drawings=_drawings(page),
        issued=_issued(page),
        decided_before=decided_before(page.decisions, page.head.version_number),
    )


def _drawings(page: PlanPage) -> list[Markup]:
    """The chain with this plan's way marked: across for a desk, down for a phone."""
    if page.chain is None:
        return []
    taken = returns_taken(page.decisions)
    here = page.waiting.step_key if page.waiting else None
    open_ways = {(here, to) for to in page.chain[here].returns_to} if here else set()
    return [
        # Drawn from checked data, every word escaped.
        Markup(  # noqa: S704
            draw(
                page.chain,
                page.marks,
                returns=open_ways,
                taken=taken,
                is_down=is_down,
                ident="chain-down" if is_down else "chain-across",
            )
        )
        for is_down in (False, True)
    ]


def _issued(page: PlanPage) -> tuple[str, str] | None:
    """What stands in ô 3 and ô 4 of the document once the clerk has numbered it."""
    line, text = page.register, page.text
    if line is None or text is None:
        return None
    place = str(text.header["place"])
    return number_and_symbol(line.number, line.symbol), date_text(place, line.dated)


def _state(word: str) -> PlanState | None:
    return PlanState(word) if word in set(PlanState) else None
