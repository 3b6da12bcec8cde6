"""Who can sign in. An account proves who someone is; it gives no authority to act."""

from datetime import datetime
from uuid import uuid4

from flask_security import RoleMixin, SQLAlchemyUserDatastore, UserMixin, hash_password
from sqlalchemy import CheckConstraint, ForeignKey, String, select
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship

from portal.extensions import db
from workflows.models.base import Base, Moment
from workflows.models.people import Person


class Account(Base, UserMixin):
    """A person's way in. What they may do comes from the positions they hold on the day."""

    __tablename__ = "account"
    __table_args__ = (CheckConstraint("email = lower(email)", name="email_is_lower_case"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), unique=True)
    email: Mapped[str] = mapped_column(String(200), unique=True)
    password: Mapped[str] = mapped_column(String(255))
    active: Mapped[bool] = mapped_column(default=True)
    # What the session cookie names: a new value ends every session of the account.
    fs_uniquifier: Mapped[str] = mapped_column(String(64), unique=True)
    last_login_at: Mapped[datetime | None] = mapped_column(Moment)  # type: ignore[assignment]
    current_login_at: Mapped[datetime | None] = mapped_column(Moment)  # type: ignore[assignment]
    last_login_ip: Mapped[str | None] = mapped_column(String(64))
    current_login_ip: Mapped[str | None] = mapped_column(String(64))
    login_count: Mapped[int] = mapped_column(default=0)

    person: Mapped[Person] = relationship()

    @property
    def roles(self) -> tuple[()]:  # type: ignore[override]  # The library expects a list to fill.
        """None, ever: nobody gets any power from an account."""
        return ()


def open_account(session: Session, *, person_id: int, email: str, password: str) -> Account:
    """Add an account for *person_id*; the caller commits. Needs an application context."""
    account = Account(
        person_id=person_id,
        email=email.strip().lower(),
        password=hash_password(password),
        active=True,
        fs_uniquifier=uuid4().hex,
    )
    session.add(account)
    return account


def is_open(session: Session, uniquifier: str) -> bool:
    """Whether a session that names *uniquifier* is still good: the account lives and kept it."""
    query = select(Account.id).where(Account.fs_uniquifier == uniquifier, Account.active)
    return session.scalar(query) is not None


def datastore() -> SQLAlchemyUserDatastore:
    """The library's store over our table; its role model is never asked for."""
    return SQLAlchemyUserDatastore(db, Account, RoleMixin)
