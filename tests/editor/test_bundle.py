"""The bundle that is served was made of the sources beside it, and of nothing else."""

import gzip
import hashlib
import json
import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.editor.bench import EDITOR, ROOT, node

STATIC = ROOT / "portal/static"
SCHEMA = ROOT / "workflows/domain/content/schema.json"
LOCK = EDITOR / "package-lock.json"
MOST = 150 * 1024


def fingerprint() -> str:
    """As build.mjs computes it."""
    own = [EDITOR / name for name in ("build.mjs", "package-lock.json", "package.json")]
    named = {
        path.relative_to(EDITOR).as_posix(): path
        for path in [*own, *(EDITOR / "src").rglob("*.js")]
    }
    digest = hashlib.sha256()
    for name, path in [*sorted(named.items()), ("schema.json", SCHEMA)]:
        data = path.read_bytes()
        digest.update(f"{name}\0{len(data)}\0".encode() + data)
    return digest.hexdigest()


def test_the_bundle_names_the_sources_it_was_made_of() -> None:
    banner = (STATIC / "editor.js").read_text("utf-8").split("\n", 1)[0]
    assert f"sha256:{fingerprint()};" in banner, "run `npm ci && npm run build` in portal/editor"


def test_the_bundle_is_small_enough_for_an_office_line() -> None:
    assert len(gzip.compress((STATIC / "editor.js").read_bytes(), 9)) < MOST


def test_the_lock_names_no_registry_and_every_sum() -> None:
    lock = json.loads(LOCK.read_text("utf-8"))
    packages = {name: each for name, each in lock["packages"].items() if name}
    assert not re.search(r"https?://[^\"]*(registry|\.tgz)", LOCK.read_text("utf-8"))
    assert all("integrity" in each and "resolved" not in each for each in packages.values())


def test_versions_are_exact_and_transform_is_one_the_port_knows() -> None:
    """From 1.12.3 on prosemirror-transform writes `markSet` steps, which prosemirror-py refuses."""
    given = json.loads((EDITOR / "package.json").read_text("utf-8"))
    wanted = {**given["dependencies"], **given["devDependencies"]}
    assert all(re.fullmatch(r"[0-9]+\.[0-9]+\.[0-9]+", version) for version in wanted.values())
    packages = json.loads(LOCK.read_text("utf-8"))["packages"]
    held = [
        each["version"] for name, each in packages.items() if name.endswith("prosemirror-transform")
    ]
    assert (
        held == [wanted["prosemirror-transform"]] == [given["overrides"]["prosemirror-transform"]]
    )
    assert tuple(map(int, held[0].split("."))) < (1, 12, 3)
    assert 'jsonID("markSet"' not in (STATIC / "editor.js").read_text("utf-8")


def test_the_licence_of_every_bundled_package_is_told() -> None:
    packages = json.loads(LOCK.read_text("utf-8"))["packages"]
    text = (STATIC / "editor.LICENSES.txt").read_text("utf-8")
    for name, each in packages.items():
        if name and not each.get("dev") and not each.get("optional"):
            title = f"{name.removeprefix('node_modules/')} {each['version']} ({each['license']})"
            assert title in text


def test_a_new_build_gives_the_same_bytes(tmp_path: Path) -> None:
    copy = tmp_path / "portal/editor"
    shutil.copytree(EDITOR, copy, ignore=shutil.ignore_patterns("node_modules"))
    shutil.copytree(SCHEMA.parent, tmp_path / "workflows/domain/content")
    npm = shutil.which("npm")
    if npm is None:
        if os.environ.get("CI"):
            pytest.fail("npm is missing, and in CI no test may be skipped")
        pytest.skip("npm is missing: the bundle cannot be built again")
    environment = {**os.environ, "npm_config_cache": str(tmp_path / "cache")}
    got = subprocess.run([npm, "ci"], cwd=copy, env=environment, capture_output=True, timeout=300)
    if got.returncode:
        pytest.skip("the editor's packages cannot be fetched here: " + got.stderr.decode()[-500:])
    subprocess.run([npm, "run", "build", "--", str(tmp_path)], cwd=copy, check=True, timeout=300)
    for name in ("editor.js", "editor.LICENSES.txt"):
        assert (tmp_path / name).read_bytes() == (STATIC / name).read_bytes(), name


def test_the_tests_in_javascript_pass() -> None:
    done = subprocess.run(
        [node(), "--test", *sorted(str(path) for path in (EDITOR / "test").glob("*.test.mjs"))],
        cwd=EDITOR,
        capture_output=True,
        text=True,
        timeout=300,
    )
    assert done.returncode == 0, done.stdout[-4000:]
