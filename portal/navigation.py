"""Which pages the menu offers: those that exist and whose own rule lets this person in."""

from dataclasses import dataclass
from typing import Any, Final

from flask import Flask, current_app, url_for
from flask_babel import lazy_gettext as _l
from sqlalchemy import func, select

from portal.access import admits, current_actor, is_signed_in, rule_of
from portal.extensions import db, language, languages
from workflows.domain.actor import Actor, Post
from workflows.models.outbox import Notice


@dataclass(frozen=True)
class Entry:
    """One line of the menu."""

    endpoint: str
    label: str
    demonstration_only: bool = False


@dataclass(frozen=True)
class Group:
    """Lines that belong together, under a heading unless it is empty."""

    heading: str
    entries: tuple[Entry, ...]


MENU: Final = (
    Group(
        "",
        (
            Entry("inbox.index", _l("Hộp việc")),
            Entry("plans.index", _l("Kế hoạch")),
            Entry("plans.create", _l("Soạn kế hoạch mới")),
            Entry("issuing.index", _l("Chờ phát hành")),
            Entry("register.index", _l("Sổ đăng ký văn bản đi")),
            Entry("notices.index", _l("Thông báo")),
        ),
    ),
    Group(_l("Kiểm tra"), (Entry("history.index", _l("Lịch sử và bằng chứng")),)),
    Group(
        _l("Quản trị"),
        (
            Entry("form_rules.index", _l("Quy tắc thể thức")),
            Entry("operations.index", _l("Việc nền và lỗi")),
        ),
    ),
    Group(
        _l("Công khai"),
        (
            Entry("public.index", _l("Kế hoạch đã ban hành")),
            Entry("verification.check", _l("Kiểm tra tệp PDF")),
            Entry("mailbox.index", _l("Thư trình diễn"), demonstration_only=True),
        ),
    ),
)


def menu(actor: Actor | None) -> tuple[Group, ...]:
    """The menu of *actor*, or of a visitor; a page that is not installed is left out."""
    shown = (Group(group.heading, _open_entries(group, actor)) for group in MENU)
    return tuple(group for group in shown if group.entries)


def _open_entries(group: Group, actor: Actor | None) -> tuple[Entry, ...]:
    demo = current_app.config["TRINH_KY"].demo
    return tuple(
        entry
        for entry in group.entries
        if is_open(entry.endpoint, actor) and (demo or not entry.demonstration_only)
    )


def is_open(endpoint: str, actor: Actor | None) -> bool:
    """Whether the endpoint exists and its rule admits *actor*."""
    rule = rule_of(current_app, endpoint)
    return rule is not None and admits(rule, actor)


def url_if_open(endpoint: str, **values: Any) -> str | None:
    """The address of a page, or None when it does not exist or is closed to the reader."""
    actor = current_actor() if is_signed_in() else None
    return url_for(endpoint, **values) if is_open(endpoint, actor) else None


def main_post(actor: Actor) -> Post | None:
    """The position to show beside the name: the one held under the lowest number."""
    return min(actor.posts, key=lambda post: post.position_id, default=None)


def unread_notices(actor: Actor) -> int:
    """How many notices wait to be read."""
    waiting = select(func.count()).where(Notice.person_id == actor.id, Notice.read_at.is_(None))
    return db.session.scalar(waiting) or 0


@dataclass(frozen=True)
class Shell:
    """What the frame of a page shows around its content."""

    actor: Actor | None
    post: Post | None
    menu: tuple[Group, ...]
    unread: int
    languages: tuple[str, ...]


def shell() -> Shell:
    """Read once a page, by the base template, and not at all by the page of a crash."""
    choices = tuple(languages())
    if not is_signed_in():
        return Shell(None, None, menu(None), 0, choices)
    actor = current_actor()
    return Shell(actor, main_post(actor), menu(actor), unread_notices(actor), choices)


def init_app(app: Flask) -> None:
    """Give the templates what the frame needs."""
    app.add_template_global(shell)
    app.add_template_global(url_if_open)
    app.add_template_global(language)
