"""Promises about any text: no failure, places that lie in the text, work that grows in a line."""

import pkgutil
import re
import sys
from collections.abc import Callable, Iterator
from importlib import import_module
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.domain.content.documents import clause, documents, plan
from workflows.domain import form
from workflows.domain.content.blocks import blocks
from workflows.domain.content.checks import MAX_BLOCK
from workflows.domain.form.checking import MOST, check
from workflows.domain.form.examples import example_doc
from workflows.domain.form.rules import rules
from workflows.domain.form.sheet import MOST_CITED, Sheet

_PIECES = (
    *("27", "/", "NQ", "-", "HĐND", " ", "  ", "số", ":", "QĐ", "UBND", "2021", "ngày", "tháng"),
    *("năm", ".", ",", ";", "…", "...", "(", ")", "“", "”", '"', "Phụ lục", "I", "II", "kèm theo"),
    *("nhân dân", "nhà nước", "Điều", "khoản", "Sở", "y tế", "./.", "MẬT", "\u00a0", "hoà", "hòa"),
    *(
        "😀",
        "Mục",
        "này",
        "Kế hoạch",
        "thứ hai",
        "1.1.",
        "a)",
        "-",
        "của",
        "về",
        "PCI",
        "31/4/2022",
    ),
    *(
        "Nghị quyết",
        "Luật",
        "20/2023/QH15",
        "06-CTr/TU",
        "[",
        "]",
        "x",
        "O",
        "l",
        "Thành phố",
        "Hà Nội",
    ),
)


def wordy() -> st.SearchStrategy[str]:
    """Texts made of what the rules look for."""
    return st.lists(st.sampled_from(_PIECES), max_size=14).map("".join)


