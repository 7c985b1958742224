"""A scripted network in this process, for tests of connectors: an adapter on a session."""

import copy
import io
import json
from collections.abc import Mapping
from dataclasses import field
from datetime import UTC, datetime
from email.utils import format_datetime
from random import Random
from typing import Any, Final

import requests
from requests.adapters import BaseAdapter
from requests.structures import CaseInsensitiveDict

from socialdesk.domain.frozen import frozen

START: Final = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)
READING: Final = ("GET", "HEAD")


@frozen
class Scripted:
    """One answer. `body`: bytes as they are, anything else as JSON."""

    status: int = 200
    body: Any = b""
    headers: Mapping[str, str] = field(default_factory=dict)


class ScriptedServer(BaseAdapter):
    """A network in this process, mounted on a session. `now` is its clock: posts are made then,
    and answers carry it as Date. Write `handle`, `add_mention`, `add_bad_item`, and with
    Can.REPLY `n_posted`, with Can.POST `parent_of` too, with Can.RECHECK `remove`."""

    def __init__(self) -> None:
        super().__init__()
        self.now = START
        self.asked: list[requests.PreparedRequest] = []
        self._always: Scripted | None = None
        self._is_for_writes = False
        self._n_lost = 0
        self._garbled: list[Scripted] = []
        self._is_cut = False
        self._mutate: Random | None = None

    # --- yours ---

    def handle(self, request: requests.PreparedRequest) -> Scripted:
        """The answer to one request, and what it changes."""
        raise NotImplementedError

    def add_mention(self, text: str) -> str:
        """Somebody names the brand now; the post's uri."""
        raise NotImplementedError

    def add_bad_item(self) -> None:
        """One item arrives that cannot be read."""
        raise NotImplementedError

    def n_posted(self, text: str) -> int:
        """How many posts of ours hold `text`."""
        raise NotImplementedError

    def parent_of(self, text: str) -> str:
        """What the post of ours that holds `text` answers; "" when it answers nobody."""
        raise NotImplementedError

    def pictures_of(self, text: str) -> list[tuple[bytes, str]]:
        """Bytes and description of each picture of the post of ours that holds `text`; with
        Can.MEDIA."""
        raise NotImplementedError

    def read_slowly(self, n: int) -> None:
        """Say `n` times that a picture is still being read, where the network can say that."""

    def remove(self, uri: str) -> None:
        """The author deletes the post."""
        raise NotImplementedError

    # --- given ---

    def always(self, status: int = 200, body: Any = b"", **headers: str) -> None:
        """Answer everything so from now on; `_` in header names stands for `-`."""
        names = {name.replace("_", "-"): value for name, value in headers.items()}
        self._always, self._is_for_writes = Scripted(status, body, names), False

    def always_to_writes(self, status: int = 200, body: Any = b"") -> None:
        """The same for writes only; they are not done."""
        self.always(status, body)
        self._is_for_writes = True

    def lose_answers(self, n: int = 1) -> None:
        """Do what the next `n` writes ask, and never answer them."""
        self._n_lost = n

    def garble_answers(self, status: int, body: bytes, n: int = 1) -> None:
        """Do what the next `n` writes ask, and answer them so."""
        self._garbled = [Scripted(status, body)] * n

    def cut(self) -> None:
        """Break every connection before anything is done."""
        self._is_cut = True

    def mutate(self, random: Random) -> None:
        """Put faults into every answer to a question."""
        self._mutate = random

    def recover(self) -> None:
        """Answer as usual again."""
        self._always, self._n_lost, self._is_cut, self._mutate = None, 0, False, None
        self._garbled = []

    def send(self, request: requests.PreparedRequest, *_: Any, **__: Any) -> requests.Response:
        """What requests calls."""
        self.asked.append(request)
        if self._is_cut:
            raise requests.ConnectionError("cut", request=request)
        is_write = request.method not in READING
        scripted = None if self._is_for_writes and not is_write else self._always
        answer = scripted or self.handle(request)
        if self._n_lost and is_write:
            self._n_lost -= 1
            raise requests.ReadTimeout("lost", request=request)
        if self._garbled and is_write:
            answer = self._garbled.pop()
        return self._response(request, answer)

    def close(self) -> None:
        """Nothing is open."""

    def _response(self, request: requests.PreparedRequest, answer: Scripted) -> requests.Response:
        body = answer.body if isinstance(answer.body, bytes) else json.dumps(answer.body).encode()
        if self._mutate and request.method in READING:
            body = mutated(body, self._mutate)
        response = requests.Response()
        response.status_code = answer.status
        response.headers = CaseInsensitiveDict(answer.headers)
        response.headers.setdefault("Date", format_datetime(self.now, usegmt=True))
        response.raw = io.BytesIO(body)
        response.url, response.request = request.url or "", request
        return response


def session_with(server: BaseAdapter) -> requests.Session:
    """A session that knows no other server."""
    http = requests.Session()
    http.adapters.clear()
    http.trust_env = False
    http.mount("https://", server)
    http.mount("http://", server)
    return http


def mutated(body: bytes, random: Random) -> bytes:
    """The same answer with one to three things wrong in it: JSON stays JSON four times of five,
    with a value swapped, dropped or nested; else the bytes themselves are damaged."""
    try:
        data = json.loads(body)
    except ValueError:
        return _damaged(body, random)
    if random.random() < 0.2:
        return _damaged(body, random)
    for _ in range(random.randint(1, 3)):
        data = _with_fault(data, random)
    return json.dumps(data).encode()


_ODD: Final[tuple[Any, ...]] = (
    None, True, False, 0, -1, 10**400, 1.5, "", " ", "\x00", "x" * 70_000, "\ud800", "https://[",
    "9999-99-99T00:00:00Z", "0001-01-01T00:00:00+14:00", [], {}, [None], {"id": None}, [[[[]]]],
)  # fmt: skip


def _with_fault(data: Any, random: Random) -> Any:
    holders = list(_holders(data))
    if not holders or random.random() < 0.05:
        return random.choice(_ODD)
    holder, key = random.choice(holders)
    if random.random() < 0.25:
        del holder[key]
    elif random.random() < 0.1:
        holder[key] = [holder[key]]
    else:
        holder[key] = copy.deepcopy(random.choice(_ODD))
    return data


def _holders(data: Any) -> list[tuple[Any, Any]]:
    """Every (container, key) of the tree."""
    found: list[tuple[Any, Any]] = []
    waiting = [data]
    while waiting:
        one = waiting.pop()
        if isinstance(one, dict | list):
            keys = list(one) if isinstance(one, dict) else range(len(one))
            found += [(one, key) for key in keys]
            waiting += [one[key] for key in keys]
    return found


def _damaged(body: bytes, random: Random) -> bytes:
    at = random.randrange(len(body) + 1)
    choice = random.randrange(4)
    if choice == 0:
        return body[:at]
    if choice == 1:
        return body[:at] + random.randbytes(8) + body[at:]
    if choice == 2:
        return body[:at] + body[at + random.randrange(1, 40) :]
    return body[:at] + bytes([random.randrange(256)]) + body[at + 1 :]


def everything(error: BaseException | None) -> str:
    """All that a log or a report could show of an error and of what it was made of."""
    shown = ""
    while error is not None:
        shown += f"{error!r} {vars(error)!r}\n"
        error = error.__cause__ or error.__context__
    return shown
