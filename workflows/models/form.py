"""How severe an organisation takes each rule of form."""

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from workflows.models.base import Base, Moment


class FormRuleLevel(Base):
    """An organisation's own level for one rule; without a row the rule's default holds."""

    __tablename__ = "form_rule_level"

    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), primary_key=True)
    rule: Mapped[str] = mapped_column(String(60), primary_key=True)
    # error, warning, note or off.
    level: Mapped[str] = mapped_column(String(10))
    set_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    at: Mapped[datetime] = mapped_column(Moment)
