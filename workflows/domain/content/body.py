"""The written form of a body: one block a line, tables as runs of rows."""

import re
from collections.abc import Iterable, Iterator

from workflows.domain.content.inline import guarded, read_inline, write_inline
from workflows.domain.content.lines import Line, is_same_number, read_line, write_line
from workflows.domain.content.numbering import Numbering
from workflows.domain.content.reading import Doubt, Source, excerpt
from workflows.domain.content.runs import content_of, runs_of
from workflows.domain.content.shape import Doc, NewId
from workflows.domain.content.tabletext import is_row, read_table, write_table

_TOO_DEEP = re.compile(r"[0-9]{1,4}(?:\.[0-9]{1,4}){2,6}\.?[ ]")


class BodyReader:
    """Reads one run of clauses and tables, collecting *doubts* with the name of *part*."""

    def __init__(self, new_id: NewId, doubts: list[Doubt], part: str = "") -> None:
        self._new_id = new_id
        self._doubts = doubts
        self._part = part
        self._numbering = Numbering()

    def read(self, lines: Iterable[Source]) -> Iterator[Doc]:
        """The blocks of these lines; blank lines part tables and nothing else."""
        rows: list[Source] = []
        for line in lines:
            if is_row(line.text):
                rows.append(line)
                continue
            if rows:
                yield self._table(rows)
                rows = []
            if line.text:
                yield self._clause(line)
        if rows:
            yield self._table(rows)

    def inline(self, kind: str, line: Source) -> Doc:
        """A block of *kind* without a level."""
        return {
            "type": kind,
            "attrs": {"id": self._new_id()},
            "content": self._content(line, line.text),
        }

    def doubt(self, line: Source, sentence: str, suggestion: str | None = None) -> None:
        """Note a doubt about *line*."""
        self._doubts.append(
            Doubt(line.number, sentence, excerpt(line.text), suggestion, self._part)
        )

    def _clause(self, source: Source) -> Doc:
        line = read_line(source.text)
        self._check_number(source, line)
        return {
            "type": "clause",
            "attrs": {"id": self._new_id(), "level": line.level},
            "content": self._content(source, line.text),
        }

    def _check_number(self, source: Source, line: Line) -> None:
        label = self._numbering.advance(line.level)
        if line.level == "para":
            if _TOO_DEEP.match(line.text):
                self.doubt(source, "Thể thức không có cấp số này; dòng được giữ thành đoạn văn.")
        elif not is_same_number(line.typed, label):
            self.doubt(
                source,
                f"Số gõ vào là “{line.typed}”, số được đánh tự động là “{label}”. "
                "Hãy xem có thiếu hay thừa mục nào không.",
                label,
            )

    def _content(self, source: Source, text: str) -> list[Doc]:
        runs, is_paired = read_inline(text)
        if not is_paired:
            self.doubt(source, "Có dấu * không có dấu đóng; dấu cuối được giữ như một ký tự.")
        return content_of(runs)

    def _table(self, rows: list[Source]) -> Doc:
        table, is_full = read_table([row.text for row in rows], self._new_id)
        if not is_full:
            self.doubt(rows[0], "Bảng có hàng thiếu ô; các ô trống đã được thêm vào cuối hàng.")
        return table


def write_body(nodes: Iterable[Doc]) -> str:
    """The written form of a run of clauses and tables."""
    numbering = Numbering()
    lines: list[str] = []
    for node in nodes:
        if node["type"] == "table":
            # A blank line on either side: two tables in a row must stay two.
            lines += ["", *write_table(node), ""]
        else:
            level = node["attrs"]["level"]
            label = numbering.advance(level)
            lines.append(write_line(level, label, write_inline(runs_of(node))))
    return "\n".join(lines)


def write_blocks(nodes: Iterable[Doc]) -> str:
    """The written form of blocks without levels, one a line."""
    return "\n".join(guarded(write_inline(runs_of(node))) for node in nodes)
