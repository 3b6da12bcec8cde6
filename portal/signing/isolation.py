"""Verifies an upload in a process of its own, which may crash, hang or run out of memory alone.

The parent hands over one line of JSON and then the file; the child answers with one verdict.
"""

import base64
import hashlib
import json
import logging
import resource
import subprocess
import sys
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from threading import BoundedSemaphore
from typing import Any, BinaryIO

from asn1crypto import x509

from portal.signing.errors import VerifierBusy
from portal.signing.trust import Trust
from portal.signing.verdict import Kind, SignatureReport, Verdict
from portal.signing.verification import LIMIT, refused_unread, verify

SECONDS = 20
MEMORY = 3 * 1024**3
"""Address space, of which typst's threads and the libraries reserve far more than they use."""

AT_ONCE = 2
PATIENCE = 3.0
"""Seconds that an upload waits for its turn. Strangers may take the processor, never every thread
that serves the office."""

TIMES = ("signing_time", "timestamp", "certificate_not_before", "certificate_not_after")

_ROOM = BoundedSemaphore(AT_ONCE)
_ROOT = Path(__file__).resolve().parents[2]
_log = logging.getLogger(__name__)


def verify_isolated(pdf: bytes, trust: Trust, *, at: datetime | None = None) -> Verdict:
    """Judge a *pdf* that anyone may have sent; whatever it does to the child is a verdict."""
    refused = refused_unread(pdf)
    if refused is not None:
        return refused
    if not _ROOM.acquire(timeout=PATIENCE):
        raise VerifierBusy("Đang có nhiều tệp được kiểm tra cùng lúc; tệp này chưa được kiểm tra.")
    try:
        return _asked(pdf, trust, at)
    finally:
        _ROOM.release()


def _asked(pdf: bytes, trust: Trust, at: datetime | None) -> Verdict:
    question = {
        "roots": [base64.b64encode(root.dump()).decode() for root in trust.roots],
        "demonstration": trust.demonstration,
        "at": at.isoformat() if at else None,
    }
    try:
        child = subprocess.run(
            [sys.executable, "-m", "portal.signing.isolation"],
            input=json.dumps(question).encode() + b"\n" + pdf,
            capture_output=True,
            timeout=SECONDS,
            check=True,
            cwd=_ROOT,
            # The child needs nothing of the environment, least of all its secrets.
            env={},
        )
        return _read(json.loads(child.stdout))
    except (subprocess.SubprocessError, ValueError) as error:
        _log.warning("verification process failed", extra={"reason": type(error).__name__})
        return Verdict(Kind.DAMAGED, digest=hashlib.sha256(pdf).hexdigest())


def answer(source: BinaryIO, target: BinaryIO) -> None:
    """Be the child: bound what this process may take, then judge what arrives on *source*."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    question = json.loads(source.readline())
    roots = (x509.Certificate.load(base64.b64decode(root)) for root in question["roots"])
    at = datetime.fromisoformat(question["at"]) if question["at"] else None
    verdict = verify(
        source.read(LIMIT + 1), Trust(tuple(roots), bool(question["demonstration"])), at=at
    )
    target.write(json.dumps(_written(verdict)).encode())


def _written(verdict: Verdict) -> dict[str, Any]:
    return asdict(
        verdict,
        dict_factory=lambda pairs: {
            key: value.isoformat() if isinstance(value, datetime) else value for key, value in pairs
        },
    )


def _read(written: dict[str, Any]) -> Verdict:
    return Verdict(
        kind=Kind(written.pop("kind")),
        findings=tuple(written.pop("findings")),
        signatures=tuple(_report(one) for one in written.pop("signatures")),
        **written,
    )


def _report(written: dict[str, Any]) -> SignatureReport:
    times = {name: datetime.fromisoformat(written[name]) for name in TIMES if written[name]}
    return SignatureReport(**written | times)


if __name__ == "__main__":
    logging.disable()
    answer(sys.stdin.buffer, sys.stdout.buffer)
