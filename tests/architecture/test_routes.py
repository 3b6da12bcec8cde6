"""Every route says who may use it, and says nothing to those who may not."""

import re

import pytest
from flask import Flask

from portal.access import Rule, rule_of

# What is open to the world is listed here on purpose: one more is a decision, not an accident.
PUBLIC = {
    "static",
    "auth.choose_language",
    "health.healthz",
    "health.readyz",
    # The letters of fictitious people; outside the demonstration these two are a 404.
    "mailbox.index",
    "mailbox.show",
    "public.index",
    "public.show",
    "public.pdf",
    "security.login",
    "security.logout",
    "verification.check",
    "verification.verdict",
}


def views(app: Flask) -> dict[str, Rule | None]:
    return {endpoint: rule_of(app, endpoint) for endpoint in app.view_functions}


def test_every_view_declares_who_may_use_it(look: Flask) -> None:
    assert [endpoint for endpoint, rule in views(look).items() if rule is None] == []


def test_what_is_public_is_public_on_purpose(look: Flask) -> None:
    public = {endpoint for endpoint, rule in views(look).items() if rule and rule.kind == "public"}

    assert public == PUBLIC


def test_whoever_writes_to_a_plan_declares_the_action(look: Flask) -> None:
    writing = [
        rule.endpoint
        for rule in look.url_map.iter_rules()
        if "POST" in (rule.methods or ()) and "plan_id" in rule.arguments
    ]
    assert writing
    for endpoint in writing:
        declared = rule_of(look, endpoint)
        assert declared is not None
        assert declared.action is not None or declared.roles, endpoint


def test_every_plan_in_a_path_is_a_uuid_and_paths_are_lower_case(look: Flask) -> None:
    for rule in look.url_map.iter_rules():
        if rule.endpoint == "static":
            continue
        if "plan_id" in rule.arguments:
            assert "<uuid:plan_id>" in rule.rule, rule.rule
        words = re.sub(r"<[^>]+>", "", rule.rule)
        assert re.fullmatch(r"[a-z0-9/.-]*", words), rule.rule


def test_nobody_gets_in_without_signing_in(look: Flask) -> None:
    client = look.test_client()
    for rule in look.url_map.iter_rules():
        declared = rule_of(look, rule.endpoint)
        if declared is None or declared.kind in ("public", "loopback"):
            continue
        blank = "00000000-0000-0000-0000-000000000000"
        path = re.sub(r"<uuid:[^>]+>", blank, rule.rule)
        path = re.sub(r"<int[^>]*:[^>]+>", "1", path)
        path = re.sub(r"<[^>]+>", "x", path)
        method = "GET" if "GET" in (rule.methods or ()) else "POST"
        answer = client.open(path, method=method)
        assert answer.status_code in (302, 400, 401, 403), (path, answer.status_code)
        if answer.status_code == 302:
            assert "/login" in answer.headers["Location"], path


@pytest.mark.parametrize("path", ["/inbox", "/plans"])
def test_the_door_opens_for_people_who_sign_in(app: Flask, path: str, log_in) -> None:  # type: ignore[no-untyped-def]
    client = log_in(app.test_client(), "soan")

    assert client.get(path, follow_redirects=True).status_code == 200
