"""Tell whether requirements.lock still answers to pyproject.toml, without asking any index."""

import re
import sys
import tomllib
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[1]


def main() -> int:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    wanted = [*project["project"]["dependencies"], *project["dependency-groups"]["dev"]]
    faults = [*unanswered(wanted, locked(lock)), *places_named(lock)]
    sys.stdout.writelines(f"requirements.lock: {fault}\n" for fault in faults)
    return 1 if faults else 0


def locked(lock: str) -> dict[str, list[str]]:
    """Return the versions of each package; a package may have one for each kind of machine."""
    versions: dict[str, list[str]] = {}
    for name, version in re.findall(r"^([\w.-]+)(?:\[[\w,.-]+\])?==([^\s;]+)", lock, re.MULTILINE):
        versions.setdefault(canonicalize_name(name), []).append(version)
    return versions


def unanswered(wanted: list[str], versions: dict[str, list[str]]) -> list[str]:
    return [
        f"{requirement} is not met: run make lock"
        for requirement in map(Requirement, wanted)
        if not any(
            requirement.specifier.contains(version, prereleases=True)
            for version in versions.get(canonicalize_name(requirement.name), [])
        )
    ]


def places_named(lock: str) -> list[str]:
    """The index is the choice of whoever installs, so the lock names none."""
    return ["names an address"] if re.search(r"://|--(extra-)?index-url|--find-links", lock) else []


if __name__ == "__main__":
    sys.exit(main())
