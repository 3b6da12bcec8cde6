"""Writes form fields into a tagged PDF: widgets with their looks and their structure elements."""

import io
from dataclasses import dataclass
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, String

PRINT, LOCKED, READ_ONLY = 4, 128, 1

Rect = tuple[float, float, float, float]


@dataclass(frozen=True)
class Box:
    """A field's page, counted from 1, and rectangle in PDF points from the bottom left."""

    page: int
    rect: Rect

    @property
    def size(self) -> tuple[float, float]:
        """Width and height, as an appearance asks for them."""
        return self.rect[2] - self.rect[0], self.rect[3] - self.rect[1]


class Form:
    """The AcroForm in the making, each widget with its place in the structure tree."""

    def __init__(self, pdf: pikepdf.Pdf) -> None:
        self._pdf = pdf
        self._fields = Array()

    def add_text(self, name: str, box: Box, tooltip: str, shown: bytes | None = None) -> None:
        """Add a text field; *shown* is the one-page PDF seen while it is empty."""
        self._add(
            # Read-only to viewers: the number and the date come from the register alone.
            Dictionary(FT=Name.Tx, T=String(name), TU=String(tooltip), F=PRINT, Ff=READ_ONLY),
            box,
            self._page(shown) if shown else self._nothing(box),
        )

    def add_signature(self, name: str, box: Box, tooltip: str, lock: Dictionary) -> None:
        """Add a signature field that takes *lock* into its signature."""
        self._add(
            Dictionary(
                FT=Name.Sig,
                T=String(name),
                TU=String(tooltip),
                F=PRINT | LOCKED,
                Lock=self._pdf.make_indirect(lock),
            ),
            box,
            self._nothing(box),
        )

    def close(self) -> None:
        """Hang the fields into the document."""
        self._pdf.Root.AcroForm = self._pdf.make_indirect(
            Dictionary(Fields=self._fields, SigFlags=3, DR=Dictionary())
        )

    def _add(self, field: Dictionary, box: Box, look: Any) -> None:
        page = self._pdf.pages[box.page - 1].obj
        field.Type, field.Subtype = Name.Annot, Name.Widget
        field.Rect, field.P = Array([round(edge, 3) for edge in box.rect]), page
        # PDF/A asks every widget for an appearance, an unsigned one too (ISO 19005-3, 6.3.3).
        field.AP = Dictionary(N=look)
        widget = self._pdf.make_indirect(field)
        if Name.Annots not in page:
            page.Annots = Array()
        page.Annots.append(widget)
        page.Tabs = Name.S
        self._fields.append(widget)
        self._tag(widget, page)

    def _tag(self, widget: Any, page: Any) -> None:
        """Name the widget in the structure tree, as PDF/UA-1 asks (ISO 14289-1, 7.18.4)."""
        tree = self._pdf.Root.StructTreeRoot
        parents = pikepdf.NumberTree(tree.ParentTree)
        key = max(int(tree.get(Name.ParentTreeNextKey, 0)), max(parents, default=-1) + 1)
        document = tree.K[0] if isinstance(tree.K, Array) else tree.K
        element = self._pdf.make_indirect(
            Dictionary(
                Type=Name.StructElem,
                S=Name.Form,
                P=document,
                Pg=page,
                Alt=widget.TU,
                K=Dictionary(Type=Name.OBJR, Obj=widget, Pg=page),
            )
        )
        if not isinstance(document.K, Array):
            document.K = Array([document.K])
        document.K.append(element)
        parents[key] = element
        widget.StructParent = key
        tree.ParentTreeNextKey = key + 1

    def _page(self, shown: bytes) -> Any:
        with pikepdf.open(io.BytesIO(shown)) as source:
            return self._pdf.copy_foreign(source.pages[0].as_form_xobject())

    def _nothing(self, box: Box) -> Any:
        return self._pdf.make_stream(
            b"",
            Type=Name.XObject,
            Subtype=Name.Form,
            BBox=Array([0, 0, *(round(length, 3) for length in box.size)]),
            Resources=Dictionary(),
        )
