"""How Flask-Security is set: Argon2, no way to register, the same refusal for every failure."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any, Final

import structlog
from flask import Flask, Request, Response, current_app, request, session
from flask_babel import lazy_gettext as _l
from flask_login import user_logged_out  # type: ignore[import-untyped]  # It has no types.
from flask_security import Security, user_authenticated, user_failed_authn

from config import Config
from portal.access import PUBLIC, SIGNED_IN, access
from portal.accounts import Account, datastore
from portal.clock import now
from portal.collaboration.channel import tell_signed_out
from portal.extensions import account_and_address, limiter
from portal.forms.password import account_at_address
from portal.forms.sign_in import ReauthenticationForm, SignInForm

PER_ACCOUNT: Final = "10 per minute"
PER_ADDRESS: Final = "60 per minute"
MESSAGES: Final = {
    "GENERIC_AUTHN_FAILED": (_l("Thư điện tử hoặc mật khẩu không đúng."), "error"),
    "INVALID_PASSWORD": (_l("Mật khẩu không đúng."), "error"),
    "DISABLED_ACCOUNT": (_l("Tài khoản này đã bị khoá. Hãy báo người quản trị."), "error"),
    "REAUTHENTICATION_REQUIRED": (_l("Hãy nhập lại mật khẩu để tiếp tục."), "info"),
    "REAUTHENTICATION_SUCCESSFUL": (_l("Đã xác nhận mật khẩu."), "success"),
    "UNAUTHENTICATED": (_l("Hãy đăng nhập để xem trang này."), "info"),
    "INVALID_REDIRECT": (_l("Không thể chuyển tới trang ngoài hệ thống."), "error"),
    "ALREADY_AUTHENTICATED": (_l("Bạn đã đăng nhập."), "info"),
}
_log = structlog.stdlib.get_logger("portal.sign_in")


def settings(config: Config) -> dict[str, Any]:
    """The library's settings; whatever is not named here is off by its own default."""
    given = {
        "PASSWORD_HASH": "argon2",
        "PASSWORD_SCHEMES": ["argon2"],
        "PASSWORD_SALT": config.password_salt,
        "PASSWORD_NORMALIZE_FORM": "NFKC",
        "INPUT_NORMALIZE_FORM": "NFKC",
        "RETURN_GENERIC_RESPONSES": True,
        # The lower-case address is what is stored, so an exact comparison may use the index.
        "USER_IDENTITY_ATTRIBUTES": [{"email": {"mapper": str.lower, "case_insensitive": False}}],
        "JOIN_USER_ROLES": False,
        "TRACKABLE": True,
        "DATETIME_FACTORY": now,
        "LOGIN_URL": "/login",
        "LOGOUT_URL": "/logout",
        "LOGOUT_METHODS": ["POST"],
        "LOGOUT_CSRF": True,
        "POST_LOGIN_VIEW": "/",
        "POST_LOGOUT_VIEW": "/login",
        # The public page that checks a PDF is /verify.
        "VERIFY_URL": "/reauthenticate",
        "POST_VERIFY_VIEW": "/",
        "FRESHNESS": timedelta(minutes=15),
        "FRESHNESS_GRACE_PERIOD": timedelta(minutes=1),
        "STATIC_FOLDER": None,
        "CACHE_CONTROL": None,
        "CLI_USERS_NAME": None,
        "CLI_ROLES_NAME": None,
        "FLASH_MESSAGES": True,
        **{f"MSG_{name}": message for name, message in MESSAGES.items()},
    }
    return {f"SECURITY_{name}": value for name, value in given.items()}


def init_app(app: Flask) -> None:
    """Add the library's pages, then declare who may use each and how often one may fail."""
    security = Security(app, datastore(), login_form=SignInForm, verify_form=ReauthenticationForm)
    security.want_json(_never_json)
    views = app.view_functions
    by_typed, by_session = account_and_address, account_at_address
    views["security.login"] = access(PUBLIC)(_throttled(views["security.login"], by_typed))
    views["security.verify"] = access(SIGNED_IN)(_throttled(views["security.verify"], by_session))
    views["security.logout"] = access(PUBLIC)(views["security.logout"])
    user_authenticated.connect(_signed_in, app)
    user_failed_authn.connect(_failed_again, app)
    user_logged_out.connect(_signed_out, app)
    app.add_template_global(_demo_accounts, "demo_accounts")
    app.add_template_global(_demo_password, "demo_password")


def _never_json(_request: Request) -> bool:
    """Programs have an interface of their own; here only people sign in."""
    return False


def _throttled(view: Any, account: Callable[[], str]) -> Any:
    """Count failures only, so that a shared address with many people keeps working."""
    limits = ((PER_ACCOUNT, account), (PER_ADDRESS, None))
    for limit, key in limits:
        view = limiter.limit(limit, key_func=key, methods=["POST"], deduct_when=_is_refusal)(view)
    return view


def _is_refusal(response: Response) -> bool:
    return response.status_code < 300 or response.status_code == 422


def _signed_in(_app: Flask, *, user: Account, **_rest: Any) -> None:
    session.permanent = True
    _log.info("signed_in", account_id=user.id, address=request.remote_addr)


def _signed_out(app: Flask, *, user: Account | None = None, **_rest: Any) -> None:
    """A page that was left open in another window hears nothing more."""
    if isinstance(user, Account):
        tell_signed_out(app.extensions["valkey"], user.person_id)


def _failed_again(_app: Flask, *, user: Account, **_rest: Any) -> None:
    """Someone at an open session failed to give its password."""
    if request.endpoint == "security.verify":
        _log.warning("reauthentication_refused", account_id=user.id, address=request.remote_addr)


def _demo_accounts() -> Any:
    """(name, title, address) of each demonstration account; none outside demonstration mode."""
    if not current_app.config["TRINH_KY"].demo:
        return []
    return current_app.extensions.get("demo_accounts", [])


def _demo_password() -> str | None:
    if not current_app.config["TRINH_KY"].demo:
        return None
    return current_app.extensions.get("demo_password")
