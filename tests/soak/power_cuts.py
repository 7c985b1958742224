"""Cuts the power at any moment of an engine's work, and looks at what the disk has.

    python -m tests.soak.power_cuts N SEED [loose]

prints one JSON line. An engine works on a disk that notes every write and sync (disk_log); the
answers it gave are put between them. Then, N times over, the disk is what it may be after a power
cut at one of those moments (lossy_disk), and the workspace on it is opened. `loose`: the engine
syncs nothing before it answers, so that the run must find losses: a check of the check.
"""

import json
import random
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from socialdesk.domain.errors import CommandError
from socialdesk.domain.queue.rows import Order, View
from socialdesk.engine.commands import FetchNow, SaveTemplate, SendReply, SetSetting
from socialdesk.engine.commands.answering import MakePromise
from socialdesk.engine.commands.templates import ApproveVersion
from socialdesk.engine.inline import InlineDesk
from socialdesk.engine.queries import ListMentions
from socialdesk.practice.kinds import Kind
from socialdesk.store import journal
from socialdesk.store.copies import recovery
from socialdesk.store.copies.recovery import Condition
from socialdesk.store.file.migrations import open_current
from socialdesk.store.file.sqlite import Connection
from socialdesk.store.file.writer import Writer
from tests.engine.kills import open_desk
from tests.fakes import HandClock
from tests.soak.disk_log import DiskLog
from tests.soak.lossy_disk import LossyDisk

PER_LIFE: Final = 50  # cuts in what one engine wrote
N_ACTS: Final = 40
FILE: Final = "workspace.db"


@dataclass(frozen=True, slots=True)
class Confirmed:
    """What the engine had said was done. `seq`, `hash`: the journal's last entry then."""

    seq: int
    hash: str
    replies: frozenset[tuple[int, str]]
    approvals: frozenset[tuple[int, str]]
    promises: frozenset[tuple[int, str]]


NOTHING: Final = Confirmed(0, "", frozenset(), frozenset(), frozenset())


def read_confirmed(conn: Connection) -> Confirmed:
    """What a file holds of the things that are confirmed."""
    last = conn.execute("SELECT seq, hash FROM journal ORDER BY seq DESC LIMIT 1").fetchone()
    seq, digest = last or (0, "")

    def pairs(sql: str) -> frozenset[tuple[int, str]]:
        return frozenset(conn.execute(sql).fetchall())

    return Confirmed(
        seq,
        digest,
        pairs("SELECT id, text FROM outbox"),
        pairs("SELECT id, hash FROM approval"),
        pairs("SELECT id, words FROM promise"),
    )


def work(home: Path, log: DiskLog, dice: random.Random) -> None:
    """An engine's life: pages come, people write, approve and promise; each answer is noted."""
    clock = HandClock()
    desk = open_desk(home, Kind.HONOURS_KEY, clock)
    desk.do(SetSetting("hold_s", "30")).result()
    for n in range(N_ACTS):
        clock.advance(dice.uniform(5, 60))
        try:
            act(desk, dice, n, clock.now)
        except CommandError:
            continue
        log.acts.append(desk._readers.here(read_confirmed))
        if dice.random() < 0.05:  # what the WAL holds goes into the file: upkeep does it, too
            desk._writer.submit_alone(_checkpoint).result()
    desk.close()


def _checkpoint(conn: Connection) -> None:
    conn.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()


def act(desk: InlineDesk, dice: random.Random, n: int, now: int) -> None:
    match dice.randrange(4):
        case 0:
            desk.do(FetchNow(wait=True)).result()
        case 1:
            made = desk.do(SaveTemplate(f"Answer {n}", f"Thank you, {n}.", "en")).result().answer
            desk.do(ApproveVersion(made["version_id"], made["hash"])).result()
        case kind:
            ids = desk.ask(ListMentions(View.NEEDS_REPLY, "", Order.NEWEST)).result().ids
            if not ids:
                desk.do(FetchNow(wait=True)).result()
            elif kind == 2:
                desk.do(SendReply(dice.choice(ids), f"Reply {n}", is_sure=True)).result()
            else:
                later = now + 3_600_000
                desk.do(MakePromise(dice.choice(ids), later, f"by {n} o'clock")).result()


