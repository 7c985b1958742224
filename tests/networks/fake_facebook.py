"""A Facebook Page in this process, after the recorded shapes."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from tests.networks.fake_meta import FakeGraph, GraphError, Node, args_of, as_text, inner_fields

PAGE, ANN, BOB = "1050001", "7110001", "7110002"
NAMES = {PAGE: "Oven & Co", ANN: "Ann Ovenlover", BOB: "Bob Bread"}
PAGE_TOKEN = "EAAcanaryPage7d41"
USER_TOKEN = "EAAcanaryUser52aa"
APP_ID, APP_SECRET = "424242", "canary-app-secret-19c3"
CODE = "canary-code-AQD9"
TASKS = ["ANALYZE", "MODERATE", "CREATE_CONTENT", "MANAGE"]


class FakeFacebook(FakeGraph):
    """One Page with a first post of its own, and whatever is written under it."""

    def __init__(self, token: str = PAGE_TOKEN, app_secret: str = APP_SECRET) -> None:
        super().__init__(token, app_secret)
        self.posts: dict[str, Node] = {}
        self.comments: dict[str, Node] = {}
        self.tagged: list[str] = []
        self.hides_authors = False
        self.other_tokens = (USER_TOKEN,)
        self.pages: list[Node] = [
            {"id": PAGE, "name": NAMES[PAGE], "access_token": token, "tasks": TASKS}
        ]
        self.post_id = self.write_post(PAGE, "Fresh bread", self.now - timedelta(days=90))

    # --- what people do ---

    def write_post(self, who: str, text: str, when: datetime | None = None) -> str:
        """A post on the Page; its id."""
        post_id = f"{PAGE}_{self.new_id()}"
        self.posts[post_id] = {
            "id": post_id,
            "message": text,
            "created_time": self.stamp(when),
            "permalink_url": f"https://www.facebook.com/{PAGE}/posts/{post_id}",
            "from": {"id": who, "name": NAMES[who]},
        }
        return post_id

    def tag(self, text: str, when: datetime | None = None) -> str:
        """Somebody's own post that names the Page; Facebook hides who it was."""
        post_id = f"998877_{self.new_id()}"
        self.posts[post_id] = {
            "id": post_id,
            "message": text,
            "created_time": self.stamp(when),
            "permalink_url": f"https://www.facebook.com/998877/posts/{post_id}",
        }
        self.tagged.append(post_id)
        return post_id

    def comment(self, who: str, text: str, under: str = "", when: datetime | None = None) -> str:
        """A comment under a post or comment; its id."""
        under = under or self.post_id
        above = self.comments.get(under)
        post = above["_post"] if above else under
        parent = (above.get("_parent") or under) if above else ""
        comment_id = f"{post.partition('_')[2]}_{self.new_id()}"
        node: Node = {
            "id": comment_id,
            "message": text,
            "created_time": self.stamp(when),
            "from": None if self.hides_authors else {"id": who, "name": NAMES[who]},
            "parent": {"id": parent} if parent else None,
            "permalink_url": f"https://www.facebook.com/{post}?comment_id={comment_id}",
            "can_comment": True,
            "_post": post,
            "_parent": parent,
        }
        self.comments[comment_id] = node
        return comment_id

    def add_mention(self, text: str) -> str:
        return f"https://www.facebook.com/{self.comment(ANN, text)}"

    def add_bad_item(self) -> None:
        self.comments[self.comment(ANN, "broken")]["created_time"] = "yesterday"

    def n_posted(self, text: str) -> int:
        return len(self._ours(text))

    def parent_of(self, text: str) -> str:
        (node,) = self._ours(text)
        return str(node.get("_parent") or node.get("_post") or "")

    def remove(self, uri: str) -> None:
        node_id = uri.removeprefix("https://www.facebook.com/")
        self.comments.pop(node_id, None)
        self.posts.pop(node_id, None)

    def _ours(self, text: str) -> list[Node]:
        nodes = [*self.posts.values(), *self.comments.values()]
        return [
            node
            for node in nodes
            if node["message"] == text and (node.get("from") or {}).get("id") == PAGE
        ]

    # --- what the API answers ---

    def without_token(self, method: str, path: str, params: Mapping[str, str]) -> Any:
        if path != f"{self.host}/{self.version}/oauth/access_token":
            return None
        assert method == "POST", "the app secret belongs in a body"
        if (params.get("client_id"), params.get("client_secret")) != (APP_ID, APP_SECRET):
            raise GraphError(1, 0, "Error validating client secret.")
        if params.get("grant_type") == "fb_exchange_token":
            if params.get("fb_exchange_token") not in (USER_TOKEN, f"short-{USER_TOKEN}"):
                raise GraphError(100, 0, "The token cannot be exchanged")
            return {"access_token": USER_TOKEN, "token_type": "bearer", "expires_in": 5183944}
        if params.get("code") != CODE:
            raise GraphError(100, 36009, "This authorization code has been used.")
        return {"access_token": f"short-{USER_TOKEN}", "token_type": "bearer", "expires_in": 5000}

    def node_answer(self, method: str, path: str, params: Mapping[str, str], token: str) -> Any:
        fields = params.get("fields", "")
        match path.split("/"):
            case ["me", "accounts"] if token == USER_TOKEN:
                return self.paged([self.shown(p, "page", fields) for p in self.pages], params)
            case ["me", "accounts"]:
                raise GraphError(100, 0, "(#100) Tried accessing nonexisting field (accounts)")
            case ["me"] | [("1050001")]:
                return self._page(fields)
            case [""]:
                return {one: self._node(one, fields) for one in params["ids"].split(",")}
            case [node_id, edge]:
                return self._edge(method, node_id, edge, params)
            case [node_id] if method == "GET":
                return self._node(node_id, fields)
            case [node_id] if method == "POST":
                self._own(node_id)["message"] = params["message"]
                return {"success": True}
            case [node_id]:
                self._own(node_id)
                self.remove(f"https://www.facebook.com/{node_id}")
                return {"success": True}
        raise GraphError(2500, 0, "Unknown path components")

    def _page(self, fields: str) -> Node:
        linked = self.pages[0].get("instagram_business_account")
        page = {
            "id": PAGE,
            "name": NAMES[PAGE],
            "username": "ovenandco",
            "link": "https://www.facebook.com/ovenandco",
            "followers_count": 1234,
            "picture": {"data": {"url": "https://scontent.example/oven.jpg"}},
            "instagram_business_account": linked,
        }
        return self.shown(page, "page", fields)

    def _edge(self, method: str, node_id: str, edge: str, params: Mapping[str, str]) -> Any:
        if (method, edge) == ("POST", "feed"):
            return {"id": self.write_post(PAGE, self._message(params))}
        if (method, edge) == ("POST", "comments"):
            self._any(node_id)
            return {"id": self.comment(PAGE, self._message(params), node_id)}
        if edge == "comments":
            self._any(node_id)
            return self._comments(node_id, params, params.get("fields", ""))
        lists = {
            "feed": [p for p in self.posts.values() if p["id"] not in self.tagged],
            "tagged": [self.posts[one] for one in self.tagged if one in self.posts],
            "published_posts": [
                p for p in self.posts.values() if (p.get("from") or {}).get("id") == PAGE
            ],
        }
        if node_id != PAGE or edge not in lists:
            raise GraphError(100, 0, f"(#100) Tried accessing nonexisting field ({edge})")
        newest = sorted(lists[edge], key=lambda post: post["created_time"], reverse=True)
        shown = [self._post(post, params.get("fields", "")) for post in newest]
        return self.paged(shown, params)

    def _message(self, params: Mapping[str, str]) -> str:
        text = params.get("message", "")
        if not text or len(text) > 8_000:
            raise GraphError(100, 0, "(#100) Param message must be non-empty and not too long")
        return text

    def _post(self, post: Node, fields: str) -> Node:
        inner = inner_fields(fields, "comments")
        if inner is None:
            return self.shown(post, "post", fields)
        args = args_of(fields, "comments")
        below = self._comments(post["id"], args, as_text(inner))
        return self.shown({**post, "comments": below if below["data"] else None}, "post", fields)

    def _comments(self, node_id: str, args: Mapping[str, str], fields: str) -> Node:
        assert args["order"] == "reverse_chronological" and args["filter"] == "stream"
        below = [c for c in self.comments.values() if node_id in (c["_post"], c["_parent"])]
        below = sorted(below[::-1], key=lambda c: str(c["created_time"]), reverse=True)
        return self.paged([self.shown(c, "comment", fields) for c in below], args)

    def _node(self, node_id: str, fields: str) -> Node:
        node = self._any(node_id)
        if node_id in self.posts:
            return self._post(node, fields)
        return self.shown(node, "comment", fields)

    def _any(self, node_id: str) -> Node:
        node = self.posts.get(node_id) or self.comments.get(node_id)
        if node is None or node_id in self.tagged:
            raise GraphError(100, 33, f"Unsupported get request. Object with ID '{node_id}'")
        return node

    def _own(self, node_id: str) -> Node:
        node = self._any(node_id)
        if (node.get("from") or {}).get("id") != PAGE:
            raise GraphError(200, 0, "(#200) Permissions error")
        return node
