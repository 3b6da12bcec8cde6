r"""The written form of inline text: `**đậm**`, `*nghiêng*`, `\n` for a line break, `\` escapes.

A backslash before a sign other than a letter or digit makes that sign literal; before a space it
keeps the space; at the very end it stands for nothing and guards what precedes it. An asterisk
between two spaces is a literal one.
"""

import re
from collections.abc import Iterable

from workflows.domain.content.runs import BREAK, Run

_TOKEN = re.compile(r"\\(.)|\\$|\*\*|\*", re.DOTALL)
_GUARDED_ENDS = (" ", ";", ".")


def read_inline(text: str) -> tuple[list[Run], bool]:
    """The runs of *text*, and whether every face that was opened was closed.

    The last asterisk of an odd number is taken as a literal one.
    """
    pieces = _pieces(text)
    unpaired = [at for face in ("**", "*") for at in _last_if_odd(pieces, face)]
    for at in unpaired:
        pieces[at] = (pieces[at][0], False)
    return _runs(pieces), not unpaired


def read_plain(text: str) -> str:
    """The text of a field that has no faces: only escapes are read."""
    return _TOKEN.sub(lambda found: found[0] if found[0].startswith("*") else _literal(found), text)


def write_inline(runs: Iterable[Run], special: str = "") -> str:
    """The written form; *special* names further signs to escape, such as the bar of a table."""
    written, strong, em = "", False, False
    parts: list[str] = []
    for run in runs:
        if run.text == BREAK:
            parts.append("\\n")
            continue
        marker = ("**" if run.strong != strong else "") + ("*" if run.em != em else "")
        strong, em = run.strong, run.em
        parts.append(_after_marker(marker, _escaped(run.text, "*" + special)))
    written = "".join(parts) + ("**" if strong else "") + ("*" if em else "")
    return guarded(written)


def write_plain(text: str, special: str = "") -> str:
    """The written form of a text without faces."""
    return guarded(_escaped(text, special))


def guarded(written: str, ends: tuple[str, ...] = (" ",)) -> str:
    """Keep the spaces at both ends, and an empty text, through a reader that trims lines."""
    if written.startswith(" "):
        written = "\\" + written
    return written + "\\" if not written or written.endswith(ends) else written


def guarded_line(written: str) -> str:
    """As `guarded`, for lists whose reader also drops the mark that ends a line."""
    return guarded(written, _GUARDED_ENDS)


def shielded(written: str) -> str:
    """Make literal the first sign of a line that would else be read as a number or a bullet."""
    at = next((at for at, sign in enumerate(written) if not sign.isalnum()), 0)
    return f"{written[:at]}\\{written[at:]}"


def split_unescaped(text: str, mark: str) -> list[str]:
    r"""Cut *text* at each *mark* that no backslash precedes; `\p` itself may be the mark."""
    cuts = [found for found in re.finditer(r"\\.|\|", text) if found[0] == mark]
    starts = [0, *(found.end() for found in cuts)]
    ends = [*(found.start() for found in cuts), len(text)]
    return [text[start:end] for start, end in zip(starts, ends, strict=True)]


def _pieces(text: str) -> list[tuple[str, bool]]:
    """(text, whether it is a marker) for each piece; breaks are pieces of their own."""
    pieces: list[tuple[str, bool]] = []
    at = 0
    for found in _TOKEN.finditer(text):
        pieces.append((text[at : found.start()], False))
        at = found.end()
        if found[0].startswith("*"):
            pieces.append((found[0], not _stands_alone(text, found)))
        else:
            pieces.append((BREAK if found[1] == "n" else _literal(found), False))
    pieces.append((text[at:], False))
    return pieces


def _literal(found: re.Match[str]) -> str:
    sign = found[1]
    if sign is None:
        return ""
    return found[0] if sign.isalnum() else sign


def _stands_alone(text: str, found: re.Match[str]) -> bool:
    return text[found.start() - 1 : found.start()] == " " == text[found.end() : found.end() + 1]


def _last_if_odd(pieces: list[tuple[str, bool]], face: str) -> list[int]:
    places = [at for at, piece in enumerate(pieces) if piece == (face, True)]
    return places[-1:] if len(places) % 2 else []


def _runs(pieces: list[tuple[str, bool]]) -> list[Run]:
    runs: list[Run] = []
    strong = em = False
    for text, is_marker in pieces:
        if is_marker:
            strong, em = strong ^ (text == "**"), em ^ (text == "*")
        elif text == BREAK:
            runs.append(Run(BREAK))
        elif text:
            runs.append(Run(text, strong, em))
    return runs


def _escaped(text: str, special: str) -> str:
    return re.sub(f"[{re.escape(special)}\\\\]", r"\\\g<0>", text)


def _after_marker(marker: str, text: str) -> str:
    # A marker between two spaces would be read as a literal asterisk.
    return f"{marker}\\{text}" if marker and text.startswith(" ") else marker + text
