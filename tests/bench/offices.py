"""The demonstration office in databases of its own: one to act in, and copies with many plans."""

from dataclasses import replace
from pathlib import Path

import psycopg
from sqlalchemy.engine import make_url

from config import Config
from portal.clock import now
from portal.demo.office import load_office
from portal.extensions import db
from portal.factory import create_app
from tests.bench.approval import plain
from tests.bench.crowd import gather


def load(config: Config) -> None:
    """Load the office without its keys: nothing that is measured signs."""
    app = create_app(config)
    with app.app_context():
        load_office(db.session(), key_for=lambda name, title: "none", now=now())
        db.engine.dispose()


def crowded(config: Config, plans: int, folder: Path) -> Config:
    """Return the configuration of a copy of the office with so many plans."""
    url = make_url(config.database_url)
    name = f"bench_{plans}"
    with psycopg.connect(plain(config.database_url), autocommit=True) as connection:
        # A database cannot be copied while somebody is connected to it.
        connection.execute("SELECT 1")
    server = url.set(database="postgres").render_as_string(hide_password=False)
    with psycopg.connect(plain(server), autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE {name} TEMPLATE "{url.database}"')
    copy = url.set(database=name).render_as_string(hide_password=False)
    with psycopg.connect(plain(copy), autocommit=True) as connection:
        gather(connection, plans)
    return replace(config, database_url=copy, data_dir=folder / name)
