"""The words and colours for the states and actions of a plan, in the reader's language."""

from typing import Final

from flask import Flask
from flask_babel import gettext as _

from workflows.domain.machine import ACTION_LABELS, STATE_LABELS, PlanAction, PlanState

# Bootstrap's colour names. Every one is also told by its words: colour alone says nothing.
STATE_COLOURS: Final[dict[PlanState, str]] = {
    PlanState.DRAFT: "secondary",
    PlanState.UNIT_REVIEW: "warning",
    PlanState.APPRAISAL: "warning",
    PlanState.FORM_CHECK: "warning",
    PlanState.AWAITING_SIGNATURE: "info",
    PlanState.SIGNED: "info",
    PlanState.NUMBERED: "info",
    PlanState.ISSUED: "success",
    PlanState.RECALLED: "danger",
    PlanState.RETURNED: "danger",
    PlanState.WITHDRAWN: "secondary",
    PlanState.CANCELLED: "secondary",
}


def state_label(state: str) -> str:
    """The state in words."""
    return str(_(STATE_LABELS[PlanState(state)]))


def state_colour(state: str) -> str:
    """The state's colour name."""
    return STATE_COLOURS[PlanState(state)]


def action_label(action: str) -> str:
    """The action in words, as on its button."""
    return str(_(ACTION_LABELS[PlanAction(action)]))


def translated(sentence: str) -> str:
    """A sentence that the code made, in the reader's language: text, which the template escapes.

    In a template `_()` takes a literal and nothing else: it formats what it gets and calls the
    result safe, so that the words of a document would be markup there, and their “%” an error.
    """
    return str(_(sentence))


def init_app(app: Flask) -> None:
    """Give them to the templates."""
    for label in (state_label, state_colour, action_label):
        app.add_template_global(label)
    app.add_template_filter(translated)
