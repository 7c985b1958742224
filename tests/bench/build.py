"""A workspace file of any number of mentions, made fast: `python -m tests.bench.build N FILE`.

The file is one the program itself would have written: its schema, checksums, counters, full-text
index and journal are made by the store's own functions. Only the order of work differs: rows
first, list indexes afterwards.
"""

import sys
import time
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import sha256
from itertools import islice
from pathlib import Path
from random import Random
from typing import Final

from socialdesk.domain.account import Can, Card
from socialdesk.domain.length.length import LengthRule
from socialdesk.domain.mentions.mention import Author, Mention
from socialdesk.domain.mentions.need import need_at
from socialdesk.domain.mentions.status import NEEDS_REPLY, Disposition, Status
from socialdesk.store import accounts
from socialdesk.store.file import schema
from socialdesk.store.file.boot import boot_id
from socialdesk.store.file.migrations import open_current
from socialdesk.store.file.sqlite import SIDE_FILES, Connection
from socialdesk.store.file.transaction import Transaction
from socialdesk.store.mentions import counters, mentions, textindex
from socialdesk.store.mentions.mentions import Arrival, Role
from socialdesk.store.triage import labels
from tests.bench import data

BATCH: Final = 20_000  # rows a transaction
TARGET_MS: Final = 3_600_000  # response target
LABELS: Final = ("praise", "billing", "bug", "vip customer", "crisis")
LABEL_WEIGHTS: Final = (60, 50, 40, 20, 5)  # of 1,000 mentions; the rest wear none
LATER_MS: Final = 2_000_000_000_000  # 2033: no snooze ends while a benchmark runs
# Most of an archive is done; about one in twenty needs a reply.
STATES: Final = (
    (Status.NEW, Disposition.NONE, 30),
    (Status.OPEN, Disposition.NONE, 20),
    (Status.SNOOZED, Disposition.NONE, 10),
    (Status.SPAM, Disposition.NONE, 20),
    (Status.DONE, Disposition.REPLIED, 150),
    (Status.DONE, Disposition.NO_REPLY_NEEDED, 300),
    (Status.DONE, Disposition.MUTED, 20),
    (Status.DONE, Disposition.BACKFILL, 430),
    (Status.DONE, Disposition.QUIET, 20),
)


@dataclass(slots=True)
class _Build:
    """A file being filled. `people` and `threads`: ids given so far, by remote id and by uri."""

    tx: Transaction
    accounts: dict[str, tuple[int, int]]  # network → account, watch
    labels: list[int]
    dice: Random
    people: dict[str, int]
    threads: dict[str, int]
    n_threads: int = 0
    last_id: int = 0


def cached(n: int, folder: Path) -> Path:
    """The file of `n` mentions in `folder`, built when it is not there yet."""
    sources = [Path(name).read_bytes() for name in (data.__file__, __file__)]
    tables = schema.TABLES + schema.SEARCH + schema.INDEXES + schema.GUARDS + schema.VIEWS
    digest = sha256(b"".join(sources) + tables.encode()).hexdigest()[:12]
    path = folder / f"mentions-{n}-{digest}.db"
    if not path.exists():
        draft = path.with_suffix(".making")
        for side in ("", *SIDE_FILES):
            Path(f"{draft}{side}").unlink(missing_ok=True)
        build(n, draft)
        draft.rename(path)
    return path


def build(n: int, path: Path) -> None:
    """`path` must not exist yet. About two minutes for a million."""
    conn = open_current(path, data.END_MS)
    try:
        for pragma in ("synchronous = OFF", "cache_size = -262144", "secure_delete = OFF"):
            conn.execute(f"PRAGMA {pragma}").fetchall()
        indexes = _drop_indexes(conn)
        _fill(conn, n)
        for sql in indexes.values():
            conn.execute(sql)
        conn.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    finally:
        conn.close()


def _drop_indexes(conn: Connection) -> dict[str, str]:
    """Those of the two big tables; what makes them again, by name."""
    named = (
        "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL"
        " AND tbl_name IN ('mention', 'triage')"
    )
    dropped = dict(conn.execute(named).fetchall())
    for name in dropped:
        conn.execute(f"DROP INDEX {name}")
    return dropped


def _fill(conn: Connection, n: int) -> None:
    tx = Transaction(conn, now=data.END_MS, mono_ms=0, boot_id=boot_id())
    conn.execute("BEGIN IMMEDIATE")
    made = _Build(
        tx,
        {network: _account(tx, network) for network in data.NETWORKS},
        [labels.find_or_make(tx, name) for name in LABELS],
        Random("build"), {}, {},
    )  # fmt: skip
    stream = data.mentions(n)
    while batch := list(islice(stream, BATCH)):
        _save(made, batch)
        conn.execute("COMMIT")
        conn.execute("BEGIN IMMEDIATE")
    counters.recount(tx)
    conn.execute("COMMIT")


