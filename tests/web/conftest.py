"""What the tests of pages share."""

from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from tests.factories import Office
from tests.web.desk import Desk


@pytest.fixture
def desk(
    app: Flask,
    session: Session,
    office: Office,
    log_in: Callable[[FlaskClient, str], FlaskClient],
) -> Desk:
    """Give the office with a browser for each person."""
    return Desk(app, session, office, log_in)
