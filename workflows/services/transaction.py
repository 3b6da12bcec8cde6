"""The only commit in the code: one use case is one transaction."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.orm import Session

_OPEN = "trinh_ky_transaction"


@contextmanager
def transaction(session: Session) -> Iterator[None]:
    """Commit what happens inside, or roll all of it back; refuses to nest."""
    if session.info.get(_OPEN):
        raise RuntimeError("A service called a service: share a function below them instead.")
    session.info[_OPEN] = True
    try:
        yield
        session.commit()
    except BaseException:
        session.rollback()
        raise
    finally:
        session.info.pop(_OPEN)
