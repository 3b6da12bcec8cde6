"""The real plan typeset, against LibreOffice converting a document with the same paragraphs."""

import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from xml.sax.saxutils import escape

from portal.documents.render import render_plan
from tests.bench.sampling import Times, in_turns
from tests.documents.plans import AT, Node, plan, real_document
from workflows.domain.content.schema import blocks

WARM, COLD, OFFICE = "warm", "cold", "office"
ONE_RENDERING = """
import sys
from datetime import datetime
from pathlib import Path
from portal.documents.render import render_plan
source, target, at = sys.argv[1:]
made = render_plan(Path(source).read_bytes(), at=datetime.fromisoformat(at))
Path(target).write_bytes(made.pdf)
"""
# PDF/A-3 with tags, as ours is.
FILTER = (
    'pdf:writer_pdf_Export:{"SelectPdfVersion":{"type":"long","value":"3"},'
    '"UseTaggedPDF":{"type":"boolean","value":"true"}}'
)
DOCUMENT = """<?xml version="1.0" encoding="UTF-8"?>
<office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
    xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0"
    xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"
    xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0"
    office:version="1.3" office:mimetype="application/vnd.oasis.opendocument.text">
<office:styles><style:default-style style:family="paragraph">
<style:text-properties fo:font-family="Liberation Serif" fo:font-size="14pt"/>
</style:default-style></office:styles>
<office:body><office:text>{paragraphs}</office:text></office:body>
</office:document>
"""


def measure(folder: Path, rounds: int, *, warm_up: int = 1) -> dict[str, Times]:
    """Make the PDF in each way, in turns; without LibreOffice its side is missing."""
    doc = real_document()
    source, document = folder / "plan.json", folder / "plan.fodt"
    source.write_bytes(plan(doc))
    document.write_text(as_open_document(doc), encoding="utf-8")
    texts = iter([plan(_reworded(doc, f" ({number})")) for number in range(rounds + warm_up)])
    sides = {
        WARM: lambda: render_plan(next(texts), at=AT),
        COLD: lambda: render_apart(source),
    }
    if shutil.which("soffice"):
        sides[OFFICE] = lambda: convert(document)
    # The first time makes LibreOffice's profile, which is not what is measured.
    in_turns(sides, warm_up)
    return in_turns(sides, rounds)


def render_apart(source: Path) -> None:
    """Render in a Python of its own, as after a restart."""
    target = source.with_name("ours.pdf")
    _made(target, [sys.executable, "-c", ONE_RENDERING, source, target, AT.isoformat()])


def convert(document: Path) -> None:
    """Convert in a LibreOffice of its own, with a profile that nobody else uses."""
    profile = (document.parent / "profile").absolute().as_uri()
    options = ["--headless", "--convert-to", FILTER, "--outdir", document.parent]
    command = ["soffice", f"-env:UserInstallation={profile}", *options, document]
    _made(document.with_suffix(".pdf"), command)


def as_open_document(doc: Node) -> str:
    """A flat OpenDocument text with the plan's paragraphs and their numbers."""
    lines = "".join(f"<text:p>{escape(line)}</text:p>" for line in _lines(doc))
    return DOCUMENT.format(paragraphs=lines)


def _lines(doc: Node) -> Iterator[str]:
    for block in blocks(doc):
        yield f"{block.label} {block.text}".strip()


def _reworded(node: Node, more: str) -> Node:
    """Every text of the plan a little longer: what typst has set before, it does not set again."""
    if node["type"] == "text":
        return {**node, "text": node["text"] + more}
    content = [_reworded(child, more) for child in node.get("content", ())]
    return {**node, "content": content} if content else node


def _made(target: Path, command: list[str | Path]) -> None:
    """Run *command*, which must leave a PDF."""
    target.unlink(missing_ok=True)
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert target.exists(), done.stdout + done.stderr
    assert target.read_bytes().startswith(b"%PDF"), done.stdout + done.stderr
