"""What changed between two texts of a plan: on the page, and as a PDF to be handed round."""

from typing import Any
from uuid import UUID

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal.access import access, current_actor, plan_action
from portal.clock import now
from portal.documents.changes import LEVEL_WORDS, MARK_WORDS
from portal.documents.redline import redline
from portal.documents.redline_items import Layout
from portal.documents.redline_layout import lay_out
from portal.documents.redline_pdf import redline_pdf
from portal.extensions import db
from portal.rates import paced
from portal.views.file_names import slug
from portal.views.files import pdf_response
from portal.views.looks import note_comparison, note_look
from portal.views.redline_names import changers, name_of, paper_name_of
from workflows.domain.errors import PlanNotFound
from workflows.queries.authorship import Authorship, authorship_of
from workflows.queries.compared import Choice, Source
from workflows.queries.comparison import choice_of_texts

bp = Blueprint("redline", __name__)
bp.add_app_template_global(name_of, "text_name")
bp.add_app_template_global(changers, "changers")


@bp.get("/plans/<uuid:plan_id>/redline")
@paced("redlines")
@access(plan_action())
def show(plan_id: UUID) -> ResponseReturnValue:
    """Two texts block by block; without any named, the last version against the one before it."""
    choice = _choice(plan_id)
    layout = _layout(choice)
    _note(choice)
    return render_template(
        "redline/show.html",
        choice=choice,
        layout=layout,
        only_changes=_shows_only_changes(),
        any_placement=_takes_any_placement(),
        tells_who=_tells_who(),
        authors=_authors(choice),
        marks={mark: _(words) for mark, words in MARK_WORDS.items()},
        levels={level: _(words) for level, words in LEVEL_WORDS.items()},
        files={kind: _address(choice, f"redline.{kind}") for kind in ("pdf", "docx")},
        turned=url_for(".show", plan_id=plan_id, **_asked(choice, turned=True)),
    )


@bp.get("/plans/<uuid:plan_id>/redline.pdf")
@paced("files")
@access(plan_action())
def pdf(plan_id: UUID) -> ResponseReturnValue:
    """The same as a PDF that names both texts on every page."""
    choice = _choice(plan_id)
    layout = _layout(choice)
    if layout is None or choice.old is None or choice.new is None:
        raise PlanNotFound("Kế hoạch chưa có hai phiên bản để so sánh.")
    _note(choice)
    content = redline_pdf(
        layout,
        title=choice.title,
        names=(paper_name_of(choice.old), paper_name_of(choice.new)),
        digests=(choice.old.digest, choice.new.digest),
        any_placement=_takes_any_placement(),
        at=now(),
    )
    words = "-".join(side.option.key for side in (choice.old, choice.new))
    return pdf_response(content, f"so-sanh-{slug(choice.title)}-{words}.pdf")


def _choice(plan_id: UUID) -> Choice:
    return choice_of_texts(
        db.session(),
        current_actor(),
        plan_id,
        old=request.args.get("old"),
        new=request.args.get("new"),
        now=now(),
    )


def _layout(choice: Choice) -> Layout | None:
    if choice.old is None or choice.new is None:
        return None
    old, new = choice.old.doc, choice.new.doc
    changes = redline(old, new, any_placement=_takes_any_placement())
    return lay_out(changes, old, new, only_changes=_shows_only_changes())


def _note(choice: Choice) -> None:
    """Note the newer text as seen."""
    number, text_version = choice.version_number, None
    if choice.new:
        option, text_version = choice.new.option, choice.new.text_version
        number = option.number or number if option.source is Source.VERSION else number
    note_look(choice.plan_id, number, "redline", text_version=text_version)
    note_comparison(choice, "redline")


def _shows_only_changes() -> bool:
    return request.args.get("all") != "1"


def _takes_any_placement() -> bool:
    return request.args.get("accents") == "any"


def _tells_who() -> bool:
    return request.args.get("who") == "1"


def _authors(choice: Choice) -> Authorship | None:
    return authorship_of(db.session(), current_actor(), choice) if _tells_who() else None


def _address(choice: Choice, file: str) -> str:
    """Where the same comparison lies as a file."""
    page = url_for(".show", plan_id=choice.plan_id, **_asked(choice))
    return page.replace("/redline?", f"/{file}?", 1)


def _asked(choice: Choice, *, turned: bool = False) -> dict[str, Any]:
    """The query of this page: both texts and the two filters."""
    sides = (choice.new, choice.old) if turned else (choice.old, choice.new)
    asked = {name: side.word for name, side in zip(("old", "new"), sides, strict=True) if side}
    chosen = {"all": "1"} if not _shows_only_changes() else {}
    who = {"who": "1"} if _tells_who() else {}
    return {**asked, **chosen, **who, **({"accents": "any"} if _takes_any_placement() else {})}
