"""The check of a chain when it is loaded: a definition that could go wrong is refused.

No plan may be issued without a check that the decree demands, get stuck, or be decided on by
the role that drafted it. The sentence of a refusal prints the path that would do it.
"""

import tomllib
from collections.abc import Iterator, Mapping
from typing import Any

from workflows.domain.actor import Role
from workflows.domain.chain import Chain, UnsoundChain, step_of
from workflows.domain.machine import PlanState

# What each kind of step is for decides who may stand in it.
ROLES_OF: dict[PlanState, frozenset[Role]] = {
    PlanState.DRAFT: frozenset({Role.DRAFTER}),
    PlanState.UNIT_REVIEW: frozenset({Role.UNIT_HEAD}),
    PlanState.APPRAISAL: frozenset({Role.APPRAISER, Role.APPRAISAL_LEAD}),
    PlanState.FORM_CHECK: frozenset({Role.FORM_CHECKER}),
    PlanState.AWAITING_SIGNATURE: frozenset({Role.SIGNER}),
    PlanState.SIGNED: frozenset({Role.CLERK}),
}

# Điều 12.1, the appraisal, Điều 12.2, Điều 13 and Điều 15: no way to the end may miss one.
REQUIRED: tuple[tuple[PlanState, Role], ...] = (
    (PlanState.UNIT_REVIEW, Role.UNIT_HEAD),
    (PlanState.APPRAISAL, Role.APPRAISAL_LEAD),
    (PlanState.FORM_CHECK, Role.FORM_CHECKER),
    (PlanState.AWAITING_SIGNATURE, Role.SIGNER),
    (PlanState.SIGNED, Role.CLERK),
)


def load_chain(text: str) -> Chain:
    """Read and check a definition in TOML; raises UnsoundChain."""
    try:
        raw = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise UnsoundChain("Tệp quy trình không đọc được: %(error)s.", error=str(error)) from error
    return chain_of(raw)


def chain_of(raw: Mapping[str, Any]) -> Chain:
    """Build and check a chain from parsed data; raises UnsoundChain."""
    try:
        head = raw["chain"]
        chain = Chain(
            key=str(head["key"]),
            version=int(head["version"]),
            title=str(head["title"]),
            kind=str(head["kind"]),
            steps=tuple(step_of(row) for row in raw["step"]),
        )
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise UnsoundChain(
            "Tệp quy trình thiếu mục hoặc sai giá trị: %(error)s.", error=str(error)
        ) from error
    check(chain)
    return chain


def check(chain: Chain) -> None:
    """Walk the definition; raises UnsoundChain with the first fault."""
    for rule in (_keys, _seats, _ends, _reachability, _returns, _required_steps):
        for sentence, values in rule(chain):
            raise UnsoundChain(sentence, **values)


Finding = tuple[str, dict[str, str]]


def _keys(chain: Chain) -> Iterator[Finding]:
    keys = [step.key for step in chain.steps]
    if not keys:
        yield "Quy trình không có bước nào.", {}
    for key in sorted({key for key in keys if keys.count(key) > 1}):
        yield "Bước “%(step)s” được khai báo hai lần.", {"step": key}
    for step in chain.steps:
        for named in (*step.next, *step.returns_to):
            if named not in keys:
                yield (
                    "Bước “%(step)s” dẫn tới bước không có: “%(named)s”.",
                    {"step": step.key, "named": named},
                )


def _seats(chain: Chain) -> Iterator[Finding]:
    if chain.first.state is not PlanState.DRAFT:
        yield "Bước đầu tiên phải là soạn thảo, không phải “%(s)s”.", {"s": chain.first.key}
    for step in chain.steps:
        if step.state not in ROLES_OF:
            yield (
                "Bước “%(step)s”: trạng thái “%(state)s” không phải là một bước của quy trình.",
                {"step": step.key, "state": step.state},
            )
        elif step.role not in ROLES_OF[step.state]:
            # Also what keeps anyone from deciding on their own text: no step but the first
            # may be filled by the role that drafts.
            yield (
                "Bước “%(step)s”: vai trò “%(role)s” không được quyết định ở bước này.",
                {"step": step.key, "role": step.role},
            )
        if step.days < 0:
            yield "Bước “%(step)s”: thời hạn không được âm.", {"step": step.key}


def _ends(chain: Chain) -> Iterator[Finding]:
    for step in chain.steps:
        if not step.next and step.state is not PlanState.SIGNED:
            yield (
                "Đường đi %(path)s dừng ở bước “%(step)s”, trước khi phát hành.",
                {"path": _arrow(_path_to(chain, step.key)), "step": step.key},
            )
        if step.next and step.state is PlanState.SIGNED:
            yield "Sau bước phát hành “%(step)s” không còn bước nào.", {"step": step.key}


def _reachability(chain: Chain) -> Iterator[Finding]:
    reached = _reach(chain, chain.first.key)
    for step in chain.steps:
        if step.key not in reached:
            yield "Không có đường nào tới bước “%(step)s”.", {"step": step.key}
        elif not any(not chain[key].next for key in _reach(chain, step.key)):
            yield (
                "Từ bước “%(step)s” không có đường nào tới phát hành: %(path)s.",
                {"step": step.key, "path": _arrow(_path_to(chain, step.key))},
            )


def _returns(chain: Chain) -> Iterator[Finding]:
    for step in chain.steps:
        before = {
            key
            for path in _paths(chain)
            if step.key in path
            for key in path[: path.index(step.key)]
        }
        for named in step.returns_to:
            if named not in before:
                yield (
                    "Bước “%(step)s” chỉ được trả lại cho bước đứng trước, không phải “%(named)s”.",
                    {"step": step.key, "named": named},
                )
        if step.state not in (PlanState.DRAFT, PlanState.SIGNED) and not step.returns_to:
            yield "Bước “%(step)s” không trả lại được cho ai.", {"step": step.key}


def _required_steps(chain: Chain) -> Iterator[Finding]:
    for path in _paths(chain):
        at = 0
        for state, role in REQUIRED:
            while at < len(path) and (chain[path[at]].state, chain[path[at]].role) != (state, role):
                at += 1
            if at == len(path):
                yield (
                    "Đường đi %(path)s tới phát hành mà bỏ qua bước bắt buộc “%(state)s” "
                    "(%(role)s), hoặc đi sai thứ tự.",
                    {"path": _arrow(path), "state": state, "role": role},
                )
                break


def _reach(chain: Chain, start: str) -> set[str]:
    reached, waiting = set[str](), [start]
    while waiting:
        key = waiting.pop()
        if key not in reached:
            reached.add(key)
            waiting.extend(chain[key].next)
    return reached


def _paths(chain: Chain) -> Iterator[tuple[str, ...]]:
    """Every way from the first step to an end, without walking a circle twice."""
    waiting: list[tuple[str, ...]] = [(chain.first.key,)]
    while waiting:
        path = waiting.pop()
        following = chain[path[-1]].next
        if not following:
            yield path
        waiting.extend((*path, key) for key in following if key not in path)


def _path_to(chain: Chain, goal: str) -> tuple[str, ...]:
    waiting: list[tuple[str, ...]] = [(chain.first.key,)]
    while waiting:
        path = waiting.pop(0)
        if path[-1] == goal:
            return path
        waiting.extend((*path, key) for key in chain[path[-1]].next if key not in path)
    return (goal,)


def _arrow(path: tuple[str, ...]) -> str:
    return " → ".join(path)
