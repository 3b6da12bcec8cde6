"""A definition that could let a plan go wrong is refused, with the path printed."""

from importlib.resources import files
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflows.domain.chain import UnsoundChain, data_of
from workflows.domain.machine import PlanState
from workflows.domain.soundness import REQUIRED, chain_of, load_chain

TEXT = files("workflows.definitions").joinpath("ha-noi-ke-hoach-1.toml").read_text("utf-8")


def definition() -> dict[str, Any]:
    return data_of(load_chain(TEXT))


def step(data: dict[str, Any], key: str) -> dict[str, Any]:
    found: dict[str, Any] = next(row for row in data["step"] if row["key"] == key)
    return found


def test_the_chain_that_ships_is_sound() -> None:
    chain = load_chain(TEXT)

    assert [s.key for s in chain.steps] == [
        "draft",
        "unit_review",
        "appraisal_review",
        "appraisal_lead",
        "form_check",
        "signature",
        "issue",
    ]
    assert chain_of(data_of(chain)) == chain


SKIPS = {
    "unit head": ("draft", "appraisal_review", "unit_review"),
    "appraisal": ("unit_review", "form_check", "appraisal"),
    "form check": ("appraisal_lead", "signature", "form_check"),
    "signature": ("form_check", "issue", "awaiting_signature"),
}


@pytest.mark.parametrize("name", SKIPS)
def test_a_way_round_a_required_step_is_refused_with_its_path(name: str) -> None:
    data = definition()
    key, short_cut, missed = SKIPS[name]
    step(data, key)["next"].append(short_cut)

    with pytest.raises(UnsoundChain) as refused:
        chain_of(data)

    assert f"{key} → {short_cut}" in str(refused.value)
    assert missed in str(refused.value)


def test_a_required_step_in_the_wrong_order_is_refused() -> None:
    data = definition()
    step(data, "draft")["next"] = ["appraisal_review"]
    step(data, "appraisal_lead")["next"] = ["unit_review"]
    step(data, "unit_review")["next"] = ["form_check"]
    for row in data["step"]:
        row["returns_to"] = ["draft"] if row["returns_to"] else []

    with pytest.raises(UnsoundChain, match="sai thứ tự"):
        chain_of(data)


FAULTS: dict[str, Any] = {
    "không có": lambda d: step(d, "draft").update(next=["nowhere"]),
    "hai lần": lambda d: d["step"].append(dict(step(d, "issue"))),
    "Không có đường nào tới bước": lambda d: d["step"].append(
        {**step(d, "form_check"), "key": "island"}
    ),
    "không có đường nào tới phát hành": lambda d: step(d, "form_check").update(
        next=["unit_review"]
    ),
    "dừng ở bước": lambda d: step(d, "form_check").update(next=[]),
    "không được quyết định": lambda d: step(d, "unit_review").update(role="drafter"),
    "không phải là một bước": lambda d: step(d, "form_check").update(state="issued"),
    "đứng trước": lambda d: step(d, "form_check").update(returns_to=["signature"]),
    "không trả lại được": lambda d: step(d, "form_check").update(returns_to=[]),
    "không được âm": lambda d: step(d, "form_check").update(days=-1),
    "phải là soạn thảo": lambda d: step(d, "draft").update(state="unit_review", role="unit_head"),
    "không còn bước nào": lambda d: step(d, "issue").update(next=["draft"]),
    "Quy trình không có bước nào": lambda d: d["step"].clear(),
    "thiếu mục hoặc sai giá trị": lambda d: d["chain"].pop("key"),
}


@pytest.mark.parametrize("sentence", FAULTS)
def test_each_fault_is_refused_in_its_own_words(sentence: str) -> None:
    data = definition()
    FAULTS[sentence](data)

    with pytest.raises(UnsoundChain, match=sentence):
        chain_of(data)


def test_a_file_that_is_no_toml_is_refused_in_a_sentence() -> None:
    with pytest.raises(UnsoundChain, match="không đọc được"):
        load_chain("[chain")


KEYS = [row["key"] for row in definition()["step"]]


@given(st.dictionaries(st.sampled_from(KEYS), st.lists(st.sampled_from(KEYS), max_size=3)))
def test_whatever_passes_the_check_misses_no_required_step(ways: dict[str, list[str]]) -> None:
    data = definition()
    for key, following in ways.items():
        step(data, key)["next"] = following
    try:
        chain = chain_of(data)
    except UnsoundChain:
        return

    waiting = [("draft",)]
    while waiting:
        path = waiting.pop()
        if not chain[path[-1]].next:
            walked = iter((chain[key].state, chain[key].role) for key in path)
            assert all(required in walked for required in REQUIRED)
            assert chain[path[-1]].state is PlanState.SIGNED
        waiting += [(*path, key) for key in chain[path[-1]].next if key not in path]
