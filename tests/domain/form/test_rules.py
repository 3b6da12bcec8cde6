"""Each rule finds its wrong example and passes its right one; the table of rules is sound."""

import re

import pytest

from tests.domain.content.documents import REAL_PLAN
from workflows.domain.content.importer import import_text
from workflows.domain.form.checking import MOST, check, look_over, weighed
from workflows.domain.form.examples import SOUND, example_doc, shown
from workflows.domain.form.findings import CHOICES, Level
from workflows.domain.form.rules import GROUPS, rules

RULES = list(rules().values())
# The provisions that the rules cite, as the Official Gazette (283+284, 17-3-2020) has them.
PROVISIONS = {
    *("Điều 8 khoản 2 điểm đ", "Điều 8 khoản 2 điểm e", "Điều 8 khoản 2 điểm g"),
    *("Điều 8 khoản 2 điểm i", "Điều 13", "Điều 15 khoản 1"),
    *("Điều 16 khoản 3", "Phụ lục VI, Phần II, Mục I", "Phụ lục I, Phần I, Mục I.4"),
    *(f"Phụ lục I, Phần I, Mục II.{point}" for point in ("3b", "3c", "4b", "5a", "5b", "6a")),
    *(f"Phụ lục I, Phần I, Mục II.{point}" for point in ("6b", "6c", "6d", "6đ", "7b")),
    *(
        f"Phụ lục I, Phần I, Mục II.{point}"
        for point in ("7c", "7đ", "9", "9a", "9d", "6a và II.6b")
    ),
    *(f"Phụ lục I, Phần I, Mục III.{point}" for point in ("1a", "1b", "2a")),
    "Phụ lục I, Phần I, Mục II.9b và II.9c",
    *(f"Phụ lục II, Mục {point}" for point in ("I", "II.1a", "III.1a và III.1c", "IV.1a")),
    *(f"Phụ lục II, Mục V.{point}" for point in ("1", "3", "5 và V.8b", "6", "7", "8c")),
    *("Phụ lục III, Mục I", "Phụ lục III, Mục II, Mẫu 1.2", "Phụ lục III, Mục II, Mẫu 1.4"),
    "Cách trình bày thông dụng (Nghị định không quy định riêng)",
    "Yêu cầu về nội dung (Nghị định không quy định riêng)",
}


def found(doc, levels=None):
    return [finding.rule for finding in check(doc, None, levels or {})]


def test_there_are_enough_rules_and_a_sound_plan_meets_them_all():
    assert len(RULES) >= 45
    assert check(example_doc(SOUND), None, {}) == []


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_a_rule_finds_its_wrong_example(rule):
    mine = [f for f in check(example_doc(rule.bad), None, {}) if f.rule == rule.id]
    assert mine
    assert {finding.level for finding in mine} == {rule.level}
    for finding in mine:
        assert re.match(r"[A-ZĐÀ-Ỹ“]", finding.sentence), finding.sentence
        assert finding.sentence.endswith("."), finding.sentence
        assert finding.place


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_no_rule_finds_anything_in_its_right_example(rule):
    assert found(example_doc(rule.good)) == []


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_a_rule_says_what_prescribes_it(rule):
    decree = ", Nghị định 30/2020/NĐ-CP"
    for law in rule.law.removesuffix(decree).split("; "):
        assert law in PROVISIONS, law
    assert rule.law.endswith(decree) != rule.law.endswith(")")
    assert rule.group in GROUPS
    assert rule.name


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_the_examples_can_be_shown(rule):
    assert shown(rule.bad)
    # The signer is chosen from a list: there is nothing to print.
    assert shown(rule.good) or rule.good == "position: 1"
    assert shown(rule.good) != ("(trống)",)


def test_an_example_is_shown_as_it_is_printed():
    assert shown("part: MỤC ĐÍCH\nsub: Tiểu mục\nsub: Nữa") == (
        "I. MỤC ĐÍCH",
        "0.1 Tiểu mục",
        "0.2 Nữa",
    )
    assert shown("filing: VT, KGVX") == ("Lưu: VT, KGVX",)
    assert shown("title:") == ("(trống)",)
    assert shown("power: CHỦ TỊCH\nsigner: Nguyễn Văn Mẫu") == ("CHỦ TỊCH", "Nguyễn Văn Mẫu")


def test_every_fixed_rule_is_an_error_and_cannot_be_chosen():
    fixed = [rule for rule in RULES if rule.is_fixed]
    assert len(fixed) == 8
    for rule in fixed:
        assert rule.level is Level.ERROR
        assert rule.choices == ()
        assert rule.level_under({rule.id: "off"}) == "error"


@pytest.mark.parametrize("level", CHOICES)
def test_an_organisation_weighs_a_rule_its_own_way(level):
    doc = example_doc("title: Cải cách hành chính năm 2026.")
    findings = check(doc, None, {"title-end": level})
    assert [f.level for f in findings] == ([] if level == "off" else [level])


def test_stale_levels_mean_nothing():
    doc = example_doc("title: Cải cách hành chính năm 2026.")
    assert found(doc, {"title-end": "fatal", "no-such-rule": "error", "title-missing": "off"}) == [
        "title-end"
    ]
    assert found(example_doc("title:"), {"title-missing": "off"}) == ["title-missing"]


def test_weighing_does_not_look_again():
    seen = look_over(example_doc("title: Cải cách hành chính."), None)
    assert weighed(seen, {"title-end": "off"}) == []
    assert [f.level for f in weighed(seen, {"title-end": "error"})] == ["error"]


def test_the_kind_of_document_decides_what_is_above():
    doc = example_doc("title: V/v cải cách hành chính\nrecipient: Như trên\nrecipient: Các Sở")
    assert found(doc) == ["title-vv", "recipient-above"]
    assert check(doc, {"kind": "CÔNG VĂN"}, {}) == []


def test_one_rule_does_not_fill_the_page():
    doc = example_doc("\n".join(["dash: Hội nghị ,hội thảo  mới."] * 100))
    counts = {rule: found(doc).count(rule) for rule in ("space-before", "spaces")}
    assert counts == {"space-before": MOST, "spaces": MOST}


def test_the_real_plan_lacks_its_signer_and_little_else():
    findings = check(import_text(REAL_PLAN.read_text("utf-8")).doc, None, {})
    assert [f.rule for f in findings if f.level is Level.ERROR] == ["signer-missing"]
    assert [(f.rule, f.place) for f in findings if f.level is Level.WARNING] == [
        ("citation-incomplete", "Mục II.1.4, đoạn thứ 1"),
        ("misreading", "Mục II.1.5, đoạn thứ 3"),
        ("misreading", "Mục II.1.5, đoạn thứ 3"),
        ("capital-people", "Mục II.1.6, đoạn thứ 1"),
        ("misreading", "Nơi nhận, dòng thứ 13"),
        ("filing-shape", "Nơi nhận, dòng Lưu"),
    ]
    assert {f.rule for f in findings if f.level is Level.NOTE} == {
        *("abbreviation", "quotes-mixed", "task-deadline", "recipient-superior"),
    }
