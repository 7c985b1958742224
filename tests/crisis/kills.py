"""Kills an engine again and again while it declares, approves and sends; then counts what is left.

    python -m tests.crisis.kills KIND N SEED

prints one JSON line. Between two lives the incident of the last one is put aside, so that each life
may be killed in the middle of a declaration; what it held stays held.
"""

import json
import os
import random
import select
import signal
import sys
import tempfile
import threading
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

from socialdesk.domain.crisis.refusal import CrisisRefusedError
from socialdesk.domain.errors import CommandError
from socialdesk.domain.playbooks.playbook import LANGS
from socialdesk.domain.queue.rows import Order, OutboxRow, View
from socialdesk.domain.replies.placeholder import fill
from socialdesk.domain.replies.reply import HoldReason, OutboxState
from socialdesk.engine.commands import SendReply
from socialdesk.engine.commands.crisis import Declare
from socialdesk.engine.commands.statements import (
    GiveLook,
    PrepareLine,
    PublishStatement,
    SaveStatement,
)
from socialdesk.engine.inline import InlineDesk
from socialdesk.engine.playbooks import shipped_common, shipped_playbook
from socialdesk.engine.queries import ListAccounts, ListMentions, ListOutbox
from socialdesk.engine.queries.crisis import ReadStanding
from socialdesk.practice.adapter import Point
from socialdesk.practice.kinds import Kind
from socialdesk.store import journal
from socialdesk.store.file.migrations import open_current
from socialdesk.store.file.reader import Readers
from socialdesk.store.file.sqlite import Connection, open_reader
from tests.engine.kills import (
    BIRTH_S,
    POINT_SHARE,
    FastClock,
    give_birth,
    is_waiting,
    open_desk,
    open_network,
)
from tests.fakes import HandClock
from tests.lives import let_live

LIFE_S: Final = (0.0, 0.6)
SCALE: Final = 60.0
SETTLE_S: Final = 6 * 3600
PLAYBOOK: Final = "outage"


def live(home: Path, kind: Kind, seed: int, born: Callable[[], object]) -> None:
    """Write, declare, look, send until killed: by the parent, or at a point of a request."""
    dice = random.Random(seed)

    def passing(point: Point) -> None:
        if dice.random() < POINT_SHARE:
            os.kill(os.getpid(), signal.SIGKILL)

    desk = open_desk(home, kind, FastClock(), passing)
    born()
    desk.sender.recover()
    never = threading.Event()
    while True:
        pause_s = desk.clockwork.turn()
        try:
            act(desk, dice)
        except (CommandError, CrisisRefusedError):
            continue
        never.wait(min(0.01, pause_s / SCALE))


def act(desk: InlineDesk, dice: random.Random) -> None:
    """One thing that somebody does."""
    standing = [s for s in desk.ask(ReadStanding()).result() if s.incident.is_locking]
    if not standing:
        write(desk, dice, f"Routine {dice.getrandbits(60):x}")
        if dice.random() < 0.4:
            desk.do(Declare(f"Trouble {dice.getrandbits(30)}", PLAYBOOK, 3, 1)).result()
        return
    incident = standing[0].incident.id
    if dice.random() < 0.3:
        write(desk, dice, f"Routine {dice.getrandbits(60):x}")  # refused
    elif dice.random() < 0.5:
        say_line(desk, dice, incident)
    else:
        say_first(desk, dice, incident)


def write(desk: InlineDesk, dice: random.Random, text: str, **facts: Any) -> None:
    ids = desk.ask(ListMentions(View.NEEDS_REPLY, "", Order.NEWEST)).result().ids
    if ids:
        desk.do(SendReply(dice.choice(ids), text, is_sure=True, **facts)).result()


