"""What a run looks like: bold, italic, hidden, capitals and font, through styles and defaults.

Toggle properties of the style hierarchy cancel each other out, direct ones do not (ECMA-376
Part 1, 17.7.3).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from portal.documents.word.reader.xml import A, Element, W, children, local, number, switch, value

TOGGLES: Final = ("b", "i", "caps", "smallCaps", "vanish", "strike")
# No real file has a longer chain of “based on”.
LONGEST_CHAIN: Final = 30


@dataclass(frozen=True, slots=True)
class Style:
    """One style of the file; its properties stay as XML until somebody asks."""

    id: str
    name: str
    kind: str
    based_on: str | None
    run: Element | None
    paragraph: Element | None


@dataclass(frozen=True, slots=True)
class Face:
    """How a run is shown. *set_* is what the run or its character style says by itself."""

    strong: bool = False
    em: bool = False
    set_strong: bool = False
    set_em: bool = False
    is_hidden: bool = False
    is_capitals: bool = False
    is_struck: bool = False
    font: str | None = None
    character_style: str = ""


class StyleSheet:
    """The styles of a file, and what they make of a run."""

    def __init__(self, styles: Element | None, theme: Element | None) -> None:
        self._styles = {each.id: each for each in _read_styles(styles)}
        self._fonts = _theme_fonts(theme)
        defaults = (
            styles.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr") if styles is not None else None
        )
        self._defaults = defaults
        self.default_paragraph = next(
            (
                str(each.get(W + "styleId"))
                for each in children(styles, "style")
                if each.get(W + "type") == "paragraph" and each.get(W + "default") in ("1", "true")
            ),
            None,
        )
        self._looks: dict[tuple[str | None, str], bool | None] = {}
        self._style_fonts: dict[str | None, str | None] = {}

    def name(self, style_id: str | None) -> str:
        """A style's name, by which Word and LibreOffice know it alike."""
        found = self._styles.get(style_id or self.default_paragraph or "")
        return found.name if found else ""

    def chain(self, style_id: str | None) -> Iterator[Style]:
        """The style and what it is based on, nearest first; broken and circular chains end."""
        seen: set[str] = set()
        while style_id and style_id not in seen and len(seen) < LONGEST_CHAIN:
            seen.add(style_id)
            found = self._styles.get(style_id)
            if found is None:
                return
            yield found
            style_id = found.based_on

    def face(self, properties: Element | None, paragraph_style: str | None) -> Face:
        """The face of a run with these direct properties in a paragraph of that style."""
        character = value(properties, "rStyle")
        paragraph = paragraph_style or self.default_paragraph
        on = {name: self._is_on(name, properties, character, paragraph) for name in TOGGLES}
        own = {
            name: _first(switch(properties, name), self._styled(character, name))
            for name in ("b", "i")
        }
        return Face(
            strong=on["b"],
            em=on["i"],
            set_strong=bool(own["b"]),
            set_em=bool(own["i"]),
            is_hidden=on["vanish"],
            is_capitals=on["caps"],
            is_struck=on["strike"] or bool(switch(properties, "dstrike")),
            font=self._font(properties, character, paragraph),
            character_style=self.name(character) if character else "",
        )

    def _is_on(
        self, name: str, properties: Element | None, character: str | None, paragraph: str | None
    ) -> bool:
        direct = switch(properties, name)
        if direct is not None:
            return direct
        if switch(self._defaults, name):
            return True
        return bool(self._styled(paragraph, name)) != bool(self._styled(character, name))

    def _styled(self, style_id: str | None, name: str) -> bool | None:
        key = (style_id, name)
        if key not in self._looks:
            said = (switch(style.run, name) for style in self.chain(style_id))
            self._looks[key] = next((each for each in said if each is not None), None)
        return self._looks[key]

    def _font(
        self, properties: Element | None, character: str | None, paragraph: str | None
    ) -> str | None:
        return (
            self._font_in(properties)
            or self._styled_font(character)
            or self._styled_font(paragraph)
            or self._font_in(self._defaults)
        )

    def _styled_font(self, style_id: str | None) -> str | None:
        # Long chains are walked once, not for each of a hundred thousand runs.
        if style_id not in self._style_fonts:
            named = (self._font_in(style.run) for style in self.chain(style_id))
            self._style_fonts[style_id] = next((each for each in named if each), None)
        return self._style_fonts[style_id]

    def _font_in(self, source: Element | None) -> str | None:
        fonts = source.find(W + "rFonts") if source is not None else None
        return self._named(fonts) if fonts is not None else None

    def _named(self, fonts: Element) -> str | None:
        # A theme's font wins over a named one.
        for attribute in ("asciiTheme", "hAnsiTheme"):
            themed = fonts.get(W + attribute)
            if themed:
                return self._fonts.get(str(themed)[:5])
        named = fonts.get(W + "hAnsi") or fonts.get(W + "ascii")
        return str(named) if named else None


def _first(*said: bool | None) -> bool | None:
    return next((each for each in said if each is not None), None)


def _read_styles(styles: Element | None) -> Iterator[Style]:
    for each in children(styles, "style"):
        yield Style(
            id=str(each.get(W + "styleId", "")),
            name=value(each, "name") or "",
            kind=str(each.get(W + "type", "")),
            based_on=value(each, "basedOn"),
            run=each.find(W + "rPr"),
            paragraph=each.find(W + "pPr"),
        )


def _theme_fonts(theme: Element | None) -> dict[str, str]:
    """“major” and “minor” → the typeface, as in minorHAnsi."""
    if theme is None:
        return {}
    return {
        local(each)[:5]: str(latin.get("typeface", ""))
        for each in theme.iter(A + "majorFont", A + "minorFont")
        if (latin := each.find(A + "latin")) is not None
    }


def outline_level(sheet: StyleSheet, properties: Element | None, style_id: str | None) -> int:
    """The outline level that makes a paragraph a heading, from 0; 9 for body text."""
    for source in (properties, *(style.paragraph for style in sheet.chain(style_id))):
        level = number(source, "outlineLvl", -1)
        if level >= 0:
            return level
    return 9
