"""What differs between the two versions of the API: paths, and the lists of a watch.

Version 3 counts pages, version 4 gives a cursor; version 3 has mentions and answers in two lists,
version 4 in one. Where they are alike stands in `views.py`.
"""

from collections.abc import Mapping
from dataclasses import field
from typing import Any, Final

from socialdesk.domain.account import Watch, WatchKind
from socialdesk.domain.errors import BadAnswerError, Refusal, RefusedError
from socialdesk.domain.frozen import frozen
from socialdesk.domain.mentions.mention import Kind
from socialdesk.networks.http import Value

PAGE_SIZE: Final = 50  # version 3's maximum
MAX_PAGE: Final = 400


@frozen
class Listed:
    """One list of a watch. `key`: where its lines are; `kind`: why they came, None = each line
    says it."""

    name: str
    path: str
    key: str
    kind: Kind | None
    params: Mapping[str, Value] = field(default_factory=dict)


@frozen
class Dialect:
    """One version of the API."""

    version: str
    login: str
    logout: str
    person: str
    delete: tuple[str, str]  # method and path
    newest: str  # how "newest first" is written

    def lists(self, watch: Watch) -> tuple[Listed, ...]:
        """What has to be read for it, one after the other."""
        if watch.kind is WatchKind.MENTIONS:
            return _V3_NEWS if self.version == "v3" else _V4_NEWS
        if watch.kind is not WatchKind.KEYWORD:
            raise RefusedError(Refusal.OTHER, f"no {watch.kind.value} here")
        if watch.query.startswith("!"):
            return self._community(watch.query.lstrip("!").strip())
        return self._search(watch.query)

    def _community(self, name: str) -> tuple[Listed, ...]:
        asked: dict[str, Value] = {"community_name": name, "sort": self.newest}
        posts, comments = ("posts", "comments") if self.version == "v3" else ("items", "items")
        return (
            Listed("posts", "/post/list", posts, Kind.POST, asked),
            Listed("comments", "/comment/list", comments, Kind.COMMENT, asked),
        )

    def _search(self, words: str) -> tuple[Listed, ...]:
        if self.version == "v4":
            asked: dict[str, Value] = {"search_term": words, "listing_type": "all"}
            return (
                Listed("posts", "/search", "posts", Kind.POST, {**asked, "type_": "posts"}),
                Listed("comments", "/search", "comments", Kind.POST,
                       {**asked, "type_": "comments"}),
            )  # fmt: skip
        asked = {"q": words, "sort": "New", "listing_type": "All"}
        return (
            Listed("posts", "/search", "posts", Kind.POST, {**asked, "type_": "Posts"}),
            Listed("comments", "/search", "comments", Kind.POST, {**asked, "type_": "Comments"}),
        )

    def paging(self, at: str) -> dict[str, Value]:
        """What to ask for the page at the walk's cursor."""
        if self.version == "v4":
            return {"limit": PAGE_SIZE, "page_cursor": at}
        return {"limit": PAGE_SIZE, "page": int(at) if at.isdecimal() else 1}

    def next_at(self, at: str, data: Any, n: int) -> str:
        """Where the list goes on after a page of `n` lines, "" = nowhere."""
        if self.version == "v4":
            cursor = data.get("next_page")
            if cursor is not None and not isinstance(cursor, str):
                raise BadAnswerError("a page we cannot read")
            return cursor or ""
        page = int(at) if at.isdecimal() else 1
        return str(page + 1) if n >= PAGE_SIZE and page < MAX_PAGE else ""


_V3_NEWS: Final = (
    Listed("mentions", "/user/mention", "mentions", Kind.MENTION, {"sort": "New"}),
    Listed("replies", "/user/replies", "replies", Kind.REPLY, {"sort": "New"}),
)
_V4_NEWS: Final = (Listed("news", "/account/notification/list", "items", None, {}),)

V3: Final = Dialect(
    "v3", "/user/login", "/user/logout", "/user", ("POST", "/comment/delete"), "New"
)
V4: Final = Dialect(
    "v4",
    "/account/auth/login",
    "/account/auth/logout",
    "/person",
    ("DELETE", "/comment"),
    "new",
)
DIALECTS: Final[Mapping[str, Dialect]] = {"v3": V3, "v4": V4}
