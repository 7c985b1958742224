"""TikTok's API for Business in this process: HTTP 200 always, a code says how it went."""

import json
from pathlib import Path
from typing import Any, Final
from urllib.parse import parse_qs, urlsplit

import requests

from socialdesk.networks.testing import Scripted, ScriptedServer

FOLDER: Final = Path(__file__).parents[1] / "fixtures" / "tiktok"
OWN, HANDLE, VIDEO = "biz-open-id-1", "bakery", "7301"
ACCESS, REFRESH = "tt-access-canary-41d7", "tt-refresh-canary-66b1"
CLIENT, SECRET, CODE = "tt-app-7781", "tt-secret-canary-90ee", "auth-code-1"
MENTIONS: Final = "/business/mention/"


class FakeTikTok(ScriptedServer):
    """`comments` oldest first; `videos` newest first, ids; `named`: what mention lists hold, None =
    that is not approved. `takes_ids`: comment/list knows the list of ids."""

    def __init__(self) -> None:
        super().__init__()
        self.videos = [VIDEO, *(str(7200 + n) for n in range(14))]  # newest first
        self.comments: list[dict[str, Any]] = []
        self.named: dict[str, list[dict[str, Any]]] | None = None
        self.access, self.refresh, self.n_renewed = ACCESS, REFRESH, 0
        self.takes_ids = True
        self.calls: list[str] = []

    # --- what the kit asks ---

    def add_mention(self, text: str) -> str:
        return f"tiktok:{VIDEO}/{self.comment(text)}"

    def add_bad_item(self) -> None:
        self.comment("bad")
        self.comments[-1]["text"] = None

    def n_posted(self, text: str) -> int:
        return sum(one["text"] == text and one["owner"] for one in self.comments)

    def remove(self, uri: str) -> None:
        self.comments = [one for one in self.comments if not uri.endswith(one["comment_id"])]

    # --- what tests do ---

    def comment(self, text: str, video: str = VIDEO, parent: str = "", **more: Any) -> str:
        """A second after the one before; its id."""
        n = len(self.comments) + 1
        comment = {
            "comment_id": str(74000 + n), "video_id": video, "user_id": "u-ann",
            "unique_identifier": "uid-ann", "username": "ann", "display_name": "Ann",
            "text": text, "create_time": str(int(self.now.timestamp()) + n), "owner": False,
            "status": "PUBLIC", "parent_comment_id": parent, "likes": 0, "liked": False,
            "pinned": False, "profile_image": "https://p16.tiktok.example/ann.jpg", **more,
        }  # fmt: skip
        self.comments.append(comment)
        return str(comment["comment_id"])

    # --- the server ---

    def handle(self, request: requests.PreparedRequest) -> Scripted:
        url = urlsplit(str(request.url))
        path = url.path.removeprefix("/open_api/v1.3")
        self.calls.append(path)
        body = json.loads(request.body or b"{}")
        if path.startswith("/tt_user/"):
            return self._token(path, body)
        assert "Authorization" not in request.headers
        if request.headers.get("Access-Token") != self.access:
            return failed(40105)
        asked = {key: values[0] for key, values in parse_qs(url.query).items()}
        if (asked or body).get("business_id") != OWN:
            return failed(40001)
        if int(asked.get("max_count", "1")) > 20:
            return failed(40002)
        if path.startswith(MENTIONS):
            return self._named(path, asked)
        name = "_" + path.removeprefix("/business/").strip("/").replace("/", "_")
        made: Scripted = getattr(self, name)(asked or body)
        return made

    def _token(self, path: str, body: dict[str, str]) -> Scripted:
        if (body["client_id"], body["client_secret"]) != (CLIENT, SECRET):
            return failed(40101)
        if path.endswith("/revoke/"):
            self.access = ""
            return done({})
        given = body.get("auth_code") or body.get("refresh_token")
        if given not in (CODE, self.refresh):
            return failed(40103)
        self.n_renewed += 1
        self.access, self.refresh = f"{ACCESS}-{self.n_renewed}", f"{REFRESH}-{self.n_renewed}"
        return done({"access_token": self.access, "refresh_token": self.refresh, "open_id": OWN,
                     "expires_in": 86400, "scope": "comment.list"})  # fmt: skip

    def _get(self, asked: dict[str, str]) -> Scripted:
        assert "username" in json.loads(asked["fields"])
        return done({"username": HANDLE, "display_name": "Bakery", "followers_count": 812})

    def _video_list(self, asked: dict[str, str]) -> Scripted:
        assert "item_id" in json.loads(asked["fields"])
        videos = [
            {
                "item_id": one,
                "create_time": "1795200000",
                "share_url": f"https://www.tiktok.com/{one}",
                "comments": len(self._of(one)),
            }
            for one in self.videos
        ]
        return page(videos, "videos", asked)

    def _comment_list(self, asked: dict[str, str]) -> Scripted:
        video = asked["video_id"]
        if video not in self.videos:
            return failed(40002)
        found = [one for one in self._of(video) if not one["parent_comment_id"]]
        if "comment_ids" in asked and self.takes_ids:
            wanted = json.loads(asked["comment_ids"])
            found = [one for one in found if one["comment_id"] in wanted]
        told = [{**one, "replies": len(self._of(video, one["comment_id"]))} for one in found]
        return page(told[::-1], "comments", asked)

    def _comment_reply_list(self, asked: dict[str, str]) -> Scripted:
        found = self._of(asked["video_id"], asked["comment_id"])
        return page(found[::-1], "comments", asked)

    def _comment_reply_create(self, body: dict[str, str]) -> Scripted:
        if len(body["text"]) > 150:
            return failed(40002)
        above = self._by_id(body["comment_id"])
        if above is None or above["parent_comment_id"]:
            return failed(40004)
        made = self.comment(body["text"], body["video_id"], body["comment_id"], owner=True,
                            create_time=str(int(self.now.timestamp())))  # fmt: skip
        return done({"comment_id": made, "video_id": body["video_id"]})

    def _comment_delete(self, body: dict[str, str]) -> Scripted:
        one = self._by_id(body["comment_id"])
        if one is None:
            return failed(40004)
        if not one["owner"]:
            return failed(40001)
        self.comments.remove(one)
        return done({})

    def _named(self, path: str, asked: dict[str, str]) -> Scripted:
        if self.named is None:
            return failed(40001)
        json.loads(asked["fields"])
        key = "comments" if "comment" in path else "videos"
        return page(self.named.get(key, []), key, asked)

    def _by_id(self, comment: str) -> dict[str, Any] | None:
        return next((one for one in self.comments if one["comment_id"] == comment), None)

    def _of(self, video: str, parent: str = "") -> list[dict[str, Any]]:
        found = [one for one in self.comments if one["video_id"] == video]
        return [one for one in found if one["parent_comment_id"] == parent] if parent else found


def page(items: list[Any], key: str, asked: dict[str, str]) -> Scripted:
    start, n = int(asked.get("cursor", "0")), int(asked["max_count"])
    end = start + n
    return done({key: items[start:end], "cursor": end, "has_more": end < len(items)})


def done(data: dict[str, Any]) -> Scripted:
    return Scripted(body={"code": 0, "message": "OK", "request_id": "2026112209", "data": data})


def failed(code: int) -> Scripted:
    """The codes after the sheet; unverified."""
    return Scripted(body={"code": code, "message": "no", "request_id": "2026112209", "data": {}})
