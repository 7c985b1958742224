"""A small Mastodon in this process, after the API pages; `Dialect` has the differences measured on
other servers. The recordings of a real one are in test_mastodon_recordings.py."""

import html
import json
from dataclasses import dataclass, field
from datetime import timedelta
from email import message_from_bytes
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

import requests

from socialdesk.networks.testing import Scripted, ScriptedServer

HOST = "tea.example"
BRAND = {"id": "7", "acct": "brand", "display_name": "Tea House", "url": f"https://{HOST}/@brand"}
ANN = {
    "id": "01HX0ANN",
    "acct": "ann@other.example",
    "display_name": "Ann 🍵",
    "url": "https://other.example/@ann",
    "followers_count": 12,
    "bot": False,
    "avatar": "https://other.example/ann.png",
}


@dataclass(frozen=True)
class Dialect:
    """How a server differs."""

    software: str = "mastodon"
    honours_key: bool = True
    ids: str = "{:018d}"
    page: int = 80
    has_min_id: bool = True
    too_long_status: int = 422
    dead_token: tuple[int, bytes] = (401, b'{"error":"The access token is invalid"}')
    configuration: dict[str, Any] = field(
        default_factory=lambda: {
            "statuses": {
                "max_characters": 500,
                "characters_reserved_per_url": 23,
                "max_media_attachments": 4,
            },
            "media_attachments": {
                "supported_mime_types": ["image/jpeg", "image/png"],
                "image_size_limit": 16_000_000,
                "description_limit": 1500,
            },
        }
    )


MASTODON = Dialect()
GOTOSOCIAL = Dialect(
    "gotosocial",
    honours_key=False,
    ids="01JD{:022d}",
    too_long_status=400,
    configuration={"statuses": {"max_characters": 5000, "characters_reserved_per_url": 25}},
)
AKKOMA = Dialect("akkoma", honours_key=False, ids="A{:017d}", page=20)
PIXELFED = Dialect("pixelfed", honours_key=False, page=15, has_min_id=False)
TAKAHE = Dialect(
    "takahe", honours_key=False, ids="{:d}", page=20, dead_token=(400, b"Invalid Bearer token")
)


