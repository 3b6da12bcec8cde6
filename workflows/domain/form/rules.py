"""The table of all rules of form: where each stands in law, how severe it is, how it is shown."""

import tomllib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import ModuleType
from typing import Any, Final

from workflows.domain.form import (
    annexes,
    capitals,
    citations,
    dates,
    offices,
    outline,
    recipients,
    secrecy,
    signature,
    structure,
    symbols,
    typing_marks,
    words,
)
from workflows.domain.form.findings import CHOICES, OFF, Hit, Level
from workflows.domain.form.sheet import Sheet

GROUPS: Final[dict[str, str]] = {
    "parts": "Thành phần bắt buộc",
    "title": "Trích yếu và căn cứ",
    "outline": "Bố cục",
    "recipients": "Nơi nhận",
    "signature": "Chữ ký",
    "citations": "Viện dẫn và ngày tháng",
    "annexes": "Phụ lục",
    "capitals": "Viết hoa",
    "typing": "Cách viết",
}
_DECREE: Final = "Nghị định 30/2020/NĐ-CP"
_MODULES: Final = (
    *(structure, secrecy, outline, recipients, signature, citations, symbols),
    *(dates, annexes, capitals, offices, typing_marks, words),
)
Finder = Callable[[Sheet], Iterable[Hit]]


@dataclass(frozen=True)
class Rule:
    """One rule. A fixed one is always an error: without it there is no plan to submit."""

    id: str
    group: str
    name: str
    law: str
    level: Level
    is_fixed: bool
    bad: str
    good: str
    find: Finder

    def level_under(self, levels: Mapping[str, str]) -> str:
        """How severe an organisation takes it: “error”, “warning”, “note” or “off”.

        What is stored for a rule that has become fixed, or is no level, means nothing.
        """
        chosen = levels.get(self.id)
        return chosen if chosen in CHOICES and not self.is_fixed else self.level

    @property
    def choices(self) -> tuple[str, ...]:
        """The levels that it may be set to."""
        return () if self.is_fixed else (*Level, OFF)


@cache
def rules() -> Mapping[str, Rule]:
    """Every rule by its id, in the order of the page."""
    text = files(__package__).joinpath("rules.toml").read_text("utf-8")
    return {row["id"]: _rule(row) for row in tomllib.loads(text)["rule"]}


def _rule(row: Mapping[str, Any]) -> Rule:
    return Rule(
        id=row["id"],
        group=row["group"],
        name=row["name"],
        law=_cited(row["law"]),
        level=Level(row["level"]),
        is_fixed=row.get("fixed", False),
        bad=row["bad"],
        good=row["good"],
        find=_finder(row["id"]),
    )


def _cited(law: str) -> str:
    return f"{law}, {_DECREE}" if law.startswith(("Điều", "Phụ lục")) else law


def _finder(identity: str) -> Finder:
    name = identity.replace("-", "_")
    [module] = (module for module in _MODULES if _has(module, name))
    found: Finder = getattr(module, name)
    return found


def _has(module: ModuleType, name: str) -> bool:
    """Whether the rule is defined there, and not only imported."""
    return getattr(getattr(module, name, None), "__module__", "") == module.__name__
