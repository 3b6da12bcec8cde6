"""The main job without a browser: the real plan from draft to archive, by different people."""

import time
from collections.abc import Callable
from typing import Any
from uuid import UUID

import redis
from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.acts.signing import sign_plan
from portal.archive.store import FileStore
from portal.clock import now
from portal.demo.plan import begin_plan
from portal.demo.staff import staff
from portal.queues.relay import relay
from portal.signing.keys import KeyStore
from workflows.domain.actor import Actor
from workflows.domain.numbers import number_and_symbol
from workflows.models.plan import Plan, PlanVersion
from workflows.models.rendition import Rendition, RenditionKind
from workflows.queries.working_text import text_of
from workflows.services.discussion import comment
from workflows.services.issuing import assign_number
from workflows.services.review import approve, return_plan
from workflows.services.submission import submit
from workflows.services.writing import replace_text

PATIENCE = 120.0
REASON = "Bổ sung căn cứ là nghị quyết của Hội đồng nhân dân Thành phố vào phần căn cứ."
BASIS = (
    "Căn cứ Nghị quyết số 27/NQ-HĐND ngày 08 tháng 12 năm 2021 của Hội đồng nhân dân Thành phố "
    "về kế hoạch phát triển kinh tế - xã hội năm 2022."
)

Say = Callable[[str], None]


class TooSlow(Exception):
    """A worker did not do what it owed in time."""


class Journey:
    """One plan on its way. Each step is done by the person whose step it is."""

    def __init__(
        self, session: Session, valkey: redis.Redis, keys: KeyStore, store: FileStore, say: Say
    ) -> None:
        self.session, self.valkey = session, valkey
        self.keys, self.store, self.say = keys, store, say
        self.plan_id: UUID

    def run(self) -> UUID:
        """Take the plan the whole way, with one return and one resubmission."""
        plan = begin_plan(self.session, now=now())
        self.plan_id = plan.id
        self.say(f"Soạn thảo: {plan.title}")
        self._submit()
        self._send_back()
        self._submit()
        for who in ("duyet", "tham", "dinh", "the"):
            self._approve(who)
        self._sign()
        self._number()
        self._await(RenditionKind.ISSUED, "Đã đóng dấu và ban hành")
        self._await(RenditionKind.PACKAGE, "Đã lập gói lưu trữ")
        return self.plan_id

    def _submit(self) -> None:
        seen = self._plan().text_version
        submit(self.session, seen_text=seen, **self._moving("soan"))
        self._say_done("Trình duyệt", "soan")

    def _send_back(self) -> None:
        self._act(comment, "duyet", text=REASON, block_id=None)
        return_plan(self.session, **self._moving("duyet"), to_step="draft", reason=REASON)
        self._say_done("Trả lại để bổ sung căn cứ", "duyet")
        plan = self._plan()
        doc = with_basis(text_of(self.session, plan).doc)
        self.session.rollback()
        self._act(replace_text, "soan", doc=doc, seen_text=None, origin="whole")
        self._say_done("Bổ sung căn cứ", "soan")

    def _approve(self, who: str) -> None:
        approve(self.session, **self._moving(who), remark="Nhất trí.")
        self._say_done("Đồng ý", who)

    def _sign(self) -> None:
        prepared = self._await(RenditionKind.PREPARED, "Đã lập tệp PDF để ký")
        sign_plan(
            self.session,
            **self._moving("ky"),
            prepared_sha256=prepared.sha256,
            keys=self.keys,
            store=self.store,
        )
        self._say_done("Ký số", "ky")

    def _number(self) -> None:
        entry = assign_number(self.session, **self._moving("thu"))
        number = number_and_symbol(entry.number, entry.symbol)
        self._say_done(f"Cấp số {number}, ngày {entry.dated:%d/%m/%Y}", "thu")

    def _moving(self, who: str) -> dict[str, Any]:
        """What every act on the plan is given: the row version is the one that was read now."""
        seen = self._plan().row_version
        self.session.rollback()
        return {"plan_id": self.plan_id, "seen": seen, "actor": self._actor(who), "now": now()}

    def _act(self, service: Callable[..., object], who: str, **details: object) -> None:
        service(self.session, plan_id=self.plan_id, actor=self._actor(who), now=now(), **details)

    def _actor(self, who: str) -> Actor:
        actor = staff(self.session, who, now=now())
        self.session.rollback()
        return actor

    def _plan(self) -> Plan:
        return self.session.get_one(Plan, self.plan_id, populate_existing=True)

    def _say_done(self, what: str, who: str) -> None:
        relay(self.session, self.valkey, now=now())
        actor = staff(self.session, who, now=now())
        title = ", ".join(sorted(f"{post.title}, {post.unit_name}" for post in actor.posts))
        self.session.rollback()
        self.say(f"{what}: {actor.name} ({title})")

    def _await(self, kind: RenditionKind, words: str) -> Rendition:
        """Wait for the worker to bring the file of the current version."""
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            found = self._file(kind)
            if found is not None:
                self.say(f"{words}: SHA-256 {found.sha256}")
                return found
            time.sleep(0.1)
            relay(self.session, self.valkey, now=now())
        raise TooSlow(f"{words}: không xong sau {PATIENCE:.0f} giây.")

    def _file(self, kind: RenditionKind) -> Rendition | None:
        found = self.session.scalars(
            select(Rendition)
            .join(PlanVersion, Rendition.version_id == PlanVersion.id)
            .join(Plan, Plan.id == PlanVersion.plan_id)
            .where(
                Plan.id == self.plan_id,
                PlanVersion.number == Plan.version_number,
                Rendition.kind == kind,
            )
        ).first()
        if found is not None:
            self.session.expunge(found)
        self.session.rollback()
        return found


def with_basis(doc: dict[str, Any]) -> dict[str, Any]:
    """The document with the resolution among its legal bases, as the unit's head asked."""
    basis = {
        "type": "basis",
        "attrs": {"id": "cancu0nghiquyet27"},
        "content": [{"type": "text", "text": BASIS}],
    }
    title, *rest = doc["content"]
    return {**doc, "content": [title, basis, *rest]}
