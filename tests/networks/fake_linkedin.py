"""LinkedIn's REST API in this process: one page, strict about version, encoding and page roles."""

import json
import re
from pathlib import Path
from typing import Any, Final
from urllib.parse import parse_qs, unquote, urlsplit

import requests

from socialdesk.networks.testing import Scripted, ScriptedServer

FOLDER: Final = Path(__file__).parents[1] / "fixtures" / "linkedin"
ERRORS: Final = json.loads((FOLDER / "errors.json").read_text("utf-8"))
OWN, POST, ANN = "urn:li:organization:2414183", "urn:li:activity:7001", "urn:li:person:aNn"
ACCESS, REFRESH = "li-access-canary-3e19", "li-refresh-canary-77f0"
CLIENT, SECRET, CODE = "li-client-9f3c", "li-secret-canary-12ab", "code-4711"
RAW_LIST = re.compile(r"[?&]actions=List\([A-Z_,]+\)&organizationalEntity=urn%3Ali%3A")


class FakeLinkedIn(ScriptedServer):
    """`comments` by URN, oldest first; `notices` newest last. `pages`: which the member runs."""

    def __init__(self) -> None:
        super().__init__()
        self.comments: dict[str, dict[str, Any]] = {}
        self.notices: list[dict[str, Any]] = []
        self.access, self.refresh = ACCESS, REFRESH
        self.pages = [OWN]
        self.n_renewed = 0
        self.lost_posts: set[str] = set()
        self.calls: list[str] = []

    # --- what the kit asks ---

    def add_mention(self, text: str) -> str:
        return self.comment(POST, text, ANN)

    def add_bad_item(self) -> None:
        uri = self.add_mention("bad")
        self.comments[urn_in(uri)]["message"] = None

    def n_posted(self, text: str) -> int:
        return sum(
            one["actor"] == OWN and one["message"]["text"] == text
            for one in self.comments.values()
            if one["message"]
        )

    def remove(self, uri: str) -> None:
        del self.comments[urn_in(uri)]

    # --- what tests do ---

    def comment(self, post: str, text: str, actor: str, parent: str = "") -> str:
        """A comment a second after the one before, with its notice; its address."""
        n = len(self.comments) + 1
        urn = f"urn:li:comment:({post},{8000 + n})"
        at = int(self.now.timestamp() * 1000) + n * 1000
        self.comments[urn] = {
            "id": str(8000 + n), "$URN": urn, "commentUrn": urn, "actor": actor, "object": post,
            "created": {"actor": actor, "time": at}, "lastModified": {"time": at},
            "message": {"attributes": [], "text": text},
            **({"parentComment": parent} if parent else {}),
        }  # fmt: skip
        if actor != OWN:
            self.notify("COMMENT", post, urn, at)
        return f"https://www.linkedin.com/feed/update/{post}/?commentUrn={quoted(urn)}"

    def notify(self, action: str, post: str, generated: str, at: int, **more: Any) -> None:
        self.notices.append({
            "notificationId": 9000 + len(self.notices), "organizationalEntity": OWN,
            "action": action, "sourcePost": post, "generatedActivity": generated,
            "lastModifiedAt": at, **more,
        })  # fmt: skip

    # --- the server ---

    def handle(self, request: requests.PreparedRequest) -> Scripted:
        url = urlsplit(str(request.url))
        if url.netloc == "www.linkedin.com":
            return self._token(request)
        if request.headers.get("Authorization") != f"Bearer {self.access}":
            return error("401")
        if request.headers.get("Linkedin-Version") != "202611":
            return error("426")
        assert request.headers["X-Restli-Protocol-Version"] == "2.0.0"
        path = url.path.removeprefix("/rest/")
        self.calls.append(path)
        name, *parts = path.split("/")
        assert not any(":" in part or "(" in part for part in parts), "URNs must be encoded"
        if name == "organizationAcls":
            return Scripted(body={"elements": [{"organization": one} for one in self.pages]})
        if name == "organizations":
            return Scripted(
                body={"id": 2414183, "localizedName": "Aldanov Bakery", "vanityName": "aldanov"}
            )
        if name == "organizationalEntityNotifications":
            return self._notices(str(request.url), parse_qs(url.query))
        return self._social(request, [unquote(part) for part in parts], parse_qs(url.query))

    def _token(self, request: requests.PreparedRequest) -> Scripted:
        form = {key: values[0] for key, values in parse_qs(str(request.body)).items()}
        if (form["client_id"], form["client_secret"]) != (CLIENT, SECRET):
            return Scripted(401, {"error": "invalid_client", "error_description": "no such app"})
        given = form.get("code") or form.get("refresh_token")
        if given not in (CODE, self.refresh):
            return Scripted(400, {"error": "invalid_grant", "error_description": "expired"})
        self.n_renewed += 1
        self.access = f"{ACCESS}-{self.n_renewed}"
        return Scripted(
            body={"access_token": self.access, "expires_in": 5184000, "refresh_token": self.refresh}
        )

    def _notices(self, raw: str, asked: dict[str, list[str]]) -> Scripted:
        found = re.fullmatch(r"\(start:(\d+)\)", asked["timeRange"][0])
        if found is None or not RAW_LIST.search(raw):
            return Scripted(400, {"status": 400, "message": "bad query"})
        since = int(found[1])
        return page([one for one in self.notices if _at(one) >= since], asked)

    def _social(
        self, request: requests.PreparedRequest, parts: list[str], asked: dict[str, list[str]]
    ) -> Scripted:
        parent, kind, *number = parts
        if kind != "comments" or parent in self.lost_posts:
            return error("404")
        if not number:
            if request.method == "POST":
                return self._create(parent, json.loads(request.body or b"{}"))
            return page(self._below(parent), asked)
        found = self.comments.get(f"urn:li:comment:({parent},{number[0]})")
        if found is None:
            return error("404")
        if request.method == "GET":
            return Scripted(body=found)
        if asked.get("actor") != [OWN] or found["actor"] != OWN:
            return error("403_role")
        if request.method == "DELETE":
            del self.comments[found["$URN"]]
            return Scripted(204)
        assert request.headers["X-RestLi-Method"] == "PARTIAL_UPDATE"
        found["message"] |= json.loads(request.body or b"{}")["patch"]["message"]["$set"]
        return Scripted(204)

    def _below(self, parent: str) -> list[dict[str, Any]]:
        found = []
        for urn, one in self.comments.items():
            above = one.get("parentComment", "")
            if above == parent or (one["object"] == parent and not above):
                answers = sum(c.get("parentComment") == urn for c in self.comments.values())
                found.append({**one, "commentsSummary": {"totalFirstLevelComments": answers}})
        return found

    def _create(self, parent: str, body: dict[str, Any]) -> Scripted:
        above = body.get("parentComment", "")
        if body["actor"] != OWN or parent != (above or body["object"]):
            return error("403_role")
        if above and (above not in self.comments or self.comments[above].get("parentComment")):
            return error("422")  # two levels only
        if len(body["message"]["text"]) > 1250:
            return error("422")
        self.comment(body["object"], body["message"]["text"], OWN, above)
        made = list(self.comments.values())[-1]
        made["created"]["time"] = int(self.now.timestamp() * 1000)
        made["lastModified"]["time"] = made["created"]["time"]
        return Scripted(201, made, {"x-restli-id": made["id"]})


def page(items: list[Any], asked: dict[str, list[str]]) -> Scripted:
    start, count = int(asked["start"][0]), int(asked["count"][0])
    part = items[start : start + count]
    return Scripted(
        body={"elements": part, "paging": {"start": start, "count": count, "total": len(items)}}
    )


def error(name: str) -> Scripted:
    """As the fixture has it."""
    return Scripted(int(name[:3]), ERRORS[name])


def quoted(urn: str) -> str:
    return urn.translate({ord(":"): "%3A", ord("("): "%28", ord(")"): "%29", ord(","): "%2C"})


def urn_in(uri: str) -> str:
    return unquote(uri.partition("commentUrn=")[2])


def _at(notice: dict[str, Any]) -> int:
    return int(notice["lastModifiedAt"])
