"""Who acts, and by virtue of which positions held on that day."""

from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    """What a position is for in the chain (Điều 6, 10-13, 32 of Nghị định 30/2020/NĐ-CP)."""

    DRAFTER = "drafter"
    UNIT_HEAD = "unit_head"
    CONSULTED = "consulted"
    APPRAISER = "appraiser"
    APPRAISAL_LEAD = "appraisal_lead"
    FORM_CHECKER = "form_checker"
    SIGNER = "signer"
    CLERK = "clerk"
    AUDITOR = "auditor"
    ADMINISTRATOR = "administrator"


@dataclass(frozen=True)
class Post:
    """One position as it was held on the day of the act."""

    position_id: int
    unit_id: int
    organisation_id: int
    role: Role
    title: str
    unit_name: str = ""

    @property
    def seat(self) -> tuple[int, Role]:
        """The unit and role that a chain's step waits for."""
        return (self.unit_id, self.role)


@dataclass(frozen=True)
class Actor:
    """A person acting today. Authority is in *posts*; an account alone may do nothing."""

    id: int
    name: str
    posts: frozenset[Post]
    address: str | None = None

    def holds(self, *roles: Role) -> bool:
        """Whether one of the positions has one of *roles*."""
        return any(post.role in roles for post in self.posts)

    @property
    def seats(self) -> frozenset[tuple[int, Role]]:
        """Every (unit, role) that the person fills today."""
        return frozenset(post.seat for post in self.posts)

    def post_in(self, unit_id: int | None, role: Role | None) -> Post | None:
        """The position that fills this seat, or None."""
        found = (post for post in self.posts if post.seat == (unit_id, role))
        return min(found, key=lambda post: post.position_id, default=None)
