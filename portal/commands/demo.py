"""`flask demo`: load the demonstration office, or run the main job without a browser."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click
from flask import current_app
from flask.cli import AppGroup

from portal.acts import means
from portal.clock import now
from portal.demo.journey import Journey, TooSlow
from portal.demo.office import load_office
from portal.demo.outcome import faults, write_outcome
from portal.demo.plan import begin_plan, has_plans
from portal.extensions import db
from portal.signing.keys import DemonstrationKeys
from workflows.domain.errors import WorkflowError

group = AppGroup("demo", help="The demonstration office and the real plan of 2022.")

ORGANISATION = "Ủy ban nhân dân thành phố Hà Nội"


@group.command("load")
def load() -> None:
    """Load the office and the real plan as a draft; a second time changes nothing."""
    made = _load_office()
    if not has_plans(db.session()):
        db.session().rollback()
        begin_plan(db.session(), now=now())
    click.echo("Đã nạp cơ quan trình diễn." if made else "Cơ quan trình diễn đã có sẵn.")


@group.command("run")
@click.argument("out", type=click.Path(file_okay=False, path_type=Path))
def run(out: Path) -> None:
    """Take the real plan the whole way with a real worker and leave the outcome in OUT."""
    out.mkdir(parents=True, exist_ok=True)
    if any(out.iterdir()):
        raise click.ClickException(f"Thư mục {out} không trống. Hãy chọn thư mục khác.")
    _load_office()
    session, keys, store = db.session(), means.keys(), means.store()
    journey = Journey(session, current_app.extensions["valkey"], keys, store, click.echo)
    try:
        with _worker():
            plan_id = journey.run()
    except (TooSlow, WorkflowError) as error:
        raise click.ClickException(str(error)) from error
    write_outcome(session, plan_id, store, keys, out)
    if found := list(faults(session, keys, out)):
        raise click.ClickException("\n".join(found))
    click.echo(f"Mọi kiểm tra đều đạt. Kết quả nằm trong {out}.")
    click.echo(f'Xem lại: make flask ARGS="verify {out}/issued.pdf --trust {out}/trust.pem"')


def _load_office() -> bool:
    keys = means.keys()
    if not means.config().demo or not isinstance(keys, DemonstrationKeys):
        raise click.ClickException("Chỉ có trong chế độ trình diễn (DEMO=1).")
    authority = keys.authority

    def key_for(name: str, title: str | None) -> str:
        if title is None:
            return authority.issue_organisation(name)
        return authority.issue_person(name, title, ORGANISATION)

    return load_office(db.session(), key_for=key_for, now=now())


@contextmanager
def _worker() -> Iterator[None]:
    """A real worker process for the time of the run."""
    command = [sys.executable, "-m", "flask", "--app", "wsgi", "jobs", "work"]
    log = means.config().data_dir / "demo-worker.log"
    with log.open("ab") as output:
        worker = subprocess.Popen(command, env=os.environ, stdout=output, stderr=output)
    try:
        yield
    finally:
        worker.send_signal(signal.SIGTERM)
        worker.wait()
