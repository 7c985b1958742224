"""A small Discourse forum in this process, after the published API (2026-08-20)."""

import base64
import html
import json
import re
from datetime import timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

import requests

from socialdesk.networks.testing import Scripted, ScriptedServer

HOST = "forum.tea.example"
BASE = f"https://{HOST}"
BRAND, ANN = "teahouse", "ann.leaf"
KEY, CLIENT = "a1b2c3d4e5f60718293a4b5c6d7e8f90", "client-1"
NUMBERS = {"mentioned": 1, "replied": 2, "quoted": 3, "liked": 5, "private_message": 6,
           "posted": 9, "linked": 11, "granted_badge": 12, "group_mentioned": 15,
           "watching_first_post": 17, "watching_category_or_tag": 36}  # fmt: skip
CHUNK = 20
DENIED = {"errors": ["You are not permitted to view the requested resource."],
          "error_type": "invalid_access"}  # fmt: skip
MISSING = {"errors": ["The requested URL or resource could not be found."],
           "error_type": "not_found"}  # fmt: skip


class FakeDiscourse(ScriptedServer):
    """One forum as the brand's account sees it. `holds`: replies wait for a moderator."""

    def __init__(self) -> None:
        super().__init__()
        self.key, self.holds, self.read_only, self.hits_have_words = KEY, False, False, True
        self.topics: dict[int, dict[str, Any]] = {}
        self.posts: dict[int, dict[str, Any]] = {}
        self.notes: list[dict[str, Any]] = []  # oldest first
        self.queue: list[dict[str, Any]] = []
        self.limits = {"min_post_length": 20, "max_post_length": 32000}
        self.n_revoked = 0
        self._n = 100

    # --- the contract's ---

    def add_mention(self, text: str) -> str:
        topic = next(iter(self.topics), 0) or self.topic()
        return self.uri(self.notify("mentioned", self.write(ANN, f"@{BRAND} {text}", topic)))

    def add_bad_item(self) -> None:
        post = self.write(ANN, "broken", self.topic())
        self.notify("mentioned", post)
        self.posts[post]["created_at"] = "yesterday"

    def n_posted(self, text: str) -> int:
        return sum(p["username"] == BRAND and p["raw"] == text for p in self.posts.values())

    def remove(self, uri: str) -> None:
        self.posts.pop(int(uri.rpartition("/")[2]))

    def uri(self, post_id: int) -> str:
        return f"{BASE}/p/{post_id}"

    # --- making things happen ---

    def topic(self, title: str = "Which kettle?", **more: Any) -> int:
        self._n += 1
        self.topics[self._n] = {"id": self._n, "title": title, "slug": "which-kettle",
                                "archetype": "regular", "closed": False, "archived": False,
                                "details": {"can_create_post": True}, **more}  # fmt: skip
        topic_id = self._n
        self.write("bob", "Where it all began.", topic_id)
        return topic_id

    def write(self, username: str, text: str, topic_id: int, to: int | None = None,
              **more: Any) -> int:  # fmt: skip
        """A post made now; `to`: the number it answers."""
        self._n += 1
        self.now += timedelta(seconds=1)
        here = [p for p in self.posts.values() if p["topic_id"] == topic_id]
        when = self.now.isoformat(timespec="milliseconds").replace("+00:00", "Z")
        to_user = next((p["username"] for p in here if p["post_number"] == to), None)
        self.posts[self._n] = {
            "id": self._n, "topic_id": topic_id, "post_number": len(here) + 1, "post_type": 1,
            "topic_slug": self.topics[topic_id]["slug"], "username": username, "name": "",
            "avatar_template": "/user_avatar/x/{size}/1.png", "created_at": when,
            "updated_at": when, "version": 1, "raw": text, "cooked": cooked(text),
            "reply_to_post_number": to, "yours": username == BRAND, "hidden": False,
            "deleted_at": None, "user_deleted": False, **more,
        }  # fmt: skip
        if to_user:
            self.posts[self._n]["reply_to_user"] = {"username": to_user}
        return self._n

    def notify(self, why: str, post_id: int) -> int:
        post = self.posts[post_id]
        self._n += 1
        self.notes.append({
            "id": self._n, "notification_type": NUMBERS[why], "read": False,
            "created_at": post["created_at"], "post_number": post["post_number"],
            "topic_id": post["topic_id"], "slug": post["topic_slug"],
            "data": {"original_post_id": post_id, "display_username": post["username"]},
        })  # fmt: skip
        return post_id

    # --- answering ---

    def handle(self, request: requests.PreparedRequest) -> Scripted:
        url = urlsplit(str(request.url))
        method, path, query = str(request.method), url.path, parse_qs(url.query)
        if path == "/site/basic-info.json":
            return Scripted(200, {"title": "Tea talk", "description": ""})
        if request.headers.get("Accept") != "application/json":
            return Scripted(403, b"<html>denied")
        sent = request.headers.get("User-Api-Key"), request.headers.get("User-Api-Client-Id")
        if sent != (self.key, CLIENT):
            return Scripted(403, DENIED)
        if method != "GET" and self.read_only:
            return Scripted(503, {"errors": ["Read only"], "error_type": "read_only"})
        body = json.loads(request.body) if request.body else {}
        if method == "GET":
            return self._read(path, query)
        return self._write(method, path, body)

    def _read(self, path: str, query: dict[str, list[str]]) -> Scripted:
        if path == "/session/current.json":
            return Scripted(200, {"current_user": {"id": 1, "username": BRAND}})
        if path == "/site.json":
            return Scripted(200, {"notification_types": NUMBERS})
        if path == "/site/settings.json":
            return Scripted(200, self.limits)
        if path == "/notifications.json":
            offset, limit = int(query.get("offset", ["0"])[0]), int(query["limit"][0])
            rows = self.notes[::-1][offset : offset + limit]
            return Scripted(200, {"notifications": rows, "seen_notification_id": 1})
        if path == "/search.json":
            return self._search(query)
        if path == f"/posts/{BRAND}/pending.json":
            return Scripted(200, {"pending_posts": self.queue})
        if found := re.fullmatch(r"/u/(.+)\.json", path):
            if found[1] not in (BRAND, ANN):
                return Scripted(404, MISSING)
            return Scripted(200, {"user": {"id": 9, "username": found[1], "name": "Ann Leaf",
                                           "total_followers": 12}})  # fmt: skip
        if found := re.fullmatch(r"/posts/(\d+)\.json", path):
            post = self.posts.get(int(found[1]))
            return Scripted(200, post) if post else Scripted(404, MISSING)
        if found := re.fullmatch(r"/t/(\d+)/posts\.json", path):
            wanted = [int(one) for one in query["post_ids[]"]]
            here = [p for p in self._in(int(found[1])) if p["id"] in wanted]
            return Scripted(200, {"post_stream": {"posts": here}, "id": int(found[1])})
        if found := re.fullmatch(r"/t/(\d+)(?:/(\d+))?\.json", path):
            return self._topic(int(found[1]), int(found[2] or 1))
        return Scripted(404, MISSING)

    def _topic(self, topic_id: int, number: int) -> Scripted:
        if topic_id not in self.topics:
            return Scripted(404, MISSING)
        posts = self._in(topic_id)
        at = max(0, min(number - CHUNK // 2, len(posts) - CHUNK))
        stream = {"posts": bare(posts[at : at + CHUNK]), "stream": [p["id"] for p in posts]}
        return Scripted(200, {**self.topics[topic_id], "post_stream": stream})

    def _search(self, query: dict[str, list[str]]) -> Scripted:
        words, page = query["q"][0], int(query["page"][0])
        assert "order:latest" in words and re.search(r"after:\d{4}-\d\d-\d\d", words)
        if page > 10:
            return Scripted(400, {"errors": ["page"], "error_type": "invalid_parameters"})
        word = words.split()[0]
        if len(word) < 3:
            return Scripted(200, {"posts": [], "topics": [],
                                  "grouped_search_result": {"error": "Too short."}})  # fmt: skip
        hits = [p for p in self.posts.values() if word in p["raw"] or word.startswith("tags:")]
        hits = hits[::-1][(page - 1) * 50 :]
        shown = bare(hits[:50])
        if not self.hits_have_words:
            shown = [{k: v for k, v in hit.items() if k != "cooked"} for hit in shown]
        topics = [{k: v for k, v in t.items() if k != "details"} for t in self.topics.values()]
        more = {"more_full_page_results": len(hits) > 50 or None}
        return Scripted(200, {"posts": shown, "topics": topics, "grouped_search_result": more})

    def _in(self, topic_id: int) -> list[dict[str, Any]]:
        here = [p for p in self.posts.values() if p["topic_id"] == topic_id]
        return sorted(here, key=lambda post: post["post_number"])

    def _write(self, method: str, path: str, body: Any) -> Scripted:
        if path == "/user-api-key/revoke":
            self.n_revoked += 1
            return Scripted(200, {"success": "OK"})
        if (method, path) == ("POST", "/posts.json"):
            return self._make(body)
        post = self.posts.get(int(re.sub(r"\D", "", path)))
        if post is None:
            return Scripted(404, MISSING)
        if not post["yours"]:
            return Scripted(403, DENIED)
        if method == "DELETE":
            del self.posts[post["id"]]
            return Scripted(200, {})
        post.update(raw=body["post"]["raw"], cooked=cooked(body["post"]["raw"]), version=2)
        return Scripted(200, {"post": post})

    def _make(self, body: Any) -> Scripted:
        raw, topic_id, to = body["raw"], body["topic_id"], body.get("reply_to_post_number")
        assert isinstance(topic_id, int) and set(body) <= {"raw", "topic_id",
                                                           "reply_to_post_number"}  # fmt: skip
        if topic_id not in self.topics:
            return Scripted(403, DENIED)
        if len(raw) < self.limits["min_post_length"]:
            return Scripted(422, {"errors": ["Body is too short (minimum is 20 characters)"]})
        if len(raw) > self.limits["max_post_length"]:
            return Scripted(422, {"errors": ["Body is limited to 32000 characters"]})
        if not self.topics[topic_id]["details"]["can_create_post"]:
            return Scripted(403, DENIED)
        if self.n_posted(raw):
            return Scripted(422, {"errors": ["Der Text ähnelt dem vorigen zu sehr"]})
        if self.holds:
            self.now += timedelta(seconds=1)
            held = {"id": 7, "raw": raw, "topic_id": topic_id, "created_at": self.now.isoformat()}
            self.queue.append(held)
            return Scripted(200, {"action": "enqueued", "success": True, "pending_post": held})
        return Scripted(200, self.posts[self.write(BRAND, raw, topic_id, to)])


def bare(posts: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """As lists have them: without `raw`."""
    return [{key: value for key, value in post.items() if key != "raw"} for post in posts]


def cooked(text: str) -> str:
    """Markdown as the forum shows it, as far as the tests need it."""
    words = html.escape(text, quote=False)
    words = re.sub(r"@([\w.]+)", r'<a class="mention" href="/u/\1">@\1</a>', words)
    return f"<p>{words}</p>"


def sealed(answer: dict[str, Any], public_pem: str) -> str:
    """What the forum shows at the end of a sign-in, line breaks and all."""
    from cryptography.hazmat.primitives.asymmetric import padding, rsa
    from cryptography.hazmat.primitives.serialization import load_pem_public_key

    key = load_pem_public_key(public_pem.encode())
    assert isinstance(key, rsa.RSAPublicKey)
    return base64.encodebytes(key.encrypt(json.dumps(answer).encode(), padding.PKCS1v15())).decode()
