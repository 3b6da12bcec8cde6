"""People called by name in a remark: `@[Tên](số)` in its text."""

import re
from collections.abc import Mapping

_MENTION = re.compile(r"@\[([^\[\]\n]{1,200})\]\(([0-9]{1,9})\)")
# More names than this are a crowd, and the rest of them stay plain words.
MOST = 20


def mentioned(text: str) -> list[int]:
    """The numbers of the people whom *text* calls, each once."""
    return list(dict.fromkeys(int(found[2]) for found in _MENTION.finditer(text)))[:MOST]


def with_names(text: str, names: Mapping[int, str]) -> str:
    """*text* calling only the people in *names*, by their own names; all others are words."""

    def written(found: re.Match[str]) -> str:
        number = int(found[2])
        return f"@[{names[number]}]({number})" if number in names else f"@{found[1]}"

    return _MENTION.sub(written, text)


def in_words(text: str) -> str:
    """*text* as it is read where nothing can be pressed."""
    return _MENTION.sub(r"@\1", text)
