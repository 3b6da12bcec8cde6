import io
from collections.abc import Callable
from typing import Any

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name

from portal.documents.conformance import faults_of_pdf
from portal.documents.fields import Prepared


def broken(prepared: Prepared, breaking: Callable[[pikepdf.Pdf], object], **how: Any) -> list[str]:
    with pikepdf.open(io.BytesIO(prepared.pdf)) as pdf:
        breaking(pdf)
        out = io.BytesIO()
        pdf.save(out, fix_metadata_version=False, **how)
    return faults_of_pdf(out.getvalue())


def widget(pdf: pikepdf.Pdf) -> Any:
    return pdf.Root.AcroForm.Fields[0]


def font(pdf: pikepdf.Pdf, subtype: str) -> Any:
    return next(
        thing
        for thing in pdf.objects
        if isinstance(thing, Dictionary)
        and thing.get(Name.Type) == "/Font"
        and thing.get(Name.Subtype) == subtype
    )


def drop(key: str) -> Callable[[pikepdf.Pdf], None]:
    return lambda pdf: pdf.Root.__delitem__(key)


def _javascript(pdf: pikepdf.Pdf) -> None:
    pdf.Root.OpenAction = Dictionary(S=Name.JavaScript, JS="app.alert(1)")


def _unembed(pdf: pikepdf.Pdf) -> None:
    del font(pdf, "/CIDFontType2").FontDescriptor.FontFile2


def _hide(pdf: pikepdf.Pdf) -> None:
    widget(pdf).F = 4 | 2


def _second_page_order(pdf: pikepdf.Pdf) -> None:
    del pdf.pages[0].obj.Tabs


def _forget_attachment(pdf: pikepdf.Pdf) -> None:
    pdf.Root.AF = Array()


def _lower_claim(pdf: pikepdf.Pdf) -> None:
    data = pdf.Root.Metadata.read_bytes()
    pdf.Root.Metadata.write(data.replace(b"conformance>A<", b"conformance>B<"))


def _no_ua(pdf: pikepdf.Pdf) -> None:
    data = pdf.Root.Metadata.read_bytes()
    pdf.Root.Metadata.write(data.replace(b"pdfuaid:part>1<", b"pdfuaid:part>7<"))


BREAKINGS: list[tuple[Callable[[pikepdf.Pdf], object], str]] = [
    (drop("/Metadata"), "thiếu siêu dữ liệu"),
    (_lower_claim, "PDF/A-3a"),
    (_no_ua, "PDF/UA-1"),
    (drop("/MarkInfo"), "cấu trúc thẻ"),
    (drop("/Lang"), "ngôn ngữ"),
    (drop("/ViewerPreferences"), "hiển thị tên"),
    (drop("/OutputIntents"), "đặc tả màu"),
    (_javascript, "hành động không được phép"),
    (lambda pdf: setattr(pdf.Root, "AA", Dictionary()), "tự chạy"),
    (_unembed, "không được nhúng"),
    (lambda pdf: font(pdf, "/Type0").__delitem__("/ToUnicode"), "Unicode"),
    (_hide, "không in ra được"),
    (lambda pdf: widget(pdf).__delitem__("/AP"), "không có hình hiển thị"),
    (lambda pdf: widget(pdf).__delitem__("/StructParent"), "nằm ngoài cấu trúc"),
    (lambda pdf: widget(pdf).__delitem__("/TU"), "lời giải thích"),
    (_second_page_order, "thứ tự cấu trúc"),
    (lambda pdf: setattr(pdf.Root.AcroForm, "NeedAppearances", True), "tự vẽ"),
    (lambda pdf: setattr(pdf.Root.AcroForm, "XFA", Array()), "XFA"),
    (_forget_attachment, "không nêu quan hệ"),
]


@pytest.mark.parametrize(("breaking", "sentence"), BREAKINGS)
def test_each_broken_rule_is_named(
    prepared: Prepared, breaking: Callable[[pikepdf.Pdf], object], sentence: str
) -> None:
    assert any(sentence in fault for fault in broken(prepared, breaking))


def test_a_sound_rewrite_has_no_fault(prepared: Prepared) -> None:
    assert broken(prepared, lambda pdf: None) == []


def test_an_encrypted_file_is_named(prepared: Prepared) -> None:
    locked = pikepdf.Encryption(owner="x", user="y")
    open_to_all = pikepdf.Encryption(owner="x", user="")
    assert "mã hóa" in broken(prepared, lambda pdf: None, encryption=locked)[0]
    assert "mã hóa" in broken(prepared, lambda pdf: None, encryption=open_to_all)[0]


@pytest.mark.parametrize("junk", [b"", b"%PDF-1.7", b"x" * 999])
def test_what_is_no_pdf_gets_one_sentence(junk: bytes) -> None:
    [fault] = faults_of_pdf(junk)
    assert fault.startswith("Không đọc được")
