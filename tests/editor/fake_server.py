"""A server for the editor's page, which can also lose answers, refuse and fall silent."""

import json
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Thread
from typing import Any, Final

from flask import Flask, Response, abort, jsonify, request, send_from_directory
from flask.typing import ResponseReturnValue
from simple_websocket import ConnectionClosed, Server
from werkzeug.serving import make_server

from portal.headers import POLICY
from tests.editor.fake_office import Office, thread_of

STATIC: Final = Path(__file__).resolve().parents[2] / "portal" / "static"
COLLEAGUES: Final = ["Lê Thị Bình", "Lê Văn Cường"]
PLAN: Final = "/plans/0b0e9a6e-0000-4000-8000-000000000001"
PAGE: Final = """<!DOCTYPE html><html lang="vi" data-bs-theme="{theme}"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1"><title>Soạn thảo</title>
<link rel="stylesheet" href="/static/bootstrap/bootstrap.min.css">
<link rel="stylesheet" href="/static/fonts/be-vietnam-pro.css">
<link rel="stylesheet" href="/static/app.css"><link rel="stylesheet" href="/static/plans.css">
<link rel="stylesheet" href="/static/editor.css"><link rel="stylesheet" href="/static/drafting.css">
<script defer src="/static/editor.js"></script></head><body><main><div class="drafting">
<div class="desk-head"><h1>Soạn thảo</h1>
<span class="save-state" id="save-state" role="status" aria-live="polite"></span>
<ul class="who-is-here" id="who-is-here" hidden></ul></div>
<div id="editor" class="desk" data-mode="{mode}" data-plan-id="p1"
 data-person-id="1" data-plan-url="{plan}/"
 data-text-url="{plan}/text{query}" data-version="{version}" data-csrf="token"></div>
</div></main></body></html>"""


def fake(office: Office) -> Flask:
    """The application; static files are the real ones."""
    app = Flask("fake", static_folder=None)
    _files(app)
    _text(app, office)
    _asked(app, office)
    _socket(app, office)
    _talk(app, office)

    @app.before_request
    def bent() -> ResponseReturnValue | None:
        if request.method == "POST" and request.headers.get("X-CSRFToken") != "token":
            abort(400)
        if request.path.startswith(PLAN + "/") and office.fault == "silent":
            return "", 503
        return None

    return app


def _files(app: Flask) -> None:
    @app.get("/static/<path:name>")
    def static_file(name: str) -> Response:
        return send_from_directory(STATIC, name)

    @app.get("/favicon.ico")
    def icon() -> ResponseReturnValue:
        return "", 204

    @app.get(f"{PLAN}/<any(edit, review, closed):mode>")
    def page(mode: str) -> ResponseReturnValue:
        number = request.args.get("number", "")
        html = PAGE.format(
            mode=mode,
            plan=PLAN,
            query=f"?version={number}" if number else "",
            version=number or "draft",
            theme=request.args.get("theme", "light"),
        )
        return html, {"Content-Security-Policy": POLICY.format(ancestors="'none'")}


def _problem(status: int, detail: str, **more: Any) -> ResponseReturnValue:
    body = json.dumps({"title": "Không nhận", "detail": detail, "status": status, **more})
    return Response(body, status, content_type="application/problem+json")


def _text(app: Flask, office: Office) -> None:
    @app.get(f"{PLAN}/text")
    def text() -> ResponseReturnValue:
        return jsonify(
            version=office.version,
            doc=office.doc,
            mode="edit",
            me={"id": 1, "name": request.cookies.get("who", "Nguyễn Thị Soạn")},
            signers=[{"key": "7", "label": "Phó Chủ tịch Trần Văn Mẫu"}],
            isPublic=True,
            rowVersion=1,
            title="",
            can=office.can,
        )

    @app.get(f"{PLAN}/text/steps")
    def missed() -> ResponseReturnValue:
        return jsonify(office.since(int(request.args["since"])))

    @app.post(f"{PLAN}/text/steps")
    def write() -> ResponseReturnValue:
        sent = request.get_json()
        if isinstance(office.fault, int):
            return _problem(office.fault, f"Máy chủ nói {office.fault}.")
        assert 0 < len(sent["steps"]) <= 200
        with office.lock:
            if sent["version"] != office.version:
                return _problem(409, "Chậm", **office.since(sent["version"]))
            office.take(sent["steps"], sent["clientId"])
        if office.fault in ("lose_reply", "die_before_reply"):
            office.fault = "silent" if office.fault == "die_before_reply" else office.fault
            return "", 502
        return jsonify(version=office.version)


