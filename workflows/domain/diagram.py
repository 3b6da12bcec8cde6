"""An approval chain drawn as SVG: its steps in order, the ways back, and where one plan stands.

Everything is styled by class, because pages forbid styles in the markup; `STYLE` makes a drawing
stand alone.
"""

from collections.abc import Collection, Mapping
from enum import StrEnum
from html import escape

from workflows.domain.chain import Chain, Step
from workflows.domain.drawing import ARROW, MARGIN, Layout, path, wrapped


class Mark(StrEnum):
    """How a step stands to one plan: behind it, the one that it is in, or never to be reached."""

    DONE = "done"
    NOW = "now"
    NEVER = "never"


WORDS: dict[Mark | None, str] = {
    Mark.DONE: "✓ Đã qua",
    Mark.NOW: "● Đang ở đây",
    Mark.NEVER: "Đã dừng",
    None: "Sắp tới",
}
STYLE = """
.chain text{font:11.5px "Be Vietnam Pro",system-ui,sans-serif;fill:#1f2933}
.chain .title{font-weight:600}
.chain .note{font-size:10px;fill:#52606d}
.chain rect{fill:#fff;stroke:#9aa5b1;stroke-width:1.5}
.chain .done rect{fill:#e6f4ea;stroke:#146c43}
.chain .now rect{fill:#0b4f8a;stroke:#0b4f8a}
.chain .now text{fill:#fff}
.chain path{fill:none;stroke:#52606d;stroke-width:1.5}
.chain .back{stroke:#9aa5b1;stroke-dasharray:4 3}
.chain .taken{stroke:#b02a37;stroke-width:2;stroke-dasharray:none}
.chain .head{fill:#52606d;stroke:none}
.chain .head.back{fill:#9aa5b1}
.chain .head.taken{fill:#b02a37}
"""

Return = tuple[str, str]
ACROSS_THE_PAGE = Layout(is_down=False, along=138, across=92, gap=26, rail=13, letters=17)
DOWN_THE_PAGE = Layout(is_down=True, along=66, across=232, gap=22, rail=14, letters=32)


def all_returns(chain: Chain) -> frozenset[Return]:
    """Every way back that the definition allows, as (from, to)."""
    return frozenset((step.key, to) for step in chain.steps for to in step.returns_to)


def draw(
    chain: Chain,
    marks: Mapping[str, Mark] | None = None,
    *,
    returns: Collection[Return] | None = None,
    taken: Collection[Return] = (),
    is_down: bool = False,
    ident: str = "chain",
    style: str = "",
) -> str:
    """The drawing. *marks* None draws the definition itself, with its time limits.

    *returns* (all, unless given) are drawn as possible, *taken* as gone by this plan; *is_down*
    suits a narrow screen; *ident* makes the ids unique in a page; *style* is embedded.
    """
    layout = DOWN_THE_PAGE if is_down else ACROSS_THE_PAGE
    taken = sorted(way for way in taken if way[0] in chain and way[1] in chain)
    ways = sorted(set(all_returns(chain) if returns is None else returns) | set(taken))
    rails = _rails(chain, ways)
    width, height = layout.at(
        (
            2 * MARGIN + len(chain.steps) * (layout.along + layout.gap) - layout.gap,
            2 * MARGIN + layout.across + len(rails) * layout.rail + (ARROW if rails else 0),
        )
    )
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" class="chain{" down" if is_down else ""}" '
        f'viewBox="0 0 {width:g} {height:g}" width="{width:g}" height="{height:g}" role="img" '
        f'aria-labelledby="{ident}-title {ident}-desc">',
        f'<title id="{ident}-title">{escape(chain.title)}</title>',
        f'<desc id="{ident}-desc">{escape(describe(chain, marks, ways))}</desc>',
        f"<style>{style}</style>" if style else "",
        *(_arrow(layout, order) for order in range(len(chain.steps) - 1)),
        *(_way_back(layout, chain, rails, way, ways) for way in ways if way not in taken),
        *(_way_back(layout, chain, rails, way, ()) for way in taken),
        *(_box(layout, order, step, marks) for order, step in enumerate(chain.steps)),
        "</svg>",
    ]
    return "".join(parts)


