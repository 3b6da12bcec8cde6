"""Tables: growing, shrinking, merging, and going through them with the Tab key."""

from playwright.sync_api import Browser

from tests.editor.bench import bench
from tests.editor.samples import clause, plan, table
from workflows.domain.content.schema import parse


def test_tables_grow_shrink_merge_and_split(chromium: Browser) -> None:
    with bench(chromium, plan(clause("trước"))) as surface:
        surface.put_cursor("trước", -1)
        surface.tool("table")
        for tool in ("rowBelow", "columnRight", "rowAbove", "columnLeft", "header", "after"):
            surface.tool(tool)
            parse(surface.doc())
        assert surface.body()[-1] == ("para", "")
        grown = surface.part("table")
        assert (len(grown["content"]), len(grown["content"][0]["content"])) == (5, 5)
        surface.page.click("td >> nth=0")
        surface.page.click("td >> nth=1", modifiers=["Shift"])
        surface.tool("merge")
        assert (
            surface.page.eval_on_selector_all(
                "td", "all => all.filter(each => each.colSpan > 1).length"
            )
            == 1
        )
        surface.tool("split")
        surface.tool("rowGone")
        surface.tool("columnGone")
        parse(surface.doc())
        surface.page.click("td >> nth=0")
        surface.tool("tableGone")
        assert surface.body() == [("para", "trước"), ("para", "")]


def test_a_column_of_a_long_table_is_few_steps(chromium: Browser) -> None:
    """The server takes 500 steps at a time and names in each; a column of 600 cells must be one."""
    long = table(*(("x",) for _ in range(600)))
    with bench(chromium, plan(long)) as surface:
        surface.put_cursor("x")
        surface.page.evaluate(
            """() => {
              window.steps = 0;
              const {view} = surface;
              const {dispatchTransaction} = view.props;
              view.setProps({dispatchTransaction(tr) {
                const before = this.state.doc;
                const {transactions} = this.state.applyTransaction(tr);
                window.steps = transactions.reduce((sum, each) => sum + each.steps.length, 0);
                dispatchTransaction.call(this, tr);
              }});
            }"""
        )
        surface.tool("columnRight")
        assert surface.page.evaluate("window.steps") < 10
        assert surface.body()[0][1].startswith("x|/x|/")
        parse(surface.doc())


def test_a_number_or_a_table_can_never_be_in_a_cell(chromium: Browser) -> None:
    with bench(chromium, plan(clause("trước"))) as surface:
        surface.put_cursor("trước", -1)
        surface.press("Enter")
        surface.tool("table")
        surface.type("1. một")
        assert surface.page.get_attribute("[data-tool=sec]", "aria-disabled") == "true"
        surface.press("Tab")
        surface.type("- hai")
        surface.press("Enter")
        surface.type("ba")
        assert surface.body()[1] == ("table", "1. một|haiba|/||/||")
        parse(surface.doc())


def test_tab_goes_through_a_table_and_adds_a_row_at_its_end(chromium: Browser) -> None:
    with bench(chromium, plan(clause(""))) as surface:
        surface.put_cursor("")
        surface.tool("table")
        for at in range(10):
            surface.type(str(at))
            surface.press("Tab")
        assert surface.body() == [("table", "0|1|2/3|4|5/6|7|8/9||")]
        parse(surface.doc())


def test_pasted_cells_fill_the_cells_of_a_table(chromium: Browser) -> None:
    first, second = "<td>1</td><td>2</td>", "<td>3</td><td><p>4</p><p>- x</p></td>"
    html = f"<table><tr>{first}</tr><tr>{second}</tr></table>"
    with bench(chromium, plan(table(("A", "B"), ("C", "")))) as surface:
        surface.put_cursor("")
        surface.paste(html=html)
        assert surface.body() == [("table", "A|B|/C|1|2/|3|4x")]
        surface.type("!")
        assert surface.body() == [("table", "A|B|/C|1|2/|3|4x!")]
        rows = surface.part("table")["content"]
        assert [cell["type"] for cell in rows[0]["content"]] == ["table_header"] * 3
        parse(surface.doc())
        # Words that nobody selected are not overwritten.
        surface.put_cursor("A", -1)
        surface.paste(html=html)
        assert surface.body() == [("table", "A1234x|B|/C|1|2/|3|4x!")]
        surface.press("Control+z")
        surface.page.click("tr:nth-child(1) > :nth-child(1)")
        surface.page.click("tr:nth-child(2) > :nth-child(2)", modifiers=["Shift"])
        surface.paste(html=html)
        assert surface.body() == [("table", "1|2|/3|4x|2/|3|4x!")]
        surface.page.click("tr:nth-child(1) > :nth-child(1)")
        surface.page.click("tr:nth-child(1) > :nth-child(2)", modifiers=["Shift"])
        surface.paste(text="a\nb")
        assert surface.body() == [("table", "ab||/3|4x|2/|3|4x!")]
        parse(surface.doc())


def test_many_pasted_rows_are_few_steps(chromium: Browser) -> None:
    rows = "".join(f"<tr><td>{at}</td><td>x</td></tr>" for at in range(300))
    with bench(chromium, plan(table(("",)))) as surface:
        surface.put_cursor("")
        surface.page.evaluate(
            """() => {
              const {view} = surface;
              const {dispatchTransaction} = view.props;
              window.steps = 0;
              view.setProps({dispatchTransaction(tr) {
                window.steps += tr.steps.length;
                dispatchTransaction.call(this, tr);
              }});
            }"""
        )
        surface.paste(html=f"<table>{rows}</table>")
        assert len(surface.part("table")["content"]) == 300
        assert surface.page.evaluate("steps") == 1
        parse(surface.doc())
