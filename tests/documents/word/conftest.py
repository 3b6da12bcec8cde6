"""What the tests of Word files share."""

import pytest

from tests.documents.word.office import Office


@pytest.fixture(scope="session")
def libreoffice(tmp_path_factory: pytest.TempPathFactory) -> Office:
    """Give LibreOffice under a profile of its own; skips where it is missing."""
    return Office.started(tmp_path_factory.mktemp("libreoffice"))
