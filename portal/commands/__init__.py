"""What an operator types: `flask workflow | audit | verify | archive | jobs | demo`."""

from flask import Flask

from portal.commands import archive, audit, demo, jobs, verify, workflow


def init_app(app: Flask) -> None:
    """Add the command groups to `flask`."""
    for command in (
        workflow.group,
        audit.group,
        archive.group,
        jobs.group,
        demo.group,
        verify.verify,
    ):
        app.cli.add_command(command)
