"""Threads in this process, after Meta's reference: no recording of it exists (unverified)."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any

import requests

from socialdesk.domain.length.length import LengthRule, Unit, count
from socialdesk.networks.testing import Scripted
from tests.networks.fake_meta import FakeGraph, GraphError, Node

OWN, ANN, BOB = "ovenandco", "ann.ovenlover", "bob.bread"
USER_ID = "26490001"
TOKEN = "THAAcanaryLong7d41"
SHORT = "THAAcanaryShort52aa"
RENEWED = "THAAcanaryRenewed88"
APP_ID, APP_SECRET = "515151", "canary-threads-secret-19c3"
CODE = "canary-code-AQB7yTz0mX4nQ9"


class FakeThreads(FakeGraph):
    """One account with a first post, whoever answers or names it, and what it posts itself.

    A fault for writes (lost, garbled, refused) meets the publishing: a container alone is seen by
    nobody, and `test_threads_replies` has its own tests of that step."""

    host = "graph.threads.net"
    version = "v1.0"
    key = "threads"

    def __init__(self) -> None:
        super().__init__(TOKEN)
        self.posts: dict[str, Node] = {}
        self.mentioned: list[str] = []
        self.containers: dict[str, Node] = {}
        self.denied: set[str] = set()
        self.faults_meet_containers = False
        self.n_replies_today = self.n_posts_today = 0
        self.post_id = self.write(OWN, "Fresh bread", when=self.now - timedelta(days=90))

    # --- what people do ---

    def write(self, who: str, text: str, under: str = "", when: datetime | None = None) -> str:
        """A post, or a reply under one; its id."""
        media_id = self.new_id()
        above = self.posts.get(under)
        root = (above or {}).get("_root") or under
        self.posts[media_id] = {
            "id": media_id,
            "text": text,
            "timestamp": self.stamp(when),
            "username": who,
            "permalink": f"https://www.threads.com/@{who}/post/C{media_id}",
            "media_type": "TEXT_POST",
            "is_reply": bool(under),
            "is_reply_owned_by_me": bool(under) and who == OWN,
            "root_post": {"id": root} if under else None,
            "replied_to": {"id": under} if under else None,
            "hide_status": "NOT_HUSHED" if under else None,
            "_root": root,
            "_above": under,
        }
        return media_id

    def name(self, text: str, when: datetime | None = None) -> str:
        """Somebody's own post that names the account."""
        media_id = self.write(ANN, text, when=when)
        self.mentioned.append(media_id)
        return media_id

    def add_mention(self, text: str) -> str:
        return f"urn:threads:{self.name(text)}"

    def add_bad_item(self) -> None:
        self.posts[self.name("broken")]["timestamp"] = "yesterday"

    def n_posted(self, text: str) -> int:
        return len(self._ours(text))

    def parent_of(self, text: str) -> str:
        (post,) = self._ours(text)
        return str(post["_above"])

    def remove(self, uri: str) -> None:
        self.posts.pop(uri.removeprefix("urn:threads:"), None)

    def _ours(self, text: str) -> list[Node]:
        return [p for p in self.posts.values() if p["text"] == text and p["username"] == OWN]

    # --- what the API answers ---

    def send(self, request: requests.PreparedRequest, *args: Any, **kwargs: Any) -> Any:
        is_container = request.method == "POST" and str(request.url).endswith("/me/threads")
        if not is_container or self.faults_meet_containers or self._is_cut:
            return super().send(request, *args, **kwargs)
        self.asked.append(request)
        return self._response(request, self.handle(request))

    def without_token(self, method: str, path: str, params: Mapping[str, str]) -> Any:
        secret = params.get("client_secret")
        match path.removeprefix(f"{self.host}/"), method:
            case "oauth/access_token", "POST":
                if (params.get("client_id"), secret) != (APP_ID, APP_SECRET):
                    raise GraphError(101, 0, "Error validating application.")
                if params.get("code") != CODE or params.get("grant_type") != "authorization_code":
                    raise GraphError(100, 36009, "This authorization code has been used.")
                return {"access_token": SHORT, "user_id": int(USER_ID)}
            case "access_token", "GET":
                if secret != APP_SECRET or params.get("access_token") != SHORT:
                    raise GraphError(101, 0, "Error validating application.")
                return {"access_token": TOKEN, "token_type": "bearer", "expires_in": 5183944}
            case "refresh_access_token", "GET":
                assert params["grant_type"] == "th_refresh_token"
                if params.get("access_token") != self.token:
                    raise GraphError(190, 463, "Session has expired")
                self.token = RENEWED
                return {"access_token": RENEWED, "token_type": "bearer", "expires_in": 5183944}
        return None

    def node_answer(self, method: str, path: str, params: Mapping[str, str], token: str) -> Any:
        fields = params.get("fields", "")
        match [method, *path.split("/")]:
            case ["GET", "me"]:
                me = {"id": USER_ID, "username": OWN, "name": "Oven & Co"}
                return self.shown(me, "me", fields)
            case ["GET", "me", "threads" | "replies" | "mentions" as edge]:
                return self._listed(edge, params)
            case ["GET", "keyword_search"]:
                return self._found(params)
            case ["POST", "me", "threads"]:
                return {"id": self._container(params)}
            case ["POST", "me", "threads_publish"]:
                return {"id": self._published(params["creation_id"])}
            case ["GET", media_id, "conversation"]:
                return self._conversation(media_id, params)
            case ["GET", node_id] if node_id in self.containers:
                return self.shown(self.containers[node_id], "container", fields)
            case ["GET", media_id]:
                return self.shown(self._post(media_id), "post", fields)
            case ["DELETE", media_id]:
                if self._post(media_id)["username"] != OWN:
                    raise GraphError(10, 0, "Application does not have permission")
                del self.posts[media_id]
                return {"success": True, "deleted_id": media_id}
        raise GraphError(2500, 0, "Unknown path components")

    def _listed(self, edge: str, params: Mapping[str, str]) -> Node:
        if edge in self.denied:
            raise GraphError(10, 0, "Application does not have permission for this action")
        own = [p for p in self.posts.values() if p["username"] == OWN]
        lists = {
            "threads": [p for p in own if not p["is_reply"]],
            "replies": [p for p in own if p["is_reply"]],
            "mentions": [self.posts[m] for m in self.mentioned if m in self.posts],
        }
        kind = "reply" if edge == "replies" else "post"
        return self._page(lists[edge], params, kind)

    def _found(self, params: Mapping[str, str]) -> Node:
        assert params["search_type"] == "RECENT" and int(params["since"]) >= 1_688_540_400
        if "keyword_search" in self.denied:
            raise GraphError(200, 0, "Application does not have permission for this action")
        word = ("#" if params["search_mode"] == "TAG" else "") + params["q"]
        hits = [p for p in self.posts.values() if word in str(p["text"]) and not p["is_reply"]]
        return self._page(hits, params, "post")

    def _page(self, posts: list[Node], params: Mapping[str, str], kind: str) -> Node:
        since = int(params.get("since", "0"))
        kept = [p for p in posts if _seconds(p) >= since]
        newest = sorted(kept[::-1], key=lambda p: str(p["timestamp"]), reverse=True)
        answered = {p["_root"] for p in self.posts.values()}
        shown = [{**p, "has_replies": p["id"] in answered} for p in newest]
        fields = params.get("fields", "")
        return self.paged([self.shown(p, kind, fields) for p in shown], params)

    def _conversation(self, media_id: str, params: Mapping[str, str]) -> Node:
        assert params["reverse"] == "true"
        self._post(media_id)
        below = [p for p in self.posts.values() if p["_root"] == media_id]
        return self._page(below, params, "reply")

    def _container(self, params: Mapping[str, str]) -> str:
        text = params.get("text", "")
        assert params["media_type"] == "TEXT" and "auto_publish_text" not in params
        if not text or count(text, LengthRule(500, Unit.THREADS)) > 500:
            raise GraphError(100, 0, "Param text must be at most 500 characters long.")
        if text.count("https://") > 5:
            raise GraphError(100, 0, "THREADS_API__LINK_LIMIT_EXCEEDED")
        if "reply_to_id" in params:
            self._post(params["reply_to_id"])
        container = self.new_id()
        self.containers[container] = {
            "id": container,
            "status": "FINISHED",
            "_text": text,
            "_under": params.get("reply_to_id", ""),
        }
        return container

    def _published(self, container_id: str) -> str:
        container = self.containers[container_id]
        if container["status"] == "PUBLISHED":
            return str(container["_media"])
        is_reply = bool(container["_under"])
        done, most = (self.n_replies_today, 1_000) if is_reply else (self.n_posts_today, 250)
        if done >= most:
            raise GraphError(4, 2207051, "Application request limit reached", 403)
        media_id = self.write(OWN, container["_text"], container["_under"])
        container |= {"status": "PUBLISHED", "_media": media_id}
        return media_id

    def _post(self, media_id: str) -> Node:
        if media_id not in self.posts:
            raise GraphError(24, 4279009, "The requested resource does not exist")
        return self.posts[media_id]


def _seconds(post: Node) -> float:
    try:
        return datetime.fromisoformat(post["timestamp"]).timestamp()
    except ValueError:
        return 1e12


def is_publish(method: str, path: str) -> bool:
    return method == "POST" and path.endswith("/threads_publish")


def only(
    answer: Scripted, test: Callable[[str, str], bool] = lambda method, path: True
) -> Callable[[str, str], Scripted | None]:
    """A fault that gives `answer` to the calls that `test` names."""
    return lambda method, path: answer if test(method, path) else None
