"""A process of the tree, by the name that people are told, and how often it may end."""

import time
from dataclasses import dataclass, field
from typing import Final

# Whoever ends with a complaint so soon after its first start has not understood its settings.
BEGINNING: Final = 30.0
# A child that ends more often than this within so many seconds will not get well by itself.
MOST_ENDS: Final = 3
WITHIN: Final = 60.0


@dataclass(frozen=True)
class Child:
    """A process of the tree: its name and its command line."""

    name: str
    argv: tuple[str, ...]


@dataclass
class Life:
    """When a child was first started, and when it ended of late."""

    child: Child
    began: float = field(default_factory=time.monotonic)
    ends: list[float] = field(default_factory=list)

    def goes_on_after(self, status: int) -> bool:
        """Note an end with *status*; tell whether the child is to be started again."""
        now = time.monotonic()
        is_unfit = status > 0 and not self.ends and now - self.began < BEGINNING
        self.ends = [end for end in self.ends if now - end < WITHIN] + [now]
        return not is_unfit and len(self.ends) <= MOST_ENDS
