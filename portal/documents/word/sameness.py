"""Gives the blocks of an old text the ids that the same blocks have in the new one."""

from typing import Any

from portal.documents.redline import redline

Json = dict[str, Any]


def recognised(old_doc: Json, new_doc: Json) -> Json:
    """The old text with the new ids: what was cut out and pasted came back under a fresh one."""
    ids = {
        change.before.id: change.after.id
        for change in redline(old_doc, new_doc)
        if change.before and change.after
    }
    return _renamed(old_doc, ids)


def _renamed(node: Json, ids: dict[str, str]) -> Json:
    whole = dict(node)
    identity = whole.get("attrs", {}).get("id")
    if identity in ids:
        whole["attrs"] = {**whole["attrs"], "id": ids[identity]}
    if "content" in whole:
        whole["content"] = [_renamed(child, ids) for child in whole["content"]]
    return whole