def say_line(desk: InlineDesk, dice: random.Random, incident: int) -> None:
    """An approved line; the look is an adviser's, by message, so that it needs no rest."""
    made = desk.do(PrepareLine(incident, "common", "ack", "en")).result().answer
    if made["missing"]:
        look(desk, "line", made["line_id"], made["hash"])
    values = {"name": f"Asker {dice.getrandbits(50):x}", "next_update_at": "15:00"}
    text = fill(made["text"], values)
    write(desk, dice, text, line="common/ack", lang="en", values=tuple(values.items()))


def say_first(desk: InlineDesk, dice: random.Random, incident: int) -> None:
    """A statement like no other, looked at and published."""
    account = desk.ask(ListAccounts()).result()[0].id
    values = {name: f"the {name}" for name in shipped_common().placeholders}
    values |= {"what": f"thing {dice.getrandbits(50):x}", "next_update_at": "15:00"}
    made = desk.do(SaveStatement(
        incident, "first", LANGS[0], values=tuple(values.items()), accounts=(account,),
        next_update_at=FastClock().now_ms() + 50 * 60_000,
    )).result().answer  # fmt: skip
    look(desk, "statement", made["version_id"], made["hash"])
    desk.do(PublishStatement(made["version_id"])).result()


def look(desk: InlineDesk, subject: str, subject_id: int, digest: str) -> None:
    desk.do(GiveLook(subject, subject_id, digest, "person_away", how="Dana, by phone")).result()


def kill_one(home: Path, kind: Kind, seed: int, dice: random.Random) -> None:
    """One engine from its fork to its death. Raises RuntimeError when it ended by itself."""
    news, child_news = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            live(home, kind, seed, born=lambda: os.write(child_news, b"!"))
        finally:
            os._exit(1)
    os.close(child_news)
    select.select([news], [], [], BIRTH_S)
    if select.select([news], [], [], 0)[0] and os.read(news, 1):
        let_live(child, news, dice.uniform(*LIFE_S))
    os.close(news)
    os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    if not os.WIFSIGNALED(status):
        raise RuntimeError(f"the engine with seed {seed} ended by itself")


def put_aside(home: Path) -> None:
    """The incidents of the last life are over, as far as the next one is concerned. A fork of its
    own does it: the parent opens no file before the last fork."""
    child = os.fork()
    if child == 0:
        try:
            conn = open_current(home / "workspace.db", FastClock().now_ms())
            conn.execute("UPDATE incident SET state = 'closed' WHERE state <> 'closed'")
            conn.execute("CREATE TABLE IF NOT EXISTS test_aside(seq INTEGER)")
            conn.execute("INSERT INTO test_aside SELECT max(seq) FROM journal")
            conn.close()
            os._exit(0)
        finally:
            os._exit(1)
    _, status = os.waitpid(child, 0)
    if status:
        raise RuntimeError("the incident could not be put aside")


def settle(home: Path, kind: Kind) -> dict[str, int | bool]:
    """A last engine that nobody kills settles what can be settled; then everything is counted."""
    clock = HandClock(FastClock().now_ms())
    desk = open_desk(home, kind, clock)
    desk.sender.recover()
    end = clock.now + SETTLE_S * 1000
    while clock.now < end and any(is_on_its_way(row) for row in outbox_of(desk)):
        pause_s = desk.clockwork.turn()
        desk.settle()
        clock.advance(max(0.05, pause_s))
    rows = outbox_of(desk)
    desk.close()
    network = open_network(home, kind, clock)
    posts = Counter(post.now.text for post in network.posts_by_us())
    network.shut_down()
    states = Counter(row.state for row in rows)
    return {
        "n_sent": states[OutboxState.SENT],
        "n_on_network": sum(posts.values()),
        "n_doubled": sum(n - 1 for n in posts.values()),
        "n_uncertain": states[OutboxState.UNCERTAIN],
        **counted(home),
    }


def is_on_its_way(row: OutboxRow) -> bool:
    """Time will settle it, and no person has to."""
    return row.hold is not HoldReason.CRISIS and is_waiting(row)


def outbox_of(desk: InlineDesk) -> list[OutboxRow]:
    return desk.ask(ListOutbox(only_open=False, limit=100_000)).result()


