"""In which capacity a person signs, and the lines above the signature that follow from it.

Điều 13 and Phụ lục I, mục II.7 of Nghị định 30/2020/NĐ-CP. The block is generated from the
position, never typed. TUQ. needs a written authorisation and is not among these.
"""

from enum import StrEnum


class Capacity(StrEnum):
    """How a position signs."""

    NONE = "none"
    HEAD = "head"
    DEPUTY = "deputy"
    ACTING = "acting"
    BY_ORDER = "by_order"


def signature_lines(
    capacity: Capacity, title: str, head_title: str | None, collective: str | None
) -> list[str]:
    """The lines of ô 7a, in capitals as printed; raises ValueError for a position that never signs.

    *title* is the signer's own; *head_title* is whom a deputy signs for; *collective* is the body
    with a collective regime (TM.), or None.
    """
    on_behalf = [f"TM. {collective}"] if collective else []
    if capacity is Capacity.HEAD:
        lines = [*on_behalf, title]
    elif capacity is Capacity.DEPUTY and head_title:
        lines = [*on_behalf, f"KT. {head_title}", title]
    elif capacity is Capacity.ACTING and head_title:
        lines = [*on_behalf, f"Q. {head_title}"]
    elif capacity is Capacity.BY_ORDER and head_title:
        # The head of a unit signs for the agency's head, not for the collective (Điều 13.4).
        lines = [f"TL. {head_title}", title]
    else:
        raise ValueError("this position does not sign")
    return [line.upper() for line in lines]
