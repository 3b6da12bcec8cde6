"""The names by which a Word file of ours carries the structure of a plan, for writer and reader.

A paragraph says what it is by its style; the block's id is a hidden bookmark around the
paragraph's text; what the page does not show travels as custom properties of the file. All three
outlive a save by Word and by LibreOffice, which renames style *ids* but not style names.

A paragraph without text and without a mark is no block: LibreOffice leaves some where a tracked
change was rejected. Of two marks of one kind in a paragraph the last is its own.
"""

from typing import Final

# Paragraph styles. A rule, a spacer and the like are never text.
PARENT: Final = "TK Cơ quan chủ quản"
ORGANISATION: Final = "TK Cơ quan"
COUNTRY: Final = "TK Quốc hiệu"
MOTTO: Final = "TK Tiêu ngữ"
RULE: Final = "TK Kẻ"
NUMBER: Final = "TK Số ký hiệu"
DATE: Final = "TK Địa danh"
KIND: Final = "TK Tên loại"
TITLE: Final = "TK Trích yếu"
BASIS: Final = "TK Căn cứ"
OPENING: Final = "TK Mở đầu"
CLOSING: Final = "TK Kết"
RECIPIENTS_HEAD: Final = "TK Nơi nhận đầu"
RECIPIENT: Final = "TK Nơi nhận"
FILING: Final = "TK Lưu"
SIGNING_LINE: Final = "TK Quyền hạn"
SIGNING_SPACE: Final = "TK Chỗ ký"
# The signature's id is on this one, which is there even when nobody's name is.
SIGNER: Final = "TK Người ký"
# “Phụ lục I” and “(Kèm theo …)” are generated; the annex's id is on its title.
ANNEX: Final = "TK Phụ lục"
ANNEX_TITLE: Final = "TK Tên phụ lục"
ANNEX_REFERENCE: Final = "TK Kèm theo"
# A blank paragraph that Word needs around tables and at the end of a section.
SPACER: Final = "TK Ngắt"
PAGE_NUMBER: Final = "TK Số trang"

CLAUSES: Final[dict[str, str]] = {
    "part": "TK Phần",
    "sec": "TK Mục",
    "sub": "TK Khoản",
    "pt": "TK Điểm",
    "dash": "TK Gạch",
    "plus": "TK Cộng",
    "para": "TK Đoạn",
}
# A Mục or Khoản that is a title: bold by its style, with an outline level. A run's own bold is a
# mark, the style's bold is not.
TITLED_CLAUSES: Final[dict[str, str]] = {"sec": "TK Mục đề", "sub": "TK Khoản đề"}
# A cell is a header cell when its first paragraph has one of HEADER_CELLS.
CELLS: Final[dict[str, str]] = {"para": "TK Ô", "dash": "TK Ô gạch", "plus": "TK Ô cộng"}
HEADER_CELLS: Final[dict[str, str]] = {
    "para": "TK Ô đầu",
    "dash": "TK Ô đầu gạch",
    "plus": "TK Ô đầu cộng",
}

# Character styles. GENERATED is what a plan does not store: “1. ” before a clause, “- ” before
# and “;” after a recipient, “- Lưu: ” and “.”, the brackets around a purpose.
GENERATED: Final = "TK Tự sinh"
PURPOSE: Final = "TK Mục đích"

# Hidden bookmarks, `_tk_<id>` and for tables (in the first paragraph of the first cell)
# `_tb_<id>`. Word takes names of up to 40 characters: a longer id does not travel.
BLOCK_MARK: Final = "_tk_"
TABLE_MARK: Final = "_tb_"
LONGEST_MARK: Final = 40

# Custom properties: the format; the text that the file was made of; the signing position; the
# target of a recipient, by its id; the column widths of a table's cells, by its id, in pieces
# (`tk.cot.<id>.1`, `.2`, …) to be joined.
FORMAT_PROPERTY: Final = "tk.dinhdang"
FORMAT: Final = "trinh-ky/plan@1"
BASE_PROPERTY: Final = "tk.goc"
POSITION_PROPERTY: Final = "tk.ky"
TARGET_PROPERTY: Final = "tk.nhan."
WIDTHS_PROPERTY: Final = "tk.cot."
LONGEST_PROPERTY: Final = 200


def mark_of(identity: str, prefix: str = BLOCK_MARK) -> str | None:
    """The bookmark that carries an id, or None for an id too long for Word."""
    name = prefix + identity
    return name if len(name) <= LONGEST_MARK else None


def id_of(mark: str, prefix: str = BLOCK_MARK) -> str | None:
    """The id that a bookmark carries, if it is one of ours."""
    return mark.removeprefix(prefix) if mark.startswith(prefix) else None


def write_widths(cells: list[list[int] | None]) -> str:
    """The `colwidth` of a table's cells in reading order: “-,120,80+40”; “” when none has any."""
    if not any(cells):
        return ""
    return ",".join("+".join(map(str, widths)) if widths else "-" for widths in cells)


def read_widths(written: str) -> list[list[int] | None]:
    """What `write_widths` wrote; raises ValueError when it is damaged."""
    return [
        None if each == "-" else [int(width) for width in each.split("+")]
        for each in (written.split(",") if written else ())
    ]
