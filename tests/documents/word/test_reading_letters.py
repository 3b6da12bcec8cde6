"""Texts typed for TCVN3 and VNI fonts become Unicode, to the last letter, and that is told."""

import shutil
import subprocess
import unicodedata

import pytest

from portal.documents.word.reader.legacy import Encoding, encoding_of, looks_misread, to_unicode
from portal.documents.word.reading import WordRefused
from tests.documents.word.foreign import (
    TAIL,
    clauses,
    docx,
    doubts,
    outline,
    paragraph,
    plan,
    read,
    run,
    style,
    styled,
    styles,
)

VOWELS = "aăâeêioôơuưy"
TONES = ("", "\u0300", "\u0301", "\u0309", "\u0303", "\u0323")
LETTERS = [unicodedata.normalize("NFC", vowel + tone) for vowel in VOWELS for tone in TONES] + ["đ"]


def parted(*rows: str) -> list[str]:
    return [each for row in rows for each in row.split(" ")]


# VNI as its makers printed it: the small letters in the order of LETTERS.
VNI = parted(
    "a aø aù aû aõ aï aê aè aé aú aü aë aâ aà aá aå aã aä",
    "e eø eù eû eõ eï eâ eà eá eå eã eä i ì í æ ó ò",
    "o oø où oû oõ oï oâ oà oá oå oã oä ô ôø ôù ôû ôõ ôï",
    "u uø uù uû uõ uï ö öø öù öû öõ öï y yø yù yû yõ î ñ",
)
TCVN3 = parted(
    "a µ ¸ ¶ · ¹ ¨ » ¾ ¼ ½ Æ © Ç Ê È É Ë e Ì Ð Î Ï Ñ ª Ò Õ Ó Ô Ö i × Ý Ø Ü Þ",
    "o ß ã á â ä « å è æ ç é ¬ ê í ë ì î u ï ó ñ ò ô \u00ad õ ø ö ÷ ù y ú ý û ü þ ®",
)


def font(name: str) -> str:
    return f'<w:rFonts w:ascii="{name}" w:hAnsi="{name}"/>'


@pytest.mark.parametrize(("meant", "typed"), list(zip(LETTERS, VNI, strict=True)))
def test_every_letter_of_vni_is_known_small_and_capital(meant: str, typed: str) -> None:
    assert to_unicode(typed, Encoding.VNI) == meant
    assert to_unicode(typed.upper(), Encoding.VNI) == meant.upper()
    assert to_unicode(f"t{typed}n", Encoding.VNI) == f"t{meant}n"


@pytest.mark.parametrize(("meant", "typed"), list(zip(LETTERS, TCVN3, strict=True)))
def test_every_letter_of_tcvn3_is_known_and_shown_as_a_capital_by_an_h_font(
    meant: str, typed: str
) -> None:
    assert to_unicode(typed, Encoding.TCVN3) == meant
    assert to_unicode(typed, Encoding.TCVN3_CAPITALS) == meant.upper()


@pytest.mark.skipif(shutil.which("iconv") is None, reason="no iconv")
def test_tcvn3_agrees_with_the_table_of_the_c_library() -> None:
    for code in range(0xA1, 0xFF):
        if 0xB0 <= code <= 0xB4:
            continue  # Loose accents.
        told = subprocess.run(
            ["iconv", "-f", "TCVN5712-1", "-t", "UTF-8"],
            input=bytes([0x20, code]),
            capture_output=True,
            check=True,
        )
        expected = unicodedata.normalize("NFC", told.stdout.decode().strip())
        assert to_unicode(chr(code), Encoding.TCVN3) == expected


@pytest.mark.parametrize(
    ("name", "encoding"),
    [
        (".VnTime", Encoding.TCVN3),
        (".VnTimeH", Encoding.TCVN3_CAPITALS),
        (".vnarial", Encoding.TCVN3),
        ("VNI-Times", Encoding.VNI),
        ("VNI Helve", Encoding.VNI),
        ("VPS Times", Encoding.UNKNOWN),
        ("VNtimes new roman", Encoding.UNKNOWN),
        ("Times New Roman", Encoding.UNICODE),
        ("SVN-Gilroy", Encoding.UNICODE),
        ("UVN Bai Sau", Encoding.UNICODE),
        (None, Encoding.UNICODE),
    ],
)
def test_fonts_are_known_by_their_names(name: str | None, encoding: Encoding) -> None:
    assert encoding_of(name) is encoding


def test_a_tcvn3_file_is_converted_and_told_once() -> None:
    data = plan(
        paragraph(run("I. ", font(".VnTimeH")), run("môc ®Ých", font(".VnTimeH"))),
        paragraph(run("- Céng hoµ x· héi chñ nghÜa ViÖt Nam", font(".VnTime"))),
        # Word writes the letter ư of TCVN3, 0xAD, as a soft hyphen.
        f"<w:p><w:r><w:rPr>{font('.VnTime')}</w:rPr><w:t>- ng</w:t><w:softHyphen/>"
        "<w:t>êi d©n</w:t></w:r></w:p>",
    )
    assert clauses(data) == [
        ("I.", "MỤC ĐÍCH"),
        ("-", "Cộng hoà xã hội chủ nghĩa Việt Nam"),
        ("-", "người dân"),
    ]
    told = [sentence for sentence, _ in doubts(data)]
    assert len(told) == 2
    assert "“.VnTimeH”" in told[0]
    assert "(mã TCVN3) ở 2 đoạn" in told[1]


