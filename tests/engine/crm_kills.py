"""Kills an engine again and again while it makes cases in a CRM, then counts what is there.

    python -m tests.engine.crm_kills KIND N SEED

prints one JSON line. The CRM is a file that outlives every engine: one line for each case made.
Each engine is a fork of this process, as in `kills.py`.
"""

import json
import os
import random
import select
import signal
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from enum import Enum
from pathlib import Path
from typing import Any

import requests

from socialdesk.domain.account import Can, Card, Secret
from socialdesk.domain.length.length import LengthRule
from socialdesk.domain.mentions.mention import Author
from socialdesk.domain.people.crm import CaseState, CrmCase, CrmPerson, CrmPushed, CrmRecord
from socialdesk.domain.queue.rows import Order, View
from socialdesk.engine.accounts.secrets import NoKeyring
from socialdesk.engine.commands import AddAccount, SetSetting
from socialdesk.engine.commands.crm import MakeCase
from socialdesk.engine.inline import InlineDesk
from socialdesk.engine.outside import Outside
from socialdesk.engine.practice.begin import set_up
from socialdesk.engine.queries import ListMentions
from socialdesk.engine.queries.crm import ListCrms
from socialdesk.networks import http, mastodon
from socialdesk.networks.base import KeepSecret, NetworkInfo, OAuthStart, SignedIn, SignIn
from socialdesk.networks.partial import PartialConnector
from socialdesk.places import resource
from socialdesk.practice.adapter import PracticeAdapter
from socialdesk.practice.brand import account_secret
from socialdesk.practice.content import load_content
from socialdesk.practice.session import mount
from socialdesk.store.file.sqlite import open_reader
from tests.fakes import HandClock

CASES_A_LIFE = 4
LIFE_S = (0.0, 0.25)  # how long an engine lives once it is open, real seconds
BIRTH_S = 60.0
EVERY_WRITER = 3  # so many lives, one lives until it made a case, however slow the machine
POINT_SHARE = 0.12  # of the CRM's points that end the engine in the middle of a call
STEP_S = 3.0  # of the hand-moved clock, a turn
SETTLE_S = 3600


class Kind(Enum):
    """What the CRM in the file can."""

    HONOURS_KEY = "honours_key"
    FINDS = "finds"  # a repeat would make two, but what is there is found
    NEITHER = "neither"


class FileCrm(PartialConnector):
    """One line for each case made. `passing`: called before and after a case is stored."""

    def __init__(self, file: Path, kind: Kind, passing: Callable[[], None]) -> None:
        self._file, self._kind, self._passing = file, kind, passing

    def card(self) -> Card:
        own = Author(remote_id="shed", handle="shed", name="Shed")
        safe_s = 86_400 if self._kind is Kind.HONOURS_KEY else 0
        return Card(own=own, can=Can.CRM, length=LengthRule(1000), repeat_safe_s=safe_s)

    def look_up(self, person: CrmPerson) -> tuple[CrmRecord, ...]:
        return ()

    def push(self, case: CrmCase) -> CrmPushed:
        self._passing()
        if self._kind is not Kind.HONOURS_KEY or case.key not in self._keys():
            with self._file.open("a", encoding="utf-8") as out:
                out.write(case.key + "\n")
        self._passing()
        return CrmPushed(case.key, f"https://shed.example/{case.key}")

    def find_case(self, case: CrmCase) -> CrmPushed | None:
        self._passing()
        if self._kind is Kind.NEITHER or case.key not in self._keys():
            return None
        return CrmPushed(case.key, f"https://shed.example/{case.key}")

    def states(self, remote_ids: Iterable[str]) -> dict[str, str]:
        return dict.fromkeys(remote_ids, "open")

    def _keys(self) -> list[str]:
        return self._file.read_text("utf-8").split() if self._file.exists() else []


class FileCrmNetwork:
    """Signed in to without anything."""

    info = NetworkInfo("shed", "Shed", Can.CRM, SignIn.NONE, (), 900, first_watch=None)

    def __init__(self, crm: FileCrm) -> None:
        self._crm = crm

    def connect(
        self,
        http: requests.Session,
        settings: Mapping[str, str],
        secret: Secret | None,
        keep_secret: KeepSecret,
    ) -> FileCrm:
        return self._crm

    def sign_in(self, http: requests.Session, fields: Mapping[str, str]) -> SignedIn:
        return SignedIn({}, None, self._crm.card())

    def begin_oauth(
        self, http: requests.Session, fields: Mapping[str, str], redirect_uri: str
    ) -> OAuthStart:
        raise NotImplementedError

    def finish_oauth(
        self, http: requests.Session, start: OAuthStart, code: str, redirect_uri: str
    ) -> SignedIn:
        raise NotImplementedError


