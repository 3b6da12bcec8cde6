"""Checking an uploaded PDF; whatever is sent gets a verdict."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from portal.access import MEGABYTE, PUBLIC, accepts_up_to, access
from portal.acts.means import keys
from portal.extensions import db, limiter
from portal.forms.public import UploadForm
from portal.signing.isolation import verify_isolated
from portal.signing.verification import LIMIT
from workflows.queries.public import registered_file

bp = Blueprint("verification", __name__)
# Each check takes a process of its own for a second or two.
CHECKS = "20 per minute"
# A file of exactly the limit travels in a body a little larger than itself.
BODY = LIMIT + MEGABYTE


@bp.get("/verify")
@access(PUBLIC)
def check() -> ResponseReturnValue:
    """Ask for the file."""
    return render_template("public/verify.html", form=UploadForm(formdata=None))


@bp.post("/verify")
@limiter.limit(CHECKS)
@accepts_up_to(BODY)
@access(PUBLIC)
def verdict() -> ResponseReturnValue:
    """Judge the file, and say what the register knows of it; the file is not kept."""
    form = UploadForm()
    if not form.validate_on_submit():
        return render_template("public/verify.html", form=form), 422
    found = verify_isolated(form.pdf.data.read(LIMIT + 1), keys().trust)
    return render_template(
        "public/verdict.html",
        verdict=found,
        name=form.pdf.data.filename,
        registered=registered_file(db.session(), found.digest),
    )
