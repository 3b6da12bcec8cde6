"""The password once more, before an act that binds."""

from typing import Any, Final

import structlog
from flask import Response, current_app, g, request
from flask_babel import lazy_gettext as _l
from flask_limiter.util import get_remote_address
from flask_security import current_user
from wtforms import PasswordField
from wtforms.validators import StopValidation

from portal.forms.base import VersionedForm, at_most, required
from portal.forms.sign_in import LONGEST_PASSWORD

# Failures only: a leader who signs forty plans in a minute types the right password forty times.
FAILURES: Final = "10 per minute"
WRONG: Final = _l("Mật khẩu không đúng. Kế hoạch chưa thay đổi.")
_log = structlog.stdlib.get_logger("portal.sign_in")


class ReauthenticatedForm(VersionedForm):
    """A form that only the owner of the open session can send."""

    password = PasswordField(
        _l("Mật khẩu của bạn"),
        validators=[required(_l("Nhập mật khẩu để xác nhận.")), at_most(LONGEST_PASSWORD)],
        render_kw={"autocomplete": "current-password"},
    )

    def validate_password(self, field: Any) -> None:
        """Ask Flask-Security about the account of the open session, and of no other."""
        normalize = current_app.extensions["security"].password_util.normalize
        if current_user.verify_and_update_password(normalize(field.data)):
            return
        g.is_wrong_password = True
        _log.warning(
            "reauthentication_refused", account_id=current_user.id, address=request.remote_addr
        )
        raise StopValidation(str(WRONG))


def is_wrong_password(_response: Response) -> bool:
    """Whether to count this answer against the limit.

    The status cannot tell: on a plan that is not theirs people get 403 for a wrong password too,
    and could guess there without end.
    """
    return bool(g.get("is_wrong_password", False))


def account_at_address() -> str:
    """The key for throttling: the account of the open session, from where it is tried."""
    return f"reauthentication:{current_user.get_id()}@{get_remote_address()}"
