"""Trustpilot in this process: strict about key, token, paging and the user who replies."""

import base64
import json
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import requests

from socialdesk.networks.testing import Scripted, ScriptedServer

FOLDER = Path(__file__).parents[1] / "fixtures" / "trustpilot"
UNIT, DOMAIN, AUTHOR = "5f0c", "bakery.example", "bu-7"
KEY, SECRET = "tp-key-canary-5a11", "tp-secret-canary-8d02"
ERRORS = json.loads((FOLDER / "errors.json").read_text("utf-8"))
TOKEN = json.loads((FOLDER / "token.json").read_text("utf-8"))


class FakeTrustpilot(ScriptedServer):
    """One business. `users`: ids of the plan's users; `has_connect`: the plan has the module."""

    def __init__(self) -> None:
        super().__init__()
        self.reviews: list[dict[str, Any]] = []  # newest first
        self.users = [AUTHOR]
        self.has_connect = True
        self.access, self.n_tokens = str(TOKEN["access_token"]), 0
        self.posted: list[str] = []
        self.names = [DOMAIN]

    # --- what the kit asks ---

    def add_mention(self, text: str) -> str:
        review = self.add_review(f"{len(self.reviews) + 1:024}", text)
        return f"https://www.trustpilot.com/reviews/{review['id']}"

    def add_bad_item(self) -> None:
        self.add_review(f"{len(self.reviews) + 1:024}", "bad")["stars"] = "many"

    def n_posted(self, text: str) -> int:
        return self.posted.count(text)

    def remove(self, uri: str) -> None:
        self.reviews = [one for one in self.reviews if not uri.endswith(one["id"])]

    # --- what tests do ---

    def add_review(self, review_id: str, text: str, **changes: Any) -> dict[str, Any]:
        """Written a second after the one before."""
        when = self.now + timedelta(seconds=len(self.reviews))
        review: dict[str, Any] = {
            "id": review_id, "stars": 2, "title": "", "text": text, "language": "en",
            "createdAt": as_text(when), "updatedAt": None, "companyReply": None,
            "consumer": {"id": "60aa09", "displayName": "Ann Sample", "numberOfReviews": 3},
            "status": "active", "isVerified": True, **changes,
        }  # fmt: skip
        self.reviews.insert(0, review)
        return review

    def handle(self, request: requests.PreparedRequest) -> Scripted:
        url = urlsplit(str(request.url))
        path = url.path.removeprefix("/v1")
        asked = {key: values[0] for key, values in parse_qs(url.query).items()}
        if path.startswith("/oauth/"):
            return self._token(request)
        if request.headers.get("apikey") != KEY:
            return error(401)
        if path == "/business-units/find":
            return self._find(asked)
        if request.headers.get("Authorization") != f"Bearer {self.access}":
            return error(401)
        if not self.has_connect:
            return error(403)
        if path == f"/private/business-units/{UNIT}/reviews":
            return self._page(asked)
        if path == f"/private/business-units/{UNIT}/business-users":
            return Scripted(body={"businessUsers": [{"id": one} for one in self.users]})
        return self._review(request, path)

    def _token(self, request: requests.PreparedRequest) -> Scripted:
        login = base64.b64encode(f"{KEY}:{SECRET}".encode()).decode()
        if request.headers.get("Authorization") != f"Basic {login}":
            return error(401)
        assert request.body == "grant_type=client_credentials"
        self.n_tokens += 1
        self.access = f"{TOKEN['access_token']}-{self.n_tokens}"
        return Scripted(body={**TOKEN, "access_token": self.access})

    def _find(self, asked: dict[str, str]) -> Scripted:
        if asked.get("name") not in self.names:
            return error(404)
        name = {"identifying": asked["name"], "referring": [asked["name"]]}
        score = {"stars": 4.5, "trustScore": 4.3}
        return Scripted(
            body={"id": UNIT, "displayName": "Aldanov Bakery", "name": name, "score": score}
        )

    def _page(self, asked: dict[str, str]) -> Scripted:
        n, size = int(asked.get("page", "1")), int(asked.get("perPage", "20"))
        if not 1 <= size <= 100 or n < 1 or asked.get("orderBy", "") not in ("", "createdat.desc"):
            return Scripted(400, {"message": "bad paging"})
        page = self.reviews[(n - 1) * size : n * size]
        return Scripted(body={"links": [], "reviews": page})

    def _review(self, request: requests.PreparedRequest, path: str) -> Scripted:
        review_id, _, more = path.removeprefix("/private/reviews/").partition("/")
        review = next((one for one in self.reviews if one["id"] == review_id), None)
        if review is None:
            return error(404)
        match request.method, more:
            case "GET", "":
                return Scripted(body=review)
            case "POST", "reply":
                return self._reply(review, json.loads(request.body or b"{}"))
            case "DELETE", "reply":
                review["companyReply"] = None
                return Scripted(204)
        return Scripted(405, {"message": "Method Not Allowed"})

    def _reply(self, review: dict[str, Any], body: dict[str, str]) -> Scripted:
        if body.get("authorBusinessUserId") not in self.users or not body.get("message"):
            return error(422)
        before = review["companyReply"] or {"createdAt": as_text(self.now)}
        review["companyReply"] = {
            "text": body["message"], "authorBusinessUserId": body["authorBusinessUserId"],
            "createdAt": before["createdAt"], "updatedAt": as_text(self.now),
        }  # fmt: skip
        self.posted.append(body["message"])
        return Scripted(201)


def error(status: int) -> Scripted:
    """As the fixture has it."""
    return Scripted(status, ERRORS[str(status)])


def as_text(when: Any) -> str:
    return when.strftime("%Y-%m-%dT%H:%M:%SZ")  # type: ignore[no-any-return]
