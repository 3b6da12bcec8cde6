"""The life of a plan: which states there are, and what may be done in each."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

from workflows.domain.errors import NotPossible


class PlanState(StrEnum):
    """Where a plan stands. People see the words of `STATE_LABELS`."""

    DRAFT = "draft"
    UNIT_REVIEW = "unit_review"
    APPRAISAL = "appraisal"
    FORM_CHECK = "form_check"
    AWAITING_SIGNATURE = "awaiting_signature"
    SIGNED = "signed"
    NUMBERED = "numbered"
    ISSUED = "issued"
    RECALLED = "recalled"
    RETURNED = "returned"
    WITHDRAWN = "withdrawn"
    CANCELLED = "cancelled"


class PlanAction(StrEnum):
    """What a person, or a job in a person's name, does to a plan."""

    EDIT = "edit"
    SUBMIT = "submit"
    APPROVE = "approve"
    RETURN = "return"
    WITHDRAW = "withdraw"
    CANCEL = "cancel"
    SIGN = "sign"
    NUMBER = "number"
    SEAL = "seal"
    RECALL = "recall"
    COMMENT = "comment"
    SUGGEST = "suggest"
    ANSWER = "answer"
    INVITE = "invite"


STATE_LABELS: dict[PlanState, str] = {
    PlanState.DRAFT: "Đang soạn thảo",
    PlanState.UNIT_REVIEW: "Chờ lãnh đạo đơn vị duyệt",
    PlanState.APPRAISAL: "Sở TT&TT thẩm định",
    PlanState.FORM_CHECK: "Văn phòng kiểm tra thể thức",
    PlanState.AWAITING_SIGNATURE: "Trình ký",
    PlanState.SIGNED: "Đã ký, chờ phát hành",
    PlanState.NUMBERED: "Đã cấp số, đang đóng dấu",
    PlanState.ISSUED: "Đã ban hành",
    PlanState.RECALLED: "Đã thu hồi",
    PlanState.RETURNED: "Trả lại",
    PlanState.WITHDRAWN: "Đã rút lại",
    PlanState.CANCELLED: "Đã huỷ",
}

ACTION_LABELS: dict[PlanAction, str] = {
    PlanAction.EDIT: "Sửa dự thảo",
    PlanAction.SUBMIT: "Trình duyệt",
    PlanAction.APPROVE: "Đồng ý",
    PlanAction.RETURN: "Trả lại",
    PlanAction.WITHDRAW: "Rút lại",
    PlanAction.CANCEL: "Huỷ kế hoạch",
    PlanAction.SIGN: "Ký số",
    PlanAction.NUMBER: "Cấp số và phát hành",
    PlanAction.SEAL: "Đóng dấu",
    PlanAction.RECALL: "Thu hồi",
    PlanAction.COMMENT: "Góp ý",
    PlanAction.SUGGEST: "Đề xuất sửa",
    PlanAction.ANSWER: "Tiếp thu, giải trình",
    PlanAction.INVITE: "Mời cùng soạn",
}

INITIAL = PlanState.DRAFT
EDITABLE = frozenset({PlanState.DRAFT, PlanState.RETURNED, PlanState.WITHDRAWN})
REVIEWS = frozenset({PlanState.UNIT_REVIEW, PlanState.APPRAISAL, PlanState.FORM_CHECK})
IN_FLIGHT = REVIEWS | {PlanState.AWAITING_SIGNATURE}
FINAL = frozenset({PlanState.RECALLED, PlanState.CANCELLED})
OPEN = frozenset(PlanState) - FINAL - {PlanState.ISSUED}

Target = PlanState | Literal["same", "next step", "chosen step"]


@dataclass(frozen=True)
class Transition:
    """One row of the table: *action* is possible in each of *sources* and leads to *target*."""

    action: PlanAction
    sources: frozenset[PlanState]
    target: Target


TRANSITIONS: tuple[Transition, ...] = (
    Transition(PlanAction.EDIT, EDITABLE, "same"),
    Transition(PlanAction.SUBMIT, EDITABLE, "next step"),
    Transition(PlanAction.CANCEL, EDITABLE, PlanState.CANCELLED),
    Transition(PlanAction.APPROVE, REVIEWS, "next step"),
    Transition(PlanAction.RETURN, IN_FLIGHT, "chosen step"),
    Transition(PlanAction.WITHDRAW, IN_FLIGHT, PlanState.WITHDRAWN),
    Transition(PlanAction.SIGN, frozenset({PlanState.AWAITING_SIGNATURE}), PlanState.SIGNED),
    Transition(PlanAction.NUMBER, frozenset({PlanState.SIGNED}), PlanState.NUMBERED),
    Transition(PlanAction.SEAL, frozenset({PlanState.NUMBERED}), PlanState.ISSUED),
    Transition(PlanAction.RECALL, frozenset({PlanState.ISSUED}), PlanState.RECALLED),
    Transition(PlanAction.COMMENT, EDITABLE | IN_FLIGHT, "same"),
    Transition(PlanAction.SUGGEST, EDITABLE | IN_FLIGHT, "same"),
    Transition(PlanAction.ANSWER, EDITABLE | IN_FLIGHT, "same"),
    Transition(PlanAction.INVITE, EDITABLE, "same"),
)

_TABLE: dict[tuple[PlanState, PlanAction], Target] = {
    (source, row.action): row.target for row in TRANSITIONS for source in row.sources
}


def is_possible(state: PlanState, action: PlanAction) -> bool:
    """Whether the table has a row for *action* in *state*."""
    return (state, action) in _TABLE


def actions(state: PlanState) -> tuple[PlanAction, ...]:
    """Every action that the table allows in *state*, in the table's order."""
    return tuple(row.action for row in TRANSITIONS if state in row.sources)


def target(state: PlanState, action: PlanAction, chosen: PlanState | None = None) -> PlanState:
    """The state after *action*; raises NotPossible when the table has no row.

    *chosen* is the state of the step that the chain names, for the actions whose target
    depends on the chain.
    """
    row = _TABLE.get((state, action))
    if row is None:
        raise NotPossible(
            "Không thể thực hiện “%(action)s” khi kế hoạch ở trạng thái “%(state)s”. "
            "Hãy mở lại trang kế hoạch để xem việc có thể làm.",
            action=ACTION_LABELS[action],
            state=STATE_LABELS[state],
        )
    if row == "same":
        return state
    if isinstance(row, PlanState):
        return row
    if chosen is None:
        raise ValueError(f"{action} needs the chain's step")
    return chosen
