"""`flask archive fixity`: hash everything in the store anew."""

import click
from flask.cli import AppGroup

from portal.acts.means import store
from portal.archive.fixity import check_store
from portal.extensions import db
from workflows.queries.packages import kept_files

group = AppGroup("archive", help="Look after the archive.")


@group.command("fixity")
def fixity() -> None:
    """Name every file that is not as it was put there; exit status 1 if there is one."""
    findings = list(check_store(store(), kept_files(db.session())))
    faulty = [finding for finding in findings if finding.fault]
    for finding in faulty:
        click.echo(f"{finding.key}: {finding.fault}")
    if faulty:
        raise click.ClickException(f"{len(faulty)} trong {len(findings)} mục không còn nguyên vẹn.")
    click.echo(f"Kho nguyên vẹn: {len(findings)} mục.")
