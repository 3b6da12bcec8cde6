"""Ways to change a signed PDF that leave its earlier bytes, and so its digests, alone."""

import io
from collections.abc import Callable, Mapping

import pikepdf
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.generic import pdf_name
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.fields import SigFieldSpec, append_signature_field

from portal.documents.typesetting import appearance
from portal.signing.appearance import field_named, fill_text, size_of

Change = Callable[[IncrementalPdfFileWriter], None]


def incremental(pdf: bytes, change: Change) -> bytes:
    """Append one revision made by *change*."""
    writer = IncrementalPdfFileWriter(io.BytesIO(pdf))
    change(writer)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def overlay(writer: IncrementalPdfFileWriter) -> None:
    text = generic.StreamObject(stream_data=b"0.9 g 100 500 300 60 re f")
    page = _first_page(writer)
    page["/Contents"] = generic.ArrayObject(
        [*_references(page.raw_get("/Contents")), writer.add_object(text)]
    )
    writer.update_container(page)


def annotation(writer: IncrementalPdfFileWriter) -> None:
    page = _first_page(writer)
    note = {
        "/Type": pdf_name("/Annot"),
        "/Subtype": pdf_name("/FreeText"),
        "/Contents": generic.pdf_string("Sửa"),
        "/Rect": _numbers(100, 500, 300, 560),
    }
    page["/Annots"].append(writer.add_object(_dictionary(note)))
    writer.update_container(page["/Annots"])


def crop_box(writer: IncrementalPdfFileWriter) -> None:
    page = _first_page(writer)
    page[pdf_name("/CropBox")] = _numbers(0, 400, 595, 842)
    writer.update_container(page)


def moved_number(writer: IncrementalPdfFileWriter) -> None:
    reference = field_named(writer, "so")
    reference.get_object()["/Rect"] = _numbers(200, 200, 240, 215)
    writer.mark_update(reference)


def swapped_signature_picture(writer: IncrementalPdfFileWriter) -> None:
    reference = field_named(writer, "ky_lanh_dao")
    _show(writer, reference, appearance("chu_ky", 130, 62, text="Người khác"))


def swapped_number_picture(writer: IncrementalPdfFileWriter) -> None:
    reference = field_named(writer, "so")
    _show(writer, reference, appearance("so", *size_of(reference.get_object()), text="83"))


def deleted_field(writer: IncrementalPdfFileWriter) -> None:
    fields = writer.root["/AcroForm"]["/Fields"]
    del fields[0]
    writer.update_container(fields)


def refilled_number(writer: IncrementalPdfFileWriter) -> None:
    fill_text(writer, "so", "83")


def replaced_font(writer: IncrementalPdfFileWriter) -> None:
    page = _first_page(writer)
    fonts = page["/Resources"]["/Font"]
    file = fonts[next(iter(fonts))]["/DescendantFonts"][0].get_object()["/FontDescriptor"]
    name = "/FontFile2" if "/FontFile2" in file else "/FontFile3"
    reference = file.raw_get(name)
    stream = reference.get_object()
    stream._data = stream.data + b" "
    stream._encoded_data = None
    writer.mark_update(reference)


def script_at_opening(writer: IncrementalPdfFileWriter) -> None:
    action = {"/S": pdf_name("/JavaScript"), "/JS": generic.pdf_string("app.alert(1)")}
    writer.root[pdf_name("/OpenAction")] = _dictionary(action)
    writer.update_root()


def nothing_at_all(writer: IncrementalPdfFileWriter) -> None:
    writer.update_root()


def replaced_metadata(writer: IncrementalPdfFileWriter) -> None:
    stream = generic.StreamObject(
        _dictionary({"/Type": pdf_name("/Metadata"), "/Subtype": pdf_name("/XML")}),
        stream_data=b"<x:xmpmeta xmlns:x='adobe:ns:meta/'/>",
    )
    writer.root[pdf_name("/Metadata")] = writer.add_object(stream)
    writer.update_root()


def visible_signature_field(writer: IncrementalPdfFileWriter) -> None:
    append_signature_field(writer, SigFieldSpec("them", box=(10, 10, 100, 60)))


def hidden_signature_field(writer: IncrementalPdfFileWriter) -> None:
    append_signature_field(writer, SigFieldSpec("them"))


INCREMENTAL: dict[str, Change] = {
    change.__name__: change
    for change in (
        overlay,
        annotation,
        crop_box,
        moved_number,
        swapped_signature_picture,
        swapped_number_picture,
        deleted_field,
        refilled_number,
        replaced_font,
        script_at_opening,
        nothing_at_all,
        replaced_metadata,
        visible_signature_field,
        hidden_signature_field,
    )
}


def rewritten(pdf: bytes) -> bytes:
    """The same document written anew, as any PDF tool would."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        out = io.BytesIO()
        document.save(out)
        return out.getvalue()


def without_lock(prepared: bytes) -> bytes:
    """A prepared plan whose seal would lock no field."""
    with pikepdf.open(io.BytesIO(prepared)) as document:
        for field in document.Root.AcroForm.Fields:
            if field.T == "con_dau":
                del field.Lock
        out = io.BytesIO()
        document.save(out)
        return out.getvalue()


def encrypted(pdf: bytes, user_password: str) -> bytes:
    with pikepdf.open(io.BytesIO(pdf)) as document:
        out = io.BytesIO()
        document.save(out, encryption=pikepdf.Encryption(owner="chu", user=user_password))
        return out.getvalue()


def gaps(pdf: bytes) -> list[tuple[int, int]]:
    """Where the containers stand, that is what each signature leaves out."""
    signatures = PdfFileReader(io.BytesIO(pdf)).embedded_signatures
    return [(int(one.byte_range[1]), int(one.byte_range[2])) for one in signatures]


def _first_page(writer: IncrementalPdfFileWriter) -> generic.DictionaryObject:
    reference, _ = writer.find_page_for_modification(0)
    page: generic.DictionaryObject = reference.get_object()
    return page


def _references(contents: object) -> list[object]:
    return list(contents) if isinstance(contents, generic.ArrayObject) else [contents]


def _numbers(*values: float) -> generic.ArrayObject:
    return generic.ArrayObject(generic.FloatObject(value) for value in values)


def _dictionary(entries: Mapping[str, generic.PdfObject]) -> generic.DictionaryObject:
    return generic.DictionaryObject({pdf_name(key): value for key, value in entries.items()})


def _show(
    writer: IncrementalPdfFileWriter, reference: generic.IndirectObject, picture: bytes
) -> None:
    shown = writer.import_page_as_xobject(PdfFileReader(io.BytesIO(picture)))
    reference.get_object()["/AP"] = _dictionary({"/N": shown})
    writer.mark_update(reference)
