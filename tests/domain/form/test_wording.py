"""Capitals, marks and words: what is wrong is found, what only looks so is let alone."""

import pytest

from tests.domain.content.documents import clause, plan
from workflows.domain.form.checking import check
from workflows.domain.form.examples import example_doc


def rules_of(text, level="para"):
    found = check(plan(clause("clause0001", text, level)), None, {})
    return [f.rule for f in found if f.block_id == "clause0001"]


RIGHT = [
    "Ủy ban nhân dân, Hội đồng nhân dân, Tòa án nhân dân, Viện kiểm sát nhân dân.",
    "Lực lượng vũ trang nhân dân, quỹ tín dụng nhân dân, đối ngoại nhân dân.",
    "Các cơ sở y tế, cán bộ y tế, trụ sở tài chính, cơ sở giáo dục và đào tạo.",
    "Quản lý nhà nước, cơ quan nhà nước, doanh nghiệp nhà nước.",
    "Lần thứ hai, người thứ ba, Cách mạng tháng Tám; vào thứ Hai hằng tuần.",
    "Đồng chí làm việc tại TP. Hồ Chí Minh, v.v. và các nơi khác.",
    "Hội nghị, hội thảo... trong tháng 5. Thành phố Hà Nội chủ trì.",
    "Trang tin tại https://hanoi.gov.vn, thư abc@hanoi.gov.vn, tỷ lệ 1:500.",
    "Gồm: a) hội nghị; b) hội thảo; 1) tọa đàm.",
    "Xây dựng kế hoạch của đơn vị, các kế hoạch này được gửi về Sở Nội vụ.",
    "Chương trình gồm 5 điều, 3 mục, 2 phần.",
    "Theo khoản 1 Điều 24 và điểm a khoản 2 Điều 5 của Luật.",
    "Bảo vệ bí mật nhà nước, tài liệu mật, tối mật được quản lý riêng.",
    "Tại Mục II Quyết định khác; phần II của báo cáo.",
    "Theo Phụ lục I, Phụ lục II ban hành kèm theo Quyết định của Thủ tướng Chính phủ.",
    "Bầu chủ tịch UBND cấp xã, các phó chủ tịch UBND Thành phố, chủ tịch UBND các quận.",
    "Chủ tịch nước, Thủ tướng Chính phủ, Phó Chủ tịch UBND Thành phố, giám đốc và tiến sĩ.",
    "Mừng ngày Quốc khánh 02/9, ngày Phụ nữ Việt Nam 20-10; Tết Nguyên đán; phụ nữ Việt Nam.",
    "Đài PT-TH Hà Nội, ĐT: 024.3825.3536.",
    "Khởi công, hoàn thành quý II, quý III; quá trình, khuyến khích.",
]


@pytest.mark.parametrize("text", RIGHT)
def test_right_words_are_let_alone(text):
    assert rules_of(text) == []