def counted(home: Path) -> dict[str, int | bool]:
    """What the file says of every incident and of everything that left under its lock."""
    readers = Readers(home / "workspace.db")
    broken = readers.here(journal.verify)
    readers.close()
    conn = open_reader(home / "workspace.db")
    (check,) = conn.execute("PRAGMA integrity_check").fetchone()
    found = {name: conn.execute(sql).fetchone()[0] for name, sql in _COUNTS.items()}
    halves = n_half_declared(conn)
    conn.close()
    return {"is_whole": check == "ok" and broken is None, "n_half_declared": halves, **found}


def n_half_declared(conn: Connection) -> int:
    """Incidents that lack steps, facts, their event, or a row that the event says was held."""
    book = shipped_playbook(PLAYBOOK)
    n = 0
    for incident, held in conn.execute(_DECLARED):
        (n_steps,) = conn.execute("SELECT count(*) FROM step WHERE incident_id = ?", (incident,)
                                  ).fetchone()  # fmt: skip
        (n_facts,) = conn.execute("SELECT count(*) FROM fact_item WHERE incident_id = ?",
                                  (incident,)).fetchone()  # fmt: skip
        (n_held,) = conn.execute("SELECT count(*) FROM outbox WHERE hold_incident = ? AND held_at "
                                 "= (SELECT declared_at FROM incident WHERE id = ?)",
                                 (incident, incident)).fetchone()  # fmt: skip
        n += (n_steps, n_facts, n_held) != (len(book.steps), len(book.facts), held)
    return n


_DECLARED: Final = """
SELECT i.id, coalesce((SELECT json_extract(j.data, '$.n_held') FROM journal j
  WHERE j.incident = i.id AND j.kind = 'incident_declared'), -1)
FROM incident i WHERE i.declared_at > 0"""
# A lock lies between the event of its declaration and the moment it was put aside.
_UNDER_LOCK: Final = """
SELECT count(*) FROM outbox o JOIN journal j ON j.kind = 'incident_declared'
WHERE o.claim_seq > j.seq AND o.claim_seq <= coalesce(
  (SELECT min(a.seq) FROM test_aside a WHERE a.seq >= j.seq), 1 << 60)"""
_COUNTS: Final = {
    "n_incidents": "SELECT count(*) FROM incident WHERE declared_at > 0",
    "n_held": "SELECT count(*) FROM outbox WHERE state = 'held' AND hold_reason = 'crisis'",
    "n_left_under_lock": _UNDER_LOCK,
    "n_left_unapproved": f"""{_UNDER_LOCK} AND NOT (
      (o.statement_version_id > 0 AND EXISTS (SELECT 1 FROM approval a
        WHERE a.subject = 'statement' AND a.subject_id = o.statement_version_id
          AND a.hash = o.hash))
      OR (o.line <> '' AND o.incident_id = j.incident AND EXISTS (SELECT 1 FROM approval a
        JOIN line_approval l ON a.subject = 'line' AND a.subject_id = l.id
        WHERE l.incident_id = j.incident AND a.hash = l.hash)))""",
    "n_timers_missing": """SELECT count(*) FROM incident i WHERE i.first_statement_at > 0
      AND NOT EXISTS (SELECT 1 FROM incident_promise p WHERE p.incident_id = i.id)""",
    "n_statements": """SELECT count(*) FROM outbox
      WHERE statement_version_id > 0 AND state = 'sent'""",
}


def main(kind: Kind, n_kills: int, seed: int) -> str:
    """One line of JSON."""
    dice = random.Random(seed)
    with tempfile.TemporaryDirectory(prefix="crisis-kills-") as folder:
        home = Path(folder)
        give_birth(home, kind)
        for n in range(n_kills):
            kill_one(home, kind, seed * 100_000 + n, dice)
            put_aside(home)
        return json.dumps({"n_kills": n_kills, **settle(home, kind)})


if __name__ == "__main__":
    sys.stdout.write(main(Kind(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])) + "\n")
