"""A practice network on a hand-moved clock, and a session signed in to it."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import requests

from socialdesk.places import resource
from socialdesk.practice.adapter import PracticeAdapter
from socialdesk.practice.content import SERVER, Content, load_content
from socialdesk.practice.kinds import Kind
from socialdesk.practice.session import mount
from socialdesk.practice.sign_ins import PRACTICE_TOKEN

START_MS = 1_795_000_000_000


class World:
    """The clock, the network's file, and whoever speaks to it."""

    def __init__(self, path: Path, content: Content, **options: Any) -> None:
        self.now_ms = START_MS
        self.path, self.content, self._options = path, content, options
        self.open()

    def open(self, **options: Any) -> None:
        """Start the network from its file, as a new process would."""
        self._options |= options
        self.adapter = PracticeAdapter(
            self.path, self.content, now_ms=lambda: self.now_ms, **self._options
        )
        self.http = requests.Session()
        self.http.trust_env = False
        self.http.headers["Authorization"] = f"Bearer {PRACTICE_TOKEN}"
        mount(self.http, self.adapter)

    def reopen(self, **options: Any) -> None:
        """As after a kill: nothing of the old process is asked again."""
        self.adapter.shut_down()
        self.open(**options)

    def pass_s(self, seconds: float) -> None:
        self.now_ms += int(seconds * 1000)

    def get(self, path: str, **params: Any) -> Any:
        answer = self.http.get(f"{SERVER}{path}", params=params)
        assert answer.status_code == 200, answer.text
        return answer.json()

    def mentions(self, **params: Any) -> list[dict[str, Any]]:
        return list(self.get("/api/v1/notifications", **{"types[]": "mention"}, **params))

    def all_mentions(self) -> list[dict[str, Any]]:
        """Page by page, newest first."""
        there = page = self.mentions(limit=80)
        while page:
            page = self.mentions(limit=80, max_id=page[-1]["id"])
            there += page
        return there

    def find(self, words: str) -> dict[str, Any]:
        """The post among our mentions that holds these words."""
        there = [one["status"] for one in self.mentions(limit=80)]
        return next(post for post in there if words in post["content"])

    def post(self, text: str, *, to: str = "", key: str = "", **more: Any) -> requests.Response:
        body = {"status": text, **({"in_reply_to_id": to} if to else {}), **more}
        headers = {"Idempotency-Key": key} if key else {}
        return self.http.post(f"{SERVER}/api/v1/statuses", json=body, headers=headers)


@pytest.fixture(scope="session")
def content() -> Content:
    return load_content(resource("practice"))


@pytest.fixture(scope="session")
def quiet(content: Content) -> Content:
    """The same people, and nobody speaks."""
    return replace(content, script=(), every_s=0.0)


@pytest.fixture
def make_world(tmp_path: Path, content: Content) -> Iterator[Callable[..., World]]:
    made: list[World] = []

    def make(kind: Kind = Kind.HONOURS_KEY, **options: Any) -> World:
        path = tmp_path / f"practice-{len(made)}.jsonl"
        made.append(World(path, content, kind=kind, **options))
        return made[-1]

    yield make
    for world in made:
        world.adapter.shut_down()


@pytest.fixture
def world(make_world: Callable[..., World]) -> World:
    """A Mastodon-like network ten minutes after its start."""
    made = make_world()
    made.pass_s(600)
    return made
