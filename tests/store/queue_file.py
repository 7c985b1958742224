"""A real queue file for tests: the writer, readers, and short ways to fill it."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, TypeVar

from socialdesk.domain.account import Can, Card
from socialdesk.domain.changes import Changes
from socialdesk.domain.length.length import LengthRule
from socialdesk.domain.mentions.mention import Author, Mention
from socialdesk.domain.mentions.status import Disposition, Status
from socialdesk.domain.queue.rows import QueueRow
from socialdesk.store import accounts, people
from socialdesk.store.file.reader import Readers
from socialdesk.store.file.transaction import Transaction
from socialdesk.store.file.writer import Writer
from socialdesk.store.mentions.pages import PageToSave, save_page
from socialdesk.store.queue import rows
from tests.fakes import HandClock
from tests.makers import a_mention

T = TypeVar("T")

SHOP = Author(remote_id="https://pond.example/users/shop", handle="@shop@pond.example", name="Shop")
HOUR_MS = 3_600_000


class QueueFile:
    """One workspace file with an account (`account`), a watch, and Ann (person 1) and Ben (2)."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / "workspace.db"
        self.clock = HandClock()
        self._told: list[Changes] = []
        self.names: dict[int, str] = {}  # of mentions, as a test calls them
        self.open()
        self.account, self.watch = self.write(_account)
        self.ann, self.ben = self.write(lambda tx: (_person(tx, "Ann"), _person(tx, "Ben")))

    def open(self) -> None:
        self.writer = Writer(self.path, clock=self.clock, announce=self._told.append)
        self.writer.start()
        self.readers = Readers(self.path)

    def close(self) -> None:
        self.readers.close()
        self.writer.close()

    def reopen(self) -> None:
        """The program ends and starts again."""
        self.close()
        self.open()

    @property
    def told(self) -> list[Changes]:
        """Of every commit so far: who wrote is answered a moment before all are told."""
        self.writer.submit_alone(lambda conn: None).exception()
        return self._told

    def write(self, write: Callable[[Transaction], T]) -> T:
        return self.writer.submit(write).result()

    def read(self, read: Callable[..., T], *values: Any, **named: Any) -> T:
        return self.readers.run(lambda conn: read(conn, *values, **named)).result()

    def sql(self, sql: str, *values: Any) -> list[tuple[Any, ...]]:
        return self.read(lambda conn: conn.execute(sql, values).fetchall())

    def execute(self, sql: str, *values: Any) -> None:
        """Behind the program's back."""
        self.write(lambda tx: tx.conn.execute(sql, values).close())

    def save(
        self,
        *mentions: Mention,
        status: Status = Status.NEW,
        disposition: Disposition = Disposition.NONE,
    ) -> tuple[int, ...]:
        """One fetched page; the ids of what was new to the queue, in time's order."""
        page = PageToSave(
            account_id=self.account, watch_id=self.watch, network="mastodon", mentions=mentions,
            filing=lambda m: (status, disposition),
            due_at=lambda m: int(m.published_at.timestamp() * 1000) + HOUR_MS,
        )  # fmt: skip
        return self.write(lambda tx: save_page(tx, page)).new_ids

    def fill(self, n: int, **facts: Any) -> list[int]:
        """`n` mentions, a minute apart, oldest first."""
        start = self.clock.now - n * 60_000
        page = [a_mention(at=start + i * 60_000, **facts) for i in range(n)]
        return list(self.save(*page))

    def row(self, mention_id: int) -> QueueRow:
        return self.read(rows.queue_rows, [mention_id])[0]

    def statuses(self, ids: Sequence[int]) -> list[Status]:
        return [self.row(id).status for id in ids]

    def dump(self, *tables: str) -> dict[str, list[tuple[Any, ...]]]:
        """Whole tables, to compare before with after."""
        return {table: self.sql(f"SELECT * FROM {table} ORDER BY 1, 2") for table in tables}


def _account(tx: Transaction) -> tuple[int, int]:
    card = Card(own=SHOP, can=Can.FETCH | Can.REPLY, length=LengthRule(500), server="pond.example")
    account = accounts.sign_in(
        tx, network="mastodon", signed_settings={}, card=card, watches=[("mentions", "", "")]
    )
    tx.conn.execute("UPDATE account SET state = 'on'")
    (watch,) = tx.conn.execute("SELECT id FROM watch").fetchone()
    return account, watch


def _person(tx: Transaction, name: str) -> int:
    found = tx.conn.execute("SELECT id FROM person WHERE name = ?", (name,)).fetchone()
    return int(found[0]) if found else people.add_person(tx, name, 0)[0]