class FakeMastodon(ScriptedServer):
    """Posts and notifications of one server, seen by the brand's account."""

    def __init__(self, dialect: Dialect = MASTODON, token: str = "") -> None:
        super().__init__()
        self.dialect, self.token = dialect, token
        self.posts: dict[str, dict[str, Any]] = {}
        self.notes: list[dict[str, Any]] = []  # oldest first
        self.by_key: dict[str, str] = {}
        self.tokens: list[dict[str, str]] = []  # what /oauth/token was asked
        self.apps: list[dict[str, str]] = []
        self.pictures: dict[str, tuple[bytes, str]] = {}
        self.n_reads_left = 0
        self._n = 1000

    # --- the contract's ---

    def add_mention(self, text: str) -> str:
        return str(self.notify(self.post(ANN, f"@brand {text}"))["uri"])

    def add_bad_item(self) -> None:
        post = self.post(ANN, "@brand broken")
        self.notify(post)
        post["created_at"] = "yesterday"

    def n_posted(self, text: str) -> int:
        return sum(
            post["account"] is BRAND and as_html(text) in post["content"]
            for post in self.posts.values()
        )

    def parent_of(self, text: str) -> str:
        (above,) = [
            post["in_reply_to_id"]
            for post in self.posts.values()
            if post["account"] is BRAND and as_html(text) in post["content"]
        ]
        return above or ""

    def pictures_of(self, text: str) -> list[tuple[bytes, str]]:
        for post in self.posts.values():
            if post["account"] is BRAND and text in post["content"]:
                return [self.pictures[one["id"]] for one in post["media_attachments"]]
        return []

    def read_slowly(self, n: int) -> None:
        self.n_reads_left = n

    def remove(self, uri: str) -> None:
        self.posts = {key: post for key, post in self.posts.items() if post["uri"] != uri}

    # --- making things happen ---

    def new_id(self) -> str:
        self._n += 1
        return self.dialect.ids.format(self._n)

    def post(self, account: dict[str, Any], text: str, **more: Any) -> dict[str, Any]:
        """A post made now, its words in a paragraph as servers send them."""
        self.now += timedelta(seconds=1)
        id_ = self.new_id()
        words = as_html(text)
        post = {
            "id": id_,
            "uri": f"https://{account['url'].split('/')[2]}/statuses/{id_}",
            "url": f"{account['url']}/{id_}",
            "created_at": self.now.isoformat(timespec="milliseconds").replace("+00:00", "Z"),
            "content": f"<p>{words}</p>",
            "account": account,
            "visibility": "public",
            "language": "en",
            "spoiler_text": "",
            "in_reply_to_id": None,
            "in_reply_to_account_id": None,
            "reblog": None,
            "edited_at": None,
            "reblogs_count": 0,
            "media_attachments": [],
            "mentions": [{"id": BRAND["id"], "acct": "brand"}] if "@brand" in text else [],
            **more,
        }
        self.posts[id_] = post
        return post

    def notify(self, post: dict[str, Any], why: str = "mention") -> dict[str, Any]:
        note = {"id": self.new_id(), "type": why, "created_at": post["created_at"]}
        self.notes.append({**note, "account": post["account"], "status": post})
        return post

    # --- answering ---

    def handle(self, request: requests.PreparedRequest) -> Scripted:
        parts = urlsplit(request.url or "")
        query = parse_qs(parts.query, keep_blank_values=True)
        if any("" in values for values in query.values()):
            return Scripted(400, {"error": "Bad Request: empty value"})
        public = self._public(parts.path, query, request)
        if public is not None:
            return public
        if self.token and request.headers.get("Authorization") != f"Bearer {self.token}":
            status, body = self.dialect.dead_token
            return Scripted(status, body)
        return self._private(str(request.method), parts.path, query, request)

    def _public(self, path: str, query: Any, request: requests.PreparedRequest) -> Scripted | None:
        form = {key: one[0] for key, one in parse_qs(_body(request)).items()}
        match path:
            case "/.well-known/nodeinfo":
                return Scripted(200, {"links": [{"href": f"https://{HOST}/nodeinfo/2.0"}]})
            case "/nodeinfo/2.0":
                return Scripted(200, {"software": {"name": self.dialect.software}})
            case "/.well-known/webfinger":
                href = f"https://{HOST}/users/brand"
                return Scripted(200, {"links": [{"rel": "self", "href": href}]})
            case "/api/v2/instance":
                if self.dialect.software == "takahe":
                    return Scripted(500, b"<h1>Server Error</h1>")
                about = {"domain": HOST, "configuration": self.dialect.configuration}
                return Scripted(200, about)
            case "/api/v1/instance":
                return Scripted(200, {"uri": HOST, "max_toot_chars": 700})
            case "/api/v1/apps":
                self.apps.append(form)
                return Scripted(200, {"client_id": "app-1", "client_secret": "app-secret"})
            case "/oauth/token":
                self.tokens.append(form)
                answer = {"access_token": self.token, "refresh_token": "refresh-2"}
                return Scripted(200, answer)
            case "/oauth/revoke":
                return Scripted(200, {})
        return None

    def _private(
        self, method: str, path: str, query: Any, request: requests.PreparedRequest
    ) -> Scripted:
        *_, last = path.rstrip("/").split("/")
        match (method, path):
            case ("GET", "/api/v1/accounts/verify_credentials"):
                return Scripted(200, {**BRAND, "source": {"privacy": "unlisted"}})
            case ("GET", "/api/v1/accounts/lookup"):
                return self._account(query["acct"][0])
            case ("GET", "/api/v1/notifications"):
                wanted = query.get("types[]", [])
                return self._page([n for n in self.notes if n["type"] in wanted], query)
            case ("GET", "/api/v2/search"):
                return self._search(query)
            case ("GET", "/api/v1/statuses"):
                if self.dialect.software != "mastodon":
                    return Scripted(404, {"error": "Not Found"})
                found = [self.posts[one] for one in query["id[]"] if one in self.posts]
                return Scripted(200, found)
            case ("POST", "/api/v1/statuses"):
                return self._write(request)
            case ("POST", "/api/v2/media"):
                return self._take_picture(request)
            case ("GET", _) if path.startswith("/api/v1/media/"):
                return self._picture(last)
            case ("GET", _) if path.startswith("/api/v1/timelines/tag/"):
                tag = f"#{unquote(last)}"
                return self._page([p for p in self.posts.values() if tag in p["content"]], query)
            case ("GET", _) if path.endswith("/statuses"):
                own = path.split("/")[4]
                mine = [p for p in self.posts.values() if p["account"]["id"] == own]
                if query.get("exclude_replies") == ["true"]:
                    mine = [p for p in mine if not p["in_reply_to_id"]]
                return self._page(mine, query)
            case ("GET", _) if path.endswith("/context"):
                return self._context(path.split("/")[4])
        return self._one(method, last, request)

    def _one(self, method: str, id_: str, request: requests.PreparedRequest) -> Scripted:
        post = self.posts.get(id_)
        if post is None:
            return Scripted(404, {"error": "Record not found"})
        if method == "DELETE":
            del self.posts[id_]
        if method == "PUT":
            sent = json.loads(request.body or b"{}")
            post["content"] = f"<p>{sent['status']}</p>"
            post["spoiler_text"] = sent.get("spoiler_text", "")
        return Scripted(200, post)

    def _account(self, acct: str) -> Scripted:
        for account in (BRAND, ANN):
            if account["acct"] == acct:
                return Scripted(200, account)
        return Scripted(404, {"error": "Record not found"})

    def _search(self, query: Any) -> Scripted:
        words = query["q"][0]
        if query["type"] == ["accounts"]:
            return Scripted(200, {"accounts": [a for a in (BRAND, ANN) if a["url"] == words]})
        found = [p for p in self.posts.values() if words in p["content"]]
        return Scripted(200, {"statuses": self._page(found, query).body})

    def _context(self, id_: str) -> Scripted:
        if id_ not in self.posts:
            return Scripted(404, {"error": "Record not found"})
        above: list[Any] = []
        at = self.posts[id_]["in_reply_to_id"]
        while at in self.posts:
            above.insert(0, self.posts[at])
            at = self.posts[at]["in_reply_to_id"]
        below = [p for p in self.posts.values() if p["in_reply_to_id"] == id_]
        return Scripted(200, {"ancestors": above, "descendants": below})

    def _page(self, items: list[dict[str, Any]], query: Any) -> Scripted:
        """Newest first; with min_id the oldest of those newer, as real servers do."""
        limit = min(int(query.get("limit", ["20"])[0]), self.dialect.page)
        if "max_id" in query:
            items = [one for one in items if one["id"] < query["max_id"][0]]
        if "min_id" in query and self.dialect.has_min_id:
            items = [one for one in items if one["id"] > query["min_id"][0]][:limit]
        return Scripted(200, items[::-1][:limit])

    def _take_picture(self, request: requests.PreparedRequest) -> Scripted:
        kind, body = request.headers["Content-Type"], request.body
        assert isinstance(body, bytes)
        found: dict[str, bytes] = {}
        head = f"Content-Type: {kind}\r\n\r\n".encode()
        for part in list(message_from_bytes(head + body).walk())[1:]:
            content = part.get_payload(decode=True)
            assert isinstance(content, bytes)
            found[str(part.get_param("name", header="Content-Disposition"))] = content
        id_ = self.new_id()
        self.pictures[id_] = found["file"], found.get("description", b"").decode()
        return self._picture(id_)

    def _picture(self, id_: str) -> Scripted:
        if id_ not in self.pictures:
            return Scripted(404, {"error": "Record not found"})
        if self.n_reads_left:
            self.n_reads_left -= 1
            return Scripted(206, {"id": id_, "url": None})
        return Scripted(200, {"id": id_, "url": f"https://{HOST}/media/{id_}.png"})

    def _write(self, request: requests.PreparedRequest) -> Scripted:
        sent = json.loads(request.body or b"{}")
        key = request.headers.get("Idempotency-Key", "")
        if self.dialect.honours_key and key in self.by_key:
            return Scripted(200, self.posts[self.by_key[key]])
        if len(sent["status"]) > self.dialect.configuration["statuses"]["max_characters"]:
            return Scripted(self.dialect.too_long_status, {"error": "Validation failed: too long"})
        parent = self.posts.get(sent.get("in_reply_to_id", ""))
        if parent is None and "in_reply_to_id" in sent:
            return Scripted(404, {"error": "Record not found"})
        if parent is None and self.dialect.software == "pixelfed" and not sent.get("media_ids"):
            return Scripted(422, {"error": "Validation failed: media_ids is required"})
        post = self.post(
            BRAND,
            sent["status"].replace("@ann@other.example", "@ann"),
            visibility=sent.get("visibility", "public"),
            spoiler_text=sent.get("spoiler_text", ""),
            language=sent.get("language"),
            in_reply_to_id=parent["id"] if parent else None,
            in_reply_to_account_id=parent["account"]["id"] if parent else None,
            mentions=[{"id": ANN["id"], "acct": ANN["acct"]}] if parent else [],
            media_attachments=[
                {
                    "id": one,
                    "url": f"https://{HOST}/media/{one}.png",
                    "type": "image",
                    "description": self.pictures[one][1],
                }
                for one in sent.get("media_ids", [])
            ],
        )
        self.by_key[key] = post["id"]
        return Scripted(200, post)


def as_html(text: str) -> str:
    """The words inside their paragraph."""
    return html.escape(text, quote=False).replace("\n", "<br />")


def _body(request: requests.PreparedRequest) -> str:
    body = request.body or ""
    return body.decode(errors="replace") if isinstance(body, bytes) else str(body)
