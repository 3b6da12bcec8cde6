"""What is a title and what is a sentence, by its words and by what stands under it."""

from tests.domain.content.documents import clause, plan
from workflows.domain.content.canonical import sound
from workflows.domain.content.headings import headings

A, B, C = (f"clause000{letter}" for letter in "abc")


def titles(*blocks):
    return headings(sound(plan(*blocks)))


def test_a_part_is_a_title_whatever_it_says():
    assert titles(clause(A, "Tổ chức thực hiện.", "part")) == {A}


def test_a_section_is_one_with_something_of_its_own_under_it():
    below = clause(B, "việc", "dash")
    assert titles(clause(A, "Sở Tài chính", "sec"), below) == {A}
    assert titles(clause(A, "Sở Tài chính:", "sec"), below) == set()
    assert titles(clause(A, "Sở Tài chính lo kinh phí.", "sec"), below) == set()
    assert titles(clause(A, "", "sec"), below) == set()
    assert titles(clause(A, "x" * 301, "sec"), below) == set()
    assert titles(clause(A, "Sở Tài chính", "sec"), clause(B, "Sở Y tế", "sec")) == set()
    assert titles(clause(A, "Sở Tài chính", "sec")) == set()


def test_a_point_is_one_too_and_deeper_levels_never():
    levels = ("sub", "pt", "dash", "plus", "para")
    found = [titles(clause(A, "Việc chung", level), clause(B, "việc", "para")) for level in levels]
    assert found == [{A}, set(), set(), set(), set()]
