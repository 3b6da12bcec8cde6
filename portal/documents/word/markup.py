"""Spells WordprocessingML: elements with their attributes, and text that XML can hold."""

import re
from html import escape

Xml = str

DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
# What no XML file may contain, not even escaped.
_IMPOSSIBLE = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def element(name: str, attributes: dict[str, str], *children: Xml) -> Xml:
    """An element; *children* are XML already."""
    written = "".join(f' {key}="{spell(value)}"' for key, value in attributes.items())
    inside = "".join(children)
    return f"<{name}{written}>{inside}</{name}>" if inside else f"<{name}{written}/>"


def w(tag: str, /, *children: Xml, **attributes: str | int) -> Xml:
    """An element of the main namespace, its attributes in the same."""
    return element(
        f"w:{tag}", {f"w:{key}": str(value) for key, value in attributes.items()}, *children
    )


def words(name: str, text: str) -> Xml:
    """An element that holds text, every blank of it kept."""
    return f'<w:{name} xml:space="preserve">{spell(text)}</w:{name}>'


def spell(text: str) -> Xml:
    """Text as XML writes it."""
    return escape(_IMPOSSIBLE.sub("\ufffd", text))