@pytest.mark.parametrize(
    ("text", "rule", "there", "suggestion"),
    [
        ("Vận động nhân dân tham gia.", "capital-people", "nhân dân", "Nhân dân"),
        ("Chính sách của Đảng, nhà nước.", "capital-state", "nhà nước", "Nhà nước"),
        ("Theo nghị quyết số 27/NQ-HĐND.", "capital-kind", "n", "N"),
        ("Theo kế hoạch này.", "capital-kind", "kế hoạch này", "Kế hoạch này"),
        ("Theo khoản 1 điều 24 của Luật.", "capital-article", "điều", "Điều"),
        ("Theo Khoản 1 Điều 24 của Luật.", "capital-article", "Khoản", "khoản"),
        ("Ở sở tài chính.", "capital-body", "sở tài chính", "Sở Tài chính"),
        ("Do Ủy Ban Nhân Dân giao.", "capital-body", "Ủy Ban Nhân Dân", "Ủy ban nhân dân"),
        ("Trên Thành phố Hà Nội.", "capital-place", "Thành phố", "thành phố"),
        ("Ở thành phố Hồ Chí Minh.", "capital-place", "thành phố", "Thành phố"),
        ("Tại thủ đô Hà Nội.", "capital-place", "thủ đô", "Thủ đô"),
        ("Vào thứ tư hằng tuần.", "capital-calendar", "tư", "Tư"),
        ("Do phó chủ tịch UBND Thành phố giao.", "capital-office", "phó chủ tịch", "Phó Chủ tịch"),
        ("Gương chủ tịch Hồ Chí Minh.", "capital-office", "chủ tịch", "Chủ tịch"),
        ("Do giáo sư Tôn Thất Tùng.", "capital-office", "giáo sư", "Giáo sư"),
        ("Vào ngày quốc tế lao động.", "capital-holiday", "quốc tế lao động", "Quốc tế Lao động"),
        ("Tết Trung Thu.", "capital-holiday", "Trung Thu", "Trung thu"),
        ("Đến hội nghị. các đơn vị dự.", "capital-sentence", "c", "C"),
        ("các đơn vị dự.", "capital-sentence", "c", "C"),
        ("Hội  nghị.", "spaces", "  ", " "),
        ("Hội nghị .", "space-before", " .", "."),
        ("Hội nghị,hội thảo.", "space-after", ",", ", "),
        ("Hội nghị.Các đơn vị.", "space-after", ".", ". "),
        ("Hội nghị (năm 2022.", "pair-open", "(", None),
        ("Hội nghị năm 2022).", "pair-open", ")", None),
        ('Chủ đề "Kỷ cương.', "pair-open", '"', None),
        ("Ở Hà Nôi.", "misreading", "Hà Nôi", "Hà Nội"),
        ("Ngày ... tháng ... năm 2022.", "place-left", "tháng ... ", None),
        ("Kế hoạch số .../KH-UBND.", "place-left", "số ...", None),
        ("a) Hội nghị.", "number-typed", "a) ", ""),
        ("II. Hội nghị", "number-typed", "II. ", ""),
        ("- Hội nghị", "number-typed", "- ", ""),
        ("Xem Mục V Kế hoạch này.", "reference-nowhere", "Mục V Kế hoạch này", None),
        ("Xem Phụ lục II kèm theo.", "annex-absent", "Phụ lục II", None),
    ],
)
def test_a_wrong_word_is_found_where_it_stands(text, rule, there, suggestion):
    found = check(plan(clause("clause0001", text)), None, {})
    [finding] = [f for f in found if f.rule == rule and f.block_id == "clause0001"]
    assert text[finding.start : finding.end] == there
    assert finding.suggestion == suggestion


def test_headings_in_capitals_are_not_about_case():
    assert rules_of("QUẢN LÝ CỦA ĐẢNG VÀ NHÀ NƯỚC, SỞ TÀI CHÍNH, NHÂN DÂN, OCOP", "part") == [
        "heading-single"
    ]


@pytest.mark.parametrize(
    ("filing", "rules"),
    [
        ("VT, KGVX", []),
        ("VT, ĐT (M)", []),
        ("VT, CN, Cm", []),
        ("VT, QHĐP (3) Cương", []),
        ("VT", ["filing-shape"]),
        ("VT, KGVX.", ["filing-shape"]),
        ("VT - KGVX", ["filing-shape"]),
        ("VT, KGVXHg", ["filing-shape"]),
        ("KGVX", ["filing-vt"]),
        ("Lưu: VT, KGVX", []),
    ],
)
def test_the_filing_line(filing, rules):
    doc = example_doc(f"filing: {filing}")
    assert [f.rule for f in check(doc, None, {})] == rules


@pytest.mark.parametrize(
    ("lines", "is_wrong"),
    [
        (["CHỦ TỊCH"], False),
        (["TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"], False),
        (["TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"], False),
        (["KT. BỘ TRƯỞNG", "THỨ TRƯỞNG"], False),
        (["Q. GIÁM ĐỐC"], False),
        (["TL. CHỦ TỊCH", "CHÁNH VĂN PHÒNG"], False),
        (["TL. CHỦ TỊCH", "KT. CHÁNH VĂN PHÒNG", "PHÓ CHÁNH VĂN PHÒNG"], False),
        (["TUQ. CHỦ TỊCH", "GIÁM ĐỐC SỞ NỘI VỤ"], False),
        (["KT. CHỦ TỊCH", "TM. ỦY BAN NHÂN DÂN"], True),
        (["KT. CHỦ TỊCH"], True),
        (["TM. ỦY BAN NHÂN DÂN"], True),
        (["KT. CHỦ TỊCH", "CHÁNH VĂN PHÒNG"], True),
        (["T/M ỦY BAN NHÂN DÂN", "CHỦ TỊCH"], True),
        (["TM ỦY BAN NHÂN DÂN", "CHỦ TỊCH"], True),
    ],
)
def test_the_powers_of_a_signature(lines, is_wrong):
    doc = example_doc("\n".join(f"power: {line}" for line in lines))
    assert [f.rule for f in check(doc, None, {})] == ["signature-prefix"] * is_wrong


