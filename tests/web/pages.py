"""Reading pages as a person's browser would."""

import re

_TOKEN = re.compile(r'name="csrf_token"[^>]*value="([^"]+)"')
_TEXT_VERSION = re.compile(r'name="text_version"[^>]*value="(\d+)"')
_ROW_VERSION = re.compile(r'name="row_version"[^>]*value="(\d+)"')


def csrf_token(page: str) -> str:
    """The token of the first form on the page."""
    found = _TOKEN.search(page)
    assert found, "the page has no form with a CSRF token"
    return found.group(1)


def text_version(page: str) -> int:
    """The text version that the page's form carries."""
    found = _TEXT_VERSION.search(page)
    assert found, "the page has no form with a text version"
    return int(found.group(1))


def row_version(page: str) -> int:
    """The plan's row version that the page's forms carry."""
    found = _ROW_VERSION.search(page)
    assert found, "the page has no form with a row version"
    return int(found.group(1))
