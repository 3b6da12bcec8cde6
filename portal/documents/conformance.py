"""Own checks that a PDF keeps what PDF/A-3a and PDF/UA-1 promise, after every revision.

typst declares the conformance and refuses what breaks it; these checks watch over what fields,
signatures and seals add afterwards. They are not veraPDF and cover the most telling rules only:
say "declared by typst, with own checks", never "validated". Numbers are clauses of ISO 19005-3
(PDF/A-3) and, with UA, of ISO 14289-1.
"""

import io
from collections.abc import Callable, Iterator
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Stream

PRINT, HIDING = 4, 1 | 2 | 32 | 256
FORBIDDEN_ACTIONS = (
    *("/JavaScript", "/Launch", "/Sound", "/Movie", "/ResetForm", "/ImportData", "/Hide"),
    *("/SetOCGState", "/Rendition", "/Trans", "/GoTo3DView"),
)
FORBIDDEN_ANNOTATIONS = ("/3D", "/Sound", "/Screen", "/Movie", "/RichMedia")
FONT_FILES = (Name.FontFile, Name.FontFile2, Name.FontFile3)
UA_PART = "{http://www.aiim.org/pdfua/ns/id/}part"

Rule = Callable[[pikepdf.Pdf], Iterator[str]]


def faults_of_pdf(pdf: bytes) -> list[str]:
    """Return a Vietnamese sentence for every broken rule; none means that nothing was found."""
    try:
        with pikepdf.open(io.BytesIO(pdf)) as document:
            return [fault for rule in RULES for fault in rule(document)]
    except pikepdf.PasswordError:
        return ["Tệp PDF được mã hóa (6.1.3)."]
    except Exception as error:
        # A damaged file raises whatever it likes, in pikepdf as in these rules.
        return [f"Không đọc được cấu trúc tệp PDF: {error}"]


def _file(pdf: pikepdf.Pdf) -> Iterator[str]:
    if pdf.is_encrypted:
        yield "Tệp PDF được mã hóa (6.1.3)."
    if Name.ID not in pdf.trailer:
        yield "Tệp PDF thiếu mã định danh ID (6.1.3)."


def _declarations(pdf: pikepdf.Pdf) -> Iterator[str]:
    if Name.Metadata not in pdf.Root:
        yield "Tệp PDF thiếu siêu dữ liệu XMP (6.6.2)."
        return
    with pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as xmp:
        if xmp.pdfa_status != "3A":
            yield "Siêu dữ liệu không khai báo PDF/A-3a (6.6.4)."
        if xmp.get(UA_PART) != "1":
            yield "Siêu dữ liệu không khai báo PDF/UA-1 (UA 5)."
        if not xmp.get("dc:title"):
            yield "Siêu dữ liệu thiếu tên văn bản (UA 7.1)."


def _structure(pdf: pikepdf.Pdf) -> Iterator[str]:
    root = pdf.Root
    if (
        not root.get(Name.MarkInfo, Dictionary()).get("/Marked", False)
        or Name.StructTreeRoot not in root
    ):
        yield "Tệp PDF không có cấu trúc thẻ (6.7.2, 6.7.3)."
    if not str(root.get(Name.Lang, "")):
        yield "Tệp PDF không khai báo ngôn ngữ (6.7.4)."
    if not root.get(Name.ViewerPreferences, Dictionary()).get("/DisplayDocTitle", False):
        yield "Tệp PDF không yêu cầu hiển thị tên văn bản (UA 7.1)."


def _colour(pdf: pikepdf.Pdf) -> Iterator[str]:
    intents: Any = pdf.Root.get(Name.OutputIntents, Array())
    if not any(
        intent.get(Name.S) == "/GTS_PDFA1" and Name.DestOutputProfile in intent
        for intent in intents
    ):
        yield "Tệp PDF thiếu đặc tả màu đầu ra (6.2.3)."


def _objects(pdf: pikepdf.Pdf) -> Iterator[str]:
    for whole in pdf.objects:
        for thing in _within(whole):
            yield from _action(thing)
            if isinstance(thing, Stream):
                yield from _stream(thing)
            elif thing.get(Name.Type) == "/Font":
                yield from _font(thing)


def _within(whole: Any) -> Iterator[Any]:
    """Yield the dictionaries and streams of one object that have no number of their own."""
    waiting = [whole]
    while waiting:
        thing = waiting.pop()
        if isinstance(thing, Dictionary | Stream):
            yield thing
            waiting.extend(value for _, value in thing.items() if not _is_elsewhere(value))
        elif isinstance(thing, Array):
            waiting.extend(value for value in thing if not _is_elsewhere(value))