def draw_alone(chain: Chain) -> str:
    """The definition as a picture for a file, readable without any page around it."""
    return f"{draw(chain, style=STYLE)}\n"


def describe(
    chain: Chain, marks: Mapping[str, Mark] | None = None, ways: Collection[Return] = ()
) -> str:
    """The drawing in words, for those who cannot see it."""
    steps = (
        f"{order}. {step.title}" + (f" ({word})" if (word := _word(marks, step)) else "")
        for order, step in enumerate(chain.steps, start=1)
    )
    numbers = {step.key: order for order, step in enumerate(chain.steps, start=1)}
    back = (f"{numbers[a]} về {numbers[b]}" for a, b in ways if a in numbers and b in numbers)
    told = f" Đường trả lại: từ bước {', '.join(back)}." if ways else ""
    return f"Các bước theo thứ tự: {'; '.join(steps)}.{told}"


def _word(marks: Mapping[str, Mark] | None, step: Step) -> str:
    if marks is None:
        return ", ".join(_limits(step))
    return WORDS[marks.get(step.key)].lstrip("✓● ")


def _limits(step: Step) -> list[str]:
    days = f"{step.days} ngày làm việc" if step.days else ""
    return [part for part in (days, step.basis) if part]


def _rails(chain: Chain, ways: Collection[Return]) -> dict[str, int]:
    """A lane for each step that is returned to; the first step's, the longest, lies outermost."""
    targets = sorted({to for _, to in ways if to in chain}, key=chain.order, reverse=True)
    return {to: lane for lane, to in enumerate(targets)}


def _arrow(layout: Layout, order: int) -> str:
    begin = layout.start(order) + layout.along
    end = begin + layout.gap
    middle = MARGIN + layout.across / 2
    line = path(layout, [(begin, middle), (end - ARROW, middle)], "way")
    tip = [(end - ARROW, middle - ARROW / 1.5), (end, middle), (end - ARROW, middle + ARROW / 1.5)]
    return line + path(layout, tip, "head", closed=True)


def _way_back(
    layout: Layout,
    chain: Chain,
    rails: Mapping[str, int],
    way: Return,
    beside: Collection[Return],
) -> str:
    """From under one box along the target's lane to under the target.

    Each lane has its own slot below every box, so that lines cross but never run on top of each
    other. A way among others *beside* it ends where it meets the next one; a way gone (none
    beside it) is drawn whole, over the others.
    """
    source, to = way
    slot = layout.along * (rails[to] + 1) / (len(rails) + 1)
    edge = MARGIN + layout.across
    depth = edge + ARROW + layout.rail * (rails[to] + 1) - layout.rail / 2
    joins = [chain.order(a) for a, b in beside if b == to and chain.order(a) < chain.order(source)]
    begin = layout.start(chain.order(source)) + slot
    end = layout.start(max(joins, default=chain.order(to))) + slot
    look = "back" if beside else "back taken"
    line = [(begin, edge), (begin, depth), (end, depth)]
    if joins:
        return path(layout, line, look)
    tip = [(end - ARROW / 1.5, edge + ARROW), (end, edge), (end + ARROW / 1.5, edge + ARROW)]
    stem = path(layout, [*line, (end, edge + ARROW)], look)
    return stem + path(layout, tip, f"head {look}", closed=True)


def _box(layout: Layout, order: int, step: Step, marks: Mapping[str, Mark] | None) -> str:
    x, y = layout.at((layout.start(order), MARGIN))
    width, height = layout.at((layout.along, layout.across))
    mark = marks.get(step.key) if marks else None
    lines = wrapped(f"{order + 1}. {step.title}", layout.letters)
    notes = _limits(step) if marks is None else [WORDS[mark]]
    rows = [("title", line) for line in lines] + [("note", note) for note in notes]
    top = y + (height - 17 * len(rows)) / 2 + 13
    words = "".join(
        f'<text class="{look}" x="{x + 10:g}" y="{top + 17 * at:g}">{escape(line)}</text>'
        for at, (look, line) in enumerate(rows)
    )
    return (
        f'<g class="{mark or "next"}"><rect x="{x:g}" y="{y:g}" width="{width:g}" '
        f'height="{height:g}" rx="4"/>{words}</g>'
    )
