"""What the tests of attacks share."""

from tests.web.conftest import desk

__all__ = ["desk"]
