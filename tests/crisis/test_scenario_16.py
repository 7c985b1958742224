"""Scenario 16: a drill is played to its end and nothing leaves; a real crisis ends it at once."""

import os
import socket
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import keyring
import pytest

from socialdesk import app
from socialdesk.domain.crisis.drill import MAX_POINTS, score
from socialdesk.domain.crisis.refusal import CrisisRefusedError
from socialdesk.domain.playbooks.playbook import blocks_of
from socialdesk.domain.queue.rows import Order, QueueRow, View
from socialdesk.domain.replies.placeholder import placeholders
from socialdesk.domain.replies.reply import OutboxState
from socialdesk.engine.accounts.secrets import NoKeyring
from socialdesk.engine.commands import AddPerson, SendReply
from socialdesk.engine.commands.crisis import Declare
from socialdesk.engine.commands.drills import EndDrill, StartDrill
from socialdesk.engine.commands.statements import (
    GiveLook,
    NoteAudienceTold,
    PrepareLine,
    PublishStatement,
    SaveAudience,
    SaveStatement,
)
from socialdesk.engine.desk import Desk, Notice
from socialdesk.engine.drills.end import facts_of, safety_words
from socialdesk.engine.inline import InlineDesk
from socialdesk.engine.outside import Outside
from socialdesk.engine.playbooks import shipped_common, shipped_playbook
from socialdesk.engine.process.link import LinkedDesk
from socialdesk.engine.process.supervisor import greet
from socialdesk.engine.queries import ListAccounts, ListMentions, ListOutbox, ListPeople, ReadRows
from socialdesk.engine.queries.drills import ListDrills
from socialdesk.networks import http
from socialdesk.places import Workspace, workspace
from socialdesk.practice.brand import account_secret
from socialdesk.store.file.reader import Readers
from tests.engine.drills.drill_bench import DrillBench, drill_benches
from tests.keyrings import FakeKeyring

WITHIN_S = 1.0  # a real declaration ends the drill
MARGIN = 3  # times that: this machine may be busy with other tests
MINUTE_S = 60.0


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[DrillBench]:
    yield from drill_benches(tmp_path / "main")


