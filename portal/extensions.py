"""The Flask extensions, made once and bound to an application by the factory."""

import hashlib
import unicodedata

from flask import request, session
from flask_babel import Babel
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address
from flask_migrate import Migrate
from flask_sqlalchemy import SQLAlchemy
from flask_wtf.csrf import CSRFProtect

from workflows.models.base import Base

db = SQLAlchemy(metadata=Base.metadata, disable_autonaming=True)
migrate = Migrate()
csrf = CSRFProtect()
babel = Babel()
# Without its server the limiter counts inside each process: less evenly, but never not at all.
limiter = Limiter(get_remote_address, in_memory_fallback_enabled=True, key_prefix="trinh-ky")

DEFAULT_LANGUAGE = "vi"
# Longer than any address that the form takes.
LONGEST_TRIED = 1_000


def language() -> str:
    """The language that this person chose; Vietnamese whatever the browser prefers."""
    chosen = session.get("language")
    return chosen if chosen in languages() else DEFAULT_LANGUAGE


def languages() -> list[str]:
    """Vietnamese, then every language that has a compiled catalogue."""
    found = {str(locale.language) for locale in babel.list_translations()}
    return [DEFAULT_LANGUAGE, *sorted(found - {DEFAULT_LANGUAGE})]


def account_and_address() -> str:
    """The key for throttling a sign-in: which account is tried, and from where."""
    # Every spelling that the form takes for one address must count as one: U+0000 and blanks go,
    # and the library compares addresses in NFKC.
    typed = request.form.get("email", "").replace("\x00", "")[:LONGEST_TRIED]
    plain = unicodedata.normalize("NFKC", typed)
    tried = hashlib.sha256(plain.strip().lower().encode("utf-8", "replace")).hexdigest()
    return f"{tried}@{get_remote_address()}"


def limiter_url(redis_url: str) -> str:
    """The same server in the words of the `limits` library."""
    if redis_url.startswith("unix://"):
        return f"redis+{redis_url}"
    return redis_url
