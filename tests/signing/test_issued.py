"""An issued file is valid, says what the law asks for, and independent tools agree."""

import hashlib
import os
import re
import shutil
import subprocess
from datetime import timedelta
from io import BytesIO
from pathlib import Path

import pytest
from pyhanko.pdf_utils.reader import PdfFileReader

from portal.signing.errors import NotSignable
from portal.signing.keys import DemonstrationKeys
from portal.signing.renewal import renew
from portal.signing.verdict import Kind
from portal.signing.verification import verify
from tests.signing.conftest import AT
from tests.signing.plan import DATE, NUMBER, ORGANISATION, SIGNER, canonical_plan


def test_a_sealed_plan_is_issued(issued: bytes, keys: DemonstrationKeys) -> None:
    verdict = verify(issued, keys.trust, at=AT)
    assert verdict.kind is Kind.ISSUED
    assert verdict.is_valid
    assert verdict.findings == ()
    assert (verdict.number, verdict.date) == (NUMBER, DATE)
    assert verdict.digest == hashlib.sha256(issued).hexdigest()
    assert verdict.plan_digest == hashlib.sha256(canonical_plan()).hexdigest()


def test_the_report_names_what_the_circular_asks_for(
    issued: bytes, keys: DemonstrationKeys
) -> None:
    leader, _, seal, _ = verify(issued, keys.trust, at=AT).signatures
    assert leader.signer == f"{SIGNER} (KIỂM THỬ)"
    assert leader.organisation == f"{ORGANISATION} (KIỂM THỬ)"
    assert seal.signer == f"{ORGANISATION} (KIỂM THỬ)"
    assert leader.issuer == seal.issuer == "CA cấp dưới (KIỂM THỬ)"
    assert leader.signing_time == leader.timestamp == AT
    assert leader.certificate_not_before < AT < leader.certificate_not_after
    assert leader.algorithm == "ECDSA 256 bit, SHA256"
    assert [one.conclusion for one in (leader, seal)] == ["hợp lệ", "hợp lệ"]


def test_the_signing_time_is_written_in_vietnamese_time(issued: bytes) -> None:
    signatures = PdfFileReader(BytesIO(issued)).embedded_regular_signatures
    assert [str(one.sig_object["/M"]) for one in signatures] == ["D:20261122100000+07'00'"] * 2


def test_number_date_and_seal_are_one_revision(signed: bytes, issued: bytes) -> None:
    assert issued.startswith(signed)
    assert PdfFileReader(BytesIO(signed)).xrefs.total_revisions == 3
    assert PdfFileReader(BytesIO(issued)).xrefs.total_revisions == 5


def test_a_signed_plan_is_not_yet_issued(signed: bytes, keys: DemonstrationKeys) -> None:
    verdict = verify(signed, keys.trust, at=AT)
    assert verdict.kind is Kind.SIGNED_ONLY
    assert not verdict.is_valid
    assert verdict.findings == ()
    assert (verdict.number, verdict.date) == (None, None)


def test_an_issued_file_stays_valid_while_its_last_time_stamp_does(
    issued: bytes, keys: DemonstrationKeys
) -> None:
    assert verify(issued, keys.trust, at=AT + timedelta(days=3000)).is_valid


def test_a_renewed_time_stamp_prolongs_an_issued_file(
    issued: bytes, keys: DemonstrationKeys
) -> None:
    later = AT + timedelta(days=3600)
    much_later = later + timedelta(days=2900)
    assert not verify(issued, keys.trust, at=much_later).is_valid
    verdict = verify(renew(issued, keys, at=later), keys.trust, at=much_later)
    assert verdict.findings == ()
    assert verdict.is_valid
    assert len(verdict.signatures) == 5


def test_what_is_not_issued_is_not_renewed(signed: bytes, keys: DemonstrationKeys) -> None:
    with pytest.raises(NotSignable, match="Không gia hạn được"):
        renew(signed, keys, at=AT)


def test_clocks_may_differ_by_minutes(issued: bytes, keys: DemonstrationKeys) -> None:
    assert verify(issued, keys.trust, at=AT - timedelta(minutes=4)).is_valid


def test_the_file_stays_at_pdf_1_7_as_pdf_a_3_asks(issued: bytes) -> None:
    reader = PdfFileReader(BytesIO(issued))
    assert issued.startswith(b"%PDF-1.7")
    assert reader.root.get("/Version", "/1.7") == "/1.7"


def test_pdfsig_finds_both_signatures_valid(issued: bytes, tmp_path: Path) -> None:
    _need("pdfsig")
    file = _kept(issued, tmp_path)
    said = _run("pdfsig", "-nocert", str(file))
    assert said.count("Signature is Valid.") == 2
    assert "Digest Mismatch" not in said


def test_qpdf_finds_nothing_wrong(issued: bytes, tmp_path: Path) -> None:
    _need("qpdf")
    assert "No syntax or stream encoding errors" in _run(
        "qpdf", "--check", str(_kept(issued, tmp_path))
    )


@pytest.mark.parametrize("field", ["ky_lanh_dao", "con_dau"])
def test_openssl_verifies_each_signature(
    issued: bytes, keys: DemonstrationKeys, tmp_path: Path, field: str
) -> None:
    _need("openssl")
    (signature,) = (
        one for one in PdfFileReader(BytesIO(issued)).embedded_signatures if one.field_name == field
    )
    _, before, after, length = (int(number) for number in signature.byte_range)
    (tmp_path / "covered").write_bytes(issued[:before] + issued[after : after + length])
    (tmp_path / "cms.der").write_bytes(signature.pkcs7_content)
    (tmp_path / "root.der").write_bytes(keys.trust.roots[0].dump())
    _run("openssl", "x509", "-inform", "DER", "-in", "root.der", "-out", "root.pem", cwd=tmp_path)
    command = "cms -verify -binary -inform DER -in cms.der -content covered -CAfile root.pem"
    purpose = "-purpose any -out /dev/null"
    _run("openssl", *command.split(), *purpose.split(), cwd=tmp_path)


def test_poppler_reads_number_and_date_in_their_places(issued: bytes, tmp_path: Path) -> None:
    _need("pdftotext")
    text = _run("pdftotext", "-layout", str(_kept(issued, tmp_path)), "-")
    assert re.search(r"Số:\s+38\s*/KH-UBND", text)
    assert DATE in text


def _kept(pdf: bytes, folder: Path) -> Path:
    file = folder / "issued.pdf"
    file.write_bytes(pdf)
    return file


def _need(tool: str) -> None:
    if shutil.which(tool) is None and not os.environ.get("CI"):
        pytest.skip(f"{tool} is not installed")


def _run(*command: str, cwd: Path | None = None) -> str:
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=cwd)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout
