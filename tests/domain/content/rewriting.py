"""Rewrites a text as people do: typing, splitting, joining, moving, restyling, at random places."""

import random
from copy import deepcopy
from itertools import count

from tests.domain.content.documents import clause, node
from workflows.domain.content.canonical import sound
from workflows.domain.content.numbering import LEVELS

WORDS = ("Sở", "Tài chính", "kinh phí", "15/01/2027", "😀", " ", "a", ",", "hướng dẫn", "./.")


class Rewriter:
    """One person at work on a copy of *doc*; *seed* says what they do."""

    def __init__(self, doc, seed):
        self.doc = deepcopy(doc)
        self.dice = random.Random(seed)  # noqa: S311
        self._numbers = count(1)

    def rewrite(self, times):
        acts = [self.type, self.type, self.erase, self.split, self.join, self.move, self.relevel]
        acts += [self.embolden, self.insert, self.delete, self.add_table, self.add_column]
        acts += [self.readdress, self.refile, self.add_recipient, self.resign, self.add_annex]
        for _ in range(times):
            self.dice.choice(acts)()
        return sound(self.doc)

    def type(self):
        def typed(text):
            at = self.dice.randint(0, len(text))
            return text[:at] + self.dice.choice(WORDS) + text[at:]

        self._retext(typed)

    def erase(self):
        def erased(text):
            at = self.dice.randint(0, len(text))
            return text[:at] + text[at + self.dice.randint(1, 12) :]

        self._retext(erased)

    def split(self):
        siblings, at = self._clause()
        content = siblings[at].get("content", [])
        cut = self.dice.randint(0, len(content))
        rest = {**siblings[at], "attrs": {**siblings[at]["attrs"], "id": self._id()}}
        rest["content"] = content[cut:]
        if cut and content[cut - 1]["type"] == "text":
            text, half = content[cut - 1]["text"], len(content[cut - 1]["text"]) // 2
            rest["content"] = [{**content[cut - 1], "text": text[half:]}, *rest["content"]]
            content = [*content[: cut - 1], {**content[cut - 1], "text": text[:half]}]
        siblings[at : at + 1] = [{**siblings[at], "content": content[:cut]}, rest]

    def join(self):
        siblings, at = self._clause()
        if at + 1 < len(siblings) and siblings[at + 1]["type"] == "clause":
            after = siblings.pop(at + 1)
            siblings[at]["content"] = [
                *siblings[at].get("content", []),
                *after.get("content", []),
            ]

    def move(self):
        body = self.doc["content"]
        found = [at for at, each in enumerate(body) if each["type"] in ("clause", "table")]
        if found:
            block = body.pop(self.dice.choice(found))
            body.insert(self.dice.choice(found), block)

    def relevel(self):
        siblings, at = self._clause()
        if siblings is self.doc["content"]:
            siblings[at]["attrs"]["level"] = self.dice.choice(LEVELS)

    def embolden(self):
        siblings, at = self._clause()
        for child in siblings[at].get("content", ()):
            child["marks"] = self.dice.choice([[], [{"type": "strong"}], [{"type": "em"}]])

    def insert(self):
        siblings, at = self._clause()
        text = " ".join(self.dice.choices(WORDS, k=3))
        siblings.insert(at, clause(self._id(), text))

    def delete(self):
        siblings, at = self._clause()
        if len(siblings) > 1:
            del siblings[at]

    def add_table(self):
        siblings, at = self._clause()
        if siblings is self.doc["content"]:
            rows = [node("table_row", *(self._cell() for _ in range(2))) for _ in range(2)]
            siblings.insert(at, node("table", *rows, id=self._id()))

    def add_column(self):
        for table in self._all("table"):
            for row in table["content"]:
                row["content"].insert(1, self._cell())
            return

    def readdress(self):
        for each in self._all("recipient"):
            each["attrs"]["target"] = self.dice.choice([None, "H26", "so-tai-chinh"])
            each["attrs"]["purpose"] = self.dice.choice([None, "để báo cáo"])
            return

    def refile(self):
        [recipients] = self._all("recipients")
        recipients["attrs"]["filing"] = self.dice.choice(["VT", "VT, KGVX"])

    def add_recipient(self):
        [recipients] = self._all("recipients")
        new = node("recipient", "Sở mới", id=self._id(), target=None, purpose=None)
        recipients.setdefault("content", []).insert(0, new)

    def resign(self):
        [signature] = self._all("signature")
        signature["attrs"]["position"] = self.dice.choice([None, "chair", "vice"])

    def add_annex(self):
        annex = node("annex", node("annex_title", "Biểu"), clause(self._id(), "mục"), id=self._id())
        self.doc["content"].append(annex)

    def _cell(self):
        return node("table_cell", clause(self._id(), self.dice.choice(WORDS)))

    def _id(self):
        return f"n{next(self._numbers):09d}"

    def _clause(self):
        places = [
            (parent["content"], at)
            for parent in _below(self.doc)
            for at, child in enumerate(parent.get("content", ()))
            if child["type"] == "clause"
        ]
        if not places:
            closing = next(
                at
                for at, each in enumerate(self.doc["content"])
                if each["type"] in ("closing", "recipients")
            )
            self.doc["content"].insert(closing, clause(self._id(), "mới"))
            return self.doc["content"], closing
        return self.dice.choice(places)

    def _retext(self, change):
        texts = [
            (parent, at)
            for parent in _below(self.doc)
            for at, child in enumerate(parent.get("content", ()))
            if child["type"] == "text"
        ]
        if texts:
            parent, at = self.dice.choice(texts)
            text = change(parent["content"][at]["text"])
            if text:
                parent["content"][at]["text"] = text
            else:
                del parent["content"][at]

    def _all(self, kind):
        return [each for each in _below(self.doc) if each["type"] == kind]


def _below(parent):
    yield parent
    for child in parent.get("content", ()):
        yield from _below(child)
