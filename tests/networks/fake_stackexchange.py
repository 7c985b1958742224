"""A small site of Stack Exchange in this process, after the docs of API 2.3."""

import html
from datetime import timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

import requests

from socialdesk.networks.testing import Scripted, ScriptedServer

SITE, HOST, WEBSITE = "cooking", "cooking.stackexchange.com", "shop.example"
KEY = "canary((key))77"
QUOTA = 300


class FakeStackExchange(ScriptedServer):
    """Questions, answers and comments by id. `backoff`: asked for by the next answers."""

    def __init__(self) -> None:
        super().__init__()
        self.posts: dict[int, dict[str, Any]] = {}
        self.comments: dict[int, dict[str, Any]] = {}
        self.quota, self.backoff, self.key = QUOTA, 0, ""
        self._n = 1000
        self.question("What is a kettle?", "First of all.")

    def add_mention(self, text: str) -> str:
        made = self.question(f"A question: {text}", f"See https://{WEBSITE}/a and {text}")
        return f"https://{HOST}/questions/{made}"

    def add_bad_item(self) -> None:
        self.posts[self.question("bad", f"https://{WEBSITE}")]["body"] = None

    def remove(self, uri: str) -> None:
        del self.posts[int(uri.rpartition("/")[2])]

    def question(self, title: str, text: str, **more: Any) -> int:
        return self._add(text, title=html.escape(title), tags=["kettles"], **more)

    def answer(self, question_id: int, text: str, **more: Any) -> int:
        return self._add(text, answers=question_id, **more)

    def comment(self, post_id: int, text: str) -> int:
        self._n += 1
        self.now += timedelta(seconds=1)
        self.comments[self._n] = {"comment_id": self._n, "post_id": post_id, "body": text,
                                  "owner": owner(), "creation_date": self._time()}  # fmt: skip
        return self._n

    def _add(self, text: str, **facts: Any) -> int:
        self._n += 1
        self.now += timedelta(seconds=1)
        self.posts[self._n] = {"id": self._n, "owner": owner(), "creation_date": self._time(),
                               "body": f"<p>{html.escape(text)}</p>", **facts}  # fmt: skip
        return self._n

    def _time(self) -> int:
        return int(self.now.timestamp())

    # --- answering ---

    def handle(self, request: requests.PreparedRequest) -> Scripted:
        url = urlsplit(str(request.url))
        query = {key: one[0] for key, one in parse_qs(url.query).items()}
        assert request.method == "GET" and url.hostname == "api.stackexchange.com"
        assert url.path.startswith("/2.3/")
        if query.pop("site", "") != SITE:
            return failed(400, "bad_parameter", "No site found for name")
        if query.pop("key", "") not in ("", self.key):
            return failed(400, "bad_parameter", "`key` doesn't match a known application")
        if self.quota <= 0:
            return failed(502, "throttle_violation", "too many requests from this IP")
        self.quota -= 1
        items = self._items(url.path.removeprefix("/2.3"), query)
        if items is None:
            return failed(404, "no_method", "no method found with this name")
        size = int(query.get("pagesize", "30"))
        assert size <= 100
        told = {"items": items[:size], "has_more": len(items) > size, "quota_max": QUOTA,
                "quota_remaining": self.quota}  # fmt: skip
        return Scripted(200, {**told, "backoff": self.backoff} if self.backoff else told)

    def _items(self, path: str, query: dict[str, str]) -> list[Any] | None:
        parts = path.strip("/").split("/")
        ids = [int(one) for one in parts[1].split(";")] if len(parts) > 1 and parts[
            1][:1].isdecimal() else []  # fmt: skip
        match parts:
            case ["search", "excerpts"]:
                return [self._excerpt(post) for post in self._newest(query)]
            case ["questions"]:
                return [shown(post, query) for post in self._newest(query) if "title" in post]
            case ["questions", _, "answers"]:
                found = [p for p in self.posts.values() if p.get("answers") in ids]
                return [shown(post, query) for post in found]
            case ["questions" | "answers", _]:
                return [shown(self.posts[one], query) for one in ids if one in self.posts]
            case ["posts", _, "comments"]:
                return [c for c in self.comments.values() if c["post_id"] in ids]
            case ["users", _]:
                return [owner()] if ids == [owner()["user_id"]] else []
        return None

    def _newest(self, query: dict[str, str]) -> list[dict[str, Any]]:
        words = query.get("q", "").strip('"').casefold()
        url = query.get("url", "").strip("*")
        start, end = int(query.get("fromdate", 0)), int(query.get("todate", 10**11))
        assert "fromdate" not in query or (query["sort"], query["order"]) == ("creation", "desc")
        found = [
            post
            for post in self.posts.values()
            if start <= post["creation_date"] <= end
            and words in f"{post.get('title', '')} {post['body']}".casefold()
            and url in str(post["body"] or WEBSITE)
            and query.get("tagged", "kettles") in post.get("tags", ["kettles"])
        ]
        return sorted(found, key=lambda post: post["creation_date"], reverse=True)

    def _excerpt(self, post: dict[str, Any]) -> dict[str, Any]:
        """A search names posts and shows a piece of them; nobody's name is in it."""
        told = {"creation_date": post["creation_date"], "excerpt": "...", "score": 0}
        if "answers" in post:
            names = {"answer_id": post["id"], "question_id": post["answers"]}
            return {**told, "item_type": "answer", **names}
        return {**told, "item_type": "question", "question_id": post["id"]}


def shown(post: dict[str, Any], query: dict[str, str]) -> dict[str, Any]:
    """As its method shows it: bodies only with the filter."""
    known = {key: value for key, value in post.items() if key not in ("id", "answers", "body")}
    body = {"body": post["body"]} if query.get("filter") == "withbody" else {}
    if "answers" in post:
        return {**known, **body, "answer_id": post["id"], "question_id": post["answers"]}
    link = f"https://{HOST}/questions/{post['id']}/a-question"
    return {**known, **body, "question_id": post["id"], "link": link}


def owner() -> dict[str, Any]:
    return {"user_id": 77, "display_name": "Ann &amp; Co", "reputation": 12, "user_type":
            "registered", "link": f"https://{HOST}/users/77/ann"}  # fmt: skip


def failed(error_id: int, name: str, message: str) -> Scripted:
    body = {"error_id": error_id, "error_name": name, "error_message": message}
    return Scripted(400, body)
