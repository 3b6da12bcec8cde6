"""Plans typeset once for all the tests that only look at them."""

import pytest

from portal.documents.fields import Prepared, prepare
from portal.documents.render import Rendering, render_plan
from tests.documents.plans import AT, SO, full_document, plan, real_document


@pytest.fixture(scope="session")
def full() -> Rendering:
    return render_plan(plan(full_document(), SO), at=AT)


@pytest.fixture(scope="session")
def real() -> Rendering:
    return render_plan(plan(real_document()), at=AT)


@pytest.fixture(scope="session")
def prepared(full: Rendering) -> Prepared:
    return prepare(full)
