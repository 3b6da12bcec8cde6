"""`flask workflow`: check and draw a chain definition."""

from pathlib import Path

import click
from flask.cli import AppGroup

from workflows.domain.chain import Chain, UnsoundChain
from workflows.domain.diagram import draw_alone
from workflows.domain.soundness import load_chain

group = AppGroup("workflow", help="Check and draw approval chains.")

_FILE = click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))


@group.command("check", with_appcontext=False)
@_FILE
def check(file: Path) -> None:
    """Walk every path of FILE; an unsound definition is refused with the path printed."""
    chain = _load(file)
    way = " → ".join(step.key for step in chain.steps)
    click.echo(f"{chain.title}, phiên bản {chain.version}: hợp lệ.\n{way}")


@group.command("draw", with_appcontext=False)
@_FILE
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="Write to this file.")
def draw(file: Path, out: Path | None) -> None:
    """Draw FILE as an SVG picture."""
    picture = draw_alone(_load(file))
    if out is None:
        click.echo(picture)
    else:
        out.write_text(picture, encoding="utf-8")


def _load(file: Path) -> Chain:
    try:
        return load_chain(file.read_text(encoding="utf-8"))
    except (UnsoundChain, UnicodeDecodeError) as error:
        raise click.ClickException(f"{file.name}: {error}") from error
