"""`flask audit verify`: walk the hash chain and name the first event that was touched."""

import click
from flask.cli import AppGroup

from portal.extensions import db
from workflows.queries.audit import walk

group = AppGroup("audit", help="Check the audit record.")


@group.command("verify")
def verify() -> None:
    """Walk the whole chain; exit status 1 when an event is not as it was written."""
    count, found = walk(db.session())
    if found is not None:
        raise click.ClickException(f"Sự kiện số {found.seq}: {found.sentence}")
    click.echo(f"Nhật ký nguyên vẹn: {count} sự kiện.")
