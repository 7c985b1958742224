"""X's API v2 in this process: strict about parameters, with X's own refusals, and a bill.

Shapes: OpenAPI 2.166 (`dialect` "tweet") and 2.167 ("post"); prices: docs.x.com, 2026-08-22,
written out here a second time so that the connector's table is checked against another hand's.
"""

import json
import re
from datetime import UTC, datetime, timedelta
from typing import Any, Final
from urllib.parse import parse_qs, urlsplit

import requests

from socialdesk.domain.length.weighted import links
from socialdesk.networks.testing import START, Scripted, ScriptedServer
from tests.networks.fake_x_shapes import (
    ANN,
    CLIENT_ID,
    HANDLES,
    HOST,
    OWN,
    PROBLEM,
    encoded,
    id_of,
    invalid,
    refused,
    renamed,
    uri_of,
    user,
)

EPOCH: Final = datetime(2010, 11, 4, 1, 42, 54, 657000, tzinfo=UTC)  # of snowflake ids
DUPLICATE: Final = "You are not allowed to create a Tweet with duplicate content."
FIELDS: Final = {
    "tweet": {
        "attachments",
        "author_id",
        "conversation_id",
        "created_at",
        "entities",
        "lang",
        "edit_history_tweet_ids",
        "in_reply_to_user_id",
        "note_tweet",
        "public_metrics",
        "referenced_tweets",
    },
    "post": {
        "attachments",
        "conversation_id",
        "created_at",
        "entities",
        "lang",
        "note_post",
        "public_metrics",
    },
}
EXPANSIONS: Final = {
    "tweet": {"author_id", "attachments.media_keys"},
    "post": {"author_id", "attachments.media_keys", "referenced_posts"},
}
COMMON: Final = {"expansions", "user.fields", "media.fields"}


