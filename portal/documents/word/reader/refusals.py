"""Why a file is not read as a Word file: one sentence for each kind of wrong file."""

from typing import Final

from workflows.domain.errors import WorkflowError

MEGABYTE: Final = 1024 * 1024
MAX_BYTES: Final = 20 * MEGABYTE

_SAVE_AGAIN: Final = "Hãy mở tệp bằng Word hoặc LibreOffice, lưu lại dạng .docx rồi tải lên."
# By the end of the name: what people confuse with a .docx, and what to do about it.
BY_NAME: Final[dict[str, str]] = {
    ".doc": f"Tệp .doc là dạng Word cũ. {_SAVE_AGAIN}",
    ".docm": f"Tệp .docm có thể chứa macro nên không được nhận. {_SAVE_AGAIN}",
    ".dot": f"Tệp .dot là mẫu Word cũ. {_SAVE_AGAIN}",
    ".dotx": f"Tệp .dotx là mẫu, không phải văn bản. {_SAVE_AGAIN}",
    ".dotm": f"Tệp .dotm là mẫu có thể chứa macro nên không được nhận. {_SAVE_AGAIN}",
    ".rtf": f"Tệp .rtf không phải tệp Word .docx. {_SAVE_AGAIN}",
    ".odt": f"Tệp .odt là dạng của LibreOffice. {_SAVE_AGAIN}",
    ".pdf": "Tệp PDF không giữ cấu trúc của văn bản. Hãy tải lên tệp .docx gốc.",
    ".txt": "Tệp .txt là văn bản thuần. Hãy dán hoặc tải lên ở trang “Soạn kế hoạch mới”.",
}
NOT_DOCX: Final = f"Chỉ nhận tệp Word có đuôi .docx. {_SAVE_AGAIN}"
EMPTY: Final = "Tệp rỗng. Hãy chọn lại tệp .docx."
TOO_BIG: Final = (
    "Tệp lớn hơn %(most)d MB. Hãy bỏ hình ảnh khỏi tệp, hoặc tách phụ lục thành tệp riêng."
)
DAMAGED: Final = f"Tệp bị hỏng hoặc bị cắt ngang khi tải. {_SAVE_AGAIN}"
LOCKED: Final = "Tệp được bảo vệ bằng mật khẩu nên không đọc được. Hãy bỏ mật khẩu rồi tải lại."
OLE: Final = (
    "Nội dung tệp là dạng Word cũ (.doc), dù tên tệp là .docx. Hãy mở tệp rồi lưu lại dạng .docx."
)
ODT: Final = f"Nội dung tệp là dạng của LibreOffice (.odt). {_SAVE_AGAIN}"
RTF: Final = f"Nội dung tệp là dạng .rtf, không phải .docx. {_SAVE_AGAIN}"
PDF: Final = "Nội dung tệp là PDF, không phải .docx. Hãy tải lên tệp .docx gốc."
SHEET: Final = "Tệp là bảng tính Excel, không phải văn bản Word."
SLIDES: Final = "Tệp là bản trình chiếu PowerPoint, không phải văn bản Word."
ZIP: Final = "Tệp là một tệp nén, không phải văn bản Word. Hãy giải nén rồi tải lên tệp .docx."
OTHER: Final = f"Nội dung tệp không phải văn bản Word .docx. {_SAVE_AGAIN}"
MANY_PARTS: Final = "Tệp chứa quá nhiều phần (hơn %(most)d); tệp không được mở."
BOMB: Final = "Tệp bung ra lớn hơn mức hệ thống nhận (%(most)d MB); tệp không được mở."
STRANGE_NAMES: Final = "Cấu trúc bên trong tệp có tên không hợp lệ hoặc trùng nhau. " + _SAVE_AGAIN
ENTITIES: Final = (
    "Tệp khai báo DTD hoặc thực thể XML, điều mà Word không bao giờ làm; tệp không được mở."
)
TOO_MANY_BLOCKS: Final = (
    "Văn bản có hơn %(most)d đoạn. Hãy tách các phụ lục, bảng dài thành tệp riêng."
)
TOO_LONG: Final = "Văn bản dài hơn %(most)d ký tự. Hãy tách các phụ lục, bảng dài thành tệp riêng."
TOO_DEEP: Final = f"Các phần trong tệp lồng nhau quá sâu. {_SAVE_AGAIN}"
HEAPED: Final = (
    "Đoạn “%(words)s” có chữ mang quá nhiều dấu (hơn %(most)d dấu trên một chữ). "
    "Hãy xoá chữ đó, gõ lại rồi tải lại."
)
TOO_WIDE: Final = (
    "Bảng %(table)s có hàng rộng hơn %(most)d cột, trang in không chứa được. "
    "Hãy bỏ bớt cột hoặc tách bảng rồi tải lại."
)
NOTHING: Final = "Trong tệp không có chữ nào đọc được."
OLD_FONT: Final = (
    "Tệp dùng phông “%(font)s” với bảng mã cũ mà hệ thống không biết đổi. "
    "Hãy chuyển văn bản sang Unicode (ví dụ bằng UniKey) rồi tải lại."
)
OLD_LETTERS: Final = (
    "Chữ trong tệp được gõ bằng bảng mã cũ (TCVN3 hoặc VNI) nhưng mang phông Unicode, nên không "
    "đọc được chắc chắn. Hãy chuyển văn bản sang Unicode (ví dụ bằng UniKey) rồi tải lại."
)
TOOK_TOO_LONG: Final = (
    "Đọc tệp quá lâu hoặc tốn quá nhiều bộ nhớ nên đã dừng. Hãy bỏ hình ảnh, tách phụ lục, "
    f"hoặc lưu lại tệp. {_SAVE_AGAIN}"
)

_OLE_MAGIC: Final = bytes.fromhex("d0cf11e0a1b11ae1")


class WordRefused(WorkflowError):
    """A file that is not taken in; the sentence says what to do instead."""


def refuse_by_name(file_name: str) -> None:
    """Raise WordRefused for a name that does not end in .docx."""
    name = file_name.lower().strip()
    if name.endswith(".docx"):
        return
    ending = f".{name.rpartition('.')[2]}"
    raise WordRefused(BY_NAME.get(ending, NOT_DOCX))


def refuse_by_look(data: bytes) -> None:
    """Raise WordRefused for content that is no Office package by its first bytes, or too big."""
    if not data:
        raise WordRefused(EMPTY)
    if len(data) > MAX_BYTES:
        raise WordRefused(TOO_BIG, most=MAX_BYTES // MEGABYTE)
    if data.startswith(_OLE_MAGIC):
        is_locked = "EncryptedPackage".encode("utf-16-le") in data
        raise WordRefused(LOCKED if is_locked else OLE)
    start = data[:1024].lstrip()
    for magic, sentence in ((b"%PDF", PDF), (b"{\\rtf", RTF)):
        if start.startswith(magic):
            raise WordRefused(sentence)
    if not data.startswith(b"PK"):
        raise WordRefused(OTHER)
