"""What the form checker finds in a text, for the margin of the editor."""

from typing import Any
from uuid import UUID

from flask import Blueprint, jsonify
from flask.typing import ResponseReturnValue

from portal.access import access, current_actor, plan_action
from portal.cursors import read_number
from portal.extensions import db
from portal.rates import paced
from workflows.domain.form.checking import MOST
from workflows.domain.form.findings import Finding
from workflows.queries.form_rules import checked_text

bp = Blueprint("form_check", __name__)


@bp.get("/plans/<uuid:plan_id>/text/findings")
@paced("findings")
@access(plan_action())
def findings(plan_id: UUID) -> ResponseReturnValue:
    """The findings of the text under review, or of the frozen version that `version` names.

    `most` is how many places a rule tells: one that tells as many may have found more.
    """
    checked = checked_text(db.session(), current_actor(), plan_id, read_number("version"))
    told = [_told(finding) for finding in checked.findings]
    return jsonify(version=checked.version, number=checked.number, findings=told, most=MOST)


def _told(finding: Finding) -> dict[str, Any]:
    return {
        "rule": finding.rule,
        "level": finding.level,
        "sentence": finding.sentence,
        "law": finding.law,
        "place": finding.place,
        "blockId": finding.block_id,
        "start": finding.start,
        "end": finding.end,
        "suggestion": finding.suggestion,
    }
