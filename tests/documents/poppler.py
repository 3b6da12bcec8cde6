"""What an independent reader makes of our PDFs: poppler's pdftotext and pdffonts."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest


def _run(folder: Path, pdf: bytes, tool: str, *options: str) -> str:
    if shutil.which(tool) is None:
        if os.environ.get("CI"):
            pytest.fail(f"{tool} is missing; CI must have poppler-utils")
        pytest.skip(f"{tool} is missing: install poppler-utils to run this test")
    path = folder / "plan.pdf"
    path.write_bytes(pdf)
    last = ["-"] if tool == "pdftotext" else []
    done = subprocess.run(
        [tool, *options, str(path), *last], capture_output=True, check=True, timeout=60
    )
    return done.stdout.decode("utf-8")


def words_of(folder: Path, pdf: bytes, page: int | None = None) -> str:
    """The text of a page, or of all, with blanks made single."""
    pages = ("-f", str(page), "-l", str(page)) if page else ()
    return " ".join(_run(folder, pdf, "pdftotext", "-enc", "UTF-8", *pages).split())


def fonts_of(folder: Path, pdf: bytes) -> list[list[str]]:
    """The rows of pdffonts: name, then type, encoding and whether embedded."""
    return [line.split() for line in _run(folder, pdf, "pdffonts").splitlines()[2:]]
