"""Google's sign-in in this process, and the strictness its APIs share: every request and every
answer is held against the discovery documents where there are any."""

import json
from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qs, parse_qsl, urlsplit

import requests

from socialdesk.networks.oauth import challenge
from socialdesk.networks.testing import Scripted, ScriptedServer
from tests.networks.google_discovery import Discovery

CLIENT_ID = "4711-acme.apps.googleusercontent.com"
CLIENT_SECRET = "GOCSPX-canary-secret-19"
ACCESS, REFRESH = "ya29.canary-access-1", "1//canary-refresh-1"

Fault = Callable[[requests.PreparedRequest], Scripted | None]
"""Looks at a request first: an answer of its own, or None to let it pass."""


class FakeGoogle(ScriptedServer):
    """`faults` stay until they are taken out. `paths`: method and last part of each API call."""

    discovery: Discovery
    scope: str

    def __init__(self) -> None:
        super().__init__()
        self.access, self.refresh = ACCESS, REFRESH
        self.faults: list[Fault] = []
        self.paths: list[str] = []
        self.granted = self.scope
        self.is_revoked = False
        self.code_challenge = ""
        self.n_renewals = 0
        self.oauth_answer: Scripted | None = None  # to whatever its sign-in is asked

    # --- yours ---

    def api(self, request: requests.PreparedRequest, query: dict[str, str], body: Any) -> Scripted:
        raise NotImplementedError

    # --- given ---

    def refuse(self, path: str, status: int, reason: str, **also: Any) -> None:
        """Refuse calls whose path ends so, from now on."""
        answer = refused(status, reason, **also)
        self.faults.append(
            lambda request: answer if urlsplit(str(request.url)).path.endswith(path) else None
        )

    def expire_access(self) -> None:
        """An hour has passed: the access token is dead, the refresh token is not."""
        self.access = "nobody-has-this"

    def handle(self, request: requests.PreparedRequest) -> Scripted:
        url = urlsplit(str(request.url))
        if url.netloc == "oauth2.googleapis.com":
            return self._oauth(url.path, dict(parse_qsl(str(request.body))))
        self.paths.append(f"{request.method} {url.path.rpartition('/')[2]}")
        for fault in self.faults:
            if (answer := fault(request)) is not None:
                return answer
        self.check_request(request)
        if request.headers.get("Authorization") != f"Bearer {self.access}":
            return refused(401, "authError", grpc="UNAUTHENTICATED")
        query = {key: values[-1] for key, values in parse_qs(url.query).items()}
        answer = self.api(request, query, json.loads(request.body or b"null"))
        if answer.status < 300:
            self.check_answer(request, answer)
        return answer

    def check_request(self, request: requests.PreparedRequest) -> None:
        problems = self.discovery.problems_of_request(request)
        assert not problems, problems

    def check_answer(self, request: requests.PreparedRequest, answer: Scripted) -> None:
        problems = self.discovery.problems_of_answer(request, answer.body)
        assert not problems, problems

    def _oauth(self, path: str, form: dict[str, str]) -> Scripted:
        if self.oauth_answer is not None:
            return self.oauth_answer
        if path == "/revoke":
            if form.get("token") not in (self.refresh, self.access) or self.is_revoked:
                return Scripted(400, {"error": "invalid_token"})
            self.is_revoked = True
            return Scripted(body={})
        assert path == "/token"
        if (form.get("client_id"), form.get("client_secret")) != (CLIENT_ID, CLIENT_SECRET):
            return Scripted(401, {"error": "invalid_client"})
        if form["grant_type"] == "refresh_token":
            if form["refresh_token"] != self.refresh or self.is_revoked:
                return Scripted(400, {"error": "invalid_grant", "error_description": "expired"})
            self.n_renewals += 1
            self.access = f"ya29.canary-access-{self.n_renewals + 1}"
            return Scripted(body=self._tokens())
        is_right = (
            form["code"] == "code-1"
            and form["redirect_uri"].startswith("http://127.0.0.1:")
            and challenge(form["code_verifier"]) == self.code_challenge
        )
        if not is_right:
            return Scripted(400, {"error": "invalid_grant"})
        return Scripted(body={**self._tokens(), "refresh_token": self.refresh})

    def _tokens(self) -> dict[str, Any]:
        return {"access_token": self.access, "expires_in": 3599, "scope": self.granted,
                "token_type": "Bearer"}  # fmt: skip

    def browse(self, address: str) -> dict[str, str]:
        """What a person does with the sign-in's address: its query, kept for the code."""
        url = urlsplit(address)
        assert f"{url.scheme}://{url.netloc}{url.path}" == (
            "https://accounts.google.com/o/oauth2/v2/auth"
        )
        query = dict(parse_qsl(url.query))
        assert query["scope"] == self.scope
        assert query["client_id"] == CLIENT_ID
        assert query["code_challenge_method"] == "S256"
        assert query["access_type"] == "offline"
        assert "consent" in query["prompt"].split()
        self.code_challenge = query["code_challenge"]
        return query


def refused(status: int, reason: str, *, grpc: str = "", **metadata: str) -> Scripted:
    """A refusal in Google's shape. `metadata`: of a google.rpc.ErrorInfo."""
    message = f"Made up by a test: {reason}."
    error: dict[str, Any] = {"code": status, "message": message,
                             "errors": [{"message": message, "domain": "youtube.test",
                                         "reason": reason}]}  # fmt: skip
    if grpc:
        error["status"] = grpc
    if metadata:
        error["details"] = [{"@type": "type.googleapis.com/google.rpc.ErrorInfo", "reason": reason,
                             "domain": "googleapis.com", "metadata": metadata}]  # fmt: skip
    return Scripted(status, {"error": error})
