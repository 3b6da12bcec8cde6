"""Whatever the text: nothing changes unasked, every find lies in its block, no two overlap."""

from collections import defaultdict
from itertools import pairwise
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.domain.content.documents import clause, documents, ids, node, plan
from workflows.domain.content.canonical import sound
from workflows.domain.content.rollover.finding import Proposal
from workflows.domain.content.rollover.replacing import apply, places_after, undroppable
from workflows.domain.content.rollover.survey import proposals
from workflows.domain.content.rollover.texts import block_texts
from workflows.domain.content.runs import runs_of

# A busy machine is no fault of the text.
patiently = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])

_WORDS = (
    *("năm 2022", "Năm 2021", "2021-2025", "năm học 2022-2023", "2022", "nhiệm kỳ 2020-2025"),
    *("ngày 15/01/2022", "29/02/2024", "ngày 20 tháng 12", "trước ngày 31/13", "quý IV/2022"),
    *(
        "tháng 6 năm 2022",
        "Nghị quyết số 27/NQ-HĐND ngày 08/12/2021",
        "06-CTr/TU",
        "Luật Báo chí 2016",
    ),
    *("chủ đề năm 2022 “Kỷ cương”", "chủ đề", "22 chỉ tiêu", "95,5%", "100%", "chỉ tiêu 30"),
    *("Sở Thông tin và Truyền thông", "UBND CÁC QUẬN, HUYỆN, THỊ XÃ", "SEA Games 31", "12 quận"),
    *(
        "phòng, chống dịch COVID-19",
        "Ban Tuyên giáo",
        "của",
        "về",
        "“",
        "”",
        '"',
        ";",
        ".",
        ",",
        "/",
    ),
    *("-", "\n", "\u00a0", " ", "😀", "e\u0301", "NĂM 2022", "0", "32/1/2022", "99999/A-B"),
)
_FACES = st.lists(st.sampled_from([{"type": "strong"}, {"type": "em"}]), max_size=2, unique_by=str)


def inline(words: list[tuple[str, Any]]) -> list[dict[str, Any]]:
    """Inline nodes, each word perhaps with a face of its own."""
    return [
        {"type": "hard_break"} if word == "\n" else {"type": "text", "text": word, "marks": faces}
        for word, faces in words
    ]


_INLINE = st.lists(
    st.tuples(
        st.one_of(st.sampled_from(_WORDS), st.sampled_from(_WORDS).map(lambda word: f" {word}")),
        _FACES,
    ),
    max_size=8,
).map(inline)


@st.composite
def old_plans(draw: st.DrawFn) -> dict[str, Any]:
    """A plan full of what a look through it is for, cut into runs at any place."""
    new_id = ids()
    body = [
        {"type": "clause", "attrs": {"id": new_id(), "level": "para"}, "content": draw(_INLINE)}
        for _ in range(draw(st.integers(1, 4)))
    ]
    title = "".join(draw(st.lists(st.sampled_from(_WORDS), max_size=4))).replace("\n", " ")
    basis = {"type": "basis", "attrs": {"id": new_id()}, "content": draw(_INLINE)}
    doc = plan(*body, title=node("title", *([title] if title else []), id="title00001"))
    doc["content"].insert(1, basis)
    return sound(doc)


YEARS = st.tuples(st.integers(2021, 2024), st.integers(2025, 2035))


def found_in(doc: dict[str, Any], years: tuple[int, int]) -> tuple[Proposal, ...]:
    return proposals(doc, from_year=years[0], to_year=years[1])


def texts_of(doc: dict[str, Any]) -> dict[str, str]:
    return {block.id: block.text for block in block_texts(doc)}


@patiently
@given(st.one_of(old_plans(), documents()), YEARS)
def test_every_find_lies_in_its_block_and_no_two_overlap(
    doc: dict[str, Any], years: tuple[int, int]
) -> None:
    texts = texts_of(doc)
    by_block: dict[str, list[Proposal]] = defaultdict(list)
    found = found_in(doc, years)
    for proposal in found:
        assert 0 <= proposal.start < proposal.end <= len(texts[proposal.block_id])
        assert texts[proposal.block_id][proposal.start : proposal.end] == proposal.found
        assert "\n" not in proposal.found
        by_block[proposal.block_id].append(proposal)
    for each in by_block.values():
        assert all(one.end <= other.start for one, other in pairwise(each))
    assert len({proposal.id for proposal in found}) == len(found)


