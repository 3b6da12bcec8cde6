"""What an act in a request works with: the signing keys, the store, and a nudge to the workers."""

from flask import current_app

from config import Config
from portal.archive.store import FileStore
from portal.signing.keys import KeyStore, open_keys


def config() -> Config:
    """The configuration of the running application."""
    found: Config = current_app.config["TRINH_KY"]
    return found


def keys() -> KeyStore:
    """The signing keys, opened at first use: most requests never touch them."""
    opened: KeyStore = current_app.extensions.setdefault("signing_keys", None) or _open_keys()
    return opened


def store() -> FileStore:
    """The files of plans."""
    return FileStore(config().data_dir)


def hurry() -> None:
    """Ask the relay to look now instead of at its next round; nothing is lost without it."""
    relay_soon = current_app.extensions.get("relay_soon")
    if relay_soon is not None:
        relay_soon()


def _open_keys() -> KeyStore:
    current_app.extensions["signing_keys"] = opened = open_keys(config())
    return opened
