"""A command's way: from here over the link into the file, and the engine's answer back.

The goal is 5 ms and one sync of the disk it runs on (performance.md, section 6), so the bare sync
is measured in the same rounds. The floor is more than a sync: one durable commit.

The first such decision after a start has the engine learn from all there is, on a thread beside:
that is a state of its own, and what is measured at rest begins when it is over.
"""

import os
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import cycle
from pathlib import Path
from typing import Final

from socialdesk.app import SystemClock
from socialdesk.domain.queue.rows import View
from socialdesk.engine.commands import SetPriority
from socialdesk.engine.desk import Desk
from socialdesk.engine.process.link import LinkedDesk
from socialdesk.engine.process.supervisor import greet
from socialdesk.engine.queries import ListMentions
from socialdesk.engine.queries.learning import ReadLearning
from socialdesk.places import Workspace, workspace
from socialdesk.store.file.reader import Readers
from socialdesk.store.file.sqlite import Connection, open_writer
from tests.bench.build import cached
from tests.bench.children import FLAG, environ_for
from tests.bench.flood_engine import add_account
from tests.bench.harness import Action, Bench, at_most, at_most_times, in_turn, p50, p95, samples
from tests.bench.window import RATE, engine_at, make_todays_backup

N: Final = 300
N_IDS: Final = 500  # mentions taken in turn
LEARN_S: Final = 120  # the longest between two news of an engine that learns
LIMIT_MS: Final = 5.0  # of a decision, beside the sync that no program can save
SYNCED: Final = bytes(4096)  # a page of the write-ahead log


def measure(bench: Bench) -> None:
    """One-row decisions, each made durable before it is answered: at rest, then in a flood."""
    large = cached(bench.n, bench.folder)
    with bench.copy_of(large) as path, bench.copy_of(large) as bare:
        place = workspace(str(path.parent))
        place.prepare()
        add_account(place)
        make_todays_backup(place)
        with engine_at(place, RATE, environ_for(bench.folder, "offscreen")):
            with linked(place) as desk, writer_at(bare) as conn, synced(bare) as sync:
                decide = Decider(desk, conn, _undecided(desk))
                while_learning = samples(decide.over_the_link, bench.rounds(N))
                wait_until_learned(desk)
                _measure(bench, decide, while_learning, sync, place)


def _undecided(desk: Desk) -> Sequence[int]:
    return desk.ask(ListMentions(View.NEEDS_REPLY, limit=N_IDS)).result().ids


def _measure(
    bench: Bench,
    decide: "Decider",
    while_learning: Sequence[float],
    sync: Action,
    place: Workspace,
) -> None:
    n = bench.rounds(N)
    calm = in_turn({"sync": sync, "floor": decide.bare, "ours": decide.over_the_link}, n)
    one_sync, floor, ours = calm["sync"], calm["floor"], calm["ours"]
    bench.add("one sync of 4 KiB, p50", p50(one_sync), "ms")
    bench.add("one sync of 4 KiB, p95", p95(one_sync), "ms")
    bench.add("command → acknowledgement, p50", p50(ours), "ms", floor=p50(floor))
    bench.add("command → acknowledgement, p95", p95(ours), "ms",
              at_most(LIMIT_MS + p95(one_sync)), floor=p95(floor))  # fmt: skip
    bench.add("  while it learns, p95", p95(while_learning), "ms", floor=p95(ours))
    (place.folder / FLAG).touch()
    flood = samples(decide.over_the_link, n)
    bench.add(f"  with {RATE:,} mentions/s coming in, p50", p50(flood), "ms", floor=p50(ours))
    bench.add(f"  with {RATE:,} mentions/s coming in, p95", p95(flood), "ms",
              at_most_times(10), floor=p95(ours))  # fmt: skip
    bench.add(f"  with {RATE:,} mentions/s coming in, worst", max(flood), "ms")


def wait_until_learned(desk: Desk) -> None:
    """Until the file has a lesson: they are all kept at once."""
    told = threading.Event()
    stop = desk.listen(lambda news: told.set())
    while not desk.ask(ReadLearning()).result().reports:
        if not told.wait(LEARN_S):
            raise RuntimeError("the engine learned nothing")
        told.clear()
    stop()


class Decider:
    """The same small decision, bare and through the program, about one mention after another."""

    def __init__(self, desk: Desk, conn: Connection, ids: Sequence[int]) -> None:
        self._desk, self._conn = desk, conn
        self._next = zip(cycle(ids), cycle(range(5)), strict=False)

    def bare(self) -> None:
        """One row, one commit that survives a power cut."""
        id, priority = next(self._next)
        sql = "UPDATE triage SET priority = ? WHERE mention_id = ?"
        self._conn.execute("BEGIN IMMEDIATE")
        self._conn.execute(sql, (priority, id))
        self._conn.execute("COMMIT")

    def over_the_link(self) -> None:
        """With its journal entry, its way back and its announcement."""
        id, priority = next(self._next)
        self._desk.do(SetPriority((id,), priority)).result()


@contextmanager
def linked(place: Workspace) -> Iterator[Desk]:
    """A desk linked to the engine that runs there."""
    connection = greet(place)
    if connection is None:
        raise RuntimeError("the engine does not answer")
    desk = LinkedDesk(Readers(place.database), SystemClock())
    desk.attach(connection)
    try:
        yield desk
    finally:
        desk.close()


@contextmanager
def writer_at(path: Path) -> Iterator[Connection]:
    """A writing connection of the program's kind."""
    conn = open_writer(path)
    try:
        yield conn
    finally:
        conn.close()


@contextmanager
def synced(beside: Path) -> Iterator[Action]:
    """Writes a page and waits until the disk has it, in a file of its own beside another."""
    path = beside.with_name("synced")
    with path.open("wb", buffering=0) as file:

        def write() -> None:
            file.seek(0)
            file.write(SYNCED)
            os.fsync(file.fileno())

        yield write
