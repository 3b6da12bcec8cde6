"""`make demo` itself: the real plan, a real worker, and independent tools on what it leaves."""

import json
import os
import subprocess
import sys
from pathlib import Path

import bagit
import pytest

from config import Config

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def outcome(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give what the command leaves in a folder."""
    out = tmp_path_factory.mktemp("demo") / "out"
    command = [sys.executable, "-m", "portal.engines", "with", "--fresh", "--upgrade", "--"]
    command += [sys.executable, "-m", "flask", "--app", "wsgi", "demo", "run", str(out)]
    environment = {k: v for k, v in os.environ.items() if k not in ("DATABASE_URL", "REDIS_URL")}
    done = subprocess.run(
        command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr[-3000:]
    return out


def test_everything_that_is_promised_is_there(outcome: Path) -> None:
    names = {path.name for path in outcome.iterdir()}

    promised = {"issued.pdf", "archive", "evidence.zip", "register.pdf", "timeline.json"}
    assert promised | {"trust.pem"} == names
    acts = [event["act"] for event in json.loads((outcome / "timeline.json").read_text("utf-8"))]
    assert acts[0] == "create"
    assert acts[-2:] == ["seal", "archive"]
    assert "return" in acts


def test_the_package_verifies_and_a_changed_byte_is_caught(outcome: Path) -> None:
    assert bagit.Bag(str(outcome / "archive")).is_valid()
    victim = next((outcome / "archive" / "data").glob("*.pdf"))
    content = victim.read_bytes()
    victim.chmod(0o600)
    try:
        victim.write_bytes(content[:-1] + b"x")
        assert not bagit.Bag(str(outcome / "archive")).is_valid()
    finally:
        victim.write_bytes(content)


def test_the_evidence_verifies_on_its_own(outcome: Path, tmp_path: Path) -> None:
    subprocess.run(
        [sys.executable, "-m", "zipfile", "-e", outcome / "evidence.zip", tmp_path], check=True
    )
    alone = [sys.executable, "-I", "verify.py"]

    assert subprocess.run(alone, cwd=tmp_path, capture_output=True, check=False).returncode == 0
    version = next((tmp_path / "versions").iterdir())
    version.write_text(version.read_text("utf-8").replace("Kế hoạch", "Kế hoach", 1), "utf-8")
    assert subprocess.run(alone, cwd=tmp_path, capture_output=True, check=False).returncode == 1


def test_the_file_is_valid_and_an_altered_one_is_not(
    outcome: Path, tmp_path: Path, office_config: Config
) -> None:
    altered = tmp_path / "altered.pdf"
    content = bytearray((outcome / "issued.pdf").read_bytes())
    content[len(content) // 2] ^= 1
    altered.write_bytes(content)

    assert verified(outcome / "issued.pdf", outcome / "trust.pem", office_config)[0] == 0
    assert verified(altered, outcome / "trust.pem", office_config)[0] == 1
    code, said = verified(outcome / "issued.pdf", None, office_config)
    assert code == 1, "another installation's test certificates are not ours to trust"
    assert "không xác minh được" in said


def verified(file: Path, trust: Path | None, config: Config) -> tuple[int, str]:
    command = [sys.executable, "-m", "flask", "--app", "wsgi", "verify", str(file)]
    command += ["--trust", str(trust)] if trust else []
    environment = {
        **os.environ,
        "DEMO": "1",
        "DATABASE_URL": config.database_url,
        "REDIS_URL": config.redis_url,
        "DATA_DIR": str(config.data_dir),
    }
    done = subprocess.run(
        command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )
    return done.returncode, done.stdout