def cuts(acts: list[Any], n: int, folder: Path, dice: random.Random) -> Iterator[Counter[str]]:
    """`n` power cuts in one life, each on a disk of its own."""
    names = {one.name for one in acts if not isinstance(one, Confirmed)}
    unknown = {name for name in names if not name.startswith(FILE) and ".part" not in name}
    assert not {name for name in unknown if not name.startswith("backup")}, unknown
    moments = sorted(dice.randrange(len(acts) + 1) for _ in range(n))
    disk, confirmed, done = LossyDisk(), NOTHING, 0
    for number, moment in enumerate(moments):
        for one in acts[done:moment]:
            if isinstance(one, Confirmed):
                confirmed = one
            elif one.name.startswith(FILE):
                disk.take(one)
        done = moment
        place = folder / str(number)
        place.mkdir()
        n_unsafe = disk.cut_power(place, dice)
        (place / f"{FILE}-shm").unlink(missing_ok=True)  # memory; gone with the power
        yield look(place / FILE, confirmed) + Counter(n_cuts=1, n_lossy=bool(n_unsafe))


def look(path: Path, confirmed: Confirmed) -> Counter[str]:
    """What is wrong after the next start, each 0 or 1."""
    condition = recovery.check(path).condition
    if condition not in (Condition.OK, Condition.MISSING):
        return Counter(n_unopened=1)
    conn = open_current(path, HandClock().now)
    try:
        (check,) = conn.execute("PRAGMA integrity_check").fetchone()
        found = read_confirmed(conn)
        is_whole = check == "ok" and journal.verify(conn) is None
        (n_ahead,) = conn.execute(_HALF_SAVED).fetchone()
        row = conn.execute("SELECT hash FROM journal WHERE seq = ?", (confirmed.seq,)).fetchone()
    finally:
        conn.close()
    is_there = (
        (row == (confirmed.hash,) or not confirmed.seq)
        and found.replies >= confirmed.replies
        and found.approvals >= confirmed.approvals
        and found.promises >= confirmed.promises
    )
    return Counter(n_broken=not is_whole, n_forgotten=not is_there, n_half=bool(n_ahead))


# A page and its cursor, a mention and its place in the queue: one transaction, or none of it.
_HALF_SAVED: Final = """
SELECT (SELECT count(*) FROM mention WHERE role = 0) <> (SELECT count(*) FROM triage)
  OR (SELECT coalesce(max(cursor), '') = '' FROM watch) AND EXISTS (SELECT 1 FROM mention)"""


def loosen() -> None:
    """Nothing is on the disk any more when its write is answered."""
    submit = Writer.submit

    def loose(self: Writer, write: Any, **how: Any) -> Any:
        return submit(self, write, **{**how, "durable": False})

    setattr(Writer, "submit", loose)  # noqa: B010


def main(n_cuts: int, seed: int) -> str:
    """One line of JSON."""
    dice, found = random.Random(seed), Counter[str]()
    log = DiskLog()
    log.install()
    for start in range(0, n_cuts, PER_LIFE):
        with tempfile.TemporaryDirectory(prefix="power-") as folder:
            log.acts.clear()
            home = Path(folder) / "home"
            home.mkdir()
            work(home, log, dice)
            acts = list(log.acts)
            n = min(PER_LIFE, n_cuts - start)
            found += sum(cuts(acts, n, Path(folder), dice), Counter[str]())
            found["n_confirmed"] += sum(isinstance(one, Confirmed) for one in acts)
    names = ("n_cuts", "n_lossy", "n_unopened", "n_broken", "n_forgotten", "n_half", "n_confirmed")
    return json.dumps({name: found[name] for name in names})


if __name__ == "__main__":
    if sys.argv[3:] == ["loose"]:
        loosen()
    sys.stdout.write(main(int(sys.argv[1]), int(sys.argv[2])) + "\n")