def _asked(app: Flask, office: Office) -> None:
    @app.get(f"{PLAN}/text/recipients")
    def recipients() -> ResponseReturnValue:
        return jsonify(found=[{"code": "so-y-te", "name": "Sở Y tế"}])

    @app.get(f"{PLAN}/text/people")
    def people() -> ResponseReturnValue:
        names = ["Lê Thị Bình", "Lê Văn Cường"]
        found = [
            {"id": at, "name": name, "position": "Chuyên viên"} for at, name in enumerate(names)
        ]
        asked = request.args["q"].lower()
        return jsonify(found=[each for each in found if asked in str(each["name"]).lower()])

    @app.get(f"{PLAN}/text/findings")
    def findings() -> ResponseReturnValue:
        return jsonify(version=office.version, findings=office.findings, most=office.most_findings)

    @app.post(f"{PLAN}/text/revisions")
    def revisions() -> ResponseReturnValue:
        office.posted.append(("revisions", request.get_json()))
        return jsonify(number=1), 201


def _socket(app: Flask, office: Office) -> None:
    @app.route(f"{PLAN}/text/socket", websocket=True)
    def socket() -> ResponseReturnValue:
        if not office.has_socket:
            abort(503)
        line, client = Server.accept(request.environ), request.args["client"]
        office.lines[line] = client
        line.send(json.dumps({"kind": "steps", **office.since(int(request.args["since"]))}))
        try:
            while True:
                _heard(office, client, json.loads(line.receive()))
        except ConnectionClosed:
            office.lines.pop(line, None)
        return ""


def _heard(office: Office, client: str, message: dict[str, Any]) -> None:
    person = {**message, "client": client, "name": f"Người {client[:2]}", "colour": 3}
    office.cursors[client] = person
    for line, other in list(office.lines.items()):
        people = [each for key, each in office.cursors.items() if key != other]
        line.send(json.dumps({"kind": "cursors", "people": people}))


def _talk(app: Flask, office: Office) -> None:
    @app.get(f"{PLAN}/discussion")
    def discussion() -> ResponseReturnValue:
        return jsonify(
            version=office.version,
            newest=office.newest,
            threads=office.threads,
            suggestions=office.suggestions,
        )

    @app.post(f"{PLAN}/threads")
    def thread() -> ResponseReturnValue:
        sent = request.get_json()
        office.posted.append(("threads", sent))
        assert sent["version"] == office.version
        office.threads.append(thread_of(office, len(office.threads) + 1, **sent))
        return jsonify(id=len(office.threads)), 201

    @app.post(f"{PLAN}/<any(threads, suggestions):kind>/<path:act>")
    def act(kind: str, act: str) -> ResponseReturnValue:
        sent = request.get_json()
        if isinstance(office.fault, int):
            return _problem(office.fault, f"Máy chủ nói {office.fault}.")
        office.posted.append((f"{kind}/{act}", sent))
        if act == "settle":
            return _settle(office, sent)
        if act.endswith("/resolve"):
            office.threads[int(act.split("/")[0]) - 1]["isResolved"] = True
        return jsonify({})

    @app.post(f"{PLAN}/suggestions")
    def suggest() -> ResponseReturnValue:
        office.posted.append(("suggestions", request.get_json()))
        return jsonify(ids=[1]), 201


def _settle(office: Office, sent: dict[str, Any]) -> ResponseReturnValue:
    settled, conflicts = [], []
    for suggestion in office.suggestions:
        if suggestion["id"] not in sent["ids"]:
            continue
        if (suggestion["isConflict"] and sent["verdict"] == "accept") or suggestion.get("isLate"):
            conflicts.append({"id": suggestion["id"], "detail": "Đoạn này đã được sửa."})
            continue
        suggestion["state"] = "accepted" if sent["verdict"] == "accept" else "rejected"
        settled.append(suggestion["id"])
    return jsonify(settled=settled, conflicts=conflicts, version=office.version, kept=None)


@contextmanager
def served(office: Office) -> Iterator[str]:
    """Serve until the block ends; gives the address."""
    server = make_server("127.0.0.1", 0, fake(office), threaded=True)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        office.has_socket = False
        for line in list(office.lines):
            with suppress(ConnectionClosed):
                line.close()
        server.shutdown()
        thread.join(5)
