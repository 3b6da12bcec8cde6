from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

from portal.documents.conformance import faults_of_pdf
from portal.documents.pictures import page_count
from portal.documents.register import COLUMNS, Entry, register_pdf
from tests.documents.plans import AT
from tests.documents.poppler import words_of

ONE = Entry(
    number_symbol="01/KH-UBND",
    date=date(2027, 1, 4),
    kind_title="Kế hoạch #panic() *Chuyển đổi số* năm 2027",
    signer="Nguyễn Thử Nghiệm",
    recipients="Các Sở, ban, ngành",
    keeper="VT, KGVX",
    copies=2,
    sent_on=date(2027, 1, 5),
    note="Thu hồi",
)
MANY = [
    replace(ONE, number_symbol=f"{n:02d}/KH-UBND", date=ONE.date + timedelta(days=n))
    for n in range(1, 61)
]
HA_NOI = "Ủy ban nhân dân thành phố Hà Nội"


def test_the_register_has_its_ten_columns_on_every_page(tmp_path: Path) -> None:
    pdf = register_pdf(MANY, HA_NOI, 2027, AT)
    assert len(COLUMNS) == 10
    assert page_count(pdf) > 3
    for page in range(1, page_count(pdf) + 1):
        words = words_of(tmp_path, pdf, page)
        assert all(f"({n})" in words for n in range(1, 11))
        assert "Ký nhận" in words
        assert words.split()[0] == str(page)


def test_every_entry_is_printed_as_it_is(tmp_path: Path) -> None:
    words = words_of(tmp_path, register_pdf(MANY, HA_NOI, 2027, AT))
    assert "SỔ ĐĂNG KÝ VĂN BẢN ĐI Năm: 2027" in words
    assert "Từ số 01/KH-UBND đến số 60/KH-UBND; từ ngày 05/01/2027" in words
    assert all(entry.number_symbol in words for entry in MANY)
    assert words.count("#panic()") == len(MANY)
    assert words.count("Thu hồi") == len(MANY)


def test_an_empty_year_prints_too(tmp_path: Path) -> None:
    words = words_of(tmp_path, register_pdf([], HA_NOI, 2027, AT))
    assert "Chưa có văn bản nào được đăng ký." in words


def test_it_is_deterministic_and_conforms() -> None:
    pdf = register_pdf(MANY, HA_NOI, 2027, AT)
    assert pdf == register_pdf(MANY, HA_NOI, 2027, AT)
    assert faults_of_pdf(pdf) == []