def _account(tx: Transaction, network: str) -> tuple[int, int]:
    """Paused: an engine that opens the file fetches nothing for it."""
    own = Author(f"https://{network}.example/users/shop", f"@shop@{network}.example", "Shop")
    card = Card(own, Can.FETCH | Can.REPLY, LengthRule(500), server=f"{network}.example")
    account = accounts.sign_in(
        tx, network=network, signed_settings={}, card=card, watches=[("mentions", "", "")]
    )
    tx.conn.execute("UPDATE account SET fault = '' WHERE id = ?", (account,))
    sql = "SELECT id FROM watch WHERE account_id = ?"
    return account, tx.conn.execute(sql, (account,)).fetchone()[0]


def _save(made: _Build, batch: Sequence[tuple[str, Mention]]) -> None:
    conn, last = made.tx.conn, made.last_id
    _add_authors(made, batch)
    ids = mentions.next_ids(conn, [mentions.to_ms(m.published_at) // 1000 for _, m in batch])
    made.last_id = ids[-1]
    run: list[tuple[int, Arrival, int, int, int]] = []
    running = batch[0][0]
    for id, (network, m) in zip(ids, batch, strict=True):
        if network != running:
            mentions.insert(conn, running, made.accounts[running][0], run)
            run, running = [], network
        at_ms = mentions.to_ms(m.published_at)
        person = made.people[m.author.remote_id]
        arrival = Arrival(m, at_ms, at_ms + 30_000, Role.QUEUE)
        run.append((id, arrival, person, _thread(made, m), 0))
    mentions.insert(conn, running, made.accounts[running][0], run)
    _decide(made, zip(ids, (m for _, m in batch), strict=True))
    watched = [(made.accounts[network][1], id) for id, (network, _) in zip(ids, batch, strict=True)]
    conn.executemany("INSERT INTO mention_watch(watch_id, mention_id) VALUES(?, ?)", watched)
    new = "SELECT id FROM mention WHERE id > ? ORDER BY id"
    textindex.add(conn, textindex.current_rows(conn, [i for (i,) in conn.execute(new, (last,))]))


def _add_authors(made: _Build, batch: Iterable[tuple[str, Mention]]) -> None:
    rows = []
    for network, m in batch:
        a = m.author
        if a.remote_id not in made.people:
            made.people[a.remote_id] = len(made.people) + 1
            at = mentions.to_ms(m.published_at)
            rows.append(
                (len(made.people), network, a.remote_id, a.handle, a.name, a.url, a.n_followers, at)
            )
    made.tx.conn.executemany(
        "INSERT INTO author(id, network, remote_id, handle, name, url, n_followers, first_seen_at)"
        " VALUES(?, ?, ?, ?, ?, ?, ?, ?)",
        rows,
    )


def _thread(made: _Build, m: Mention) -> int:
    """The number of the conversation `m` belongs to."""
    number = made.threads.get(m.parent_uri)
    if number is None:
        made.n_threads += 1
        number = made.n_threads
    made.threads[m.uri] = number
    return number


def _decide(made: _Build, batch: Iterable[tuple[int, Mention]]) -> None:
    """A triage row for each, by dice, and a label for some."""
    weights = [weight for _, _, weight in STATES]
    rows, worn = [], []
    for id, m in batch:
        status, disposition, _ = made.dice.choices(STATES, weights)[0]
        at = mentions.to_ms(m.published_at)
        due = at + TARGET_MS if status in NEEDS_REPLY else 0
        until = LATER_MS + at % 1_000_000 if status is Status.SNOOZED else 0
        rows.append(
            (id, status.value, disposition.value, need_at(due or at), due, m.author.n_followers,
             until, 0 if status is Status.NEW else at + 60_000)
        )  # fmt: skip
        if made.dice.random() < sum(LABEL_WEIGHTS) / 1000:
            worn.append((made.dice.choices(made.labels, LABEL_WEIGHTS)[0], id))
    made.tx.conn.executemany(
        "INSERT INTO triage(mention_id, status, disposition, need_at, due_at, reach, snoozed_until,"
        " decided_at) VALUES(?, ?, ?, ?, ?, ?, ?, ?)",
        rows,
    )
    made.tx.conn.executemany("INSERT INTO mention_label(label_id, mention_id) VALUES(?, ?)", worn)


def states_of(conn: Connection) -> Counter[tuple[int, int]]:
    """How many mentions stand where, counted one by one."""
    sql = "SELECT status, disposition, count(*) FROM triage GROUP BY 1, 2"
    return Counter({(status, disposition): n for status, disposition, n in conn.execute(sql)})


def main(args: Sequence[str]) -> int:
    """Builds the file named on the command line."""
    if len(args) != 2 or not args[0].isdigit() or Path(args[1]).exists():
        print("usage: python -m tests.bench.build N FILE (a file that is not there yet)")
        return 2
    began = time.perf_counter()
    build(int(args[0]), Path(args[1]))
    took, size = time.perf_counter() - began, Path(args[1]).stat().st_size
    print(f"{args[0]} mentions in {took:.0f} s, {size / int(args[0]):.0f} bytes each")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
