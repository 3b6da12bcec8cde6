"""Many people write in one text at once, through several web processes, and agree in the end."""

import threading
from collections.abc import Iterator
from uuid import UUID

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from config import Config
from tests.collaboration.author import Author
from tests.factories import Office, short_plan
from tests.journeys.stack import Stack, served
from workflows.domain.content.edits import replay
from workflows.domain.content.schema import SCHEMA, parse
from workflows.models.text import TextSnapshot, TextStep

WHO = ("soan", "thao")


@pytest.fixture(scope="module")
def office_config(standing_config: Config) -> Config:
    """One office and one server for all tests here; each has plans of its own."""
    return standing_config


@pytest.fixture(scope="module")
def stack(office_config: Config, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    with served(office_config, tmp_path_factory.mktemp("logs"), workers=()) as running:
        yield running
        assert running.complaints() == []


def settle(authors: list[Author]) -> None:
    """Let everybody send and fetch until nothing waits anywhere."""
    waiting = authors
    while waiting:
        waiting = [author for author in authors if author.exchange()]
    for author in authors:
        author.exchange()


def in_threads(authors: list[Author], rounds: int) -> None:
    """Everybody at once, each in a thread of their own."""
    failures: list[BaseException] = []

    def write(author: Author) -> None:
        try:
            for turn in range(rounds):
                author.wander()
                if turn % 2:
                    author.exchange()
        except BaseException as error:
            failures.append(error)

    threads = [threading.Thread(target=write, args=(author,)) for author in authors]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []


def test_many_hands_come_to_one_text(stack: Stack, office: Office, session: Session) -> None:
    plan_id = office.draft(short_plan()).id
    authors = [Author(stack.address, WHO[n % len(WHO)], plan_id, seed=n) for n in range(8)]
    in_threads(authors, rounds=24)
    settle(authors)

    assert {author.version for author in authors} == {authors[0].version}
    assert authors[0].version > len(authors) * 4
    texts = {author.doc.to_json().__repr__() for author in authors}
    assert texts == {replayed(session, plan_id).__repr__()}
    parse(authors[0].doc.to_json())


def replayed(session: Session, plan_id: UUID) -> object:
    """The text as the record has it, from its first snapshot on."""
    first = session.scalars(
        select(TextSnapshot.doc).where(TextSnapshot.plan_id == plan_id, TextSnapshot.version == 0)
    ).one()
    steps = session.scalars(
        select(TextStep.step).where(TextStep.plan_id == plan_id).order_by(TextStep.version)
    ).all()
    return replay(SCHEMA.node_from_json(first), steps).doc.to_json()


def test_two_in_one_paragraph_keep_every_word(stack: Stack, office: Office) -> None:
    plan_id = office.draft(short_plan()).id
    first, second = (Author(stack.address, who, plan_id, n) for n, who in enumerate(WHO))
    for turn in range(20):
        first.type(f"«a{turn:02d}»", clause=0)
        second.type(f"«b{turn:02d}»", clause=0)
        first.exchange()
        second.exchange()
    settle([first, second])

    text = first.doc.text_content
    assert first.doc.eq(second.doc)
    assert len(first.acknowledged) == len(second.acknowledged) == 20
    # A word may have been typed into another, but no letter of it is lost.
    for letter in ("a", "b"):
        assert text.count(letter) - _before(office, letter) == 20


def _before(office: Office, letter: str) -> int:
    return parse(short_plan()).text_content.count(letter)
