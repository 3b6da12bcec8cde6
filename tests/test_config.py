"""A start is refused unless everything it needs is there, and demonstration fills the rest once."""

import json
import os
import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from config import REQUIRED, SECRETS, Config, ConfigError

PRODUCTION = {
    "SECRET_KEY": "s" * 32,
    "PASSWORD_SALT": "p" * 32,
    "DATABASE_URL": "postgresql://db.invalid/trinhky",
    "REDIS_URL": "rediss://queue.invalid:6380/0",
    "DATA_DIR": "/srv/trinh-ky",
    "BASE_URL": "https://trinh-ky.invalid/",
    "MAIL_URL": "smtp://mail.invalid",
    "MAIL_FROM": "trinh-ky@mail.invalid",
    "KEYS_DIR": "/srv/keys",
    "KEYS_PASSPHRASE": "k" * 32,
    "TSA_URL": "https://tsa.invalid",
}


def demonstration(folder: Path, **more: str) -> dict[str, str]:
    return {
        "DEMO": "1",
        "DATA_DIR": str(folder),
        "DATABASE_URL": "postgresql:///x",
        "REDIS_URL": "unix:///run/valkey.sock",
        **more,
    }


def test_a_whole_environment_is_read() -> None:
    config = Config.from_env(PRODUCTION)

    assert not config.demo
    assert config.base_url == "https://trinh-ky.invalid"
    assert config.data_dir == Path("/srv/trinh-ky")
    assert config.trusted_proxies == 0


@pytest.mark.parametrize("name", REQUIRED)
def test_each_missing_setting_is_named(name: str) -> None:
    environ = {key: value for key, value in PRODUCTION.items() if key != name}

    with pytest.raises(ConfigError, match=f"Thiếu cấu hình: {name}\\."):
        Config.from_env(environ)


@pytest.mark.parametrize("name", REQUIRED)
def test_a_blank_setting_is_a_missing_one(name: str) -> None:
    with pytest.raises(ConfigError, match=name):
        Config.from_env({**PRODUCTION, name: "  "})


def test_all_missing_settings_come_in_one_sentence() -> None:
    with pytest.raises(ConfigError) as refusal:
        Config.from_env({})

    assert all(name in str(refusal.value) for name in REQUIRED)


@pytest.mark.parametrize("name", SECRETS)
def test_a_short_secret_is_refused(name: str) -> None:
    with pytest.raises(ConfigError, match=name):
        Config.from_env({**PRODUCTION, name: "x" * 31})


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("DATABASE_URL", "sqlite:///x.db"),
        ("DATABASE_URL", "mysql://x/y"),
        ("DATABASE_URL", "trinhky"),
        ("REDIS_URL", "memory://"),
        ("BASE_URL", "http://trinh-ky.invalid"),
        ("BASE_URL", "trinh-ky.invalid"),
        ("BASE_URL", "https://"),
        ("TRUSTED_PROXIES", "-1"),
        ("TRUSTED_PROXIES", "one"),
        ("DEMO", "maybe"),
    ],
)
def test_a_value_of_the_wrong_kind_is_refused(name: str, value: str) -> None:
    with pytest.raises(ConfigError, match=name):
        Config.from_env({**PRODUCTION, name: value})


@pytest.mark.parametrize("scheme", ["postgres", "postgresql", "postgresql+psycopg"])
def test_every_spelling_of_postgresql_means_psycopg(scheme: str) -> None:
    config = Config.from_env({**PRODUCTION, "DATABASE_URL": f"{scheme}://u:p@h:5/d?a=b"})

    assert config.database_url == "postgresql+psycopg://u:p@h:5/d?a=b"


def test_secrets_do_not_show_when_the_config_is_printed() -> None:
    shown = repr(Config.from_env({**PRODUCTION, "DATABASE_URL": "postgresql://u:hidden@h/d"}))

    assert "hidden" not in shown
    assert not any(PRODUCTION[name] in shown for name in SECRETS)


def test_demonstration_makes_its_secrets_once_and_keeps_them(tmp_path: Path) -> None:
    first = Config.from_env(demonstration(tmp_path / "var"))
    second = Config.from_env(demonstration(tmp_path / "var"))

    assert first == second
    assert len({first.secret_key, first.password_salt, first.keys_passphrase}) == 3
    mode = stat.S_IMODE((tmp_path / "var" / "secrets.json").stat().st_mode)
    assert mode == 0o600


def test_two_demonstrations_do_not_share_secrets(tmp_path: Path) -> None:
    one = Config.from_env(demonstration(tmp_path / "one"))
    two = Config.from_env(demonstration(tmp_path / "two"))

    assert one.secret_key != two.secret_key


def test_processes_that_start_together_agree_on_the_secrets(tmp_path: Path) -> None:
    with ThreadPoolExecutor(16) as pool:
        starts = [pool.submit(Config.from_env, demonstration(tmp_path)) for _ in range(64)]
        keys = {start.result().secret_key for start in starts}

    assert len(keys) == 1
    assert os.listdir(tmp_path) == ["secrets.json"]


def test_a_given_secret_wins_over_a_generated_one(tmp_path: Path) -> None:
    config = Config.from_env(demonstration(tmp_path, SECRET_KEY="g" * 40))

    assert config.secret_key == "g" * 40
    assert config.password_salt != "g" * 40


@pytest.mark.parametrize("damage", ["", "{", "[]", '{"SECRET_KEY": "x"}'])
def test_a_damaged_secrets_file_is_not_replaced(tmp_path: Path, damage: str) -> None:
    path = tmp_path / "secrets.json"
    path.write_text(damage)

    with pytest.raises(ConfigError, match=r"secrets\.json"):
        Config.from_env(demonstration(tmp_path))
    assert path.read_text() == damage


def test_a_kept_secret_that_became_short_is_refused(tmp_path: Path) -> None:
    (tmp_path / "secrets.json").write_text(json.dumps(dict.fromkeys(SECRETS, "short")))

    with pytest.raises(ConfigError, match="SECRET_KEY, PASSWORD_SALT, KEYS_PASSPHRASE"):
        Config.from_env(demonstration(tmp_path))


def test_demonstration_still_needs_its_servers(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="DATABASE_URL, REDIS_URL"):
        Config.from_env({"DEMO": "1", "DATA_DIR": str(tmp_path)})


def test_demonstration_listens_where_port_says(tmp_path: Path) -> None:
    assert Config.from_env(demonstration(tmp_path, PORT="9")).base_url == "http://127.0.0.1:9"
