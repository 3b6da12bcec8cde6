"""A person at a real web server: pages over HTTP, with the cookies a browser would keep."""

import http.client
import json
from collections.abc import Mapping
from dataclasses import dataclass
from http.cookies import SimpleCookie
from urllib.parse import urlencode, urlsplit

from portal.demo.office import DOMAIN, PASSWORD
from tests.web.pages import csrf_token

FORM = "application/x-www-form-urlencoded"
JSON = "application/json"


@dataclass(frozen=True)
class Page:
    """What came back."""

    status: int
    text: str


class Visitor:
    """One browser. Every request is a connection of its own."""

    def __init__(self, address: str) -> None:
        self._server = urlsplit(address).netloc
        self._cookies: SimpleCookie = SimpleCookie()

    def get(self, path: str) -> Page:
        return self._ask("GET", path, None, {})

    def post(self, path: str, data: Mapping[str, str]) -> Page:
        return self._ask("POST", path, urlencode(data), {"Content-Type": FORM})

    def send(self, path: str, body: object, token: str) -> Page:
        """Post JSON, as a script of the page does."""
        headers = {"Content-Type": JSON, "Accept": JSON, "X-CSRFToken": token}
        return self._ask("POST", path, json.dumps(body), headers)

    @property
    def cookies(self) -> str:
        return "; ".join(f"{name}={morsel.value}" for name, morsel in self._cookies.items())

    def sign_in(self, who: str) -> str:
        """Sign in as a person of the demonstration; returns the token for later forms."""
        data = {"email": who + DOMAIN, "password": PASSWORD}
        token = csrf_token(self.get("/login").text)
        answer = self.post("/login", {**data, "csrf_token": token})
        assert answer.status in (302, 303), answer.text[:2000]
        return csrf_token(self.get("/inbox").text)

    def _ask(self, method: str, path: str, body: str | None, headers: dict[str, str]) -> Page:
        connection = http.client.HTTPConnection(self._server, timeout=60)
        try:
            connection.request(method, path, body, {"Cookie": self.cookies, **headers})
            answer = connection.getresponse()
            page = Page(answer.status, answer.read().decode("utf-8"))
            for cookie in answer.headers.get_all("Set-Cookie") or ():
                self._cookies.load(cookie)
            return page
        finally:
            connection.close()