def assert_places_lie_in_the_text(doc: dict[str, Any]) -> None:
    sizes = {block.id: len(block.text.encode("utf-16-le")) // 2 for block in blocks(doc)}
    for finding in check(doc, None, {}):
        if finding.start is None:
            assert finding.end is None
            continue
        assert finding.end is not None
        assert finding.block_id is not None
        assert 0 <= finding.start <= finding.end <= sizes[finding.block_id], finding


@settings(max_examples=75, deadline=None)
@given(doc=documents())
def test_the_checker_takes_any_plan(doc: dict[str, Any]) -> None:
    assert_places_lie_in_the_text(doc)


@settings(max_examples=300, deadline=None)
@given(texts=st.lists(wordy(), min_size=1, max_size=4))
def test_the_checker_takes_any_words(texts: list[str]) -> None:
    levels = ("para", "dash", "part", "sub")
    body = (
        clause(f"clause{at:04d}", text, level)
        for at, (text, level) in enumerate(zip(texts, levels, strict=False))
    )
    assert_places_lie_in_the_text(plan(*body))


def test_offsets_count_as_the_editor_counts() -> None:
    doc = plan(clause("clause0001", "😀 hội nghị  mới"))
    [finding] = [f for f in check(doc, None, {}) if f.rule == "spaces"]
    assert (finding.start, finding.end) == (11, 13)
    utf16 = "😀 hội nghị  mới".encode("utf-16-le")
    assert utf16[22:26].decode("utf-16-le") == "  "


def test_a_place_in_a_purpose_is_no_place_in_the_name() -> None:
    doc = plan(clause("clause0001", "Nội dung"))
    [recipients] = [node for node in doc["content"] if node["type"] == "recipients"]
    recipients["content"][0]["attrs"]["purpose"] = "để đăng Công GTĐT"
    [finding] = [f for f in check(doc, None, {}) if f.rule == "misreading"]
    assert (finding.start, finding.end) == (None, None)


_LONG = (
    *(" ", "a", "A", "1", ".", "“", "(", "Phụ lục ", "phụ lục  ,  ", "nhân ", "ngày ", "/", "27/"),
    *(
        "27/NQ-",
        "số : ",
        "điều ",
        "Nghị quyết của ",
        "27/NQ-HĐND, ",
        "./",
        "a) ",
        "…",
        "Độ ",
        "tháng ",
    ),
    *(
        "1.",
        "I",
        "O0",
        "hoà ",
        "Sở ",
        "thứ ",
        "[",
        "a.",
        "ngày 1/",
        "(MẬT ",
        "\u00a0",
        "Mục I.",
        "và ",
    ),
)


@pytest.mark.parametrize("piece", _LONG)
def test_the_longest_text_of_one_kind_is_looked_over(piece: str) -> None:
    """A pattern that tries every way to read it would not come back."""
    text = (piece * 20_000)[:20_000]
    doc = plan(*(clause(f"clause{at:04d}", text) for at in range(3)))
    assert check(doc, None, {}) is not None


def patterns() -> Iterator[tuple[str, re.Pattern[str]]]:
    for module in pkgutil.iter_modules(form.__path__, f"{form.__name__}."):
        for name, value in vars(import_module(module.name)).items():
            each = value if isinstance(value, tuple) else (value,)
            for part in each:
                found = part[0] if isinstance(part, tuple) and part else part
                if isinstance(found, re.Pattern):
                    yield f"{module.name}.{name}", found


ENDLESS = 100_000


def has_run(items: Any) -> bool:
    """Whether a repeat without an end is in there."""
    return "MAXREPEAT" in str(items)


def competing(items: Any, before: str = "") -> Iterator[str]:
    """Runs without an end over the same letters, one in or right after the other: n letters can
    then be shared out in n ways or more."""
    for kind, value in items:
        name = str(kind)
        if name in ("ASSERT", "ASSERT_NOT", "AT"):
            continue
        if name in ("MAX_REPEAT", "MIN_REPEAT"):
            least, most, inner = value
            is_endless = most > ENDLESS
            if is_endless and (before == str(inner) or has_run(inner)):
                yield str(inner)
            if is_endless or least:
                before = str(inner) if is_endless else ""
            continue
        branches = [value[3]] if name == "SUBPATTERN" else value[1] if name == "BRANCH" else []
        for branch in branches:
            yield from competing(branch, before)
        before = ""


def test_no_pattern_has_two_runs_that_compete() -> None:
    names = list(patterns())
    assert len(names) > 40
    for name, pattern in names:
        parsed = re._parser.parse(pattern.pattern, pattern.flags)  # type: ignore[attr-defined]
        assert list(competing(parsed)) == [], name


@pytest.mark.parametrize(
    ("pattern", "is_bad"), [(" *,? *x", True), ("( +)+", True), (" *, *x", False)]
)
def test_competing_runs_are_seen(pattern: str, is_bad: bool) -> None:
    assert bool(list(competing(re._parser.parse(pattern)))) is is_bad  # type: ignore[attr-defined]


def calls_in(work: Callable[[], object]) -> int:
    """How many functions are called, Python's and those in C."""
    count = 0

    def note(_frame: Any, event: str, _argument: Any) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    sys.setprofile(note)
    try:
        work()
    finally:
        sys.setprofile(None)
    return count


LINE = (
    "Thực hiện Nghị quyết số 27/NQ - HĐND ngày 8/12/2021 của Hội đồng nhân dân về kế hoạch này, "
    "Sở tài chính phối hợp với nhân dân thành phố Hà Nội  theo Phụ lục I kèm theo (PCI) ."
)


@pytest.mark.parametrize("level", ["part", "sec", "sub", "pt", "dash", "para"])
def test_twice_the_text_is_twice_the_work(level: str) -> None:
    rules()

    def work(size: int) -> int:
        doc = plan(*(clause(f"clause{at:05d}", LINE, level) for at in range(size)))
        return calls_in(lambda: check(doc, None, {}))

    work(10)
    assert work(400) < 2.4 * work(200)


def test_twice_as_many_citations_in_one_block_are_twice_the_work() -> None:
    def work(size: int) -> int:
        text = " ".join(f"số {at}/QĐ-UBND ngày 08/12/2021," for at in range(1, size))
        return calls_in(lambda: check(plan(clause("clause0001", text)), None, {}))

    work(10)
    assert work(600) < 2.4 * work(300)


def test_what_is_found_at_the_end_of_a_long_paragraph_costs_no_second_counting() -> None:
    wrong = "Hội nghị ,hội thảo  mới ở sở tài chính .Theo nhân dân " * 40

    def work(text: str) -> int:
        return calls_in(lambda: check(plan(clause("clause0001", text)), None, {}))

    work(wrong)
    assert work("a" * (MAX_BLOCK - len(wrong) - 1) + " " + wrong) < 1.5 * work(wrong)


def test_twice_the_recipients_and_the_assigned_are_twice_the_work() -> None:
    def work(size: int) -> int:
        names = [f"Sở Thử {at}" for at in range(size)]
        lines = [*(f"recipient: {name}" for name in names), "part: TỔ CHỨC THỰC HIỆN"]
        doc = example_doc("\n".join([*lines, *(f"sec: {name}" for name in reversed(names))]))
        return calls_in(lambda: check(doc, None, {}))

    work(10)
    assert work(400) < 2.4 * work(200)


def test_twice_the_mentions_of_annexes_are_twice_the_work() -> None:
    def work(size: int) -> int:
        text = "theo Phụ lục I, II, III kèm theo và " * size
        doc = plan(clause("clause0001", text), annexes=())
        return calls_in(lambda: check(doc, None, {}))

    work(10)
    assert work(400) < 2.4 * work(200)


def test_of_countless_citations_the_first_are_looked_at() -> None:
    text = " ".join(f"{at}/QĐ-UBND" for at in range(100, 900))
    doc = plan(*(clause(f"clause{at:04d}", text) for at in range(4)))
    assert len(Sheet.of(doc, None).citations) == MOST_CITED
    assert len(check(doc, None, {})) < 10 * MOST
