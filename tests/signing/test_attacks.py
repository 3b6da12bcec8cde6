"""No stranger changes an issued file and leaves it valid; each refusal has its sentence."""

from datetime import datetime

import pytest
from pyhanko.sign.fields import MDPPerm
from pyhanko_certvalidator import ValidationContext

from portal.signing.keys import DemonstrationKeys
from portal.signing.leader import leader_sign
from portal.signing.revision import open_for_signing
from portal.signing.seal import seal
from portal.signing.trust import Trust
from portal.signing.verdict import Kind
from portal.signing.verification import verify
from tests.signing import attacks
from tests.signing.conftest import AT, PASSPHRASE
from tests.signing.forgery import assert_altered, signed_at
from tests.signing.plan import DATE, NUMBER, ORGANISATION, SIGNER, TITLE


@pytest.mark.parametrize("name", attacks.INCREMENTAL)
@pytest.mark.parametrize("stage", ["issued", "signed"])
def test_no_revision_may_follow(
    name: str, stage: str, keys: DemonstrationKeys, request: pytest.FixtureRequest
) -> None:
    pdf: bytes = request.getfixturevalue(stage)
    changed = attacks.incremental(pdf, attacks.INCREMENTAL[name])
    assert len(changed) > len(pdf)
    assert_altered(verify(changed, keys.trust, at=AT))


@pytest.mark.parametrize("junk", [b"\n", b" ", b"%", b"\0", b"%%EOF\n", b"junk" * 400])
def test_nothing_may_follow_the_end(issued: bytes, keys: DemonstrationKeys, junk: bytes) -> None:
    verdict = verify(issued + junk, keys.trust, at=AT)
    assert verdict.kind in (Kind.ALTERED, Kind.DAMAGED)


def test_a_file_cut_back_to_the_leader_is_not_issued(
    issued: bytes, signed: bytes, keys: DemonstrationKeys
) -> None:
    verdict = verify(issued[: len(signed)], keys.trust, at=AT)
    assert verdict.kind is Kind.SIGNED_ONLY
    assert not verdict.is_valid


def test_a_seal_without_its_last_time_stamp_is_not_valid(
    issued: bytes, keys: DemonstrationKeys
) -> None:
    _, after = attacks.gaps(issued)[2]
    end = issued.index(b"%%EOF\n", after) + len(b"%%EOF\n")
    assert_altered(verify(issued[:end], keys.trust, at=AT))


def test_a_rewritten_file_is_not_valid(issued: bytes, keys: DemonstrationKeys) -> None:
    verdict = verify(attacks.rewritten(issued), keys.trust, at=AT)
    assert verdict.kind in (Kind.ALTERED, Kind.DAMAGED)


def test_a_third_signature_is_a_stranger(
    issued: bytes, keys: DemonstrationKeys, leader_key: str
) -> None:
    writer = open_for_signing(issued)
    attacks.hidden_signature_field(writer)
    more = signed_at(writer, keys, leader_key, "them", b"", MDPPerm.FILL_FORMS)
    verdict = verify(more, keys.trust, at=AT)
    assert_altered(verdict)
    assert any("đúng chữ ký" in finding for finding in verdict.findings)


def test_the_same_names_from_another_authority_are_not_trusted(
    prepared: bytes, keys: DemonstrationKeys, tmp_path_factory: pytest.TempPathFactory
) -> None:
    forger = DemonstrationKeys(tmp_path_factory.mktemp("forger"), PASSPHRASE)
    forged = _issued_by(forger, prepared)
    assert verify(forged, forger.trust, at=AT).is_valid
    verdict = verify(forged, keys.trust, at=AT)
    assert verdict.kind is Kind.UNTRUSTED
    assert verdict.signatures[0].signer == f"{SIGNER} (KIỂM THỬ)"
    assert all(one.conclusion == "không hợp lệ" for one in verdict.signatures)


def test_a_signature_with_a_revoked_certificate_is_not_trusted(
    prepared: bytes, tmp_path_factory: pytest.TempPathFactory
) -> None:
    careless = CarelessKeys(tmp_path_factory.mktemp("careless"), PASSPHRASE)
    key = careless.authority.issue_person(SIGNER, TITLE, ORGANISATION)
    careless.authority.revoke(key, at=AT.replace(year=2025))
    file = leader_sign(prepared, careless, key_name=key, signer_name=SIGNER, at=AT)
    verdict = verify(file, careless.trust, at=AT)
    assert verdict.kind is Kind.UNTRUSTED
    assert any("đã bị thu hồi" in finding for finding in verdict.findings)


def test_test_certificates_count_for_nothing_outside_demonstration(
    issued: bytes, keys: DemonstrationKeys
) -> None:
    verdict = verify(issued, Trust(keys.trust.roots, demonstration=False), at=AT)
    assert verdict.kind is Kind.UNTRUSTED


class CarelessKeys(DemonstrationKeys):
    """Signs without looking at the revocation list it embeds."""

    def validation_context(self, *, at: datetime) -> ValidationContext:
        return ValidationContext(
            trust_roots=list(self.trust.roots),
            crls=list(self.authority.revocation_lists(at=at)),
            moment=at,
            revocation_mode="soft-fail",
        )


def _issued_by(keys: DemonstrationKeys, prepared: bytes) -> bytes:
    leader = keys.authority.issue_person(SIGNER, TITLE, ORGANISATION)
    signed = leader_sign(prepared, keys, key_name=leader, signer_name=SIGNER, at=AT)
    return seal(
        signed,
        keys,
        key_name=keys.authority.issue_organisation(ORGANISATION),
        number_text=NUMBER,
        date_text=DATE,
        organisation_name=ORGANISATION,
        at=AT,
    )
