"""A setting that cannot work stops the start, not the first letter or signature."""

import pytest

from config import Config, ConfigError

WHOLE = {
    **dict.fromkeys(("SECRET_KEY", "PASSWORD_SALT", "KEYS_PASSPHRASE"), "x" * 32),
    "DATABASE_URL": "postgresql://localhost/trinh_ky",
    "REDIS_URL": "redis://localhost",
    "DATA_DIR": "data",
    "BASE_URL": "https://trinh-ky.invalid",
    "MAIL_URL": "smtps://nguoi:mat-khau@mail.invalid:465",
    "MAIL_FROM": "Trình Ký <trinh-ky@mail.invalid>",
    "KEYS_DIR": "keys",
    "TSA_URL": "https://tsa.invalid/tsr",
}


def test_whole_settings_start() -> None:
    assert Config.from_env(WHOLE).mail_url == WHOLE["MAIL_URL"]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("MAIL_URL", "mail.invalid"),
        ("MAIL_URL", "http://mail.invalid"),
        ("MAIL_URL", "smtp://"),
        ("MAIL_FROM", "Trình Ký"),
        ("MAIL_FROM", "@mail.invalid"),
        ("TSA_URL", "tsa.invalid"),
        ("TSA_URL", "file:///etc/passwd"),
        ("BASE_URL", "https://trinh-ky.invalid/path"),
        ("BASE_URL", "https://trinh-ky.invalid?query"),
        ("BASE_URL", "https://trinh-ky.invalid\nX: y"),
        ("BASE_URL", "https://trinh-ky@elsewhere.invalid"),
    ],
)
def test_a_setting_that_cannot_work_is_named(name: str, value: str) -> None:
    with pytest.raises(ConfigError, match=name):
        Config.from_env({**WHOLE, name: value})
