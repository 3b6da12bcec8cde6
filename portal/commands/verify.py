"""`flask verify FILE.pdf`: the verdict on a file, as the public page gives it."""

from pathlib import Path

import click
from flask.cli import with_appcontext
from pyhanko.keys import load_certs_from_pemder

from portal.acts import means
from portal.signing.isolation import verify_isolated
from portal.signing.trust import Trust
from portal.signing.verdict import Verdict

_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command("verify")
@click.argument("file", type=_FILE)
@click.option("--trust", type=_FILE, help="Root certificates in PEM, instead of our own.")
@with_appcontext
def verify(file: Path, trust: Path | None) -> None:
    """Judge FILE; exit status 1 unless it is an issued document, untouched."""
    trusted = _trust(trust) if trust else means.keys().trust
    verdict = verify_isolated(file.read_bytes(), trusted)
    for line in _lines(verdict):
        click.echo(line)
    if not verdict.is_valid:
        raise click.exceptions.Exit(1)


def _trust(file: Path) -> Trust:
    """Test certificates stay refused outside the demonstration, whatever FILE says."""
    try:
        roots = tuple(load_certs_from_pemder([str(file)]))
    except ValueError as error:
        raise click.ClickException(f"{file.name}: không phải là chứng thư dạng PEM.") from error
    return Trust(roots, demonstration=means.config().demo)


def _lines(verdict: Verdict) -> list[str]:
    lines = [verdict.sentence, *verdict.findings]
    for report in verdict.signatures:
        state = "hợp lệ" if report.is_valid else "không hợp lệ"
        lines.append(f"{report.role}: {report.signer}, {state}")
    if verdict.number:
        lines.append(f"Số: {verdict.number}; {verdict.date}")
    lines.append(f"SHA-256: {verdict.digest}")
    return lines
