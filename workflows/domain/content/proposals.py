"""Whether a proposed change still stands on what it was proposed for."""

from collections.abc import Mapping

from prosemirror.model import Node

from workflows.domain.content.changes import Change, Json

# What the freeze writes into the text; nobody proposes it.
GENERATED = ("lines", "name")


def still_fits(
    node: Node, change: Change, before_slice: Json | None, places: Mapping[str, int]
) -> bool:
    """Whether *node* has, where *change* now lies, exactly what it is to replace.

    *places* are the `block_places` of *node*.
    """
    if change.kind == "text":
        if not 0 <= change.start <= change.end <= node.content.size:
            return False
        return bool(node.slice(change.start, change.end).to_json() == before_slice)
    position = places.get(change.block_id or "")
    block = node.node_at(position) if position is not None else None
    return block is not None and block.attrs.get(change.attribute or "") == change.before


def as_proposed(doc: Json, base: Node) -> Json:
    """*doc* with what the freeze wrote into the signature as *base* has it: none of their doing."""
    signature = next((each for each in base.children if each.type.name == "signature"), None)
    if signature is None:
        return doc
    kept = {name: signature.attrs[name] for name in GENERATED}
    content = [
        {**each, "attrs": {**each.get("attrs", {}), **kept}} if _signs(each) else each
        for each in doc["content"]
    ]
    return {**doc, "content": content}


def _signs(node: Json) -> bool:
    return node.get("type") == "signature"
