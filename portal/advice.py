"""What an error page says: what happened, and what the reader can do now."""

from dataclasses import dataclass
from typing import Final

from flask_babel import lazy_gettext as _l


@dataclass(frozen=True)
class Advice:
    """The words of an error page: what happened, and what the reader can do now."""

    title: str
    sentence: str
    next_step: str


ADVICE: Final[dict[int, Advice]] = {
    400: Advice(
        _l("Trình duyệt gửi yêu cầu không đọc được"),
        _l("Yêu cầu thiếu dữ liệu hoặc sai định dạng."),
        _l("Hãy tải lại trang trước rồi làm lại."),
    ),
    401: Advice(
        _l("Phiên đăng nhập đã hết"),
        _l("Yêu cầu chưa được thực hiện vì phiên đăng nhập đã hết hoặc đã đăng xuất."),
        _l("Hãy đăng nhập lại rồi làm lại việc này."),
    ),
    403: Advice(
        _l("Không được phép"),
        _l("Việc này không thuộc thẩm quyền của bạn."),
        _l("Nếu cho rằng có nhầm lẫn, hãy báo người quản trị kiểm tra chức vụ của bạn."),
    ),
    404: Advice(
        _l("Không tìm thấy"),
        _l("Trang hoặc kế hoạch này không có, hoặc bạn không được xem."),
        _l("Hãy kiểm tra lại đường dẫn, hoặc tìm kế hoạch trong Hộp việc."),
    ),
    405: Advice(
        _l("Không mở được trực tiếp"),
        _l("Đường dẫn này chỉ nhận dữ liệu từ một biểu mẫu."),
        _l("Hãy mở trang có biểu mẫu đó rồi làm lại."),
    ),
    409: Advice(
        _l("Chưa thực hiện được"),
        _l("Kế hoạch đang ở trạng thái không cho phép việc này."),
        _l("Hãy mở lại trang kế hoạch để xem việc có thể làm."),
    ),
    413: Advice(
        _l("Nội dung gửi lên quá lớn"),
        _l("Tệp hoặc văn bản vượt quá dung lượng cho phép."),
        _l("Hãy bớt nội dung hoặc chọn tệp nhỏ hơn rồi gửi lại."),
    ),
    422: Advice(
        _l("Cần sửa trước khi tiếp tục"),
        _l("Nội dung gửi lên chưa dùng được."),
        _l("Hãy sửa rồi gửi lại."),
    ),
    429: Advice(
        _l("Thử quá nhiều lần"),
        _l("Có quá nhiều lần thử không thành công trong thời gian ngắn."),
        _l("Hãy chờ một phút rồi thử lại."),
    ),
    500: Advice(
        _l("Hệ thống gặp lỗi"),
        _l("Có lỗi ngoài dự kiến; thay đổi vừa gửi chưa được lưu."),
        _l("Hãy thử lại. Nếu vẫn lỗi, báo người quản trị kèm mã yêu cầu dưới đây."),
    ),
    503: Advice(
        _l("Hệ thống tạm ngừng"),
        _l("Một dịch vụ cần thiết đang không trả lời."),
        _l("Hãy thử lại sau ít phút."),
    ),
}
BUSY: Final = Advice(
    _l("Hệ thống đang bận"),
    _l("Cơ sở dữ liệu đang bận nên chưa trả lời kịp."),
    _l("Hãy thử lại sau ít giây. Nếu vừa gửi thay đổi, hãy xem lại trang trước khi gửi lần nữa."),
)
SLOWER: Final = Advice(
    _l("Gửi quá nhanh"),
    _l("Bạn gửi quá nhiều yêu cầu trong thời gian ngắn."),
    _l("Những gì bạn đã nhập còn ở dưới hoặc còn trên trang trước."),
)
STALE: Final = Advice(
    _l("Kế hoạch đã thay đổi"),
    _l("Kế hoạch đã thay đổi từ khi bạn mở trang, nên việc vừa gửi chưa được thực hiện."),
    _l("Hãy mở trang hiện tại, xem thay đổi, rồi làm lại. Những gì bạn đã nhập còn ở dưới."),
)
EXPIRED_FORM: Final = Advice(
    _l("Biểu mẫu đã hết hiệu lực"),
    _l("Biểu mẫu được mở trong một phiên đăng nhập khác, nên chưa được thực hiện."),
    _l("Hãy mở lại trang và gửi lại. Những gì bạn đã nhập còn ở dưới."),
)
