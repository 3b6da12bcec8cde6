"""The demonstration office in databases of its own, made for the measuring and dropped after it."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

import psycopg
from flask_migrate import upgrade
from sqlalchemy.engine import make_url

from config import Config
from portal.clock import now
from portal.demo.office import load_office
from portal.extensions import db
from portal.factory import create_app
from tests.bench.approval import plain
from tests.bench.crowd import gather

OFFICE = "trinh_ky_bench"


@contextmanager
def empty_office(config: Config) -> Iterator[Config]:
    """Give an office without plans; its people have no keys, for nobody signs."""
    with _database(config, OFFICE, "") as office:
        app = create_app(office)
        with app.app_context():
            upgrade()
            load_office(db.session(), key_for=lambda name, title: "none", now=now())
            db.session.remove()
            db.engine.dispose()
        yield office


@contextmanager
def crowded_office(office: Config, plans: int) -> Iterator[Config]:
    """Give a copy of the office with so many plans; nobody may be connected to the office."""
    with _database(office, f"{OFFICE}_{plans}", f"TEMPLATE {OFFICE}") as copy:
        with psycopg.connect(plain(copy.database_url), autocommit=True) as connection:
            gather(connection, plans)
        yield copy


@contextmanager
def _database(config: Config, name: str, options: str) -> Iterator[Config]:
    with psycopg.connect(plain(config.database_url), autocommit=True) as server:
        server.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
        server.execute(f"CREATE DATABASE {name} {options}")
    url = make_url(config.database_url).set(database=name)
    try:
        yield replace(config, database_url=url.render_as_string(hide_password=False))
    finally:
        with psycopg.connect(plain(config.database_url), autocommit=True) as server:
            server.execute(f"DROP DATABASE {name} WITH (FORCE)")
