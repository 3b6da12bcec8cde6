"""Where an application is put together; nothing else wires parts to each other."""

from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path
from typing import Any, Final

from flask import Flask
from redis import Redis
from werkzeug.middleware.proxy_fix import ProxyFix

from config import Config
from portal import (
    access,
    clock,
    collaboration,
    commands,
    errors,
    headers,
    labels,
    logs,
    navigation,
    queues,
    sign_in,
)
from portal.access import MEGABYTE
from portal.demo import office
from portal.extensions import (
    DEFAULT_LANGUAGE,
    babel,
    csrf,
    db,
    language,
    limiter,
    limiter_url,
    migrate,
)
from portal.views import BLUEPRINTS

ROOT: Final = Path(__file__).resolve().parent.parent
# The session lives through a working day and starts anew with every request.
SESSION_LIFETIME: Final = timedelta(hours=10)
USUAL_BODY: Final = 4 * MEGABYTE
# Shorter than a page of ours waits for an answer, and a lock's shorter than a statement's.
STATEMENT_TIMEOUT_MS: Final = 15_000
LOCK_TIMEOUT_MS: Final = 8_000
CONNECTION_TIMEOUT: Final = 8.0


def create_app(config: Config, *, settings: Mapping[str, Any] | None = None) -> Flask:
    """Make the application that *config* describes; opens no connection.

    *settings* overrides single settings of Flask or an extension; the tests hash faster so.
    """
    app = Flask("portal", root_path=str(ROOT / "portal"), template_folder=str(ROOT / "templates"))
    app.config.update(_settings(config), **(settings or {}))
    if config.trusted_proxies:
        count = config.trusted_proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=count, x_proto=count, x_host=count)  # type: ignore[method-assign]
    _bind_extensions(app, config)
    if config.demo:
        app.extensions["demo_accounts"] = office.accounts()
        app.extensions["demo_password"] = office.PASSWORD
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)
    return app


def _bind_extensions(app: Flask, config: Config) -> None:
    """The order is the order in which a request meets them: its log line is opened first, and
    the guard comes before CSRF, so that an ended session is called that and not a bad form."""
    logs.init_app(app)
    headers.init_app(app)
    db.init_app(app)
    migrate.init_app(app, db, directory=str(ROOT / "migrations"))
    app.extensions["valkey"] = Redis.from_url(
        config.redis_url, socket_timeout=5, socket_connect_timeout=2
    )
    babel.init_app(app, default_locale=DEFAULT_LANGUAGE, locale_selector=language)
    access.init_app(app)
    csrf.init_app(app)
    limiter.init_app(app)
    sign_in.init_app(app)
    errors.init_app(app)
    for part in (clock, labels, navigation, queues, collaboration, commands):
        part.init_app(app)
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True


def _settings(config: Config) -> dict[str, Any]:
    is_https = config.base_url.startswith("https://")
    return {
        "TRINH_KY": config,
        "SECRET_KEY": config.secret_key,
        "SESSION_COOKIE_NAME": "trinh_ky",
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "SESSION_COOKIE_SECURE": is_https,
        "PERMANENT_SESSION_LIFETIME": SESSION_LIFETIME,
        "PREFERRED_URL_SCHEME": "https" if is_https else "http",
        "SQLALCHEMY_DATABASE_URI": config.database_url,
        "SQLALCHEMY_ENGINE_OPTIONS": _engine_options(),
        "MAX_CONTENT_LENGTH": USUAL_BODY,
        # A plan of 600,000 letters travels in one field; the library's own limit is 500 kB.
        "MAX_FORM_MEMORY_SIZE": USUAL_BODY,
        # A token lives as long as its session: an hour's typing must not expire the form.
        "WTF_CSRF_TIME_LIMIT": None,
        "RATELIMIT_STORAGE_URI": limiter_url(config.redis_url),
        "BABEL_DEFAULT_LOCALE": DEFAULT_LANGUAGE,
        "BABEL_DEFAULT_TIMEZONE": config.time_zone,
        **sign_in.settings(config),
    }


def _engine_options() -> dict[str, Any]:
    return {
        "pool_pre_ping": True,
        "pool_timeout": CONNECTION_TIMEOUT,
        "isolation_level": "READ COMMITTED",
        # The text of a failed statement's values would carry people's words into the log.
        "hide_parameters": True,
        "connect_args": {
            "connect_timeout": 5,
            "options": (
                f"-c timezone=UTC -c statement_timeout={STATEMENT_TIMEOUT_MS}"
                f" -c lock_timeout={LOCK_TIMEOUT_MS}"
            ),
        },
    }