def test_a_letter_and_its_vni_accent_may_stand_in_two_runs() -> None:
    data = plan(
        paragraph("I. MỘT"),
        paragraph(run("- Vie", font("VNI-Times")), run("ät", font("VNI-Times"))),
    )
    assert clauses(data)[-1] == ("-", "Việt")


def test_the_font_may_come_from_a_style_or_a_theme() -> None:
    theme = (
        '<a:theme xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><a:fontScheme>'
        '<a:minorFont><a:latin typeface="VNI-Times"/></a:minorFont></a:fontScheme></a:theme>'
    )
    sheet = styles(
        style("Old", run_properties=font(".VnTime")),
        style("Themed", run_properties='<w:rFonts w:asciiTheme="minorHAnsi" w:ascii="Arial"/>'),
    )
    data = plan(
        paragraph("I. MỘT"),
        styled("Céng", "Old"),
        styled("Coäng", "Themed"),
        styles=sheet,
        theme=theme,
    )
    assert [text for _, text in clauses(data)[1:]] == ["Cộng", "Cộng"]


def test_unicode_in_an_old_font_stays_as_it_is() -> None:
    data = plan(paragraph("I. MỘT"), paragraph(run("- Việt Nam", font(".VnTime"))))
    assert clauses(data)[-1] == ("-", "Việt Nam")
    assert doubts(data) == []


def test_plain_latin_in_an_unknown_old_font_is_no_obstacle() -> None:
    data = plan(paragraph("I. MỘT"), paragraph(run("- COVID-19", font("VPS Times"))))
    assert clauses(data)[-1] == ("-", "COVID-19")


def test_a_file_in_an_unknown_old_font_is_refused_by_name() -> None:
    garbled = run("- VieÄt Nam ñoÄc laÄp " * 20, font("VPS Times"))
    with pytest.raises(WordRefused, match="VPS Times"):
        read(plan(paragraph("I. MỘT"), paragraph(garbled)))


def test_a_few_words_in_an_unknown_old_font_stay_and_are_told() -> None:
    data = plan(paragraph("I. MỘT"), paragraph(run("- VieÄt", font("VPS Times"))))
    assert clauses(data)[-1] == ("-", "VieÄt")
    [(sentence, place)] = doubts(data)
    assert "không biết đổi" in sentence
    assert place == "VieÄt"


def test_old_and_new_letters_in_one_paragraph_of_one_font_are_told_apart() -> None:
    old, vni = font(".VnTime"), font("VNI-Times")
    data = plan(
        paragraph("I. MỘT"),
        paragraph("- Ủy ban ", run("nh©n d©n Thµnh phè", old), " Hà Nội"),
        paragraph(run("- Việt Nam ", old), run("Céng hoµ", f"{old}<w:b/>"), run(" và tôi", old)),
        paragraph(run("- Việt Nam ", vni), run("Coäng hoøa", f"{vni}<w:i/>")),
    )
    assert [text for _, text in clauses(data)[1:]] == [
        "Ủy ban nhân dân Thành phố Hà Nội",
        "Việt Nam Cộng hoà và tôi",
        "Việt Nam Cộng hòa",
    ]


def test_old_letters_in_a_new_font_beside_unicode_are_told_with_what_they_may_be() -> None:
    data = plan(paragraph("I. MỘT"), paragraph("- Céng hoµ x· héi"), paragraph("- Genève, Noël"))
    assert clauses(data)[-2] == ("-", "Céng hoµ x· héi")
    [told] = read(data).doubts
    assert told.excerpt.endswith("→ - Cộng hoà xã hội")


def test_old_letters_in_a_new_font_are_refused() -> None:
    garbled = "Céng hoµ x· héi chñ nghÜa ViÖt Nam, ®éc lËp, tù do, h¹nh phóc. " * 5
    assert looks_misread(garbled)
    assert not looks_misread("Độc lập - Tự do - Hạnh phúc. " * 5 + "µ ¸")
    assert not looks_misread("Un café à Genève, où l'été naît. " * 50)
    with pytest.raises(WordRefused, match="bảng mã cũ"):
        read(docx(paragraph(garbled)))


def test_the_title_may_be_in_an_old_font_too() -> None:
    data = docx(
        (
            paragraph(run("kÕ ho¹ch", font(".VnTimeH"), "<w:b/>")),
            paragraph(run("Tuyªn truyÒn", font(".VnTime"))),
            paragraph("I. MỘT"),
            *TAIL,
        )
    )
    assert outline(data)[0] == ("title", "Tuyên truyền")
