"""What every response tells the browser to refuse, and how long it may keep a file."""

from pathlib import Path
from typing import Any, Final

from flask import Flask, Response, current_app, request

from config import Config

# Bootstrap's own style sheet draws its arrows and ticks as data: images.
POLICY: Final = (
    "default-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'self'; "
    "object-src 'self'; frame-src 'self'; frame-ancestors {ancestors}"
)
YEAR: Final = 365 * 24 * 3600


def _protect(response: Response) -> Response:
    # The exact PDF is shown inside our own signing page; nothing else may be framed at all.
    ancestors = "'self'" if response.mimetype == "application/pdf" else "'none'"
    response.headers["Content-Security-Policy"] = POLICY.format(ancestors=ancestors)
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Referrer-Policy"] = "same-origin"
    response.headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=()"
    response.headers["Cross-Origin-Opener-Policy"] = "same-origin"
    if _config().base_url.startswith("https://"):
        response.headers["Strict-Transport-Security"] = f"max-age={YEAR}"
    if request.endpoint != "static" and "Cache-Control" not in response.headers:
        # Offices share computers: after signing out, Back must not show a draft.
        response.headers["Cache-Control"] = "private, no-store"
    return response


def _config() -> Config:
    config: Config = current_app.config["TRINH_KY"]
    return config


def _version_static(endpoint: str, values: dict[str, Any]) -> None:
    """Put the file's time of change into its address, so that a browser may keep it for a year."""
    name = values.get("filename")
    if endpoint != "static" or not name or current_app.static_folder is None:
        return
    path = Path(current_app.static_folder, name)
    if path.is_file():
        values["v"] = f"{path.stat().st_mtime_ns // 1_000_000:x}"


def init_app(app: Flask) -> None:
    """Attach both rules."""
    app.config["SEND_FILE_MAX_AGE_DEFAULT"] = YEAR
    app.after_request(_protect)
    app.url_defaults(_version_static)
