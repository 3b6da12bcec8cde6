"""The command line behind the Makefile: run, with, reset."""

import argparse
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from contextlib import nullcontext
from pathlib import Path

from portal.engines import given
from portal.engines.child import Child
from portal.engines.errors import EngineError
from portal.engines.ground import reset, running
from portal.engines.places import fresh_places, places_of
from portal.engines.process import end_with_parent
from portal.engines.tree import DEMONSTRATION, UPGRADE, WORKERS, Tree, environment, run_tree, web

CHECKOUT = Path(__file__).resolve().parents[2]


def main() -> int:
    """Do what the command line says."""
    if "MAKELEVEL" in os.environ:  # Whoever kills make means us.
        end_with_parent(signal.SIGTERM)
    arguments = _parser().parse_args()
    return in_one_sentence(lambda: int(arguments.act(arguments)))


def in_one_sentence(act: Callable[[], int]) -> int:
    """Return the exit status of *act*; what stands in its way becomes one sentence and status 1."""
    try:
        return act()
    except (EngineError, OSError) as error:
        sys.stderr.write(f"trinh-ky: {error}\n")
        return 1


def _run(arguments: argparse.Namespace) -> int:
    port = given.port(os.environ)
    tree = Tree(before=(UPGRADE, DEMONSTRATION), children=(web(port), *WORKERS), port=port)
    return run_tree(tree, places_of(CHECKOUT), os.environ, CHECKOUT)


def _with(arguments: argparse.Namespace) -> int:
    command = tuple(arguments.command)
    with fresh_places() if arguments.fresh else nullcontext(places_of(CHECKOUT)) as places:
        if servers := running(places):
            env = environment(os.environ, servers, None)
            return subprocess.run(command, env=env).returncode
        tree = Tree(
            before=(UPGRADE,) if arguments.upgrade else (),
            then=Child(command[0], command),
        )
        return run_tree(tree, places, os.environ, Path.cwd())


def _reset(arguments: argparse.Namespace) -> int:
    reset(places_of(CHECKOUT))
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m portal.engines", description=__doc__)
    acts = parser.add_subparsers(required=True)
    run = acts.add_parser("run", help="serve the demonstration until Ctrl-C")
    run.set_defaults(act=_run)
    within = acts.add_parser("with", help="run one command with a database and a queue")
    within.set_defaults(act=_with)
    within.add_argument("--fresh", action="store_true", help="on new data, removed at the end")
    within.add_argument("--upgrade", action="store_true", help="migrate the database first")
    within.add_argument("command", nargs="+", metavar="COMMAND")
    empty = acts.add_parser("reset", help="remove the demonstration's data")
    empty.set_defaults(act=_reset)
    return parser


if __name__ == "__main__":
    sys.exit(main())
