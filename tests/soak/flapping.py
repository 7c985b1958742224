"""A real engine on a network whose connections break at random bytes; prints one JSON line.

    python -m tests.soak.flapping WORKSPACE_FOLDER N_DROPS SEED

The practice network answers over real HTTP on loopback. A connection may break while the question
is read, and then nothing was done, or anywhere in the answer, and then it was. The engine's clock
jumps from one due time to the next, so that no pause after a failure is waited for. After N_DROPS
the network is as it should be, and everything is counted.
"""

import json
import random
import socket
import struct
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit, urlunsplit

import requests
from requests.adapters import HTTPAdapter

from socialdesk.domain.errors import CommandError
from socialdesk.domain.queue.rows import Order, View
from socialdesk.engine.accounts.secrets import NoKeyring
from socialdesk.engine.commands import FetchNow, SendReply, SetSetting
from socialdesk.engine.inline import InlineDesk
from socialdesk.engine.outside import Outside
from socialdesk.engine.practice.begin import set_up
from socialdesk.engine.process.host import Host
from socialdesk.engine.queries import ListMentions
from socialdesk.networks import http, registry
from socialdesk.places import workspace
from socialdesk.practice.adapter import PracticeAdapter
from socialdesk.practice.brand import account_secret
from socialdesk.practice.content import SERVER
from socialdesk.practice.kinds import Kind
from tests.engine.kills import count, is_waiting, n_lost, open_network, outgoing
from tests.fakes import HandClock
from tests.networks.loopback_server import LoopbackServer, loopback_server

SHARE: Final = 0.4  # of the connections that break
REPLY_SHARE: Final = 0.15  # of the turns in which somebody writes
SETTLE_S: Final = 12 * 3600
KIND: Final = Kind.READ_BACK_ONLY
_RESET: Final = struct.pack("ii", 1, 0)  # SO_LINGER: close with a reset


class Detour(HTTPAdapter):
    """Questions to the practice server go to `url`, over a socket."""

    def __init__(self, url: str) -> None:
        super().__init__()
        self._place = urlsplit(url)

    def send(self, request: requests.PreparedRequest, *args: Any, **how: Any) -> requests.Response:
        asked = urlsplit(request.url or "")
        there = request.copy()
        there.url = urlunsplit((self._place.scheme, self._place.netloc, *asked[2:]))
        there.headers["Host"] = asked.netloc
        answer = super().send(there, *args, **how)
        answer.url, answer.request = request.url or "", request
        return answer


class Flapping:
    """Answers for the practice network, or breaks. Threads of the server share it."""

    def __init__(self, network: PracticeAdapter, n_drops: int, dice: random.Random) -> None:
        self._network, self._left, self._dice = network, n_drops, dice
        self._lock = threading.Lock()
        self.n_dropped = 0

    @property
    def is_over(self) -> bool:
        return not self._left

    def answer(self, handler: Any, body: bytes) -> None:
        """One request as `BaseHTTPRequestHandler` read it."""
        with self._lock:
            breaks = self._left > 0 and self._dice.random() < SHARE
            before, where = self._dice.random() < 0.3, self._dice.random()
            self._left -= breaks
            self.n_dropped += breaks
        if breaks and before:
            _reset(handler)
            return
        raw = _wire(self._network.send(_request(handler, body)))
        if breaks:
            handler.wfile.write(raw[: int(where * len(raw))])
            handler.wfile.flush()
            _reset(handler)
        else:
            handler.wfile.write(raw)


def _request(handler: Any, body: bytes) -> requests.PreparedRequest:
    headers = {name: value for name, value in handler.headers.items() if name != "Host"}
    asked = requests.Request(handler.command, SERVER + handler.path, headers=headers, data=body)
    return asked.prepare()


def _wire(answer: requests.Response) -> bytes:
    """As a server sends it."""
    kept = {k: v for k, v in answer.headers.items() if k.lower() != "content-length"}
    lines = [f"{name}: {value}" for name, value in kept.items()]
    head = [f"HTTP/1.1 {answer.status_code} X", *lines, f"Content-Length: {len(answer.content)}"]
    return "\r\n".join([*head, "", ""]).encode("latin-1") + answer.content


def _reset(handler: Any) -> None:
    handler.close_connection = True
    handler.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _RESET)
    handler.connection.close()


def open_desk(home: Path, clock: HandClock, url: str) -> InlineDesk:
    def session() -> requests.Session:
        made = http.session()
        made.mount(f"{SERVER}/", Detour(url))
        return made

    networks = dict(registry.networks())
    outside = Outside(networks, session, lambda _: NoKeyring(account_secret()), pace=0.05)
    return InlineDesk(home / "workspace.db", home / "backups", clock, outside)


def flap(home: Path, n_drops: int, seed: int, at_work: Callable[[InlineDesk], Any]) -> str:
    """One line of JSON. `at_work` is called once the account is there."""
    dice, clock = random.Random(seed), HandClock()
    network = open_network(home, KIND, clock)
    flapping = Flapping(network, 0, dice)
    with loopback_server() as server:
        server.routes = _Everything(flapping, server)
        desk = open_desk(home, clock, server.url)
        set_up(desk)
        desk.do(SetSetting("hold_s", "0")).result()
        host = at_work(desk)
        flapping._left = n_drops
        has_written = False  # few breaks leave few turns: somebody writes as soon as they can
        while not flapping.is_over:
            clock.advance(max(0.05, desk.clockwork.turn()))
            desk.settle()
            if not has_written or dice.random() < REPLY_SHARE:
                has_written |= _write(desk, dice)
        end = clock.now + SETTLE_S * 1000
        while clock.now < end and any(is_waiting(row) for row in outgoing(desk)):
            clock.advance(max(0.05, desk.clockwork.turn()))
            desk.settle()
        before = clock.now
        desk.do(FetchNow(wait=True)).result()
        rows = outgoing(desk)
        if host is not None:
            host.close()
        desk.close()
    network.shut_down()
    found = count(home, KIND, clock, rows) | {"n_lost": n_lost(home, KIND, clock, before)}
    return json.dumps({"n_dropped": flapping.n_dropped, **found})


class _Everything(dict[str, Any]):
    """Whatever the path: the network answers."""

    def __init__(self, flapping: Flapping, server: LoopbackServer) -> None:
        super().__init__()
        self._flapping, self._server = flapping, server

    def get(self, path: str, default: Any = None) -> Any:
        return lambda handler: self._flapping.answer(handler, self._body_of(handler))

    def _body_of(self, handler: Any) -> bytes:
        """Other threads may have been asked since; no two posts have the same headers."""
        headers = dict(handler.headers)
        return next(one.body for one in reversed(self._server.seen) if one.headers == headers)


def _write(desk: InlineDesk, dice: random.Random) -> bool:
    """Whether a reply is on its way."""
    ids = desk.ask(ListMentions(View.NEEDS_REPLY, "", Order.NEWEST)).result().ids
    if not ids:
        return False
    try:
        words = f"Reply {dice.getrandbits(60):x}"
        desk.do(SendReply(dice.choice(ids), words, is_sure=True)).result()
    except CommandError:
        return False
    return True


def main(folder: str, n_drops: str, seed: str) -> int:
    place = workspace(folder)
    place.prepare()

    def listen(desk: InlineDesk) -> Host:
        host = Host(desk, place, on_quit=lambda: None)
        host.start()
        return host

    sys.stdout.write(flap(place.folder, int(n_drops), int(seed), listen) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
