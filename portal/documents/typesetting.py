"""The one place where typst compiles: our templates, our fonts, never a clock of its own."""

import json
import threading
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal

import typst

from workflows.domain.errors import WorkflowError

HERE = Path(__file__).parent
PLAN_STANDARDS = ("a-3a", "ua-1")
FRAGMENT_STANDARDS = ("a-3b",)

Look = Literal["so", "ngay", "chu_ky", "con_dau"]

# One compiler per thread and template: a typst compiler lent to two threads fails with
# "Already borrowed". It is made at the first use, never at import: a process that forks after
# a compilation leaves its children waiting for ever on typst's thread pool.
_own = threading.local()


class RenderingFailed(WorkflowError):
    """The text cannot be set in type; the sentence says what stood in the way."""


def typeset(
    template: str,
    inputs: Mapping[str, str],
    *,
    at: datetime,
    standards: tuple[str, ...] = PLAN_STANDARDS,
    tags: bool = True,
) -> bytes:
    """Compile *template* with *inputs*, the same bytes for the same arguments.

    Inputs reach the template as strings and are never read as markup.
    """
    if at.tzinfo is None:
        raise ValueError("a PDF is dated with a time zone")
    try:
        pdf = _compiler(template).compile(
            format="pdf",
            sys_inputs=dict(inputs),
            pdf_standards=list(standards),
            timestamp=at.replace(microsecond=0),
            pdf_tags=tags,
        )
    except typst.TypstError as error:
        raise _refusal(error) from error
    return bytes(pdf)


def marks_of_last(template: str, label: str) -> list[dict[str, Any]]:
    """Return the metadata that this thread's last compilation of *template* left at *label*."""
    found: list[dict[str, Any]] = json.loads(_compiler(template).query(f"<{label}>", field="value"))
    return found


def appearance(
    name: Look, width_pt: float, height_pt: float, text: str = "", organisation: str = ""
) -> bytes:
    """Set the one-page PDF shown in a field of this size: number, date, signature, seal.

    *text* is the number, the date line or the signer's name; a seal takes *organisation*.
    Without a standard's transparency: fill none, flat colours, no group.
    """
    return typeset(
        "appearance.typ",
        {
            "look": name,
            "width": f"{width_pt:.3f}",
            "height": f"{height_pt:.3f}",
            "text": text,
            "organisation": organisation,
        },
        at=datetime(2020, 3, 5, tzinfo=UTC),  # Any constant: the day of Decree 30/2020.
        standards=FRAGMENT_STANDARDS,
        tags=False,
    )


def _compiler(template: str) -> Any:
    made: dict[str, Any] = _own.__dict__.setdefault("compilers", {})
    if template not in made:
        fonts = typst.Fonts(
            include_system_fonts=False,
            include_embedded_fonts=False,
            font_paths=[str(HERE / "fonts")],
        )
        # A path, not bytes: typst cannot query a document given as bytes.
        made[template] = typst.Compiler(str(HERE / template), root=str(HERE), font_paths=fonts)
    return made[template]


def _refusal(error: Any) -> RenderingFailed:
    message = str(error.message)
    if "could not be displayed" in message or "glyph" in message:
        return RenderingFailed(
            "Văn bản có ký tự mà phông chữ in không có. Hãy thay ký tự đó rồi thử lại."
            " (%(detail)s)",
            detail=message,
        )
    return RenderingFailed(
        "Không dàn trang được văn bản này. Hãy báo người quản trị. (%(detail)s)", detail=message
    )
