"""Follows Word's fields through runs and paragraphs: a reader sees the result, never the code."""

from dataclasses import dataclass, field

from portal.documents.word.reader.xml import Element, W


@dataclass
class _Field:
    code: str = ""
    is_result: bool = False

    @property
    def is_contents(self) -> bool:
        """A table of contents repeats the headings."""
        return self.code.split()[:1] == ["TOC"]


@dataclass
class Fields:
    """The fields that are open at a place in the text, outermost first."""

    _open: list[_Field] = field(default_factory=list)

    def mark(self, sign: Element) -> None:
        """Pass a `w:fldChar`."""
        match sign.get(W + "fldCharType"):
            case "begin":
                self._open.append(_Field())
            case "separate" if self._open:
                self._open[-1].is_result = True
            case "end" if self._open:
                self._open.pop()

    def instruct(self, code: str) -> None:
        """Pass a `w:instrText`."""
        if self._open and not self._open[-1].is_result:
            self._open[-1].code += code[:200]

    @property
    def is_shown(self) -> bool:
        """Whether text here is seen by a reader."""
        return all(each.is_result for each in self._open)

    @property
    def in_contents(self) -> bool:
        """Whether text here belongs to a table of contents."""
        return any(each.is_contents for each in self._open)

    def end_paragraph(self) -> bool:
        """A code that its paragraph does not end would swallow the rest of the text.

        Returns whether there was one; it is closed.
        """
        before = len(self._open)
        self._open = [each for each in self._open if each.is_result]
        return len(self._open) < before
