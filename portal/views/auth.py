"""The way in: the start page, and the choice of language."""

from urllib.parse import urlsplit

from flask import Blueprint, current_app, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue

from portal.access import PUBLIC, SIGNED_IN, access
from portal.extensions import languages

bp = Blueprint("auth", __name__)


@bp.get("/")
@access(SIGNED_IN)
def home() -> ResponseReturnValue:
    """Everyone starts from what waits for them."""
    if "inbox.index" in current_app.view_functions:
        return redirect(url_for("inbox.index"))
    return render_template("home.html")


@bp.post("/language")
@access(PUBLIC)
def choose_language() -> ResponseReturnValue:
    """Remember the language for this browser session and go back."""
    chosen = request.form.get("language", "")
    if chosen in languages():
        session["language"] = chosen
    return redirect(_local_path(request.form.get("next", "")), 303)


def _local_path(target: str) -> str:
    """A path of ours, or the start: a link must not lead out through this door."""
    parts = urlsplit(target.replace("\\", "/"))
    if not target.isprintable():
        return "/"
    is_local = not parts.scheme and not parts.netloc and parts.path.startswith("/")
    return target if is_local and not target.startswith("//") else "/"
