"""What tells open pages that a text has changed: it only wakes, SQL is the record."""

from flask import Flask

from config import Config
from portal.collaboration.hub import Hub


def init_app(app: Flask) -> None:
    """Give the pages their hub; opens no connection and starts no thread."""
    config: Config = app.config["TRINH_KY"]
    app.extensions["hub"] = Hub(config.redis_url)
