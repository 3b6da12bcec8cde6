"""How often one person may ask for what costs work: counted for all their pages together.

Far above what anybody does by hand, twenty pages open at one text included; a script that runs
wild is slowed down, and the others go on writing.
"""

from collections.abc import Callable
from typing import Any, Final, cast

from flask_babel import lazy_gettext as _l

from portal.access import View, current_actor
from portal.extensions import limiter

# A page sends what was typed twelve times a second at most, and again at once when others were
# faster; a window of seconds, so that whoever is stopped goes on soon.
PACES: Final = {
    "steps": "300 per 10 seconds",
    "missed": "300 per 10 seconds",
    "text": "120 per minute",
    "lookups": "300 per minute",
    "findings": "120 per minute",
    "discussion": "300 per minute",
    "sockets": "60 per minute",
    "states": "30 per minute",
    "remarks": "60 per minute",
    # The whole text is compared for each.
    "proposals": "10 per minute; 100 per hour",
    "settling": "120 per minute",
    # Two texts compared, or an old one searched through.
    "redlines": "60 per minute",
    "files": "30 per minute",
    # A plan each, from a whole text read or rewritten.
    "beginnings": "60 per hour",
    # A letter each.
    "invitations": "60 per hour",
}
TOO_FAST: Final = _l(
    "Bạn gửi quá nhiều yêu cầu trong thời gian ngắn, nên yêu cầu này chưa được thực hiện."
)


def paced(name: str) -> Callable[[View], View]:
    """Let a person call this view as often as PACES says, with all others of its name."""
    limit = limiter.shared_limit(
        PACES[name],
        scope=f"pace-{name}",
        key_func=_person,
        error_message=lambda: str(TOO_FAST),
    )

    def declare(view: View) -> View:
        counted: Any = limit(view)
        # Read by the tests: no costly view may be without.
        counted.__pace__ = name
        return cast(View, counted)

    return declare


def _person() -> str:
    return f"person-{current_actor().id}"
