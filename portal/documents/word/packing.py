"""Packs the parts of a Word file: the same parts give the same bytes, and none points outside."""

import io
import zipfile
from collections.abc import Mapping
from typing import Final

from portal.documents.word.markup import DECLARATION, Xml, element, spell, w
from portal.documents.word.names import PAGE_NUMBER
from portal.documents.word.styles import style_id
from portal.documents.word.stylesheet import LANGUAGE, styles_part

_OFFICE: Final = "http://schemas.openxmlformats.org/officeDocument/2006"
_PACKAGE: Final = "http://schemas.openxmlformats.org/package/2006"
_MAIN: Final = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_KIND: Final = "application/vnd.openxmlformats-officedocument"
_CUSTOM: Final = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"
# The earliest moment that a zip can name.
_MOMENT: Final = (1980, 1, 1, 0, 0, 0)

# Part, content type and, for those that the main part refers to, the kind of relation.
_PARTS: Final = (
    ("word/document.xml", f"{_KIND}.wordprocessingml.document.main+xml"),
    ("word/styles.xml", f"{_KIND}.wordprocessingml.styles+xml"),
    ("word/settings.xml", f"{_KIND}.wordprocessingml.settings+xml"),
    ("word/header1.xml", f"{_KIND}.wordprocessingml.header+xml"),
    ("word/header2.xml", f"{_KIND}.wordprocessingml.header+xml"),
    ("docProps/core.xml", "application/vnd.openxmlformats-package.core-properties+xml"),
    ("docProps/custom.xml", f"{_KIND}.custom-properties+xml"),
)


def pack(body: Xml, *, title: str, author: str, properties: Mapping[str, str]) -> bytes:
    """A Word file with this body; *properties* are its custom ones."""
    parts = {
        "[Content_Types].xml": _content_types(),
        "_rels/.rels": _relations(
            ("officeDocument", "word/document.xml"),
            ("core", "docProps/core.xml"),
            ("custom-properties", "docProps/custom.xml"),
        ),
        "word/document.xml": _main("document", w("body", body)),
        "word/_rels/document.xml.rels": _relations(
            ("header", "header1.xml"),
            ("header", "header2.xml"),
            ("styles", "styles.xml"),
            ("settings", "settings.xml"),
        ),
        "word/styles.xml": _main("styles", styles_part()),
        "word/settings.xml": _main("settings", _settings()),
        "word/header1.xml": _main("hdr", _page_number()),
        "word/header2.xml": _main("hdr", w("p", _page_number_looks())),
        "docProps/core.xml": _core(title, author),
        "docProps/custom.xml": _custom(properties),
    }
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            entry = zipfile.ZipInfo(name, _MOMENT)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 0
            archive.writestr(entry, (DECLARATION + content).encode())
    return target.getvalue()


def _main(name: str, content: Xml) -> Xml:
    return element(f"w:{name}", {"xmlns:w": _MAIN, "xmlns:r": f"{_OFFICE}/relationships"}, content)


def _content_types() -> Xml:
    defaults = [
        ("rels", "application/vnd.openxmlformats-package.relationships+xml"),
        ("xml", "application/xml"),
    ]
    return element(
        "Types",
        {"xmlns": f"{_PACKAGE}/content-types"},
        *(element("Default", {"Extension": end, "ContentType": kind}) for end, kind in defaults),
        *(
            element("Override", {"PartName": f"/{part}", "ContentType": kind})
            for part, kind in _PARTS
        ),
    )


def _relations(*targets: tuple[str, str]) -> Xml:
    """Relations rId1, rId2, … in this order."""
    kinds = {"core": f"{_PACKAGE}/relationships/metadata/core-properties"}
    return element(
        "Relationships",
        {"xmlns": f"{_PACKAGE}/relationships"},
        *(
            element(
                "Relationship",
                {
                    "Id": f"rId{order}",
                    "Type": kinds.get(kind, f"{_OFFICE}/relationships/{kind}"),
                    "Target": target,
                },
            )
            for order, (kind, target) in enumerate(targets, start=1)
        ),
    )


def _settings() -> Xml:
    mode = w(
        "compatSetting",
        name="compatibilityMode",
        uri="http://schemas.microsoft.com/office/word",
        val=15,
    )
    return "".join(
        [
            w("zoom", percent=100),
            w("defaultTabStop", val=720),
            w("characterSpacingControl", val="doNotCompress"),
            w("compat", mode),
            w("themeFontLang", val=LANGUAGE),
            w("decimalSymbol", val=","),
            w("listSeparator", val=";"),
        ]
    )


def _page_number_looks() -> Xml:
    return w("pPr", w("pStyle", val=style_id(PAGE_NUMBER)))


def _page_number() -> Xml:
    number = w("fldSimple", w("r", w("t", "2")), instr=" PAGE ")
    return w("p", _page_number_looks(), number)


def _core(title: str, author: str) -> Xml:
    spaces = {
        "xmlns:cp": f"{_PACKAGE}/metadata/core-properties",
        "xmlns:dc": "http://purl.org/dc/elements/1.1/",
    }
    return element(
        "cp:coreProperties",
        spaces,
        element("dc:title", {}, spell(title)),
        element("dc:creator", {}, spell(author)),
        element("dc:language", {}, LANGUAGE),
    )


def _custom(properties: Mapping[str, str]) -> Xml:
    spaces = {"xmlns": f"{_OFFICE}/custom-properties", "xmlns:vt": f"{_OFFICE}/docPropsVTypes"}
    return element(
        "Properties",
        spaces,
        *(
            element(
                "property",
                {"fmtid": _CUSTOM, "pid": str(number), "name": name},
                element("vt:lpwstr", {}, spell(value)),
            )
            # Numbers below 2 are reserved.
            for number, (name, value) in enumerate(properties.items(), start=2)
        ),
    )
