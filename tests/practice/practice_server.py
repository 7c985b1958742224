"""The practice network with the levers of the contract kit: posts at will, broken items, cuts."""

import hashlib
import json
from datetime import timedelta
from itertools import count
from pathlib import Path
from typing import Any

import requests

from socialdesk.networks.testing import Scripted, ScriptedServer
from socialdesk.networks.testing_pictures import PIXEL
from socialdesk.practice.adapter import PracticeAdapter
from socialdesk.practice.content import Content, Line
from socialdesk.practice.kinds import Kind
from socialdesk.practice.stream import Deleted, Wrote


class PracticeServer(ScriptedServer):
    """A silent stream on the kit's clock, which goes on by a few seconds with every post."""

    def __init__(self, path: Path, content: Content, kind: Kind) -> None:
        super().__init__()
        self.adapter = PracticeAdapter(
            path, content, now_ms=lambda: int(self.now.timestamp() * 1000), kind=kind
        )
        self._start = self.now
        self._numbers = count(1)
        self._keys: dict[str, str] = {}
        self._bad: list[dict[str, Any]] = []

    def handle(self, request: requests.PreparedRequest) -> Scripted:
        answer = self.adapter.send(request)
        body: Any = answer.content
        if self._bad and (request.url or "").partition("?")[0].endswith("/notifications"):
            body, self._bad = [*self._bad, *json.loads(body)], []
        return Scripted(answer.status_code, body, answer.headers)

    def add_mention(self, text: str) -> str:
        self.now += timedelta(seconds=5)
        key = f"said/{next(self._numbers)}"
        line = Line(key, 0.0, "ann", f"@tuliprye {text}", "question", "en")
        post = self.adapter.happen(Wrote(self._stream_ms(), key, line))
        assert post is not None
        self._keys[f"https://river.example/users/ann/statuses/{post.id}"] = key
        return f"https://river.example/users/ann/statuses/{post.id}"

    def add_bad_item(self) -> None:
        self._bad.append({"id": "7", "type": "mention", "status": {"id": 7, "content": None}})

    def n_posted(self, text: str) -> int:
        return sum(text in post.now.text for post in self.adapter.posts_by_us())

    def parent_of(self, text: str) -> str:
        (above,) = [post.to for post in self.adapter.posts_by_us() if text in post.now.text]
        return above

    def pictures_of(self, text: str) -> list[tuple[bytes, str]]:
        """The network keeps no bytes, only their hash."""
        known = {hashlib.sha256(one).hexdigest(): one for one in (PIXEL, PIXEL + b"\0")}
        for post in self.adapter.posts_by_us():
            if text in post.now.text:
                return [(known[p.digest], p.alt) for p in self.adapter.pictures_of(post)]
        return []

    def read_slowly(self, n: int) -> None:
        self.adapter.read_slowly(n)

    def remove(self, uri: str) -> None:
        self.adapter.happen(Deleted(self._stream_ms(), self._keys[uri]))

    def _stream_ms(self) -> int:
        return int((self.now - self._start).total_seconds() * 1000)
