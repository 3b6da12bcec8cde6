"""Every template compiles, says nothing outside the catalogue, and runs no script of its own."""

import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from jinja2 import Environment, nodes

ROOT = Path(__file__).resolve().parents[2] / "templates"
TEMPLATES = sorted(str(path.relative_to(ROOT)) for path in ROOT.rglob("*.html")) + sorted(
    str(path.relative_to(ROOT)) for path in ROOT.rglob("*.txt")
)
MARKED = re.compile(r"[À-ỹĐđ]")
# How many of its first arguments each of these takes as the sentence itself.
CATALOGUE = {"_": 1, "gettext": 1, "ngettext": 2}


def bare_words(environment: Environment, source: str) -> Iterator[str]:
    """Vietnamese text that stands outside of any `_()` and any `trans` block."""
    inside = 0
    for _, kind, value in environment.lex(source):
        if kind == "name" and value == "trans":
            inside += 1
        elif kind == "name" and value == "endtrans":
            inside -= 1
        elif kind == "data" and inside <= 0 and MARKED.search(_but_the_name(value)):
            yield value.strip()


def computed_sentences(environment: Environment, source: str) -> Iterator[str]:
    """Calls of the catalogue whose sentence is no literal: Jinja calls their result safe markup."""
    for call in environment.parse(source).find_all(nodes.Call):
        if isinstance(call.node, nodes.Name) and call.node.name in CATALOGUE:
            sentences = call.args[: CATALOGUE[call.node.name]]
            if not sentences or not all(isinstance(one, nodes.Const) for one in sentences):
                yield f"line {call.lineno}"


def _but_the_name(text: str) -> str:
    """The product's own name is the same in every language."""
    return unicodedata.normalize("NFC", text).replace("Trình Ký", "")


@pytest.mark.parametrize("name", TEMPLATES)
def test_every_template_compiles(look: Flask, name: str) -> None:
    look.jinja_env.get_template(name)


@pytest.mark.parametrize("name", TEMPLATES)
def test_every_sentence_goes_through_the_catalogue(look: Flask, name: str) -> None:
    source = (ROOT / name).read_text(encoding="utf-8")

    assert list(bare_words(look.jinja_env, source)) == []


@pytest.mark.parametrize("name", TEMPLATES)
def test_the_catalogue_is_asked_for_literals_only(look: Flask, name: str) -> None:
    source = (ROOT / name).read_text(encoding="utf-8")

    assert list(computed_sentences(look.jinja_env, source)) == []


@pytest.mark.parametrize("name", TEMPLATES)
def test_no_template_carries_a_script_or_a_style_of_its_own(name: str) -> None:
    source = (ROOT / name).read_text(encoding="utf-8")

    assert not re.search(r"<script(?![^>]*\bsrc=)|\son\w+=|\sstyle=|javascript:", source)


def test_the_check_for_bare_words_can_fail(look: Flask) -> None:
    assert list(bare_words(look.jinja_env, "<p>Kế hoạch</p>{{ _('Hộp việc') }}")) == [
        "<p>Kế hoạch</p>"
    ]


def test_the_check_for_computed_sentences_can_fail(look: Flask) -> None:
    source = "{{ _('Hộp việc') }}{{ _(doubt.sentence) }}{{ ngettext('một', many, 2) }}"

    assert list(computed_sentences(look.jinja_env, source)) == ["line 1", "line 1"]


def test_a_sentence_with_words_of_a_document_is_escaped_and_not_formatted(look: Flask) -> None:
    words = "đạt 50% <img src=x>"

    said = look.jinja_env.from_string("{{ words | translated }}").render(words=words)

    assert said == "đạt 50% &lt;img src=x&gt;"
