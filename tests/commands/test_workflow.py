"""`flask workflow` on the chain that ships and on files that are no chain."""

from pathlib import Path
from xml.etree import ElementTree

import pytest
from flask import Flask

CHAIN = "workflows/definitions/ha-noi-ke-hoach-1.toml"
ROOT = Path(__file__).resolve().parents[2]


def test_the_chain_that_ships_is_said_to_be_sound(look: Flask) -> None:
    answer = look.test_cli_runner().invoke(args=["workflow", "check", str(ROOT / CHAIN)])

    assert answer.exit_code == 0
    assert "hợp lệ" in answer.output
    assert "draft → unit_review → appraisal_review" in answer.output


def test_an_unsound_chain_is_refused_with_the_path(look: Flask, tmp_path: Path) -> None:
    text = (ROOT / CHAIN).read_text(encoding="utf-8")
    file = tmp_path / "short.toml"
    file.write_text(text.replace('next = "appraisal_review"', 'next = "form_check"'), "utf-8")

    answer = look.test_cli_runner().invoke(args=["workflow", "check", str(file)])

    assert answer.exit_code == 1
    assert "appraisal_review" in answer.output


@pytest.mark.parametrize("content", [b"", b"[chain", b"\xff\xfe", b"[chain]\nkey = 1\n"])
def test_a_file_that_is_no_chain_gets_a_sentence(
    look: Flask, tmp_path: Path, content: bytes
) -> None:
    file = tmp_path / "odd.toml"
    file.write_bytes(content)

    answer = look.test_cli_runner().invoke(args=["workflow", "check", str(file)])

    assert answer.exit_code == 1
    assert answer.output.startswith("Error: odd.toml: ")


def test_the_picture_names_every_step(look: Flask, tmp_path: Path) -> None:
    picture = tmp_path / "chain.svg"
    look.test_cli_runner().invoke(
        args=["workflow", "draw", str(ROOT / CHAIN), "--out", str(picture)]
    )

    text = "".join(ElementTree.parse(picture).getroot().itertext())  # noqa: S314  # Our own file.
    for word in ("Soạn thảo", "Văn thư", "5 ngày làm việc"):
        assert word in text
