"""The geometry of a table: whether its cells, with their spans, fill a rectangle."""

from workflows.domain.content.shape import Doc

MAX_COLUMNS = 40
MAX_ROWS = 1_000


def is_rectangle(table: Doc) -> bool:
    """Whether every place is filled, none twice, and no span leaves the table.

    A page can be set only from such a table; an editor may leave others behind.
    """
    reach: list[int] = []
    for order, row in enumerate(table["content"]):
        width = len(reach)
        laid = _lay(row, [max(height - 1, 0) for height in reach])
        if laid is None or 0 in laid or (order and len(laid) != width):
            return False
        reach = laid
    return len(reach) <= MAX_COLUMNS and all(height == 1 for height in reach)


def _lay(row: Doc, reach: list[int]) -> list[int] | None:
    """How many rows down each column is taken once *row* is laid; None when cells overlap."""
    column = 0
    for cell in row["content"]:
        attrs = cell.get("attrs", {})
        while column < len(reach) and reach[column]:
            column += 1
        for _ in range(attrs.get("colspan", 1)):
            if column == len(reach):
                reach.append(0)
            if reach[column]:
                return None
            reach[column] = attrs.get("rowspan", 1)
            column += 1
    return reach
