"""`flask verify FILE.pdf`: the verdict on a file, as the public page gives it."""

from pathlib import Path

import click
from flask.cli import with_appcontext

from portal.acts import means
from portal.signing.isolation import verify_isolated
from portal.signing.verdict import Verdict


@click.command("verify")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@with_appcontext
def verify(file: Path) -> None:
    """Judge FILE; exit status 1 unless it is an issued document, untouched."""
    verdict = verify_isolated(file.read_bytes(), means.keys().trust)
    for line in _lines(verdict):
        click.echo(line)
    if not verdict.is_valid:
        raise click.exceptions.Exit(1)


def _lines(verdict: Verdict) -> list[str]:
    lines = [verdict.sentence, *verdict.findings]
    for report in verdict.signatures:
        state = "hợp lệ" if report.is_valid else "không hợp lệ"
        lines.append(f"{report.role}: {report.signer}, {state}")
    if verdict.number:
        lines.append(f"Số: {verdict.number}; {verdict.date}")
    lines.append(f"SHA-256: {verdict.digest}")
    return lines