def _is_elsewhere(value: Any) -> bool:
    return not isinstance(value, Dictionary | Array) or value.is_indirect


def _stream(stream: Any) -> Iterator[str]:
    filters = stream.get(Name.Filter, [])
    names = [filters] if isinstance(filters, Name) else list(filters)
    if any(name in ("/LZWDecode", "/Crypt") for name in names):
        yield "Tệp PDF dùng cách nén không được phép (6.1.7.2)."
    if Name.F in stream or Name.FFilter in stream:
        yield "Tệp PDF lấy dữ liệu từ tệp bên ngoài (6.1.7.1)."


def _action(thing: Any) -> Iterator[str]:
    if thing.get(Name.S) in FORBIDDEN_ACTIONS or Name.JS in thing:
        yield f"Tệp PDF chứa hành động không được phép {thing.get(Name.S)} (6.5.1)."
    if Name.AA in thing:
        yield "Tệp PDF chứa hành động tự chạy (6.5.2)."


def _font(font: Any) -> Iterator[str]:
    name = str(font.get(Name.BaseFont, "không tên"))
    if font.get(Name.Subtype) == "/Type0":
        if Name.ToUnicode not in font:
            yield f"Phông chữ {name} không ánh xạ sang Unicode (6.2.11.7)."
        return
    if font.get(Name.Subtype) == "/Type3":
        return
    descriptor = font.get(Name.FontDescriptor, Dictionary())
    if not any(file in descriptor for file in FONT_FILES):
        yield f"Phông chữ {name} không được nhúng (6.2.11.4)."


def _annotations(pdf: pikepdf.Pdf) -> Iterator[str]:
    for number, page in enumerate(pdf.pages, start=1):
        annotations = page.obj.get(Name.Annots, Array())
        if len(annotations) and page.obj.get(Name.Tabs) != "/S":
            yield f"Trang {number} không đi theo thứ tự cấu trúc (UA 7.18.3)."
        for annotation in annotations:
            yield from _annotation(annotation, number)


def _annotation(annotation: Any, page: int) -> Iterator[str]:
    if annotation.get(Name.Subtype) in FORBIDDEN_ANNOTATIONS:
        yield f"Trang {page} có chú thích không được phép (6.3.1)."
    flags = int(annotation.get(Name.F, 0))
    if not flags & PRINT or flags & HIDING:
        yield f"Trang {page} có ô hoặc chú thích không in ra được (6.3.2)."
    left, bottom, right, top = (float(edge) for edge in annotation.Rect)
    if left != right and bottom != top:
        yield from _visible(annotation, page)


def _visible(annotation: Any, page: int) -> Iterator[str]:
    name = str(annotation.get(Name.T, annotation.get(Name.Subtype, "")))
    if not isinstance(annotation.get(Name.AP, Dictionary()).get(Name.N), Stream):
        yield f"Ô {name} ở trang {page} không có hình hiển thị (6.3.3)."
    if Name.StructParent not in annotation:
        yield f"Ô {name} ở trang {page} nằm ngoài cấu trúc thẻ (UA 7.18.4)."
    if annotation.get(Name.Subtype) == "/Widget" and not str(annotation.get(Name.TU, "")):
        yield f"Ô {name} ở trang {page} không có lời giải thích (UA 7.18.1)."


def _form(pdf: pikepdf.Pdf) -> Iterator[str]:
    form = pdf.Root.get(Name.AcroForm, Dictionary())
    if form.get(Name.NeedAppearances, False):
        yield "Biểu mẫu để phần mềm đọc tự vẽ các ô (6.4.1)."
    if Name.XFA in form:
        yield "Tệp PDF chứa biểu mẫu XFA (6.4.2)."


def _attachments(pdf: pikepdf.Pdf) -> Iterator[str]:
    associated = [entry.objgen for entry in pdf.Root.get(Name.AF, [])]
    for thing in pdf.objects:
        if not (isinstance(thing, Dictionary) and Name.EF in thing):
            continue
        name = str(thing.get(Name.UF, thing.get(Name.F, "không tên")))
        if Name.AFRelationship not in thing or thing.objgen not in associated:
            yield f"Tệp đính kèm {name} không nêu quan hệ với văn bản (6.8)."
        if Name.F not in thing or Name.UF not in thing:
            yield f"Tệp đính kèm {name} thiếu tên tệp (6.8)."
        if Name.Subtype not in thing.EF.get(Name.F, {}):
            yield f"Tệp đính kèm {name} thiếu loại dữ liệu (6.8)."


RULES: tuple[Rule, ...] = (
    *(_file, _declarations, _structure, _colour),
    *(_objects, _annotations, _form, _attachments),
)
