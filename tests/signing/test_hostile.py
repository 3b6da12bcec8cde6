"""Whatever is uploaded gets a verdict, in good time, and never an error."""

import zlib
from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from portal.documents.render import render_plan
from portal.signing import isolation
from portal.signing.isolation import verify_isolated
from portal.signing.keys import DemonstrationKeys
from portal.signing.trust import Trust
from portal.signing.verdict import Kind
from portal.signing.verification import LIMIT, verify
from tests.signing import attacks
from tests.signing.conftest import AT
from tests.signing.plan import canonical_plan

NOBODY = Trust((), demonstration=True)


def _file(*objects: bytes, trailer: bytes = b"") -> bytes:
    """A PDF of these objects, numbered from 1, the first of them its catalogue."""
    out = b"%PDF-1.7\n"
    places = []
    for number, body in enumerate(objects, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(objects) + 1
    head = b"xref\n0 %d\n0000000000 65535 f \n" % size
    end = b"trailer\n<</Size %d/Root 1 0 R%s>>\nstartxref\n%d\n%%%%EOF\n"
    return out + head + table + end % (size, trailer, len(out))


def _stream(entries: bytes, content: bytes) -> bytes:
    return b"<<%s/Length %d>>\nstream\n%s\nendstream" % (entries, len(content), content)


def _fields_in_a_circle() -> bytes:
    return _file(
        b"<</Type/Catalog/Pages 2 0 R/AcroForm<</Fields[3 0 R]>>>>",
        b"<</Type/Pages/Kids[2 0 R]/Count 1/Parent 2 0 R>>",
        b"<</FT/Sig/T(a)/Kids[3 0 R]>>",
    )


def _deep_array() -> bytes:
    return _file(b"<</Type/Catalog/AcroForm " + b"[" * 100_000 + b"]" * 100_000 + b">>")


def _xref_that_follows_itself() -> bytes:
    file = _file(b"<</Type/Catalog>>")
    start = file.rindex(b"startxref\n") + 10
    return _file(b"<</Type/Catalog>>", trailer=b"/Prev %d" % int(file[start:].split()[0]))


def _bomb() -> bytes:
    zeros = zlib.compressobj(9)
    packed = b"".join(zeros.compress(bytes(1 << 20)) for _ in range(600)) + zeros.flush()
    return _file(
        b"<</Type/Catalog/AcroForm 9 0 R>>",
        _stream(b"/Type/ObjStm/N 1/First 4/Filter/FlateDecode", packed),
    )


def _huge_table() -> bytes:
    return (
        b"%PDF-1.7\nxref\n0 99999999999\n" + b"0000000000 65535 f \n" * 9 + b"startxref\n9\n%%EOF"
    )


HOSTILE: dict[str, Callable[[], bytes]] = {
    made.__name__.strip("_"): made
    for made in (
        _fields_in_a_circle,
        _deep_array,
        _xref_that_follows_itself,
        _bomb,
        _huge_table,
    )
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_file_made_to_do_harm_gets_a_verdict(name: str, keys: DemonstrationKeys) -> None:
    # The child is ended after a fixed time, so that coming back at all is what is shown here.
    verdict = verify_isolated(HOSTILE[name](), keys.trust, at=AT)
    assert verdict.kind in (Kind.DAMAGED, Kind.UNSIGNED)


@pytest.mark.parametrize(
    ("pdf", "kind"),
    [
        (b"", Kind.NOT_PDF),
        (b"PK\x03\x04" * 100, Kind.NOT_PDF),
        (b"\n%PDF-1.7\n", Kind.NOT_PDF),
        (b"%PDF-", Kind.DAMAGED),
        (b"%PDF-1.7\n%%EOF", Kind.DAMAGED),
        (b"%PDF-1.7" + bytes(LIMIT), Kind.TOO_LARGE),
    ],
    ids=["empty", "zip", "late head", "head only", "no body", "too large"],
)
def test_what_is_no_pdf_gets_a_verdict(pdf: bytes, kind: Kind, keys: DemonstrationKeys) -> None:
    assert verify(pdf, keys.trust, at=AT).kind is kind


@pytest.mark.parametrize("password", ["", "mat-khau"])
def test_an_encrypted_file_gets_a_verdict(
    issued: bytes, keys: DemonstrationKeys, password: str
) -> None:
    verdict = verify(attacks.encrypted(issued, password), keys.trust, at=AT)
    assert verdict.kind is Kind.ENCRYPTED


def test_a_plan_without_signatures_gets_a_verdict(prepared: bytes, keys: DemonstrationKeys) -> None:
    for pdf in (prepared, render_plan(canonical_plan(), at=AT).pdf):
        verdict = verify(pdf, keys.trust, at=AT)
        assert verdict.kind is Kind.UNSIGNED
        assert verdict.plan_digest is not None


@given(st.binary(max_size=400).map(lambda tail: b"%PDF-1.7\n" + tail))
@settings(deadline=None, max_examples=200)
def test_noise_gets_a_verdict(noise: bytes) -> None:
    verdict = verify(noise, NOBODY, at=AT)
    assert verdict.kind in (Kind.DAMAGED, Kind.UNSIGNED)


@given(st.data())
@settings(
    deadline=None, max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_a_file_with_a_piece_replaced_gets_a_verdict(
    signed: bytes, keys: DemonstrationKeys, data: st.DataObject
) -> None:
    start = data.draw(st.integers(0, len(signed) - 1))
    piece = data.draw(st.binary(min_size=1, max_size=64))
    changed = signed[:start] + piece + signed[start + len(piece) :]
    if changed != signed:
        assert verify(changed, keys.trust, at=AT).kind is not Kind.SIGNED_ONLY


def test_the_other_process_says_the_same(issued: bytes, keys: DemonstrationKeys) -> None:
    assert verify_isolated(issued, keys.trust, at=AT) == verify(issued, keys.trust, at=AT)


def test_a_verification_that_takes_too_long_is_given_up(
    issued: bytes, keys: DemonstrationKeys, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(isolation, "SECONDS", 0.01)
    assert verify_isolated(issued, keys.trust, at=AT).kind is Kind.DAMAGED
