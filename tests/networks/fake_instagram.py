"""A professional Instagram account in this process, after the recorded shapes.

`way`: "instagram" (graph.instagram.com: comments only) or "facebook" (graph.facebook.com: photo
tags and hashtags too)."""

import re
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from tests.networks.fake_meta import (
    FakeGraph,
    Fields,
    GraphError,
    Node,
    args_of,
    as_text,
    inner_fields,
)

OWN, ANN, BOB = "ovenandco", "ann.ovenlover", "bob.bread"
IG_ID = "17841400001"
TOKEN = "IGAAcanaryLong7d41"
SHORT = "IGAAcanaryShort52aa"
RENEWED = "IGAAcanaryRenewed88"
FB_TOKEN = "EAAcanaryUser7d41"
APP_ID, APP_SECRET = "616161", "canary-insta-secret-19c3"
CODE = "canary-code-AQC5yTz0mX4nQ9"
PAGE = {"id": "1050001", "name": "Oven & Co", "access_token": "EAAcanaryPage33"}


class FakeInstagram(FakeGraph):
    """One account with one old picture, what is commented under it, and who tags it."""

    key = "instagram"

    def __init__(self, way: str = "instagram") -> None:
        super().__init__(TOKEN if way == "instagram" else FB_TOKEN)
        self.way = way
        self.host = f"graph.{way}.com"
        self.media: dict[str, Node] = {}
        self.comments: dict[str, Node] = {}
        self.tags: list[str] = []
        self.hashtags: dict[str, str] = {}
        self.searched: list[str] = []
        self.is_reviewed = True
        self.pages: list[Node] = [{**PAGE, "instagram_business_account": {"id": IG_ID}}]
        self.media_id = self.publish(OWN, "Fresh bread", self.now - timedelta(days=90))

    # --- what people do ---

    def publish(self, who: str, caption: str, when: datetime | None = None) -> str:
        """A picture; its id."""
        media_id = self.new_id()
        self.media[media_id] = {
            "id": media_id,
            "caption": caption,
            "media_type": "IMAGE",
            "media_url": f"https://cdn.example/{media_id}.jpg",
            "permalink": f"https://www.instagram.com/p/C{media_id}/",
            "timestamp": self.stamp(when),
            "username": who,
            "like_count": 3,
        }
        return media_id

    def tag(self, caption: str, when: datetime | None = None) -> str:
        """Somebody's own picture on which the account is tagged."""
        media_id = self.publish(ANN, caption, when)
        self.tags.append(media_id)
        return media_id

    def comment(self, who: str, text: str, under: str = "", when: datetime | None = None) -> str:
        """A comment under media or a comment; its id. There are two levels."""
        above = self.comments.get(under)
        comment_id = self.new_id()
        top = (above.get("parent_id") or under) if above else None
        media_id = above["_media"] if above else (under or self.media_id)
        self.comments[comment_id] = {
            "id": comment_id,
            "text": text,
            "timestamp": self.stamp(when),
            "username": who,
            "from": {"id": f"91{len(who)}", "username": who},
            "parent_id": top,
            "hidden": False,
            "media": {"id": media_id},
            "_media": media_id,
        }
        return comment_id

    def add_mention(self, text: str) -> str:
        return f"urn:instagram:{self.comment(ANN, text)}"

    def add_bad_item(self) -> None:
        self.comments[self.comment(ANN, "broken")]["timestamp"] = "yesterday"

    def n_posted(self, text: str) -> int:
        return len(self._ours(text))

    def parent_of(self, text: str) -> str:
        (comment,) = self._ours(text)
        return str(comment["parent_id"] or comment["_media"])

    def remove(self, uri: str) -> None:
        node_id = uri.removeprefix("urn:instagram:")
        self.comments.pop(node_id, None)
        self.media.pop(node_id, None)

    def _ours(self, text: str) -> list[Node]:
        ours = [c for c in self.comments.values() if c["username"] == OWN]
        return [c for c in ours if re.sub(r"^(@[\w.]+ )+", "", c["text"]) == text]

    # --- what the API answers ---

    def without_token(self, method: str, path: str, params: Mapping[str, str]) -> Any:
        secret = params.get("client_secret")
        match method, path:
            case "POST", "api.instagram.com/oauth/access_token":
                if params.get("redirect_uri") != "https://localhost/socialdesk":
                    raise GraphError(191, 0, "Invalid redirect_uri")
                if (params.get("client_id"), secret) != (APP_ID, APP_SECRET):
                    raise GraphError(101, 0, "Invalid platform app")
                if params.get("code") != CODE:
                    raise GraphError(100, 36009, "This authorization code has been used")
                return {"data": [{"access_token": SHORT, "user_id": IG_ID, "permissions": ""}]}
            case "GET", "graph.instagram.com/access_token":
                if (params.get("access_token"), secret) != (SHORT, APP_SECRET):
                    raise GraphError(101, 0, "Error validating application.")
                return {"access_token": TOKEN, "token_type": "bearer", "expires_in": 5183944}
            case "GET", "graph.instagram.com/refresh_access_token":
                assert params["grant_type"] == "ig_refresh_token"
                if params.get("access_token") != self.token:
                    raise GraphError(190, 463, "Session has expired")
                self.token = RENEWED
                return {"access_token": RENEWED, "token_type": "bearer", "expires_in": 5183944}
        return None

    def node_answer(self, method: str, path: str, params: Mapping[str, str], token: str) -> Any:
        fields = params.get("fields", "")
        match [method, *path.split("/")]:
            case ["GET", "me", "accounts"] if self.way == "facebook":
                return self.paged([self.shown(p, "page", fields) for p in self.pages], params)
            case ["GET", "me" | "17841400001"]:
                return self._user(fields)
            case ["GET", ""]:
                return {one: self._node(one, fields) for one in params["ids"].split(",")}
            case ["GET", "17841400001", "media"]:
                return self._listed(self._newest(OWN), params)
            case ["GET", "17841400001", "tags"]:
                self._only_facebook()
                tagged = [self.media[m] for m in self.tags if m in self.media]
                return self._listed(tagged, params, "media")
            case ["GET", "17841400001", "recently_searched_hashtags"]:
                self._reviewed()
                rows = [{"id": self.hashtags[name], "name": name} for name in self.searched]
                return self.paged([self.shown(r, "hashtag", fields) for r in rows], params, 30)
            case ["GET", "ig_hashtag_search"]:
                self._reviewed()
                return {"data": [{"id": self._hashtag(params["q"])}]}
            case ["GET", tag_id, "recent_media"]:
                self._reviewed()
                return self._recent(tag_id, params)
            case ["GET", node_id, "comments" | "replies" as edge]:
                return self._below(self._any(node_id), edge, params, fields)
            case ["GET", node_id]:
                return self._node(node_id, fields)
            case ["POST", node_id, "comments" | "replies"]:
                return {"id": self._answered(node_id, params)}
            case ["DELETE", node_id]:
                self._any(node_id)
                self.remove(node_id)
                return {"success": True}
        raise GraphError(2500, 0, "Unknown path components")

    def _user(self, fields: str) -> Node:
        found = re.fullmatch(r"business_discovery\.username\(([\w.]+)\)\{(.*)\}", fields)
        if found:
            self._only_facebook()
            if found[1] != ANN:
                raise GraphError(110, 2207013, "Invalid user id")
            node = {"username": ANN, "name": "Ann", "followers_count": 4321}
            return {"business_discovery": self.shown(node, "user", found[2]), "id": IG_ID}
        node = {
            "id": IG_ID,
            "user_id": IG_ID,
            "username": OWN,
            "name": "Oven & Co",
            "followers_count": 987,
        }
        return self.shown(node, "user", fields)

    def _newest(self, who: str) -> list[Node]:
        own = [m for m in self.media.values() if m["username"] == who]
        return sorted(own[::-1], key=lambda m: str(m["timestamp"]), reverse=True)

    def _listed(self, media: list[Node], params: Mapping[str, str], kind: str = "media") -> Node:
        fields = params.get("fields", "")
        return self.paged([self._shown_media(m, kind, fields) for m in media], params)

    def _shown_media(self, media: Node, kind: str, fields: str) -> Node:
        below = [c for c in self.comments.values() if c["_media"] == media["id"]]
        whole = {**media, "comments_count": len(below)}
        inner = inner_fields(fields, "comments")
        if inner is not None:
            page = self._below(media, "comments", args_of(fields, "comments"), as_text(inner))
            whole["comments"] = page if page["data"] else None
        return self.shown(whole, kind, fields)

    def _below(self, above: Node, edge: str, args: Mapping[str, str], fields: str) -> Node:
        """Comments newest first, replies oldest first, as recorded."""
        if edge == "comments":
            rows = [c for c in self.comments.values() if c["_media"] == above["id"]]
            rows = [c for c in rows if not c["parent_id"]][::-1]
        else:
            rows = [c for c in self.comments.values() if c["parent_id"] == above["id"]]
        return self.paged([self._shown_comment(c, fields) for c in rows], args, 50)

    def _shown_comment(self, comment: Node, fields: str) -> Node:
        inner: Fields | None = inner_fields(fields, "replies")
        whole = comment
        if inner is not None:
            page = self._below(comment, "replies", args_of(fields, "replies"), as_text(inner))
            whole = {**comment, "replies": page if page["data"] else None}
        return self.shown(whole, "comment", fields)

    def _recent(self, tag_id: str, params: Mapping[str, str]) -> Node:
        assert params["user_id"] == IG_ID
        names = [name for name, known in self.hashtags.items() if known == tag_id]
        if not names:
            raise GraphError(24, 0, "The requested resource does not exist")
        name = names[0]
        self._hashtag(name)
        day = self.stamp(self.now - timedelta(days=1))
        hits = [m for m in self.media.values() if f"#{name}" in m["caption"]]
        hits = sorted(hits[::-1], key=lambda m: str(m["timestamp"]), reverse=True)
        fresh = [m for m in hits if str(m["timestamp"]) >= day]
        fields = params.get("fields", "")
        shown = [{**m, "comments_count": 0} for m in fresh]
        return self.paged([self.shown(m, "hashtagged", fields) for m in shown], params, 50)

    def _hashtag(self, name: str) -> str:
        if name not in self.searched:
            if len(self.searched) >= 30:
                raise GraphError(18, 2207034, "Reached max # of hashtags queried in 7 days")
            self.searched.append(name)
        return self.hashtags.setdefault(name, self.new_id())

    def _answered(self, node_id: str, params: Mapping[str, str]) -> str:
        above, text = self._any(node_id), params.get("message", "")
        if above.get("hidden"):
            raise GraphError(100, 0, "You cannot reply to hidden comments")
        if not text or len(text) > 2_200:
            raise GraphError(100, 0, "The comment is empty or too long")
        if node_id in self.tags or (above.get("username") != OWN and node_id in self.media):
            raise GraphError(10, 0, "Application does not have permission")
        return self.comment(OWN, text, node_id)

    def _node(self, node_id: str, fields: str) -> Node:
        node = self._any(node_id)
        if node_id in self.comments:
            return self._shown_comment(node, fields)
        return self._shown_media(node, "media", fields)

    def _any(self, node_id: str) -> Node:
        node = self.comments.get(node_id) or self.media.get(node_id)
        if node is None or node_id in self.tags:
            raise GraphError(100, 33, f"Unsupported get request. Object with ID '{node_id}'")
        return node

    def _only_facebook(self) -> None:
        if self.way != "facebook":
            raise GraphError(100, 0, "Tried accessing nonexisting field (tags)")

    def _reviewed(self) -> None:
        self._only_facebook()
        if not self.is_reviewed:
            raise GraphError(10, 0, "(#10) To use 'Instagram Public Content Access'")