@patiently
@given(st.one_of(old_plans(), documents()), YEARS)
def test_without_a_decision_nothing_changes(doc: dict[str, Any], years: tuple[int, int]) -> None:
    found = found_in(doc, years)
    assert apply(doc, found, {}) == doc
    assert apply(doc, found, dict.fromkeys((each.id for each in found), None)) == doc
    assert apply(doc, found, {each.id: each.found for each in found}) == doc


@patiently
@given(old_plans(), YEARS, st.data())
def test_what_is_chosen_stands_there_and_all_else_stays(
    doc: dict[str, Any], years: tuple[int, int], data: st.DataObject
) -> None:
    found = found_in(doc, years)
    words = st.sampled_from([None, "năm 2030", "x", "2027", "một việc khác hẳn"])
    decisions = {each.id: data.draw(words) for each in found}
    after = apply(doc, found, decisions)
    # The result is a text that the door takes as it is.
    assert sound(after) == after
    expected = texts_of(doc)
    for each in reversed(found):
        text = expected[each.block_id]
        chosen = decisions[each.id] or each.found
        expected[each.block_id] = text[: each.start] + chosen + text[each.end :]
    assert texts_of(after) == expected
    for kept in places_after(found, decisions):
        chosen = decisions[kept.proposal.id] or kept.proposal.found
        assert expected[kept.proposal.block_id][kept.start : kept.end] == chosen


@patiently
@given(old_plans(), YEARS, st.data())
def test_what_is_left_out_is_gone_and_the_other_passages_stay(
    doc: dict[str, Any], years: tuple[int, int], data: st.DataObject
) -> None:
    found = found_in(doc, years)
    wished = {each.id for each in found if data.draw(st.booleans())}
    dropped = wished - {each.id for each in undroppable(found, wished)}
    after = apply(doc, found, {}, dropped)
    assert sound(after) == after
    texts = texts_of(after)
    kept = list(places_after(found, {}, dropped))
    assert {each.proposal.id for each in kept} == {each.id for each in found} - dropped
    for each in kept:
        text = texts[each.proposal.block_id]
        assert text[each.start : each.end] == each.proposal.found


@patiently
@given(old_plans(), YEARS)
def test_the_same_text_gives_the_same_ids(doc: dict[str, Any], years: tuple[int, int]) -> None:
    assert found_in(doc, years) == found_in(doc, years)


def test_faces_around_a_new_word_stay() -> None:
    block = clause("aaaaaaaaaa", "")
    block["content"] = [
        {"type": "text", "text": "Trong "},
        {"type": "text", "text": "năm 20", "marks": [{"type": "strong"}]},
        {"type": "text", "text": "22, và", "marks": [{"type": "em"}]},
    ]
    doc = sound(plan(block))
    [found] = (each for each in found_in(doc, (2022, 2027)) if each.block_id == "aaaaaaaaaa")
    after = apply(doc, [found], {found.id: "năm 2027"})
    [changed] = (each for each in after["content"] if each["type"] == "clause")
    assert [(run.text, run.strong, run.em) for run in runs_of(changed)] == [
        ("Trong ", False, False),
        ("năm 20", True, False),
        ("27, và", False, True),
    ]


def test_faces_stay_on_what_a_new_word_shares_with_the_old_one() -> None:
    block = clause("aaaaaaaaaa", "")
    block["content"] = [
        {"type": "text", "text": "ngày 15/0", "marks": [{"type": "strong"}]},
        {"type": "text", "text": "1/2022", "marks": [{"type": "em"}]},
    ]
    doc = sound(plan(block))
    [found] = (each for each in found_in(doc, (2022, 2027)) if each.block_id == "aaaaaaaaaa")
    after = apply(doc, [found], {found.id: "ngày 16/01/2022"})
    [changed] = (each for each in after["content"] if each["type"] == "clause")
    assert [(run.text, run.strong, run.em) for run in runs_of(changed)] == [
        ("ngày 16/0", True, False),
        ("1/2022", False, True),
    ]