@pytest.mark.parametrize(
    ("name", "is_wrong"),
    [
        *(("TS. Nguyễn Văn Mẫu", True), ("PGS.TS Lê Mẫu", True), ("Tiến sĩ Lê Mẫu", True)),
        *(("ThS. Lê Mẫu", True), ("Lê Thị Cnương", False), ("Trần Tiến Sĩ", False)),
    ],
)
def test_the_bare_name_of_the_signer(name, is_wrong):
    found = check(example_doc(f"signer: {name}"), None, {})
    assert [f.rule for f in found] == ["signer-degree"] * is_wrong


@pytest.mark.parametrize(
    ("example", "rules"),
    [
        ("power: Kt. Chủ tịch\npower: Phó Chủ tịch", ["signer-case"]),
        ("signer: NGUYỄN VĂN MẪU", ["signer-case"]),
        ("signer: Nguyễn văn Mẫu", ["signer-case"]),
        ("recipient: Sở Tài chính; Sở Nội vụ\nrecipient: Sở Y tế", ["recipient-line"]),
        ("recipient: VPUB: CVP, các PCVP; ", ["recipient-marks"]),
        ("title: Kế hoạch", []),
        ("title: KẾ HOẠCH NĂM 2026", ["title-case", "title-kind"]),
    ],
)
def test_capitals_and_lines_around_the_text(example, rules):
    found = [f.rule for f in check(example_doc(example), None, {})]
    assert [rule for rule in found if rule != "recipient-assignee"] == rules


@pytest.mark.parametrize("mark", [" ./.", ". /.", "./ .", "../.", "./..", "/.", "./", "//."])
def test_a_mistyped_closing_mark_is_put_right(mark):
    text = f"Yêu cầu các đơn vị thực hiện{mark}"
    found = check(example_doc(f"closing: {text}"), None, {})
    [finding] = [f for f in found if f.rule.startswith("closing")]
    assert (finding.rule, finding.suggestion) == ("closing-mark", "./.")
    assert text[: finding.start] + "./." == "Yêu cầu các đơn vị thực hiện./."


@pytest.mark.parametrize(
    ("headings", "is_told"),
    [
        (("MỤC ĐÍCH, YÊU CẦU", "NỘI DUNG", "TỔ CHỨC THỰC HIỆN", "KINH PHÍ"), False),
        (("KẾT QUẢ NĂM 2025", "MỤC ĐÍCH", "NHIỆM VỤ VÀ TỔ CHỨC THỰC HIỆN", "GIẢI PHÁP"), False),
        (("NỘI DUNG", "MỤC ĐÍCH", "TỔ CHỨC THỰC HIỆN"), True),
        (("TỔ CHỨC THỰC HIỆN", "NỘI DUNG"), True),
    ],
)
def test_the_order_of_the_parts(headings, is_told):
    doc = plan(*(clause(f"clause{at:04d}", text, "part") for at, text in enumerate(headings)))
    assert ("parts-order" in [f.rule for f in check(doc, None, {})]) is is_told


def test_two_annexes_are_each_named():
    doc = example_doc("closing: Theo Phụ lục II kèm theo./.\nannex: NHIỆM VỤ\nannex: KINH PHÍ")
    [finding] = check(doc, None, {})
    assert (finding.rule, finding.place) == ("annex-unnamed", "Phụ lục I, tiêu đề")
    every = example_doc("closing: Theo các Phụ lục kèm theo./.\nannex: NHIỆM VỤ\nannex: KINH PHÍ")
    assert check(every, None, {}) == []


def test_cells_of_a_table_may_be_short():
    cells = "\n".join(f"cell: {text}" for text in ("1. ", "", "27/NQ-HĐND", "chưa có"))
    found = check(example_doc(f"part: A\n{cells}\npart: B"), None, {})
    assert [f.rule for f in found] == []
