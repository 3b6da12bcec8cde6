"""Everything the environment decides, read once; a half-configured start is refused."""

import json
import os
import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from email.utils import parseaddr
from pathlib import Path
from typing import ClassVar, Final
from urllib.parse import urlsplit

SHORTEST_SECRET: Final = 32
SECRETS: Final = ("SECRET_KEY", "PASSWORD_SALT", "KEYS_PASSPHRASE")
REQUIRED: Final = (
    "SECRET_KEY",
    "PASSWORD_SALT",
    "DATABASE_URL",
    "REDIS_URL",
    "DATA_DIR",
    "BASE_URL",
    "MAIL_URL",
    "MAIL_FROM",
    "KEYS_DIR",
    "KEYS_PASSPHRASE",
    "TSA_URL",
)
REQUIRED_IN_DEMONSTRATION: Final = ("DATABASE_URL", "REDIS_URL")


class ConfigError(Exception):
    """The environment does not add up; the text is for whoever starts the program."""


@dataclass(frozen=True, kw_only=True)
class Config:
    """What the program may assume about where it runs. Secrets stay out of `repr`."""

    time_zone: ClassVar[str] = "Asia/Ho_Chi_Minh"

    demo: bool
    secret_key: str = field(repr=False)
    password_salt: str = field(repr=False)
    database_url: str = field(repr=False)
    redis_url: str = field(repr=False)
    data_dir: Path
    base_url: str
    mail_url: str | None = field(default=None, repr=False)
    mail_from: str
    keys_dir: Path
    keys_passphrase: str = field(repr=False)
    tsa_url: str | None = None
    trusted_proxies: int = 0

    @classmethod
    def from_env(cls, environ: Mapping[str, str] = os.environ) -> "Config":
        """Read *environ*; in demonstration mode, fill what is missing."""
        demo = _flag(environ.get("DEMO", ""))
        given = {name: value.strip() for name, value in environ.items() if value.strip()}
        if demo:
            given = _with_demonstration_values(given)
        _refuse_missing(given, REQUIRED_IN_DEMONSTRATION if demo else REQUIRED)
        _refuse_short_secrets(given)
        return cls(
            demo=demo,
            secret_key=given["SECRET_KEY"],
            password_salt=given["PASSWORD_SALT"],
            database_url=_database_url(given["DATABASE_URL"]),
            redis_url=_redis_url(given["REDIS_URL"]),
            data_dir=Path(given["DATA_DIR"]).absolute(),
            base_url=_base_url(given["BASE_URL"], demo=demo),
            mail_url=_url("MAIL_URL", given, {"smtp", "smtps"}),
            mail_from=_address("MAIL_FROM", given["MAIL_FROM"]),
            keys_dir=Path(given["KEYS_DIR"]).absolute(),
            keys_passphrase=given["KEYS_PASSPHRASE"],
            tsa_url=_url("TSA_URL", given, {"http", "https"}),
            trusted_proxies=_count("TRUSTED_PROXIES", given.get("TRUSTED_PROXIES", "0")),
        )


def _flag(value: str) -> bool:
    if value.strip().lower() in {"", "0", "false", "no", "off"}:
        return False
    if value.strip().lower() in {"1", "true", "yes", "on"}:
        return True
    raise ConfigError(f"DEMO phải là 1 hoặc 0, không phải “{value}”.")


def _count(name: str, value: str) -> int:
    if not value.isascii() or not value.isdigit():
        raise ConfigError(f"{name} phải là một số không âm, không phải “{value}”.")
    return int(value)


def _with_demonstration_values(given: Mapping[str, str]) -> dict[str, str]:
    data_dir = given.get("DATA_DIR", "var")
    filled = {
        "DATA_DIR": data_dir,
        "BASE_URL": f"http://127.0.0.1:{given.get('PORT', '8000')}",
        "MAIL_FROM": "trinh-ky@demo.invalid",
        "KEYS_DIR": str(Path(data_dir) / "keys"),
        **given,
    }
    if any(name not in filled for name in SECRETS):
        filled = {**_kept_secrets(Path(data_dir) / "secrets.json"), **filled}
    return filled


def _kept_secrets(path: Path) -> dict[str, str]:
    """The installation's generated secrets, made by whichever process comes first."""
    if not path.exists():
        _keep_new_secrets(path)
    try:
        kept = json.loads(path.read_text(encoding="utf-8"))
        return {name: str(kept[name]) for name in SECRETS}
    except (ValueError, KeyError, TypeError) as error:
        raise ConfigError(
            f"Không đọc được các khoá bí mật trong {path}. "
            "Khôi phục tệp này từ bản sao lưu, hoặc xoá dữ liệu trình diễn bằng `make reset`."
        ) from error


def _keep_new_secrets(path: Path) -> None:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.{os.getpid()}.{secrets.token_hex(8)}")
    made = {name: secrets.token_urlsafe(48) for name in SECRETS}
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            json.dump(made, file)
            file.flush()
            os.fsync(file.fileno())
        # A link is made whole or not at all and never replaces a file, so the processes of
        # one installation agree on the first one's secrets.
        os.link(draft, path)
    except FileExistsError:
        return
    finally:
        draft.unlink(missing_ok=True)


def _refuse_missing(given: Mapping[str, str], required: tuple[str, ...]) -> None:
    missing = [name for name in required if name not in given]
    if missing:
        raise ConfigError(
            f"Thiếu cấu hình: {', '.join(missing)}. Đặt các biến môi trường này rồi khởi động lại, "
            "hoặc đặt DEMO=1 để chạy bản trình diễn."
        )


def _refuse_short_secrets(given: Mapping[str, str]) -> None:
    short = [name for name in SECRETS if len(given[name]) < SHORTEST_SECRET]
    if short:
        raise ConfigError(
            f"Quá ngắn để giữ bí mật: {', '.join(short)}. "
            f"Mỗi giá trị phải có ít nhất {SHORTEST_SECRET} ký tự."
        )


def _database_url(value: str) -> str:
    scheme, separator, rest = value.partition("://")
    if not separator or scheme not in {"postgres", "postgresql", "postgresql+psycopg"}:
        raise ConfigError("DATABASE_URL phải có dạng postgresql://… (chỉ dùng PostgreSQL).")
    return f"postgresql+psycopg://{rest}"


def _redis_url(value: str) -> str:
    if value.partition("://")[0] not in {"redis", "rediss", "unix"}:
        raise ConfigError("REDIS_URL phải có dạng redis://…, rediss://… hoặc unix://….")
    return value


def _url(name: str, given: Mapping[str, str], schemes: set[str]) -> str | None:
    """Found out at the start, not by the first letter or signature that cannot leave."""
    value = given.get(name)
    if value is not None and (
        urlsplit(value).scheme not in schemes or not urlsplit(value).hostname
    ):
        raise ConfigError(f"{name} phải có dạng {'://… hoặc '.join(sorted(schemes))}://….")
    return value


def _address(name: str, value: str) -> str:
    user, at, host = parseaddr(value)[1].rpartition("@")
    if not (user and at and host):
        raise ConfigError(f"{name} phải chứa một địa chỉ thư điện tử.")
    return value


def _base_url(value: str, *, demo: bool) -> str:
    """Outside demonstration mode only https, or the session cookie would travel in clear."""
    schemes = {"http", "https"} if demo else {"https"}
    scheme, separator, host = value.rstrip("/").partition("://")
    if scheme not in schemes or not separator or not re.fullmatch(r"[^\s/?#@\\]+", host):
        raise ConfigError("BASE_URL phải là địa chỉ https://… mà người dùng truy cập.")
    return f"{scheme}://{host}"