class FakeX(ScriptedServer):
    """`billed`: millionths of a dollar. `calls`: method and path, in order. `dialect`: which names
    it speaks; the other's are refused."""

    def __init__(self) -> None:
        super().__init__()
        self.posts: dict[str, dict[str, Any]] = {}
        self.gone: dict[str, str] = {}  # id: kind of problem
        self.hits: set[str] = set()  # what any search finds
        self.media: dict[str, dict[str, Any]] = {}
        self.dialect, self.billed = "tweet", 0
        self.calls: list[str] = []
        self.access, self.refresh, self.n_tokens = "access-canary-0", "refresh-canary-0", 0
        self.revoked: list[str] = []
        self.verifier = ""
        self.searches: list[str] = []

    # --- what happens on X ---

    def add_mention(self, text: str) -> str:
        return self.write(ANN, text, names_us=True)

    def write(self, author: str, text: str, *, names_us: bool = False, parent: str = "",
              **fields: Any) -> str:  # fmt: skip
        """A post of somebody, now; its uri."""
        made = int((self.now - EPOCH) / timedelta(milliseconds=1)) << 22
        id_ = str(made + len(self.posts))
        words, urls = self._shortened(text)
        post: dict[str, Any] = {
            "id": id_,
            "text": words,
            "author_id": author,
            "conversation_id": id_,
            "created_at": self.now.strftime("%Y-%m-%dT%H:%M:%S.000Z"),
            "lang": "en",
            "edit_history_tweet_ids": [id_],
            "said": text,
            "public_metrics": {
                "retweet_count": 2,
                "reply_count": 0,
                "like_count": 1,
                "quote_count": 0,
                "bookmark_count": 0,
                "impression_count": 9,
            },
            "entities": {"urls": urls},
        }
        if names_us:
            named = {"start": 0, "end": 12, "username": HANDLES[OWN], "id": OWN}
            post["entities"]["mentions"] = [named]
        if parent:
            post["conversation_id"] = self.posts[parent]["conversation_id"]
            post["in_reply_to_user_id"] = self.posts[parent]["author_id"]
            post["referenced_tweets"] = [{"type": "replied_to", "id": parent}]
        self.posts[id_] = {**post, **fields}
        return uri_of(id_)

    def add_bad_item(self) -> None:
        self.posts[id_of(self.add_mention("bad"))]["text"] = None

    def remove(self, uri: str) -> None:
        self.gone[id_of(uri)] = "resource-not-found"
        del self.posts[id_of(uri)]

    def edit(self, uri: str, text: str) -> str:
        """A newer version, which has an id of its own; that id."""
        old = self.posts[id_of(uri)]
        self.now += timedelta(minutes=1)
        new = id_of(self.write(old["author_id"], text, names_us=True))
        history = [*old["edit_history_tweet_ids"], new]
        self.posts[new]["conversation_id"] = old["conversation_id"]
        for id_ in history:
            self.posts[id_]["edit_history_tweet_ids"] = history
        return new

    def n_posted(self, text: str) -> int:
        return sum(post["said"] == text for post in self._own())

    def parent_of(self, text: str) -> str:
        (post,) = [post for post in self._own() if post["said"] == text]
        return _parent(post)

    def _own(self) -> list[dict[str, Any]]:
        return [post for post in self.posts.values() if post["author_id"] == OWN]

    # --- answers ---

    def handle(self, request: requests.PreparedRequest) -> Scripted:
        url = urlsplit(str(request.url))
        assert url.hostname == HOST
        self.calls.append(f"{request.method} {url.path}")
        if url.path.startswith("/2/oauth2/"):
            form = {key: one for key, (one,) in parse_qs(str(request.body)).items()}
            return self._oauth(url.path, form)
        if request.headers.get("Authorization") != f"Bearer {self.access}":
            return refused(401, "Unauthorized", "Unauthorized")
        asked = {key: one for key, (one,) in parse_qs(url.query).items()}
        return self._call(str(request.method), url.path.removeprefix("/2"), asked, request.body)

    def _call(self, method: str, path: str, asked: dict[str, str], body: Any) -> Scripted:
        match method, path:
            case "GET", "/users/me":
                self.billed += 10_000
                return Scripted(body={"data": user(OWN)})
            case "GET", "/tweets":
                return self._lookup(asked)
            case "GET", "/tweets/search/recent":
                return self._search(asked)
            case "GET", "/users/2244994945/mentions":
                named = [one for one in self.posts.values() if _names_us(one)]
                return self._list(asked, named, "pagination_token", (5, 100), 1_000)
            case "GET", "/users/2244994945/tweets":
                return self._list(asked, self._own(), "pagination_token", (5, 100), 1_000)
            case "POST", "/tweets":
                return self._create(json.loads(body))
            case "DELETE", _ if found := re.fullmatch(r"/tweets/(\d+)", path):
                return self._delete(found[1])
        return refused(404, "Not Found", "no such path")

    def _search(self, asked: dict[str, str]) -> Scripted:
        query = asked.pop("query", "")
        self.searches.append(query)
        if not query or len(query) > 512 or asked.pop("sort_order", "") != "recency":
            return invalid("query", query)
        root = re.fullmatch(r"conversation_id:(\d+)", query)
        found = [
            one
            for id_, one in self.posts.items()
            if (one["conversation_id"] == root[1] and id_ != root[1] if root else id_ in self.hits)
        ]
        week = self.now - timedelta(days=7)
        oldest = int((week - EPOCH) / timedelta(milliseconds=1)) << 22
        if int(asked.get("since_id", oldest)) < oldest:
            return invalid("since_id", asked["since_id"])
        return self._list(asked, found, "next_token", (10, 100), 5_000)

    def _list(
        self, asked: dict[str, str], posts: list[dict[str, Any]], paging: str,
        sizes: tuple[int, int], each: int,
    ) -> Scripted:  # fmt: skip
        known = {"max_results", "since_id", "start_time", paging}
        bad = self._unknown(asked, known)
        n, token = int(asked.get("max_results", "10")), asked.get(paging, "")
        if bad or not sizes[0] <= n <= sizes[1]:
            return invalid(bad or "max_results", asked.get(bad, str(n)))
        if token and not re.fullmatch(r"page\d+", token):
            return invalid(paging, token)
        since, start_time = int(asked.get("since_id", "0")), asked.get("start_time", "")
        newest_first = sorted(
            (one for one in posts if int(one["id"]) > since and one["created_at"] >= start_time),
            key=lambda one: int(one["id"]),
            reverse=True,
        )
        begin = int(token.removeprefix("page") or 0)
        page = newest_first[begin : begin + n]
        meta: dict[str, Any] = {"result_count": len(page)}
        if page:
            meta |= {"newest_id": page[0]["id"], "oldest_id": page[-1]["id"]}
        if len(newest_first) > begin + n:
            meta["next_token"] = f"page{begin + n}"
        return self._answer(asked, page, {"meta": meta}, each)

    def _lookup(self, asked: dict[str, str]) -> Scripted:
        ids = asked.get("ids", "").split(",")
        if bad := self._unknown(asked, {"ids"}):
            return invalid(bad, asked[bad])
        if not 1 <= len(ids) <= 100 or not all(id_.isdigit() for id_ in ids):
            return invalid("ids", asked["ids"])
        errors = [
            {
                "value": id_,
                "detail": f"Could not find tweet with ids: [{id_}].",
                "title": "Not Found Error",
                "resource_type": "tweet",
                "parameter": "ids",
                "resource_id": id_,
                "type": PROBLEM + self.gone.get(id_, "resource-not-found"),
            }
            for id_ in ids
            if id_ not in self.posts
        ]
        page = [self.posts[id_] for id_ in ids if id_ in self.posts]
        return self._answer(asked, page, {"errors": errors} if errors else {}, 5_000)

    def _unknown(self, asked: dict[str, str], known: set[str]) -> str:
        """The first parameter that X would refuse, "" = none."""
        key = f"{self.dialect}.fields"
        for name in asked:
            if name not in known | COMMON | {key}:
                return name
        if set(asked.get(key, "").split(",")) - {""} - FIELDS[self.dialect]:
            return key
        if set(asked.get("expansions", "").split(",")) - {""} - EXPANSIONS[self.dialect]:
            return "expansions"
        return ""

    def _answer(
        self, asked: dict[str, str], page: list[dict[str, Any]], rest: dict[str, Any], each: int
    ) -> Scripted:
        """Bills what it gives."""
        expansions = asked.get("expansions", "").split(",")
        includes: dict[str, Any] = {}
        if "author_id" in expansions and page:
            includes["users"] = [user(id_) for id_ in sorted({one["author_id"] for one in page})]
        keys = [key for one in page for key in one.get("attachments", {}).get("media_keys", ())]
        if keys:
            includes["media"] = [self.media[key] for key in keys]
        if "referenced_posts" in expansions:
            refs = [self.posts[_parent(one)] for one in page if _parent(one) in self.posts]
            includes["posts"] = [self._shown(one) for one in refs]
        self.billed += each * len(page) + 10_000 * len(includes.get("users", ()))
        self.billed += 5_000 * len(includes.get("posts", ()))
        body: dict[str, Any] = {"data": [self._shown(one) for one in page]} if page else {}
        return Scripted(
            body={**body, **({"includes": includes} if includes else {}), **rest},
            headers={"x-rate-limit-limit": "300", "x-rate-limit-remaining": "299"},
        )

    def _shown(self, post: dict[str, Any]) -> dict[str, Any]:
        shown = {key: value for key, value in post.items() if key != "said"}
        return shown if self.dialect == "tweet" else renamed(shown)

    def _create(self, body: dict[str, Any]) -> Scripted:
        if set(body) - {"text", "reply"} or not isinstance(body.get("text"), str):
            return invalid("body", "text")
        text, parent = body["text"], body.get("reply", {}).get("in_reply_to_tweet_id", "")
        if parent and parent not in self.posts:
            return refused(403, "Forbidden", "You attempted to reply to a Tweet that is deleted.")
        if parent and not (_names_us(self.posts[parent]) or self._answers_us(parent)):
            return refused(
                403,
                "Forbidden",
                "Reply to this conversation is not allowed because "
                "you have not been mentioned or otherwise engaged by the author.",
            )
        recent = (self.now - timedelta(minutes=5)).strftime("%Y-%m-%dT%H:%M:%S")
        same = [one for one in self._own() if one["said"] == text and _parent(one) == parent]
        if any(one["created_at"] >= recent for one in same):
            return refused(403, "Forbidden", DUPLICATE)
        id_ = id_of(self.write(OWN, text, parent=parent))
        has_link = bool(list(links(text)))
        self.billed += 200_000 if has_link else 10_000 if parent else 15_000
        words = self.posts[id_]["text"]
        return Scripted(201, {"data": {"id": id_, "text": words, "edit_history_tweet_ids": [id_]}})

    def _answers_us(self, id_: str) -> bool:
        return bool(self.posts[id_].get("in_reply_to_user_id") == OWN)

    def _delete(self, id_: str) -> Scripted:
        if id_ not in self.posts:
            return refused(404, "Not Found", "no such post", "resource-not-found")
        if self.posts[id_]["author_id"] != OWN:
            return refused(403, "Forbidden", "You are not authorized to delete this Tweet.")
        del self.posts[id_]
        self.billed += 10_000
        return Scripted(body={"data": {"deleted": True}})

    def _oauth(self, path: str, form: dict[str, str]) -> Scripted:
        if form.pop("client_id", "") != CLIENT_ID:
            return Scripted(400, {"error": "unauthorized_client", "error_description": "?"})
        if path == "/2/oauth2/revoke":
            self.revoked.append(form["token"])
            return Scripted(body={"revoked": True})
        match form.get("grant_type"):
            case "refresh_token" if form.get("refresh_token") == self.refresh:
                return self._new_tokens()
            case "authorization_code" if form.get("code") == "good-code":
                self.verifier = form["code_verifier"]
                return self._new_tokens()
        return Scripted(
            400,
            {
                "error": "invalid_request",
                "error_description": "Value passed for the token was invalid.",
            },
        )

    def _new_tokens(self) -> Scripted:
        """Both are new each time, and the old ones are dead."""
        self.n_tokens += 1
        self.access = f"access-canary-{self.n_tokens}"
        self.refresh = f"refresh-canary-{self.n_tokens}"
        return Scripted(
            body={
                "token_type": "bearer",
                "expires_in": 7200,
                "scope": "tweet.read",
                "access_token": self.access,
                "refresh_token": self.refresh,
            }
        )

    def _shortened(self, text: str) -> tuple[str, list[dict[str, Any]]]:
        """The text as X gives it back: links as t.co, three characters encoded."""
        words, urls, done = "", [], 0
        for n, (start, end) in enumerate(links(text)):
            link = text[start:end]
            short = f"https://t.co/{len(self.posts):05}x{n:04}"
            full = link if "://" in link else f"http://{link}"
            words += encoded(text[done:start])
            urls.append(
                {
                    "start": len(words),
                    "end": len(words) + len(short),
                    "url": short,
                    "expanded_url": full,
                    "display_url": full.partition("://")[2],
                }
            )
            words, done = words + short, end
        return words + encoded(text[done:]), urls


def _parent(post: dict[str, Any]) -> str:
    refs = post.get("referenced_tweets", [])
    return next((str(one["id"]) for one in refs if one["type"] == "replied_to"), "")


def _names_us(post: dict[str, Any]) -> bool:
    return any(one["id"] == OWN for one in post["entities"].get("mentions", ()))


__all__ = [
    "ANN",
    "CLIENT_ID",
    "HANDLES",
    "HOST",
    "OWN",
    "PROBLEM",
    "START",
    "FakeX",
    "id_of",
    "refused",
    "uri_of",
]
