"""The transport of a drill: the practice network alone, and a note of everything that is sent.

A post reaches the invented network and nothing else, so that the drill can be played to its end;
each is told once, as what R40 kept here.
"""

import json
import threading
from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import dropwhile
from pathlib import Path
from typing import Any

import requests
from requests.adapters import BaseAdapter

from socialdesk.domain.account import Secret
from socialdesk.domain.times.clock import Clock
from socialdesk.engine.accounts.secrets import PIN_NAMES, NoKeyring, Owner
from socialdesk.engine.crisis.pins import hashed
from socialdesk.networks import http, registry
from socialdesk.practice import brand
from socialdesk.practice.adapter import PracticeAdapter
from socialdesk.practice.content import SERVER, Line
from socialdesk.practice.drill_streams import DrillStream

N_WORDS = 60  # characters of a text that name a send
WRITES = frozenset({"POST", "PUT", "DELETE"})


class Unreachable(BaseAdapter):
    """Every server but the drill's own: there is none."""

    def send(self, request: requests.PreparedRequest, *args: Any, **more: Any) -> requests.Response:
        """Raises ConnectionError."""
        raise requests.ConnectionError("a drill knows no other network")

    def close(self) -> None:
        """Nothing to let go of."""


class Recorder(BaseAdapter):
    """The practice network behind it; `told(words)` once for each post, change and deletion."""

    def __init__(self, network: PracticeAdapter) -> None:
        super().__init__()
        self._network, self._lock = network, threading.Lock()
        self._told: Callable[[str], None] = lambda words: None
        self._known: set[str] = set()
        self.n_sends = 0

    def listen(self, told: Callable[[str], None]) -> None:
        """Whom to tell; on any thread."""
        self._told = told

    def send(self, request: requests.PreparedRequest, *args: Any, **more: Any) -> requests.Response:
        """What the practice network answers."""
        answer = self._network.send(request, *args, **more)
        if answer.ok and request.method in WRITES and self._is_new(request):
            self.n_sends += 1
            self._told(_words(request))
        return answer

    def close(self) -> None:
        """Nothing: the network outlives a session."""

    def _is_new(self, request: requests.PreparedRequest) -> bool:
        """A repeat under the same key is one send; what is no post is none."""
        if "/api/v1/statuses" not in (request.url or ""):
            return False
        key = request.headers.get("Idempotency-Key", "")
        with self._lock:
            is_known = bool(key) and key in self._known
            self._known.add(key)
        return not is_known


def open_network(
    posts: Path, drill: DrillStream, history: Sequence[Line], clock: Clock
) -> PracticeAdapter:
    """The invented network of one drill, in its own time. `posts`: the file it lives in; `history`:
    lines from before. Raises as PracticeAdapter."""
    content = replace(drill.content, script=(*history, *drill.content.script))
    return PracticeAdapter(posts, content, now_ms=clock.now_ms, seed=drill.seed)


def new_session(recorder: Recorder) -> requests.Session:
    """A session that reaches the drill's network and nothing else."""
    session = http.session()
    for prefix in ("https://", "http://"):
        session.mount(prefix, Unreachable())
    session.mount(f"{SERVER}/", recorder)
    return session


def networks() -> dict[str, Any]:
    """What can be connected in a drill."""
    return {"mastodon": registry.networks()["mastodon"]}


class DrillSecrets(NoKeyring):
    """No keyring is opened: the fixed token of the practice network, and for everybody the empty
    PIN. In a drill people are picked by name."""

    def __init__(self) -> None:
        super().__init__(brand.account_secret())
        self._no_pin = Secret(hashed(""))

    def read(self, owner: Owner) -> Secret | None:
        return self._no_pin if str(owner).startswith(PIN_NAMES) else super().read(owner)


def secrets() -> DrillSecrets:
    """What the drill's engine has in the place of a keyring."""
    return DrillSecrets()


def _words(request: requests.PreparedRequest) -> str:
    """What was to be sent, by its first words; ours: the name it is addressed to is left out."""
    body = request.body or b""
    text = body.decode("utf-8", "replace") if isinstance(body, bytes) else str(body)
    try:
        words = str(json.loads(text).get("status", ""))
    except (ValueError, AttributeError):
        words = ""
    words = " ".join(dropwhile(lambda word: word.startswith("@"), words.split()))
    if not words:
        return str(request.method)
    return words if len(words) <= N_WORDS else words[: N_WORDS - 1] + "…"
