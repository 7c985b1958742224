"""A small Lemmy server in this process, in version 3 or 4 of the API.

Shapes: lemmy-js-client 0.19.9 and 1.0.0-beta.2.
"""

import json
from datetime import timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

import requests

from socialdesk.networks.testing import Scripted, ScriptedServer

HOST = "lemmy.tea.example"
BASE = f"https://{HOST}"
JWT = "eyJ0.eyJzdWIiOiI3In0.canary-lemmy"
PASSWORD, TOTP = "correct horse", "123456"
BRAND_ID, ANN_ID = 7, 8
PEOPLE = {BRAND_ID: ("teahouse", HOST), ANN_ID: ("ann", "other.example")}


class FakeLemmy(ScriptedServer):
    """Posts and comments of one server. `asks_code`: the account has two factors."""

    def __init__(self, version: str = "v3") -> None:
        super().__init__()
        self.version, self.jwt, self.asks_code = version, JWT, False
        self.is_banned = False  # the brand, from the community
        self.posts: dict[int, dict[str, Any]] = {}
        self.comments: dict[int, dict[str, Any]] = {}
        self.notes: list[tuple[str, int]] = []  # kind, comment id; oldest first
        self.refuse: dict[str, str] = {}  # path: error word
        self.n_logged_out = 0
        self._n = 20

    # --- the contract's ---

    def add_mention(self, text: str) -> str:
        post = next(iter(self.posts), 0) or self.post("Which kettle?")
        return self.notify("mention", self.comment(ANN_ID, f"@teahouse {text}", post))

    def add_bad_item(self) -> None:
        uri = self.add_mention("broken")
        next(c for c in self.comments.values() if c["ap_id"] == uri)["content"] = 7

    def n_posted(self, text: str) -> int:
        mine = [c for c in self.comments.values() if c["creator_id"] == BRAND_ID]
        return sum(c["content"] == text and not c["deleted"] for c in mine)

    def remove(self, uri: str) -> None:
        next(c for c in self.comments.values() if c["ap_id"] == uri)["deleted"] = True

    # --- making things happen ---

    def _key(self, v3: str, v4: str) -> str:
        return v3 if self.version == "v3" else v4

    def _thing(self, creator: int, **facts: Any) -> dict[str, Any]:
        self._n += 1
        self.now += timedelta(seconds=1)
        when = self.now.isoformat(timespec="microseconds").replace("+00:00", "Z")
        return {"id": self._n, "creator_id": creator, "removed": False, "deleted": False,
                self._key("published", "published_at"): when, **facts}  # fmt: skip

    def post(self, title: str, creator: int = ANN_ID, **facts: Any) -> int:
        thing = self._thing(creator, name=title, body="", locked=False, **facts)
        thing["ap_id"] = f"https://other.example/post/{thing['id']}"
        self.posts[thing["id"]] = thing
        return int(thing["id"])

    def comment(self, creator: int, text: str, post_id: int, to: int = 0) -> int:
        thing = self._thing(creator, content=text, post_id=post_id)
        above = self.comments[to]["path"] if to else "0"
        thing["path"] = f"{above}.{thing['id']}"
        thing["ap_id"] = f"https://{PEOPLE[creator][1]}/comment/{thing['id']}"
        self.comments[thing["id"]] = thing
        return int(thing["id"])

    def notify(self, kind: str, comment_id: int) -> str:
        self.notes.append((kind, comment_id))
        return str(self.comments[comment_id]["ap_id"])

    # --- shapes ---

    def person(self, person_id: int) -> dict[str, Any]:
        name, host = PEOPLE[person_id]
        return {"id": person_id, "name": name, "display_name": name.title(), "bot_account": False,
                "avatar": f"https://{host}/pictrs/{name}.png", "deleted": False,
                self._key("actor_id", "ap_id"): f"https://{host}/u/{name}"}  # fmt: skip

    def view(self, comment_id: int) -> dict[str, Any]:
        comment = self.comments[comment_id]
        return {"comment": comment, **self.post_view(comment["post_id"]),
                "creator": self.person(comment["creator_id"])}  # fmt: skip

    def post_view(self, post_id: int) -> dict[str, Any]:
        post = self.posts[post_id]
        community = {"id": 3, "name": "tea", "title": "Tea"}
        shown: dict[str, Any] = {"post": post, "creator": self.person(post["creator_id"]),
                                 "community": community}  # fmt: skip
        if self.version == "v3":
            return {**shown, "banned_from_community": self.is_banned}
        ban = {"received_ban_at": "2026-11-01T00:00:00Z"} if self.is_banned else {}
        return {**shown, "community_actions": ban}

    # --- answering ---

    def handle(self, request: requests.PreparedRequest) -> Scripted:
        url = urlsplit(str(request.url))
        prefix = f"/api/{self.version}"
        if not url.path.startswith(prefix + "/"):
            return Scripted(404, b"")
        path, query = url.path.removeprefix(prefix), parse_qs(url.query)
        body = json.loads(request.body) if request.body else {}
        if path in self.refuse:
            return refused(self.refuse[path])
        if path == self._key("/user/login", "/account/auth/login"):
            return self._log_in(body)
        token = request.headers.get("Authorization", "").removeprefix("Bearer ")
        if path == "/site":
            known = {"local_user_view": {"person": self.person(BRAND_ID)}}
            mine = {"my_user": known} if token == self.jwt and self.version == "v3" else {}
            return Scripted(200, {"version": "0.19.9", "site_view": {}, **mine})
        if token != self.jwt:
            return refused("not_logged_in", 401)
        if path == "/account":
            return Scripted(200, {"local_user_view": {"person": self.person(BRAND_ID)}})
        return self._answer(str(request.method), path, query, body)

    def _log_in(self, body: Any) -> Scripted:
        if body["password"] != PASSWORD or body["username_or_email"] != "teahouse":
            return refused("incorrect_login", 401)
        if self.asks_code and body.get("totp_2fa_token") != TOTP:
            return refused("missing_totp_token", 401)
        assert (body.get("stay_logged_in") is True) == (self.version == "v4")
        return Scripted(200, {"jwt": self.jwt, "registration_created": False,
                              "verify_email_sent": False})  # fmt: skip

    def _answer(self, method: str, path: str, query: Any, body: Any) -> Scripted:
        match method, path:
            case "GET", "/user/mention" | "/user/replies":
                kind = {"/user/mention": "mention", "/user/replies": "reply"}[path]
                views = [self.view(id_) for why, id_ in self.notes[::-1] if why == kind]
                return self._page({"mention": "mentions", "reply": "replies"}[kind], views, query)
            case "GET", "/account/notification/list":
                return self._page("items", [self._note(*one) for one in self.notes[::-1]], query)
            case "GET", "/search":
                return self._search(query)
            case "GET", "/post/list":
                assert query["community_name"] == ["tea@other.example"]
                views = [self.post_view(id_) for id_ in reversed(self.posts)]
                return self._page(self._key("posts", "items"), views, query)
            case "GET", "/comment/list":
                return self._comment_list(query)
            case "GET", "/comment":
                id_ = int(query["id"][0])
                if id_ not in self.comments:
                    return refused("couldnt_find_comment", 404)
                return Scripted(200, {"comment_view": self.view(id_)})
            case "GET", "/post":
                id_ = int(query["id"][0])
                if id_ not in self.posts:
                    return refused("couldnt_find_post", 404)
                return Scripted(200, {"post_view": self.post_view(id_)})
            case "GET", "/user" | "/person":
                for id_, (name, host) in PEOPLE.items():
                    if query["username"] == [f"{name}@{host}"]:
                        return Scripted(200, {"person_view": {"person": self.person(id_)}})
                return refused("couldnt_find_person", 404)
        return self._write(method, path, body)

    def _note(self, kind: str, comment_id: int) -> dict[str, Any]:
        when = self.comments[comment_id]["published_at"]
        note = {"id": comment_id, "kind": kind, "published_at": when, "read": False}
        return {"notification": note, "data": {"type_": "comment", **self.view(comment_id)}}

    def _search(self, query: Any) -> Scripted:
        word = query[self._key("q", "search_term")][0]
        kind = query["type_"][0].lower()
        posts = [self.post_view(id_) for id_, post in reversed(self.posts.items())
                 if word in post["name"]]  # fmt: skip
        comments = [self.view(id_) for id_, one in reversed(self.comments.items())
                    if word in str(one["content"])]  # fmt: skip
        answer = self._page(kind, {"posts": posts, "comments": comments}[kind], query)
        return Scripted(200, {"posts": [], "comments": [], **answer.body})

    def _comment_list(self, query: Any) -> Scripted:
        sort, wanted = query["sort"][0], query.get("parent_id", ["0"])[0]
        assert sort[0].isupper() == (self.version == "v3")
        if "community_name" in query:
            found = list(self.comments.values())
        else:
            depth = int(query["max_depth"][0])
            found = [c for c in self.comments.values() if str(c["post_id"]) in query["post_id"]]
            found = [c for c in found if wanted in c["path"].split(".")]
            found = [c for c in found
                     if len(c["path"].split(".")) - c["path"].split(".").index(wanted) <= depth + 1
                     ]  # fmt: skip
        views = [self.view(c["id"]) for c in found]
        views = views[::-1] if sort.lower() == "new" else views
        return self._page(self._key("comments", "items"), views, query)

    def _page(self, key: str, items: list[Any], query: Any) -> Scripted:
        limit = int(query["limit"][0])
        assert limit <= 50
        if self.version == "v3":
            start = (int(query.get("page", ["1"])[0]) - 1) * limit
            return Scripted(200, {key: items[start : start + limit]})
        assert "page" not in query
        start = int(query.get("page_cursor", ["c0"])[0].lstrip("c"))
        more = {"next_page": f"c{start + limit}"} if len(items) > start + limit else {}
        return Scripted(200, {key: items[start : start + limit], **more})

    def _write(self, method: str, path: str, body: Any) -> Scripted:
        if path == self._key("/user/logout", "/account/auth/logout"):
            self.n_logged_out += 1
            return Scripted(200, {"success": True})
        if (method, path) == ("POST", "/comment"):
            if body["post_id"] not in self.posts:
                return refused("couldnt_find_post", 404)
            if self.posts[body["post_id"]]["locked"]:
                return refused("locked")
            if len(body["content"]) > 10_000:
                return refused("invalid_body_field")
            made = self.comment(
                BRAND_ID, body["content"], body["post_id"], body.get("parent_id", 0)
            )
            return Scripted(200, {"comment_view": self.view(made), "recipient_ids": []})
        comment = self.comments.get(body.get("comment_id", 0))
        if comment is None:
            return refused("couldnt_find_comment", 404)
        if (method, path) == ("PUT", "/comment"):
            when = comment[self._key("published", "published_at")]
            comment.update({"content": body["content"], self._key("updated", "updated_at"): when})
        elif (method, path) == self._delete() and body["deleted"] is True:
            comment["deleted"] = True
        else:
            return Scripted(405, b"")
        return Scripted(200, {"comment_view": self.view(comment["id"])})

    def _delete(self) -> tuple[str, str]:
        return ("POST", "/comment/delete") if self.version == "v3" else ("DELETE", "/comment")


def refused(word: str, status: int = 400) -> Scripted:
    return Scripted(status, {"error": word})