@pytest.fixture
def reached_for(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """The socket trap: every internet socket and every name that is looked up, and every call of
    the keyring, is written down here."""
    seen: list[str] = []
    make = socket.socket.__init__

    def trapped(self: socket.socket, family: int = -1, *rest: Any, **more: Any) -> None:
        if family not in (socket.AF_UNIX,) and more.get("fileno") is None and len(rest) < 3:
            seen.append(f"socket of family {family}")
        make(self, family, *rest, **more)

    def asked(*args: Any, **more: Any) -> Any:
        seen.append(f"name {args[0]}")
        raise OSError("trapped")

    monkeypatch.setattr(socket.socket, "__init__", trapped)
    for name in ("getaddrinfo", "gethostbyname", "gethostbyaddr"):
        monkeypatch.setattr(socket, name, asked)
    ring = FakeKeyring()
    ring.before_call = lambda act, secret: seen.append(f"keyring {act}")
    before = keyring.get_keyring()
    keyring.set_keyring(ring)
    yield seen
    keyring.set_keyring(before)


class Player:
    """What an operator does in a drill, as commands."""

    def __init__(self, bench: DrillBench, desk: Desk) -> None:
        self.bench, self.desk = bench, desk

    def do(self, command: Any) -> dict[str, Any]:
        return dict(self.desk.do(command).result(30).answer)

    def mention_with(self, words: str) -> int:
        """The mention whose text ends so."""
        for row in self._rows():
            if row.body.strip().endswith(words[-20:]):
                return row.id
        raise AssertionError(f"no mention ends with {words!r}")

    def answer_safety(self, incident_id: int, words: str) -> None:
        """The harm line, looked at and sent to the safety post."""
        mention = self.mention_with(words)
        line = self.do(PrepareLine(incident_id, "recall", "harm", "en"))
        self.look("line", line["line_id"], line["hash"])
        values = (("name", "Nora"), ("contact", "help@tuliprye.example"))
        text = line["text"]
        for name, value in values:
            text = text.replace(f"{{{name}}}", value)
        self.do(SendReply(mention, text, values=values, lang="en", is_sure=True,
                          line="recall/harm"))  # fmt: skip

    def publish_first(self, incident_id: int) -> None:
        """The prepared first statement with its places filled, looked at by somebody else."""
        (account,) = self.desk.ask(ListAccounts()).result()
        playbook, common = shipped_playbook("recall"), shipped_common()
        blocks = blocks_of("first", "en", playbook, common)
        names = {name for _, text in blocks for name in placeholders(text)} - {"next_update_at"}
        saved = self.do(SaveStatement(
            incident_id, "first", "en", blocks=blocks, accounts=(account.id,),
            values=tuple((name, "see the label") for name in sorted(names)),
            next_update_at=self.bench.now + 20 * 60_000,
        ))  # fmt: skip
        self.look("statement", saved["version_id"], saved["hash"])
        self.do(PublishStatement(saved["version_id"]))

    def look(self, subject: str, subject_id: int, digest: str) -> None:
        """By Bea, picked by name: a drill asks for no PIN."""
        bea = next(row.id for row in self.desk.ask(ListPeople()).result() if row.name == "Bea")
        answers = tuple((question.key, "yes") for question in shipped_common().second_look)
        self.do(GiveLook(subject, subject_id, digest, "person_here", bea, answers=answers))

    def _rows(self) -> list[QueueRow]:
        ids = self.desk.ask(ListMentions(View.NEEDS_REPLY, "", Order.NEWEST)).result().ids
        return self.desk.ask(ReadRows(tuple(ids[:100]))).result()


def test_scenario_16_a_drill_is_played_to_its_end_and_nothing_leaves(
    bench: DrillBench, reached_for: list[str]
):
    bench.real.do(AddPerson("Bea")).result()
    bench.real.do(SaveAudience("Everybody at work", "staff")).result()
    drill = bench.open("recall", speed=10)
    player = Player(bench, drill)

    bench.pass_s(6 * MINUTE_S)
    early = int(drill.ask(ListMentions(View.NEEDS_REPLY, "", Order.NEWEST)).result().ids[0])
    player.do(SendReply(early, "Thank you, we are looking into it.", is_sure=True))
    bench.pass_s(30)
    incident_id = int(player.do(Declare("Loaf 47", "recall", 1, commander=1))["incident_id"])
    bench.pass_s(2.5 * MINUTE_S)
    player.answer_safety(incident_id, safety_words(bench.read()))
    bench.pass_s(30)
    player.publish_first(incident_id)
    bench.pass_s(MINUTE_S)
    player.do(NoteAudienceTold(incident_id, 1))
    bench.pass_s(30 * MINUTE_S)
    rows = drill.ask(ListOutbox(only_open=False)).result()
    states = Counter(row.state for row in rows)
    assert states == {OutboxState.SENT: 3, OutboxState.HELD: 3}  # what was planned stays held
    total = bench.end()

    assert reached_for == []
    assert bench.stage is not None and bench.stage.recorder.n_sends == 3
    told = [notice.facts["text"] for notice in bench.notices if notice.code == "R40"]
    assert len(told) == 3
    assert all(text.startswith("Drill: nothing is sent. «") for text in told)
    (past,) = bench.past()
    assert [part.key for part in past.score.parts] == list(MAX_POINTS)
    assert sum(part.points for part in past.score.parts) == past.score.total == total
    points = {part.key: part.points for part in past.score.parts}
    assert points["declare"] == 20 and points["statement"] == 25 and points["checks"] == 25
    assert points["safety"] == 5 and points["staff"] == 5 and points["held"] == 10
    assert points["promises"] == 0  # the next update was promised in 20 minutes and never came
    readers = Readers(bench.sandbox.database)
    try:
        facts = readers.here(lambda conn: facts_of(conn, bench.read().ended_at))
    finally:
        readers.close()
    assert (facts.n_sends, facts.n_held, facts.n_released) == (3, 3, 0)
    assert score(facts) == past.score


# --- with processes of their own, on the computer's clock

TRAP = """
import os, sys, socket

def note(what):
    with open(os.environ["TRAP"], "a") as trap:
        trap.write(what + "\\n")

def seen(event, args):
    if event in ("socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr"):
        note(event)
    elif event in ("socket.connect", "socket.bind", "socket.sendto", "socket.sendmsg"):
        if args[0].family != socket.AF_UNIX:
            note(event)
    elif event == "import" and args[0].startswith("keyring.backends"):
        note("import " + args[0])

sys.addaudithook(seen)
"""


@pytest.fixture
def real(tmp_path: Path) -> Iterator[InlineDesk]:
    """The engine of a workspace, at work."""
    place = workspace(str(tmp_path / "main"))
    place.prepare()
    outside = Outside({}, http.session, lambda name: NoKeyring(account_secret()))
    desk = InlineDesk(place.database, place.backups, app.SystemClock(), outside)
    desk.work()
    yield desk
    desk.close()


@pytest.fixture
def start_engine(tmp_path: Path) -> Iterator[Callable[[Workspace], "subprocess.Popen[bytes]"]]:
    """A drill's engine as its window starts it, with the trap set before anything else."""
    hooks = tmp_path / "hooks"
    hooks.mkdir()
    (hooks / "sitecustomize.py").write_text(TRAP, "utf-8")
    (tmp_path / "trap").touch()
    root = str(Path(app.__file__).parent.parent)
    env = os.environ | {
        "TRAP": str(tmp_path / "trap"), "PYTHONPATH": os.pathsep.join([str(hooks), root]),
    }  # fmt: skip
    children: list[subprocess.Popen[bytes]] = []

    def start(place: Workspace) -> "subprocess.Popen[bytes]":
        command = [sys.executable, "-m", "socialdesk", "--engine", "--workspace", str(place.folder)]
        children.append(subprocess.Popen(command, env=env))
        return children[-1]

    yield start
    for child in children:
        child.terminate()
        child.wait(20)


def waited(what: Callable[[], Any], limit_s: float = 40.0) -> Any:
    """What it gives, once it gives something."""
    deadline, pause = time.monotonic() + limit_s, threading.Event()
    while time.monotonic() < deadline:
        if found := what():
            return found
        pause.wait(0.005)
    raise AssertionError("waited in vain")


@pytest.mark.timeout(120)
def test_scenario_16_a_real_declaration_ends_the_drill_within_a_second(
    real: InlineDesk, start_engine: Callable[[Workspace], Any], tmp_path: Path
):
    place = workspace(str(real.do(StartDrill("tragedy", 10)).result(30).answer["path"]))
    start_engine(place)
    waited(lambda: (found := greet(place)) and (found.close() or True))
    window = LinkedDesk(Readers(place.database), app.SystemClock())
    window.attach(greet(place))
    told: list[Notice] = []
    window.listen(lambda news: told.append(news) if isinstance(news, Notice) else None)
    (mention, *_) = waited(
        lambda: window.ask(ListMentions(View.NEEDS_REPLY, "", Order.NEWEST)).result().ids
    )
    window.do(SendReply(int(mention), "Thank you for writing.", is_sure=True)).result(30)
    waited(lambda: [notice for notice in told if notice.code == "R40"])

    real.do(Declare("A real one", "outage", 1, commander=1)).result(30)
    declared_s = time.monotonic()
    waited(lambda: [notice for notice in told if notice.code == "drill_ended"])
    took_s = time.monotonic() - declared_s
    assert took_s < WITHIN_S * MARGIN
    (past,) = waited(lambda: real.ask(ListDrills()).result())
    assert past.why_ended == "declared"

    with pytest.raises(CrisisRefusedError) as refusal:
        real.do(StartDrill("outage")).result(30)
    assert (refusal.value.code, str(refusal.value.facts["id"])[:4]) == ("R41", "INC-")
    assert real.do(EndDrill()).result(30).answer["total"] == -1
    window.close()
    assert (tmp_path / "trap").read_text("utf-8") == ""
