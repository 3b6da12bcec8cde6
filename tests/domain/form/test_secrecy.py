"""A mark of secrecy stops a plan; ordinary plans speak of secrets and are not stopped."""

import pytest

from tests.domain.content.documents import clause, node, plan
from workflows.domain.form.checking import check, missing_for_submission
from workflows.domain.form.examples import example_doc

SECRECY = ("secret-mark", "secret-doubt")


def secrecy_of(text, level="para"):
    found = check(plan(clause("clause0001", text, level)), None, {})
    return [f.rule for f in found if f.rule in SECRECY]


ORDINARY = [
    "Thực hiện nghiêm Luật Bảo vệ bí mật nhà nước; bảo vệ bí mật nhà nước trên không gian mạng.",
    "Mật độ dân cư cao; giữ bí mật công tác, bí mật kinh doanh, mật khẩu.",
    "Tài liệu mật (tối mật, tuyệt mật) được quản lý riêng theo quy định.",
    "Ban hành danh mục bí mật nhà nước độ Tuyệt mật, Tối mật, Mật thuộc lĩnh vực nội vụ.",
    "Văn bản có độ mật: Mật, Tối mật, Tuyệt mật được đăng ký vào sổ riêng.",
    "Đóng dấu chỉ độ mật TUYỆT MẬT, TỐI MẬT hoặc MẬT lên tài liệu theo Nghị định.",
    "Trang bị tủ MẬT, máy tính soạn thảo văn bản MẬT không kết nối mạng.",
    "Các văn bản mật không gửi qua hệ thống này; độ mật do người ký quyết định.",
    "Tài liệu này không phải bí mật nhà nước.",
    "BẢO VỆ BÍ MẬT NHÀ NƯỚC",
    "QUẢN LÝ TÀI LIỆU TỐI MẬT, TUYỆT MẬT",
    "Độ mật: do người soạn thảo đề xuất, người ký quyết định.",
]


@pytest.mark.parametrize("level", ["part", "sec", "dash", "para"])
def test_an_ordinary_plan_may_speak_of_secrets(level):
    body = [clause(f"clause{at:04d}", text, level) for at, text in enumerate(ORDINARY)]
    doc = plan(
        *body,
        title=node(
            "title", "Bảo vệ bí mật nhà nước của thành phố Hà Nội năm 2026", id="title00001"
        ),
        opening=node("opening", "Để bảo vệ bí mật nhà nước, Thành phố ban hành:", id="opening001"),
    )
    assert [f.sentence for f in check(doc, None, {}) if f.rule in SECRECY] == []
    assert missing_for_submission(doc) == []


@pytest.mark.parametrize(
    "text",
    [
        *("MẬT", "TỐI MẬT", "(TUYỆT MẬT)", "[ MẬT ]", "TỐI\u00a0 MẬT.", "“MẬT”"),
        *("Độ mật: Tối mật", "ĐỘ MẬT: MẬT", "Dấu chỉ độ mật: Mật.", "Mức độ mật: Tuyệt mật"),
        "MẬT\nUBND Thành phố ban hành",
    ],
)
def test_a_mark_that_stands_alone_stops_the_plan(text):
    assert secrecy_of(text) == ["secret-mark"]
    assert [fault.block_id for fault in missing_for_submission(plan(clause("clause0001", text)))]


@pytest.mark.parametrize(
    "example",
    [
        *("title: Cải cách hành chính năm 2026 (MẬT)", "closing: MẬT\nclosing: Báo cáo./."),
        *("annex: TỐI MẬT", "filing: MẬT", "recipient: TUYỆT MẬT"),
    ],
)
def test_a_mark_is_found_on_every_part(example):
    assert "secret-mark" in [f.rule for f in check(example_doc(example), None, {})]


@pytest.mark.parametrize(
    "text",
    [
        *("Theo Kế hoạch số 12/KH-CAHN (MẬT) của Công an Thành phố.", "Đóng dấu (Tối mật)."),
        *("Tài liệu này có độ mật.", "Kế hoạch này được đóng dấu MẬT."),
        *("Văn bản này thuộc phạm vi bí mật nhà nước.", "Kế hoạch này có nội dung mật."),
    ],
)
def test_a_doubt_is_told_and_stops_nothing(text):
    assert secrecy_of(text) == ["secret-doubt"]
    assert missing_for_submission(plan(clause("clause0001", text))) == []


def test_a_list_or_a_table_of_levels_is_no_mark():
    listed = "part: PHÂN LOẠI\ndash: TUYỆT MẬT;\ndash: TỐI MẬT;\ndash: MẬT.\ncell: MẬT\npart: B"
    assert [f.rule for f in check(example_doc(listed), None, {}) if f.rule in SECRECY] == []
