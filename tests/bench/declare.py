"""Declaring with ten thousand replies on their way, while the sender and a page want the writer."""

import statistics
import tempfile
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any, Final

from socialdesk.domain.mentions.status import Disposition, Status
from socialdesk.store.crisis import declaring
from socialdesk.store.crisis.declaring import Declaration
from socialdesk.store.file.transaction import Transaction
from socialdesk.store.file.writer import Priority
from socialdesk.store.mentions.pages import PageToSave, save_page
from tests.bench.harness import Bench, at_most, percentile, timed_ms
from tests.crisis.busy import fill_outbox
from tests.makers import a_mention
from tests.store.queue_file import QueueFile

N_ROWS: Final = 10_000
N_ROUNDS: Final = 100
NEW: Final = (Status.NEW, Disposition.NONE)
BUSY: Final = (Priority.SEND, Priority.PAGE, Priority.PAGE, Priority.BACKGROUND)


def measure(bench: Bench) -> None:
    """From the command to its commit, with the writer's queue full of other work."""
    n = bench.rounds(N_ROUNDS)
    with tempfile.TemporaryDirectory(dir=bench.folder) as folder:
        file = QueueFile(Path(folder))
        times, floors = _rounds(file, n)
        file.close()
    name = f"declare: {N_ROWS:,} rows held, p99 of {n}"
    bench.add(name, percentile(times, 0.99), "ms", at_most(250), floor=percentile(floors, 0.99))
    bench.add("declare: median", statistics.median(times), "ms",
              floor=statistics.median(floors))  # fmt: skip


def _rounds(file: QueueFile, n: int) -> tuple[list[float], list[float]]:
    """ms of each declaration, and of the one statement that any program would need for it."""
    (mention,) = file.fill(1)
    file.write(lambda tx: fill_outbox(tx, mention, N_ROWS))
    times, floors = [], []
    for number in range(n):
        floors.append(timed_ms(lambda: file.writer.submit(_floor).result()))
        file.write(_queued_again)
        others = [file.writer.submit(_page(file, number, k), priority=priority)
                  for k, priority in enumerate(BUSY)]  # fmt: skip
        times.append(timed_ms(partial(_declared, file)))
        for other in others:
            other.result()
        file.write(_closed)
        file.write(_queued_again)
    return times, floors


def _declared(file: QueueFile) -> None:
    file.writer.submit(_declare, priority=Priority.URGENT).result()


def _declare(tx: Transaction) -> None:
    done = declaring.declare(tx, Declaration("Payment is down", "outage", "1.0.0", 1, 1), 1)
    assert len(done.stopped.held) == N_ROWS


def _floor(tx: Transaction) -> None:
    tx.conn.execute("UPDATE outbox SET state = 'held', hold_reason = 'crisis'")


def _queued_again(tx: Transaction) -> None:
    tx.conn.execute(
        "UPDATE outbox SET state = 'queued', hold_reason = '', hold_incident = NULL, held_at = 0"
    )


def _closed(tx: Transaction) -> None:
    tx.conn.execute("UPDATE incident SET state = 'closed'")


def _page(file: QueueFile, number: int, k: int) -> Callable[[Transaction], Any]:
    """A fetched page of forty mentions."""
    mentions = [a_mention(n=5_000_000 + number * 1_000 + k * 100 + i) for i in range(40)]
    page = PageToSave(
        account_id=file.account, watch_id=file.watch, network="mastodon", mentions=mentions,
        filing=lambda m: NEW, due_at=lambda m: 0,
    )  # fmt: skip
    return lambda tx: save_page(tx, page)
