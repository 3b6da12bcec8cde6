"""Kinds of documents with their abbreviations, and how both are mistyped or misread."""

from typing import Final

# Phụ lục III, mục I; then legal acts, and documents of the Party.
KINDS: Final[dict[str, tuple[str, ...]]] = {
    "NQ": ("Nghị quyết", "Nghị quyết chuyên đề", "Nghị quyết liên tịch"),
    "QĐ": ("Quyết định", "Quy định"),
    "CT": ("Chỉ thị",),
    "QC": ("Quy chế",),
    "QyĐ": ("Quy định",),
    "TC": ("Thông cáo",),
    "TB": ("Thông báo", "Thông báo kết luận"),
    "HD": ("Hướng dẫn", "Hướng dẫn liên ngành"),
    "CTr": ("Chương trình", "Chương trình hành động", "Chương trình công tác"),
    "KH": ("Kế hoạch", "Kế hoạch liên tịch", "Kế hoạch phối hợp"),
    "PA": ("Phương án",),
    "ĐA": ("Đề án",),
    "DA": ("Dự án",),
    "BC": ("Báo cáo",),
    "BB": ("Biên bản",),
    "TTr": ("Tờ trình",),
    "HĐ": ("Hợp đồng",),
    "CĐ": ("Công điện",),
    "BTT": ("Bản thỏa thuận",),
    "GUQ": ("Giấy ủy quyền",),
    "GM": ("Giấy mời",),
    "NĐ": ("Nghị định",),
    "TT": ("Thông tư",),
    "TTLT": ("Thông tư liên tịch",),
    "NQLT": ("Nghị quyết liên tịch",),
    "KL": ("Kết luận",),
    "QĐi": ("Quy định",),
    "CTHĐ": ("Chương trình hành động",),
    "CV": ("Công văn",),
}
# Misread or mistyped, and what was meant.
SLIPS: Final = {
    wrong: right
    for right, slips in (
        *(("QĐ", ("QD", "Qđ")), ("NĐ", ("ND", "Nđ")), ("QĐi", ("QĐI",))),
        *(("CTr", ("CTR", "Ctr")), ("TTr", ("TTR", "Ttr"))),
    )
    for wrong in slips
}
BODY_SLIPS: Final = {
    wrong: right
    for right, slips in (
        ("HĐND", ("HDND",)),
        ("UBND", ("UBNĐ", "UBMD")),
        ("TTg", ("TTG", "Ttg")),
    )
    for wrong in slips
}
PARTY: Final = frozenset({"TU", "TW", "ĐU", "QU", "HU", "ThU", "BTGTU", "BTCTU", "VPTU", "BCSĐ"})
