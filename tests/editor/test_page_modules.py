"""The page's modules that need no browser are tested in Node, where there is one."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

EDITOR = Path(__file__).resolve().parents[2] / "portal" / "editor"


def test_the_modules_of_the_page_pass_their_tests_in_node() -> None:
    """Among them: three pages that type over a server that loses replies end with one text."""
    node = shutil.which("node")
    if node is None or not (EDITOR / "node_modules").is_dir():
        if os.environ.get("CI"):
            pytest.fail("Node or its packages are missing, and in CI no test may be skipped")
        pytest.skip("Node is missing: npm ci in portal/editor brings what the tests need")
    tests = sorted(str(path) for path in EDITOR.glob("test/page-*.test.mjs"))
    assert tests
    done = subprocess.run([node, "--test", *tests], capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stdout[-4000:]
