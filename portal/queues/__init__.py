"""Between the outbox and the workers: which queue, how work gets there, how it is brought back."""

from flask import Flask

from portal.queues.desk import Desk
from portal.queues.relay import SoonRelay


def init_app(app: Flask) -> None:
    """Give the pages what they may ask of the workers' side; opens no connection."""
    app.extensions["relay_soon"] = SoonRelay(app)
    app.extensions["operator_desk"] = Desk(app.extensions["valkey"])
