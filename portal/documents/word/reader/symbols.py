"""The signs of Symbol and Wingdings that a text can show by letters of its own."""

from typing import Final

_SYMBOL: Final = {
    0xB7: "•",
    0xB0: "°",
    0xB1: "±",
    0xB4: "×",
    0xB8: "÷",
    0xA3: "≤",
    0xB3: "≥",
    0xB9: "≠",
    0xAE: "→",
    0x2D: "-",
    0x2B: "+",
    0x61: "α",
    0x62: "β",
    0x6D: "μ",
}
_WINGDINGS: Final = {
    0x9F: "•",
    0xA7: "▪",
    0x6C: "●",
    0x6E: "■",
    0x6F: "□",
    0xA8: "□",
    0xD8: "➢",
    0xE0: "→",
    0xFC: "✓",
    0xFE: "☑",
}
_TABLES: Final = {"symbol": _SYMBOL, "wingdings": _WINGDINGS}


def shown(font: str, code: str) -> str:
    """The sign of a `w:sym`, or “” when there is no letter for it."""
    try:
        place = int(code, 16) & 0xFF
    except ValueError:
        return ""
    return _TABLES.get(font.strip().lower(), {}).get(place, "")
