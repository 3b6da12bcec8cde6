"""The e-mails of the demonstration, which are laid into a folder instead of being sent."""

from flask import Blueprint, abort, render_template
from flask.typing import ResponseReturnValue

from portal.access import PUBLIC, access
from portal.acts.means import config
from portal.letters import letter, letters, pieces

bp = Blueprint("mailbox", __name__)
FOLDER = "mail"


@bp.before_request
def _only_in_demonstration() -> None:
    if not config().demo:
        abort(404)


@bp.get("/demo/mail")
@access(PUBLIC)
def index() -> ResponseReturnValue:
    """Every letter, newest first."""
    return render_template("mailbox/index.html", letters=letters(config().data_dir / FOLDER))


@bp.get("/demo/mail/<name>")
@access(PUBLIC)
def show(name: str) -> ResponseReturnValue:
    """One letter as plain text."""
    found = letter(config().data_dir / FOLDER, name)
    if found is None:
        abort(404)
    text = list(pieces(found.text, config().base_url))
    return render_template("mailbox/show.html", letter=found, text=text)
