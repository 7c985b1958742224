"""A small Hacker News in this process: the search, its items and users, and the live items."""

import re
from datetime import timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

import requests

from socialdesk.networks.testing import Scripted, ScriptedServer

SITE = "shop.example"
KNOWN_PARAMS = {"query", "tags", "numericFilters", "hitsPerPage", "typoTolerance",
                "advancedSyntax", "restrictSearchableAttributes"}  # fmt: skip
MOST = 1000  # hits of one query that can be reached


class FakeHackerNews(ScriptedServer):
    """Stories and comments by id; `children` hang together by `parent_id`."""

    def __init__(self) -> None:
        super().__init__()
        self.items: dict[int, dict[str, Any]] = {}
        self.taken: dict[int, str] = {}  # id: "deleted" or "dead"
        self._n = 48_000_000

    def add_mention(self, text: str) -> str:
        story = next(iter(self.items), 0) or self.story("Show HN: Kettles")
        words = f'<a href="https://{SITE}/k" rel="nofollow">https:&#x2F;&#x2F;{SITE}&#x2F;k</a>'
        return self.uri(self.comment(story, f"{words} {text}"))

    def add_bad_item(self) -> None:
        uri = self.add_mention("broken")
        self.items[int(uri.rpartition("=")[2])]["author"] = 7

    def remove(self, uri: str) -> None:
        self.taken[int(uri.rpartition("=")[2])] = "deleted"

    def uri(self, item_id: int) -> str:
        return f"https://news.ycombinator.com/item?id={item_id}"

    def story(self, title: str, url: str | None = None, text: str | None = None) -> int:
        return self._add(type="story", title=title, url=url, text=text, author="pg_fan",
                         parent_id=None, story_id=None)  # fmt: skip

    def comment(self, parent: int, text: str, author: str | None = "ann_t") -> int:
        above = self.items[parent]
        return self._add(type="comment", title=None, url=None, text=text, author=author,
                         parent_id=parent, story_id=above["story_id"])  # fmt: skip

    def _add(self, **facts: Any) -> int:
        self._n += 1
        self.now += timedelta(seconds=1)
        when = int(self.now.timestamp())
        self.items[self._n] = {"id": self._n, "created_at_i": when, **facts}
        if facts["type"] == "story":
            self.items[self._n]["story_id"] = self._n
        return self._n

    # --- answering ---

    def handle(self, request: requests.PreparedRequest) -> Scripted:
        url = urlsplit(str(request.url))
        assert request.method == "GET" and "Authorization" not in request.headers
        if url.hostname == "hacker-news.firebaseio.com":
            return self._live(int(re.findall(r"/v0/item/(\d+)\.json", url.path)[0]))
        assert url.hostname == "hn.algolia.com"
        if found := re.fullmatch(r"/api/v1/items/(\d+)", url.path):
            item = self.items.get(int(found[1]))
            return Scripted(200, self._tree(item)) if item else self._missing()
        if found := re.fullmatch(r"/api/v1/users/(\w+)", url.path):
            known = found[1] in {item["author"] for item in self.items.values()}
            body = {"username": found[1], "about": "", "karma": 12}
            return Scripted(200, body) if known else self._missing()
        return self._search(parse_qs(url.query))

    def _missing(self) -> Scripted:
        return Scripted(404, {"status": 404, "error": "Not Found"})

    def _search(self, query: dict[str, list[str]]) -> Scripted:
        if set(query) - KNOWN_PARAMS:
            return Scripted(400, {"message": "unknown parameter", "status": 400})
        limit = int(query["hitsPerPage"][0])
        if "query" not in query:
            return Scripted(200, {"hits": [], "nbHits": 0})
        assert query["tags"] == ["(story,comment)"] and query["typoTolerance"] == ["false"]
        found = [item for item in self.items.values() if self._matches(item, query)]
        newest = sorted(found, key=lambda item: item["created_at_i"], reverse=True)[:MOST]
        hits = [as_hit(item) for item in newest[:limit]]
        return Scripted(200, {"hits": hits, "nbHits": len(found), "page": 0})

    def _matches(self, item: dict[str, Any], query: dict[str, list[str]]) -> bool:
        if item["id"] in self.taken:
            return False
        for one in query["numericFilters"][0].split(","):
            _, sign, number = re.split(r"([<>])", one)
            at = item["created_at_i"]
            if not (at > int(number) if sign == ">" else at < int(number)):
                return False
        words = query["query"][0].strip('"').casefold()
        names = {"title": "title", "url": "url", "comment_text": "text", "story_text": "text"}
        fields = query["restrictSearchableAttributes"][0].split(",")
        text = " ".join(str(item[names[field]] or "") for field in fields)
        return words in text.replace("&#x2F;", "/").casefold()

    def _tree(self, item: dict[str, Any]) -> dict[str, Any]:
        below = [one for one in self.items.values() if one["parent_id"] == item["id"]]
        shown = {**item, "children": [self._tree(one) for one in below]}
        return {**shown, "author": None, "text": None} if item["id"] in self.taken else shown

    def _live(self, item_id: int) -> Scripted:
        item, taken = self.items.get(item_id), self.taken.get(item_id)
        if item is None:
            return Scripted(200, b"null")
        if taken == "deleted":
            return Scripted(200, {"id": item_id, "deleted": True, "time": item["created_at_i"]})
        live = {"id": item_id, "by": item["author"], "time": item["created_at_i"],
                "type": item["type"], "text": item["text"] or "", "parent": item["parent_id"],
                **({"title": item["title"]} if item["title"] else {}),
                **({"url": item["url"]} if item["url"] else {}),
                **({"dead": True} if taken == "dead" else {})}  # fmt: skip
        return Scripted(200, live)


def as_hit(item: dict[str, Any]) -> dict[str, Any]:
    is_comment = item["type"] == "comment"
    hit = {
        "objectID": str(item["id"]), "author": item["author"], "story_id": item["story_id"],
        "created_at_i": item["created_at_i"], "created_at": "2026-11-21T09:00:00Z",
        "title": item["title"], "url": item["url"], "parent_id": item["parent_id"],
        "_tags": [item["type"]], "points": None, "num_comments": None,
    }  # fmt: skip
    return {**hit, ("comment_text" if is_comment else "story_text"): item["text"]}
