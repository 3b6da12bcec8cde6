"""Writes the part of a Word file that holds its styles."""

from collections.abc import Iterator

from portal.documents.word import names
from portal.documents.word.markup import Xml, w
from portal.documents.word.styles import HEADINGS, NORMAL, TITLE, Style, size_of, style_id, styles

FONT = "Times New Roman"
LANGUAGE = "vi-VN"


def styles_part() -> Xml:
    """The whole part, without its declaration."""
    fonts = dict.fromkeys(("ascii", "hAnsi", "eastAsia", "cs"), FONT)
    language = w("lang", val=LANGUAGE, eastAsia=LANGUAGE, bidi="ar-SA")
    defaults = w(
        "docDefaults",
        w("rPrDefault", w("rPr", w("rFonts", **fonts), *size_of(14), language)),
        w("pPrDefault", w("pPr", w("spacing", before=0, after=0, line=240, lineRule="auto"))),
    )
    return defaults + "".join([_normal(), *_helpers(), *map(_paragraph, styles())])


def _normal() -> Xml:
    return w(
        "style", w("name", val=NORMAL), w("qFormat"), type="paragraph", default=1, styleId=NORMAL
    )


def _helpers() -> Iterator[Xml]:
    """The table that all tables are by default, and the two styles of letters."""
    margins = [w(side, w=0, type="dxa") for side in ("top", "left", "bottom", "right")]
    looks = w("tblPr", w("tblInd", w=0, type="dxa"), w("tblCellMar", *margins))
    yield w(
        "style",
        w("name", val="Normal Table"),
        w("uiPriority", val=99),
        w("semiHidden"),
        w("unhideWhenUsed"),
        looks,
        type="table",
        default=1,
        styleId="TableNormal",
    )
    for name in (names.GENERATED, names.PURPOSE):
        yield w(
            "style",
            w("name", val=name),
            w("qFormat"),
            type="character",
            customStyle=1,
            styleId=style_id(name),
        )


def _paragraph(style: Style) -> Xml:
    is_own = style.name not in (*HEADINGS, TITLE)
    following = names.CLAUSES["para"] if style.outline is not None or "đề" in style.name else ""
    head = [
        w("name", val=style.name),
        w("basedOn", val=style_id(style.base)),
        w("next", val=style_id(following)) if following else "",
        w("qFormat"),
    ]
    kind: dict[str, str | int] = {"type": "paragraph", "styleId": style_id(style.name)}
    return w(
        "style",
        *head,
        _of_paragraph(style),
        _of_letters(style),
        **(kind | ({"customStyle": 1} if is_own else {})),
    )


def _of_paragraph(style: Style) -> Xml:
    edge = w("pBdr", w("top", val="single", sz=5, space=0, color="auto"))
    spacing: dict[str, str | int] = {
        name: value
        for name, value in (("before", style.before), ("after", style.after))
        if value is not None
    }
    if style.height is not None:
        spacing |= {"line": style.height, "lineRule": "exact"}
    indents = [w("ind", firstLine=style.first)] if style.first is not None else []
    if style.hanging is not None:
        indents = [w("ind", left=style.hanging, hanging=style.hanging)]
    return w(
        "pPr",
        w("keepNext") if style.keeps_next else "",
        edge if style.is_ruled else "",
        w("spacing", **spacing) if spacing else "",
        *indents,
        w("jc", val=style.align) if style.align else "",
        w("outlineLvl", val=style.outline) if style.outline is not None else "",
    )


def _of_letters(style: Style) -> Xml:
    return w(
        "rPr",
        w("b") if style.is_bold else "",
        w("i") if style.is_italic else "",
        w("caps") if style.is_capital else "",
        *size_of(style.size),
    )
