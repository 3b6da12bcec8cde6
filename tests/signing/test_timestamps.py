"""Tokens of any authority end up in one form, and an authority over HTTP serves as well."""

import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from io import BytesIO

import pytest
from asn1crypto import algos, cms, tsp
from asn1crypto import keys as asn1_keys
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.general import simple_cms_attribute
from pyhanko.sign.timestamps import DummyTimeStamper
from pyhanko_certvalidator.registry import SimpleCertificateStore

from portal.signing import certificates
from portal.signing.authority import ROOT
from portal.signing.keys import DemonstrationKeys
from portal.signing.leader import leader_sign
from portal.signing.seal import seal
from portal.signing.timestamps import canonical, is_canonical
from portal.signing.verdict import Kind
from portal.signing.verification import verify
from tests.signing.conftest import PASSPHRASE
from tests.signing.plan import DATE, NUMBER, ORGANISATION, SIGNER, TITLE

ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
DIGEST = bytes(range(32))


@pytest.fixture(scope="module")
def demonstration(tmp_path_factory: pytest.TempPathFactory) -> DemonstrationKeys:
    return DemonstrationKeys(tmp_path_factory.mktemp("keys"), PASSPHRASE)


@pytest.fixture(scope="module")
def rsa_stamper(demonstration: DemonstrationKeys) -> DummyTimeStamper:
    """An authority as others run them: RSA, its chain inside the token."""
    issuer = demonstration.authority.identity(ROOT)
    key = rsa.generate_private_key(65537, 2048)
    like = certificates.timestamp_authority(certificates.subject("TSA", "TSA"), issuer).certificate
    builder = x509.CertificateBuilder(
        like.issuer,
        like.subject,
        key.public_key(),
        x509.random_serial_number(),
        like.not_valid_before_utc,
        like.not_valid_after_utc,
    )
    for extension in like.extensions:
        if extension.oid != x509.SubjectKeyIdentifier.oid:
            builder = builder.add_extension(extension.value, extension.critical)
    encoded = builder.sign(issuer.key, hashes.SHA256()).public_bytes(Encoding.DER)
    chain = SimpleCertificateStore()
    chain.register(demonstration.trust.roots[0])
    private = key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
    return DummyTimeStamper(
        asn1_x509.Certificate.load(encoded), asn1_keys.PrivateKeyInfo.load(private), chain
    )


@pytest.fixture
def service(rsa_stamper: DummyTimeStamper) -> Iterator[str]:
    class Stamps(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            asked = self.rfile.read(int(self.headers["Content-Length"]))
            answer = rsa_stamper.request_tsa_response(tsp.TimeStampReq.load(asked)).dump()
            self.send_response(200)
            self.send_header("Content-Type", "application/timestamp-reply")
            self.send_header("Content-Length", str(len(answer)))
            self.end_headers()
            self.wfile.write(answer)

        def log_message(self, *words: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Stamps) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()
        thread.join()


def test_a_token_is_rebuilt_in_one_form(rsa_stamper: DummyTimeStamper) -> None:
    _, request = rsa_stamper.request_cms(DIGEST, "sha256")
    token = rsa_stamper.request_tsa_response(request)["time_stamp_token"]
    assert len(token["content"]["certificates"]) == 2
    assert not is_canonical(token.dump())
    rebuilt = canonical(cms.ContentInfo.load(token.dump()))
    assert len(rebuilt["content"]["certificates"]) == 1
    assert is_canonical(rebuilt.dump())
    assert canonical(rebuilt).dump() == rebuilt.dump()


def test_the_other_value_of_an_ecdsa_signature_is_no_second_form(issued: bytes) -> None:
    container = PdfFileReader(BytesIO(issued)).embedded_signatures[-1].pkcs7_content
    token = cms.ContentInfo.load(container)
    (signer,) = token["content"]["signer_infos"]
    pair = algos.DSASignature.load(signer["signature"].native).native
    other = algos.DSASignature({"r": pair["r"], "s": ORDER - pair["s"]})
    assert is_canonical(token.dump())
    signer["signature"] = other.dump()
    assert not is_canonical(token.dump(force=True))


@pytest.mark.parametrize(
    "what", ["version", "signer version", "digests", "certificates", "alias", "unsigned"]
)
def test_what_the_signature_leaves_open_is_fixed(rsa_stamper: DummyTimeStamper, what: str) -> None:
    _, request = rsa_stamper.request_cms(DIGEST, "sha256")
    token = canonical(rsa_stamper.request_tsa_response(request)["time_stamp_token"])
    signed, (signer,) = token["content"], token["content"]["signer_infos"]
    sha512 = algos.DigestAlgorithm({"algorithm": "sha512"})
    if what == "version":
        signed["version"] = "v1"
    elif what == "signer version":
        signer["version"] = "v3"
    elif what == "digests":
        signed["digest_algorithms"].append(sha512)
    elif what == "certificates":
        signed["certificates"].append(cms.CertificateChoices("certificate", rsa_stamper.tsa_cert))
    elif what == "alias":
        signer["signature_algorithm"] = {"algorithm": "sha256_rsa"}
    else:
        signer["unsigned_attrs"] = [simple_cms_attribute("content_type", "data")]
    assert not is_canonical(token.dump(force=True))


def test_a_plan_is_issued_with_an_authority_over_http(
    demonstration: DemonstrationKeys, service: str, prepared: bytes
) -> None:
    now = datetime.now(UTC)
    authority = demonstration.authority
    keys = DemonstrationKeys(authority.folder, PASSPHRASE, service)
    signed = leader_sign(
        prepared,
        keys,
        key_name=authority.issue_person(SIGNER, TITLE, ORGANISATION),
        signer_name=SIGNER,
        at=now,
    )
    issued = seal(
        signed,
        keys,
        key_name=authority.issue_organisation(ORGANISATION),
        number_text=NUMBER,
        date_text=DATE,
        organisation_name=ORGANISATION,
        at=now,
    )
    verdict = verify(issued, keys.trust, at=now)
    assert verdict.kind is Kind.ISSUED, verdict.findings
    assert {one.algorithm.split()[0] for one in verdict.signatures} == {"ECDSA", "RSASSA_PKCS1V15"}
