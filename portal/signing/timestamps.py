"""Time stamps in one canonical form, so that no byte of a stamped file can change unnoticed.

The last document timestamp covers the whole file but itself. The parts of its token that its own
signature leaves open (versions, algorithm identifiers, certificates) are therefore written in the
only form that `is_canonical` accepts.
"""

from datetime import datetime
from typing import Any

from asn1crypto import algos, cms, x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from pyhanko.sign.general import as_signing_certificate_v2, simple_cms_attribute
from pyhanko.sign.timestamps import DummyTimeStamper, HTTPTimeStamper, TimeStamper

_ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
"""Order of the curve P-256 (FIPS 186-4, D.1.2.3)."""


def canonical(token: cms.ContentInfo) -> cms.ContentInfo:
    """Rebuild *token* from what its signature protects, and from nothing else."""
    signed = token["content"]
    (signer,) = signed["signer_infos"]
    digest = algos.DigestAlgorithm({"algorithm": signer["digest_algorithm"]["algorithm"].native})
    certificate = _signing_certificate(signed, signer)
    content = signed["encap_content_info"]
    return cms.ContentInfo(
        {
            "content_type": "signed_data",
            "content": cms.SignedData(
                {
                    # RFC 5652, 5.1: version 3 wherever the content is not plain data.
                    "version": "v3",
                    "digest_algorithms": [digest],
                    "encap_content_info": cms.EncapsulatedContentInfo(
                        {
                            "content_type": content["content_type"].native,
                            "content": cms.ParsableOctetString(bytes(content["content"])),
                        }
                    ),
                    "certificates": [certificate],
                    "signer_infos": [_signer(signer, digest, certificate)],
                }
            ),
        }
    )


def is_canonical(encoded: bytes) -> bool:
    """Whether *encoded* is a token in the one form that may close a file."""
    try:
        return bool(canonical(cms.ContentInfo.load(encoded, strict=True)).dump() == encoded)
    except (ValueError, TypeError, KeyError, IndexError, AttributeError):
        # What cannot be read as a token, whatever asn1crypto makes of it, is none.
        return False


class _CanonicalTimeStamper(TimeStamper):
    """Hands on canonical tokens; the chain they arrive with goes into the file's DSS instead."""

    async def async_timestamp(self, message_digest: bytes, md_algorithm: str) -> cms.ContentInfo:
        token = await super().async_timestamp(message_digest, md_algorithm)
        for choice in token["content"]["certificates"]:
            self.cert_registry.register(choice.chosen)
        return canonical(token)


class RemoteTimeStamper(_CanonicalTimeStamper, HTTPTimeStamper):
    """A timestamp authority reached over HTTP (RFC 3161)."""


class DemonstrationTimeStamper(_CanonicalTimeStamper, DummyTimeStamper):
    """The timestamp authority of demonstration mode, inside this process, at a given time."""

    def __init__(
        self, certificate: x509.Certificate, key: ec.EllipticCurvePrivateKey, at: datetime
    ) -> None:
        super().__init__(certificate, None, fixed_dt=at.replace(microsecond=0))
        self._key = key

    def _sign_tst_info(
        self, tst_info_data: bytes, md_algorithm: str, dt: datetime
    ) -> tuple[bytes, cms.CMSAttributes]:
        """ECDSA in place of pyHanko's RSA: the whole demonstration chain is on P-256."""
        digest = hashes.Hash(hashes.SHA256())
        digest.update(tst_info_data)
        attributes = cms.CMSAttributes(
            [
                simple_cms_attribute("content_type", "tst_info"),
                simple_cms_attribute("signing_time", cms.Time({"utc_time": dt})),
                simple_cms_attribute(
                    "signing_certificate_v2", as_signing_certificate_v2(self.tsa_cert)
                ),
                simple_cms_attribute("message_digest", digest.finalize()),
            ]
        )
        return self._key.sign(attributes.dump(), ec.ECDSA(hashes.SHA256())), attributes

    def _build_signed_data(self, *parts: Any) -> dict[str, Any]:
        signed: dict[str, Any] = super()._build_signed_data(*parts)
        signed["signer_infos"][0]["signature_algorithm"] = {"algorithm": "sha256_ecdsa"}
        return signed


def _signer(
    signer: cms.SignerInfo, digest: algos.DigestAlgorithm, certificate: x509.Certificate
) -> cms.SignerInfo:
    identifier = {
        "issuer": certificate.issuer,
        "serial_number": certificate.serial_number,
    }
    mechanism = _mechanism(signer["signature_algorithm"], digest["algorithm"].native)
    value = signer["signature"].native
    return cms.SignerInfo(
        {
            "version": "v1",
            "sid": cms.SignerIdentifier(
                {"issuer_and_serial_number": cms.IssuerAndSerialNumber(identifier)}
            ),
            "digest_algorithm": digest,
            "signed_attrs": signer["signed_attrs"],
            "signature_algorithm": mechanism,
            "signature": _low(value) if mechanism.signature_algo == "ecdsa" else value,
        }
    )


def _mechanism(given: algos.SignedDigestAlgorithm, digest: str) -> algos.SignedDigestAlgorithm:
    """RFC 3370, 3.2 and RFC 5754, 3.3 allow several identifiers for one mechanism: keep one."""
    if given.signature_algo == "rsassa_pkcs1v15":
        return algos.SignedDigestAlgorithm({"algorithm": "rsassa_pkcs1v15"})
    if given.signature_algo == "ecdsa":
        return algos.SignedDigestAlgorithm({"algorithm": f"{digest}_ecdsa"})
    return given


def _low(signature: bytes) -> bytes:
    """(r, s) and (r, n − s) both verify: keep the smaller s on P-256."""
    pair = algos.DSASignature.load(signature)
    r, s = pair["r"].native, pair["s"].native
    if _ORDER // 2 < s < _ORDER and r < _ORDER:
        s = _ORDER - s
    return bytes(algos.DSASignature({"r": r, "s": s}).dump())


def _signing_certificate(signed: cms.SignedData, signer: cms.SignerInfo) -> x509.Certificate:
    certificates = [choice.chosen for choice in signed["certificates"]]
    sid = signer["sid"].chosen
    if isinstance(sid, cms.IssuerAndSerialNumber):
        wanted = (sid["issuer"].dump(), sid["serial_number"].native)
        found = [c for c in certificates if (c.issuer.dump(), c.serial_number) == wanted]
    else:
        found = [c for c in certificates if c.key_identifier == sid.native]
    return found[0]
