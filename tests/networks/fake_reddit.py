"""A small Reddit in this process, after PRAW's recorded exchanges (tests/fixtures/third_party)."""

import base64
from datetime import timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

import requests

from socialdesk.networks.testing import Scripted, ScriptedServer

NAME, ANN = "Tea_House", "ann_leaf"
CLIENT = "AbCdEfGhIjKlMnOpQrStUv"
ACCESS, REFRESH = "canary-reddit-access-1", "canary-reddit-refresh-1"
AGENT = "(by /u/Tea_House)"
DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"


class FakeReddit(ScriptedServer):
    """Things by fullname. `access`: the token that is good now; `fails`: error of the next
    write; `left`, `reset`: the window of calls."""

    def __init__(self) -> None:
        super().__init__()
        self.things: dict[str, dict[str, Any]] = {}
        self.inbox: list[str] = []  # fullnames, oldest first
        self.access, self.refresh, self.n_renewals, self.n_revoked = ACCESS, REFRESH, 0, 0
        self.fails: list[Any] | None = None
        self.ratelimit: float | None = None
        self.left, self.reset, self.folds = 599.0, 293, False
        self.code = "code-1"
        self._n = 60_000_000

    # --- the contract's ---

    def add_mention(self, text: str) -> str:
        link = next((n for n in self.things if n.startswith("t3_")), "") or self.link("Kettles?")
        return self.uri(self.notify(self.comment(ANN, f"u/{NAME} {text}", link)))

    def add_bad_item(self) -> None:
        self.add_mention("broken")
        self.things[self.inbox[-1]]["created_utc"] = "yesterday"

    def n_posted(self, text: str) -> int:
        return len(self._own(text))

    def parent_of(self, text: str) -> str:
        (thing,) = self._own(text)
        return str(thing.get("parent_id", ""))

    def _own(self, text: str) -> list[dict[str, Any]]:
        mine = [t for t in self.things.values() if t["author"] == NAME]
        return [t for t in mine if t.get("body", t.get("selftext")) == text]

    def remove(self, uri: str) -> None:
        thing = next(t for name, t in self.things.items() if self.uri(name) == uri)
        thing.update({"author": "[deleted]", "body": "[deleted]"})

    def uri(self, fullname: str) -> str:
        kind, id36 = fullname.split("_")
        if kind == "t4":
            return f"https://www.reddit.com/message/messages/{id36}"
        article = self.things[fullname].get("link_id", fullname)[3:]
        tail = f"/_/{id36}" if kind == "t1" else ""
        return f"https://www.reddit.com/comments/{article}{tail}"

    # --- making things happen ---

    def _add(self, kind: str, author: str | None, **facts: Any) -> str:
        self._n += 1
        self.now += timedelta(seconds=1)
        id36, n = "", self._n
        while n:
            n, digit = divmod(n, 36)
            id36 = DIGITS[digit] + id36
        name = f"{kind}_{id36}"
        self.things[name] = {"id": id36, "name": name, "author": author, "score": 1,
                             "created_utc": self.now.timestamp(), **facts}  # fmt: skip
        return name

    def link(self, title: str, author: str = ANN, **facts: Any) -> str:
        plain = {"title": title, "selftext": "", "is_self": True, "edited": False,
                 "subreddit": "tea", "locked": False, "archived": False}  # fmt: skip
        return self._add("t3", author, **{**plain, **facts})

    def comment(self, author: str, body: str, parent: str) -> str:
        link = self.things[parent].get("link_id", parent)
        return self._add("t1", author, body=body, parent_id=parent, link_id=link, edited=False,
                         subreddit="tea")  # fmt: skip

    def message(self, author: str | None, body: str, parent: str | None = None) -> str:
        first = self.things[parent].get("first_message_name") or parent if parent else None
        return self._add("t4", author, body=body, subject="hello", parent_id=parent,
                         first_message_name=first, was_comment=False, subreddit=None)  # fmt: skip

    def notify(self, fullname: str, why: str = "username_mention") -> str:
        self.things[fullname]["type"] = why
        self.inbox.append(fullname)
        return fullname

    # --- answering ---

    def handle(self, request: requests.PreparedRequest) -> Scripted:
        url = urlsplit(str(request.url))
        form = {key: one[0] for key, one in parse_qs(str(request.body or "")).items()}
        if AGENT not in request.headers["User-Agent"]:
            return Scripted(429, b'{"message": "Too Many Requests", "error": 429}')
        if url.hostname == "www.reddit.com":
            return self._token(url.path, request, form)
        if request.headers.get("Authorization") != f"Bearer {self.access}":
            return Scripted(401, b'{"message": "Unauthorized", "error": 401}')
        query = {key: one[0] for key, one in parse_qs(url.query).items()}
        if query.get("raw_json") != "1":
            return Scripted(400, b'{"message": "Bad Request", "error": 400}')
        answer = self._write(url.path, form) if request.method == "POST" else self._read(
            url.path, query)  # fmt: skip
        limits = {"x-ratelimit-remaining": str(self.left), "x-ratelimit-reset": str(self.reset),
                  "x-ratelimit-used": "1"}  # fmt: skip
        return Scripted(answer.status, answer.body, {**answer.headers, **limits})

    def _token(self, path: str, request: Any, form: dict[str, str]) -> Scripted:
        login = base64.b64encode(f"{CLIENT}:".encode()).decode()
        if request.headers.get("Authorization") != f"Basic {login}":
            return Scripted(401, b'{"message": "Unauthorized", "error": 401}')
        if path == "/api/v1/revoke_token":
            self.n_revoked += form == {"token": self.refresh, "token_type_hint": "refresh_token"}
            return Scripted(204, b"")
        if form["grant_type"] == "authorization_code" and form["code"] != self.code:
            return Scripted(200, {"error": "invalid_grant"})
        if form["grant_type"] == "refresh_token":
            if form["refresh_token"] != self.refresh:
                return Scripted(400, {"message": "Bad Request", "error": 400})
            self.n_renewals += 1
            self.access = f"{ACCESS}-{self.n_renewals}"
        return Scripted(200, {"access_token": self.access, "token_type": "bearer",
                              "expires_in": 86400, "refresh_token": self.refresh,
                              "scope": "identity read"})  # fmt: skip

    def _read(self, path: str, query: dict[str, str]) -> Scripted:
        match path.strip("/").split("/"):
            case ["api", "v1", "me"]:
                return Scripted(200, about(NAME)["data"])
            case ["api", "info"]:
                found = [one for one in query["id"].split(",") if one in self.things]
                assert len(query["id"].split(",")) <= 100
                assert not any(one.startswith("t4") for one in query["id"].split(","))
                return Scripted(200, listing([self.thing(one) for one in found]))
            case ["api", "morechildren"]:
                found = [f"t1_{one}" for one in query["children"].split(",")]
                things = [self.thing(one) for one in found if one in self.things]
                return Scripted(200, {"json": {"errors": [], "data": {"things": things}}})
            case ["message", "inbox"]:
                return self._page([self.brief(one) for one in self.inbox], query)
            case ["message", "mentions"]:
                found = [n for n in self.inbox if self.things[n]["type"] == "username_mention"]
                return self._page([self.brief(one) for one in found], query)
            case ["message", "sent"]:
                found = [n for n, t in self.things.items() if n[:2] == "t4" and self._is_own(t)]
                return self._page([self.thing(one) for one in found], query)
            case ["message", "messages", id36]:
                return self._message(f"t4_{id36}")
            case ["search"]:
                assert (query["sort"], query["type"]) == ("new", "link")
                word = query["q"].strip('"')
                found = [n for n, t in self.things.items() if word in t.get("title", "")]
                return self._page([self.thing(one) for one in found], query)
            case ["r", _, kind]:
                start = {"new": "t3_", "comments": "t1_"}[kind]
                found = [n for n in self.things if n.startswith(start)]
                return self._page([self.thing(one) for one in found], query)
            case ["user", name, "about"]:
                return Scripted(200, about(name)) if name in (NAME, ANN) else missing()
            case ["user", _, kind]:
                start = {"comments": "t1_", "submitted": "t3_"}[kind]
                found = [n for n, t in self.things.items() if n[:3] == start and self._is_own(t)]
                return self._page([self.thing(one) for one in found], query)
            case ["comments", article]:
                return self._comments(article, query)
        return missing()

    def _is_own(self, thing: dict[str, Any]) -> bool:
        return bool(thing["author"] == NAME)

    def thing(self, fullname: str) -> dict[str, Any]:
        return {"kind": fullname[:2], "data": {**self.things[fullname], "replies": ""}}

    def brief(self, fullname: str) -> dict[str, Any]:
        """As the inbox shows it: without `link_id` and `edited`."""
        thing = self.thing(fullname)
        data = {k: v for k, v in thing["data"].items() if k not in ("link_id", "edited")}
        if fullname.startswith("t1_"):
            article = self.things[fullname]["link_id"][3:]
            data["context"] = f"/r/tea/comments/{article}/kettles/{data['id']}/?context=3"
            data["link_title"] = "Kettles?"
        return {"kind": thing["kind"], "data": data}

    def _page(self, things: list[dict[str, Any]], query: dict[str, str]) -> Scripted:
        newest, limit = things[::-1], int(query["limit"])
        assert limit <= 100 and "before" not in query
        if "after" in query:
            names = [one["data"]["name"] for one in newest]
            newest = newest[names.index(query["after"]) + 1 :]
        page = newest[:limit]
        after = page[-1]["data"]["name"] if len(newest) > limit else None
        return Scripted(200, listing(page, after))

    def _message(self, fullname: str) -> Scripted:
        if fullname not in self.things:
            return Scripted(403, b'{"message": "Forbidden", "error": 403}')
        root = self.things[fullname]["first_message_name"] or fullname
        below = [self.thing(n) for n, t in self.things.items()
                 if t.get("first_message_name") == root]  # fmt: skip
        thing = self.thing(root)
        thing["data"]["replies"] = listing(below) if below else ""
        return Scripted(200, listing([thing]))

    def _comments(self, article: str, query: dict[str, str]) -> Scripted:
        link = f"t3_{article}"
        if link not in self.things:
            return missing()
        top = link
        if "comment" in query:
            top = f"t1_{query['comment']}"
            while self.things[top]["parent_id"] != link:
                top = self.things[top]["parent_id"]
            tops = [top]
        else:
            tops = [n for n, t in self.things.items() if t.get("parent_id") == link]
        trees = [self._tree(one) for one in tops]
        return Scripted(200, [listing([self.thing(link)]), listing(trees)])

    def _tree(self, fullname: str) -> dict[str, Any]:
        below = [n for n, t in self.things.items() if t.get("parent_id") == fullname]
        thing = self.thing(fullname)
        if below and self.folds:
            more = {"kind": "more", "data": {"children": [one[3:] for one in below], "count": 1}}
            thing["data"]["replies"] = listing([more])
        elif below:
            thing["data"]["replies"] = listing([self._tree(one) for one in below])
        return thing

    def _write(self, path: str, form: dict[str, str]) -> Scripted:
        assert form["api_type"] == "json"
        if self.fails is not None:
            told: dict[str, Any] = {"errors": [self.fails]}
            if self.ratelimit is not None:
                told["ratelimit"] = self.ratelimit
            return Scripted(200, {"json": told})
        if path == "/api/del":
            thing = self.things.get(form["id"])
            if thing:
                thing.update({"author": "[deleted]", "body": "[deleted]"})
            return Scripted(200, {})
        if path == "/api/submit":
            if not form["title"] or len(form["title"]) > 300 or form["sr"] != f"u_{NAME}":
                return failed("NO_TEXT", "we need something here", "title")
            made = self.link(form["title"], NAME, selftext=form["text"], subreddit=f"u_{NAME}")
            url = f"https://www.reddit.com/user/{NAME}/comments/{made[3:]}/x/"
            return Scripted(200, {"json": {"errors": [], "data": {
                "url": url, "id": made[3:], "name": made}}})  # fmt: skip
        thing = self.things[form["thing_id"]]
        if len(form["text"]) > 10_000:
            return failed("TOO_LONG", "this is too long (max: 10000)", "text")
        if path == "/api/editusertext":
            thing.update({"body": form["text"], "edited": self.now.timestamp()})
            return made_of(self.thing(form["thing_id"]))
        if form["thing_id"].startswith("t4_"):
            return made_of(self.thing(self.message(NAME, form["text"], form["thing_id"])))
        if thing["author"] == "[deleted]":
            return failed("DELETED_COMMENT", "that comment has been deleted", "parent")
        return made_of(self.thing(self.comment(NAME, form["text"], form["thing_id"])))


def listing(things: list[Any], after: str | None = None) -> dict[str, Any]:
    return {"kind": "Listing", "data": {"children": things, "after": after, "before": None,
                                        "dist": len(things)}}  # fmt: skip


def about(name: str) -> dict[str, Any]:
    data = {"name": name, "id": "6c1xj", "icon_img": "https://www.redditstatic.com/a.png",
            "subreddit": {"subscribers": 12, "title": name.title()}, "total_karma": 5}  # fmt: skip
    return {"kind": "t2", "data": data}


def made_of(thing: dict[str, Any]) -> Scripted:
    return Scripted(200, {"json": {"errors": [], "data": {"things": [thing]}}})


def failed(code: str, message: str, field: str) -> Scripted:
    return Scripted(200, {"json": {"errors": [[code, message, field]]}})


def missing() -> Scripted:
    return Scripted(404, {"message": "Not Found", "error": 404})