def open_desk(
    home: Path, kind: Kind, clock: HandClock, passing: Callable[[], None] = lambda: None
) -> InlineDesk:
    """An engine with some mentions and the CRM that lives in `home`; it holds no case back."""
    network = PracticeAdapter(
        home / "practice.jsonl", load_content(resource("practice")), now_ms=clock.now_ms
    )

    def session() -> requests.Session:
        made = http.session()
        mount(made, network)
        return made

    shed = FileCrmNetwork(FileCrm(home / "shed.txt", kind, passing))
    networks: dict[str, Any] = {"mastodon": mastodon.NETWORK, "shed": shed}
    outside = Outside(networks, session, lambda _: NoKeyring(account_secret()), pace=600.0)
    desk = InlineDesk(home / "workspace.db", home / "backups", clock, outside)
    set_up(desk)
    desk.do(SetSetting("hold_s", "0")).result()
    if not desk.ask(ListCrms()).result():
        desk.do(AddAccount("shed", ())).result()
    return desk


def shed_size(home: Path) -> int:
    """Bytes of what the CRM holds."""
    shed = home / "shed.txt"
    return shed.stat().st_size if shed.exists() else 0


def live(home: Path, kind: Kind, seed: int, *, is_writer: bool, born: Callable[[], object]) -> None:
    """Make cases until killed: by the parent at any moment, or at a point of a call; a writer not
    before the CRM has a case of it."""
    dice = random.Random(seed)
    n_before = shed_size(home)

    def passing() -> None:
        if dice.random() < POINT_SHARE and not (is_writer and shed_size(home) == n_before):
            os.kill(os.getpid(), signal.SIGKILL)

    clock = HandClock(HandClock().now + seed * 60_000)
    desk = open_desk(home, kind, clock, passing)
    born()
    desk.crm_pusher.recover()
    never, n_made = threading.Event(), 0
    while True:
        desk.clockwork.turn()
        n_made += n_made < CASES_A_LIFE and make_case(desk, dice)
        clock.advance(STEP_S)
        never.wait(0.005)


def make_case(desk: InlineDesk, dice: random.Random) -> bool:
    """One whose subject is like no other's; False while there is no mention."""
    ids = desk.ask(ListMentions(View.ALL, "", Order.NEWEST)).result().ids
    (crm,) = desk.ask(ListCrms()).result()
    if ids:
        subject = f"Case {dice.getrandbits(60):x}"
        desk.do(MakeCase(dice.choice(ids), crm.id, "case", subject, "words")).result()
    return bool(ids)


def kill_one(home: Path, kind: Kind, seed: int, dice: random.Random, *, is_writer: bool) -> None:
    """One engine from its fork to its death. Raises RuntimeError when it ended by itself."""
    n_before = shed_size(home)
    news, child_news = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            live(home, kind, seed, is_writer=is_writer, born=lambda: os.write(child_news, b"!"))
        finally:
            os._exit(1)
    os.close(child_news)
    select.select([news], [], [], BIRTH_S)
    if os.read(news, 1):  # the pipe ends when it is dead
        end = time.monotonic() + BIRTH_S
        while is_writer and shed_size(home) == n_before and time.monotonic() < end:
            if select.select([news], [], [], 0.01)[0]:
                break
        select.select([news], [], [], dice.uniform(*LIFE_S))
    os.close(news)
    os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    if not os.WIFSIGNALED(status):
        raise RuntimeError(f"the engine with seed {seed} ended by itself")


def settle(home: Path, kind: Kind, clock: HandClock) -> dict[str, int]:
    """A last engine that nobody kills settles what can be settled; then everything is counted."""
    desk = open_desk(home, kind, clock)
    desk.crm_pusher.recover()
    end = clock.now + SETTLE_S * 1000
    while clock.now < end:
        pause_s = desk.clockwork.turn()
        desk.settle()
        clock.advance(min(60.0, max(0.5, pause_s)))
    desk.close()
    conn = open_reader(home / "workspace.db")
    rows = conn.execute("SELECT key, state, next_at FROM crm_case").fetchall()
    conn.close()
    shed = home / "shed.txt"
    there = Counter(shed.read_text("utf-8").split() if shed.exists() else ())
    states = Counter(state for _, state, _ in rows)
    sent = {key for key, state, _ in rows if state == CaseState.SENT.value}
    return {
        "n_made": len(rows),
        "n_sent": len(sent),
        "n_there": len(there),
        "n_doubled": sum(n - 1 for n in there.values()),
        "n_missing": len(sent - set(there)),
        "n_uncertain": states[CaseState.UNCERTAIN.value],
        "n_unsettled": len(rows) - len(sent) - states[CaseState.UNCERTAIN.value],
    }


def main(kind: Kind, n_kills: int, seed: int) -> str:
    """One line of JSON."""
    dice = random.Random(seed)
    with tempfile.TemporaryDirectory(prefix="crm-kills-") as folder:
        home = Path(folder)
        for n in range(n_kills):
            kill_one(home, kind, seed + n, dice, is_writer=n % EVERY_WRITER == 0)
        clock = HandClock(HandClock().now + (seed + n_kills + 60) * 60_000)
        return json.dumps({"n_kills": n_kills, **settle(home, kind, clock)})


if __name__ == "__main__":
    sys.stdout.write(main(Kind(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])) + "\n")
