"""Gathers an annex of a file made here: its title with its id, and its blocks."""

from dataclasses import dataclass, field

from portal.documents.word.reader.own_text import Ids, own_plain
from portal.documents.word.reader.pieces import Paragraph
from workflows.domain.content.runs import Run, content_of
from workflows.domain.content.shape import Doc


@dataclass
class Annex:
    """One annex, as far as it has been read."""

    identity: str | None = None
    title: str = ""
    content: list[Doc] = field(default_factory=list)

    def title_from(self, paragraph: Paragraph, ids: Ids) -> None:
        """A title of several paragraphs is one."""
        self.identity = self.identity or ids.of(paragraph.marks)
        self.title = " ".join(filter(None, (self.title, own_plain(paragraph))))

    def node(self, ids: Ids) -> Doc:
        """The annex."""
        heading = {"type": "annex_title", "content": plain(self.title)}
        return {
            "type": "annex",
            "attrs": {"id": self.identity or ids.fresh()},
            "content": [heading, *self.content],
        }


def plain(text: str) -> list[Doc]:
    """The content of a block without faces."""
    return content_of([Run(text)]) if text else []
