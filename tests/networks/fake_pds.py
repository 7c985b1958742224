"""A Bluesky PDS with its AppView in this process, after the recorded answers."""

import base64
import hashlib
import json
import re
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

import requests

from socialdesk.networks.testing import START, Scripted, ScriptedServer

HOST = "pds.example"
OWN, ANN = "did:plc:brand", "did:plc:ann"
HANDLES = {OWN: "brand.example", ANN: "ann.example"}
PASSWORD = "abcd-efgh-ijkl-mnop"
POST = "app.bsky.feed.post"

Fault = Callable[[str], Scripted | None]
"""Looks at a call's NSID first: an answer of its own, or None to let it pass."""


class FakePds(ScriptedServer):
    """One small network. `calls`: NSIDs in order. `faults` are used up, one a call."""

    def __init__(self) -> None:
        super().__init__()
        self.posts: dict[str, dict[str, Any]] = {}
        self.notified: list[tuple[str, str]] = []  # reason, uri; oldest first
        self.faults: list[Fault] = []
        self.calls: list[str] = []
        self.bodies: list[Any] = []
        self.blobs: dict[str, bytes] = {}
        self.n_sessions = 0
        self.password_scope = "com.atproto.appPass"
        self.did_doc: dict[str, Any] | None = None
        self.access = self.refresh = ""
        self._renew()

    def handle(self, request: requests.PreparedRequest) -> Scripted:
        url = urlsplit(str(request.url))
        nsid = url.path.removeprefix("/xrpc/")
        self.calls.append(nsid)
        if self.faults and (answer := self.faults.pop(0)(nsid)) is not None:
            return answer
        is_json = "json" in str(request.headers.get("Content-Type", "json"))
        body = json.loads(request.body) if request.body and is_json else request.body
        self.bodies.append(body)
        return self._answer(request, nsid, parse_qs(url.query), body)

    def add_mention(self, text: str) -> str:
        return self.write(ANN, text, len(self.posts) / 600)

    def add_bad_item(self) -> None:
        uri = self.add_mention("bad")
        self.posts[uri]["record"]["text"] = None

    def n_posted(self, text: str) -> int:
        return sum(self.posts[uri]["record"]["text"] == text for uri in self.own_posts())

    def parent_of(self, text: str) -> str:
        (uri,) = [uri for uri in self.own_posts() if self.posts[uri]["record"]["text"] == text]
        return self._parent(uri)

    def remove(self, uri: str) -> None:
        del self.posts[uri]

    def _answer(self, request, nsid, params, body) -> Scripted:
        if nsid == "com.atproto.server.createSession":
            if body["password"] != PASSWORD:
                return refused(401, "AuthenticationRequired", "Invalid password")
            return self._session()
        token = request.headers.get("Authorization", "").removeprefix("Bearer ")
        if nsid in ("com.atproto.server.refreshSession", "com.atproto.server.deleteSession"):
            if request.body or "Content-Type" in request.headers:
                return refused(400, "InvalidRequest", "A request body was provided")
            if token != self.refresh:
                return refused(400, "ExpiredToken", "Token has been revoked")
            return self._session() if "refresh" in nsid else Scripted(body={})
        if not token:
            return refused(401, "AuthMissing", "Authentication Required")
        if token != self.access:
            return refused(400, "ExpiredToken", "Token has expired")
        name = re.sub("[A-Z]", lambda found: "_" + found[0].lower(), nsid.rpartition(".")[2])
        method = getattr(self, "_" + name, None)
        if method is None:
            return refused(501, "MethodNotImplemented", "Method Not Implemented")
        result = method(params, body)
        if isinstance(result, tuple):
            return refused(400, *result)
        return Scripted(body=result)

    def _session(self) -> Scripted:
        self._renew()
        session = {"accessJwt": self.access, "refreshJwt": self.refresh, "did": OWN,
                   "handle": HANDLES[OWN], "active": True}  # fmt: skip
        if self.did_doc is not None:
            session["didDoc"] = self.did_doc
        return Scripted(body=session)

    def _renew(self) -> None:
        self.n_sessions += 1
        self.access = jwt(scope=self.password_scope, n=self.n_sessions)
        self.refresh = jwt(scope="com.atproto.refresh", n=self.n_sessions)

    def expire_access(self) -> None:
        """The token that was given out is dead; its refresh token is not."""
        self.access = "nobody-has-this"

    def write(self, did: str, text: str, minute: float = 0, *, reason: str = "mention",
              rkey: str = "", **record: Any) -> str:  # fmt: skip
        """A post of somebody, `minute`s after START; the brand is notified unless reason is ""."""
        uri = f"at://{did}/{POST}/{rkey or f'k{len(self.posts):012}'}"
        when = as_text(START + timedelta(minutes=minute))
        value = {"$type": POST, "text": text, "createdAt": when, "langs": ["en"], **record}
        self.posts[uri] = {
            "uri": uri, "cid": f"cid-{len(self.posts)}", "author": author(did), "record": value,
            "indexedAt": when, "viewer": {}, "labels": [], "repostCount": 0,
        }  # fmt: skip
        if reason:
            self.notified.append((reason, uri))
        return uri

    def _list_notifications(self, params, body):
        rows = [(self.posts[uri]["indexedAt"], reason, uri) for reason, uri in self.notified
                if uri in self.posts]  # fmt: skip
        rows = sorted(rows, reverse=True)
        limit, cursor = int(params.get("limit", ["50"])[0]), params.get("cursor", [""])[0]
        rows = [row for row in rows if not cursor or row[0] < cursor]
        page = rows[:limit]
        kept = [self._notification(*row) for row in page if row[1] in params.get("reasons", [])]
        answer = {"notifications": kept, "priority": False}
        return {**answer, "cursor": page[-1][0]} if len(rows) > limit else answer

    def _notification(self, indexed_at: str, reason: str, uri: str) -> dict[str, Any]:
        post = self.posts[uri]
        return {key: post[key] for key in ("uri", "cid", "author", "record", "labels")} | {
            "reason": reason, "isRead": False, "indexedAt": indexed_at,
        }  # fmt: skip

    def _search_posts(self, params, body):
        query, since = params["q"][0], params.get("since", [""])[0]
        start, limit = int(params.get("cursor", ["0"])[0]), int(params["limit"][0])
        hits = [post for post in self.posts.values()
                if query in str(post["record"]) and post["indexedAt"] >= since]  # fmt: skip
        hits = sorted(hits, key=lambda post: post["indexedAt"], reverse=True)
        answer = {"posts": hits[start : start + limit]}
        return {**answer, "cursor": str(start + limit)} if len(hits) > start + limit else answer

    def _get_posts(self, params, body):
        assert len(params["uris"]) <= 25
        return {"posts": [self.posts[uri] for uri in params["uris"] if uri in self.posts]}

    def _get_post_thread(self, params, body):
        uri = params["uri"][0]
        if uri not in self.posts:
            return "NotFound", f"Post not found: {uri}"
        node = self._node(uri)
        above = node
        while parent := self._parent(above["post"]["uri"]):
            above["parent"] = self._node(parent, replies=False)
            above = above["parent"]
        return {"thread": node}

    def _node(self, uri: str, replies: bool = True) -> dict[str, Any]:
        below = [self._node(other) for other in self.posts if self._parent(other) == uri]
        return {"$type": "app.bsky.feed.defs#threadViewPost", "post": self.posts[uri],
                "replies": below if replies else []}  # fmt: skip

    def _parent(self, uri: str) -> str:
        return str(self.posts[uri]["record"].get("reply", {}).get("parent", {}).get("uri", ""))

    def _get_profile(self, params, body):
        did = params["actor"][0]
        if did not in HANDLES:
            return "InvalidRequest", "Profile not found"
        return {**author(did), "followersCount": 7, "followsCount": 1, "postsCount": 1}

    def _resolve_handle(self, params, body):
        for did, handle in HANDLES.items():
            if handle == params["handle"][0]:
                return {"did": did}
        return "InvalidRequest", "Unable to resolve handle"

    def _put_record(self, params, body):
        uri, record = f"at://{body['repo']}/{POST}/{body['rkey']}", body["record"]
        there = self.posts.get(uri)
        if there is not None and there["record"] != record and body["swapRecord"] is None:
            return "InvalidSwap", f"Record was at {there['cid']}"
        images = record.get("embed", {}).get("images", [])
        if any(one["image"]["ref"]["$link"] not in self.blobs for one in images):
            return "BlobNotFound", "Could not find blob"
        if len(record["text"]) > 300:
            return "InvalidRequest", "Invalid app.bsky.feed.post record: grapheme too big"
        if there is None:
            minute = (datetime.fromisoformat(record["createdAt"]) - START) / timedelta(minutes=1)
            self.write(OWN, record["text"], minute, reason="", rkey=body["rkey"])
            self.posts[uri]["record"] = record
        return {"uri": uri, "cid": self.posts[uri]["cid"], "validationStatus": "valid"}

    def _upload_blob(self, params, body):
        link = "bafkrei" + hashlib.sha256(body).hexdigest()[:52]
        self.blobs[link] = body
        blob = {"$type": "blob", "ref": {"$link": link}, "mimeType": "image/png", "size": len(body)}
        return {"blob": blob}

    def pictures_of(self, text: str) -> list[tuple[bytes, str]]:
        (record,) = [self.posts[uri]["record"] for uri in self.own_posts()
                     if self.posts[uri]["record"]["text"] == text]  # fmt: skip
        images = record.get("embed", {}).get("images", [])
        return [(self.blobs[one["image"]["ref"]["$link"]], one["alt"]) for one in images]

    def _get_record(self, params, body):
        uri = f"at://{params['repo'][0]}/{params['collection'][0]}/{params['rkey'][0]}"
        if uri not in self.posts:
            return "RecordNotFound", f"Could not locate record: {uri}"
        return {"uri": uri, "cid": self.posts[uri]["cid"], "value": self.posts[uri]["record"]}

    def _delete_record(self, params, body):
        self.posts.pop(f"at://{body['repo']}/{POST}/{body['rkey']}", None)
        return {}

    def own_posts(self) -> list[str]:
        """What the brand has on the network."""
        return [uri for uri in self.posts if uri.startswith(f"at://{OWN}/")]


def author(did: str) -> dict[str, Any]:
    return {"did": did, "handle": HANDLES[did], "displayName": did[-3:].title(), "labels": [],
            "viewer": {"muted": False, "blockedBy": False}}  # fmt: skip


def as_text(time: datetime) -> str:
    return time.isoformat(timespec="milliseconds").replace("+00:00", "Z")


def jwt(**claims: Any) -> str:
    """A token that reads as one; nobody checks the signature."""
    payload = base64.urlsafe_b64encode(json.dumps(claims).encode()).decode().rstrip("=")
    return f"eyJ0.{payload}.c2ln"


def refused(status: int, error: str, message: str = "", **headers: str) -> Scripted:
    """As xrpc refuses; `_` in header names stands for `-`."""
    names = {name.replace("_", "-"): value for name, value in headers.items()}
    return Scripted(status, {"error": error, "message": message}, names)
