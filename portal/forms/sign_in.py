"""Proving who one is: at the door, and again before an act that binds."""

from typing import Any, Final

import structlog
from flask import request
from flask_babel import lazy_gettext as _l
from flask_security.forms import LoginForm, VerifyForm
from wtforms import EmailField, PasswordField

from portal.forms.base import at_most, clean_text, required

_log = structlog.stdlib.get_logger("portal.sign_in")
LONGEST_EMAIL: Final = 200
LONGEST_PASSWORD: Final = 500


def _lower(value: str | None) -> str:
    return clean_text(value).lower()


class SignInForm(LoginForm):
    """Takes any address as typed: whether it is well formed says nothing about an account."""

    email = EmailField(
        _l("Thư điện tử"),
        filters=[_lower],
        validators=[required(_l("Nhập thư điện tử.")), at_most(LONGEST_EMAIL)],
        render_kw={"autocomplete": "username", "autofocus": True},
    )
    password = PasswordField(
        _l("Mật khẩu"),
        validators=[required(_l("Nhập mật khẩu.")), at_most(LONGEST_PASSWORD)],
        render_kw={"autocomplete": "current-password"},
    )
    # Shared office computers: nobody stays signed in after the session.
    remember = None

    def validate(self, **kwargs: Any) -> bool:
        """Check, and leave a line for the operator when it fails."""
        admitted = bool(super().validate(**kwargs))
        if not admitted:
            account_id = self.user.id if self.user else None
            _log.warning("sign_in_refused", account_id=account_id, address=request.remote_addr)
        return admitted


class ReauthenticationForm(VerifyForm):
    """The password once more."""

    password = PasswordField(
        _l("Mật khẩu"),
        validators=[required(_l("Nhập mật khẩu.")), at_most(LONGEST_PASSWORD)],
        render_kw={"autocomplete": "current-password", "autofocus": True},
    )
