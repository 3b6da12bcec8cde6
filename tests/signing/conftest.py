"""One plan signed and sealed once, for every test that only looks at it."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from portal.documents.fields import prepare
from portal.documents.render import render_plan
from portal.signing.keys import DemonstrationKeys
from portal.signing.leader import leader_sign
from portal.signing.seal import seal
from tests.signing.plan import DATE, NUMBER, ORGANISATION, SIGNER, TITLE, canonical_plan

AT = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)
PASSPHRASE = "mat-khau-chi-dung-khi-kiem-thu-0123456789"


@pytest.fixture(scope="session")
def keys(tmp_path_factory: pytest.TempPathFactory) -> DemonstrationKeys:
    folder: Path = tmp_path_factory.mktemp("keys")
    return DemonstrationKeys(folder, PASSPHRASE)


@pytest.fixture(scope="session")
def leader_key(keys: DemonstrationKeys) -> str:
    return keys.authority.issue_person(SIGNER, TITLE, ORGANISATION)


@pytest.fixture(scope="session")
def organisation_key(keys: DemonstrationKeys) -> str:
    return keys.authority.issue_organisation(ORGANISATION)


@pytest.fixture(scope="session")
def prepared() -> bytes:
    return prepare(render_plan(canonical_plan(), at=AT)).pdf


@pytest.fixture(scope="session")
def signed(prepared: bytes, keys: DemonstrationKeys, leader_key: str) -> bytes:
    return leader_sign(prepared, keys, key_name=leader_key, signer_name=SIGNER, at=AT)


@pytest.fixture(scope="session")
def issued(signed: bytes, keys: DemonstrationKeys, organisation_key: str) -> bytes:
    return seal(
        signed,
        keys,
        key_name=organisation_key,
        number_text=NUMBER,
        date_text=DATE,
        organisation_name=ORGANISATION,
        at=AT,
    )
