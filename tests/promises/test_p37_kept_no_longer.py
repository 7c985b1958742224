"""Promise 37: words of each source stay as long as was set and a day at most beyond it; an open
incident holds its own, and its record stays when they go."""

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from socialdesk.domain.mentions.status import Disposition, Status
from socialdesk.engine.commands.owning import SetKeep
from socialdesk.store import journal
from socialdesk.store.erasing import cleaning
from socialdesk.store.file.transaction import Transaction
from socialdesk.store.mentions.pages import PageToSave, save_page
from tests.engine.pond import Pond, PondDesk, PondNetwork, pond_desk
from tests.makers import a_mention
from tests.promises.plugin import Trials

DAY_S, DAY_MS = 86_400.0, 86_400_000
DAYS = 100
LIMITS = {1: ("1", 30), 2: ("3", 91), 3: ("forever", 0)}
CLOSED_ON = 45  # day of the incident's end

_BEYOND = (
    "SELECT count(*) FROM mention m WHERE account_id = ? AND expired_at = 0 AND first_seen_at < ?"
    " AND NOT EXISTS (SELECT 1 FROM incident_mention x JOIN incident i ON i.id = x.incident_id"
    "  WHERE x.mention_id = m.id AND i.state <> 'closed')"
)


@pytest.fixture
def pond(tmp_path: Path) -> Iterator[PondDesk]:
    """Three sources; of the second and third only the rows matter."""
    made = pond_desk(tmp_path, PondNetwork(Pond()))
    write(made, lambda tx: tx.conn.executemany(
        "INSERT INTO account(id, network, name, state, added_at) VALUES (?, 'pond', 'x', 'paused',"
        " 1)", [(2,), (3,)],
    ).close())  # fmt: skip
    for account, (choice, _) in LIMITS.items():
        made.desk.do(SetKeep(account, choice)).result()
    yield made
    made.desk.close()


def write(pond: PondDesk, work: Callable[[Transaction], object]) -> object:
    return pond.desk._writer.submit(work).result()


def sql(pond: PondDesk, text: str, *values: object) -> list[tuple[Any, ...]]:
    with pond.desk._readers.connection() as conn:
        return conn.execute(text, values).fetchall()


def arrive(pond: PondDesk, day: int) -> None:
    """One mention for each source, with a word nobody else has."""
    for account in LIMITS:
        post = a_mention(f"canary{account}x{day}y", at=pond.clock.now - 1000,
                         author=f"who{account}x{day}")  # fmt: skip
        page = PageToSave(
            account, account, "pond", (post,), filing=lambda m: (Status.NEW, Disposition.NONE),
            due_at=lambda m: 0,
        )  # fmt: skip
        write(pond, partial(save_page, page=page))


def declare(tx: Transaction) -> None:
    """An incident that holds the first day's mentions."""
    tx.conn.execute("INSERT INTO incident(id, code, title, state) VALUES"
                    " (1, 'INC-2026-0001', 'Kettles', 'responding')")  # fmt: skip
    tx.conn.execute("INSERT INTO incident_mention(incident_id, mention_id, how, category, at)"
                    " SELECT 1, id, 'hand', 'safety', 1 FROM mention")  # fmt: skip
    journal.append(tx, "declared", {"title": "Kettles"}, person=1, incident=1)


def record(pond: PondDesk) -> list[list[tuple[Any, ...]]]:
    """What the incident itself is."""
    return [
        sql(pond, "SELECT id, code, title FROM incident"),
        sql(pond, "SELECT mention_id, how, category FROM incident_mention ORDER BY 1"),
        sql(pond, "SELECT kind, data FROM journal WHERE incident = 1"),
    ]


def clean_away(pond: PondDesk) -> bytes:
    """Everything that then lies on the disk for the file."""
    writer = pond.desk._writer
    is_first = True
    while writer.submit(partial(cleaning.merge_index, is_first=is_first)).result():
        is_first = False
    writer.submit_alone(cleaning.rewrite).result()
    folder = pond.desk.backups.parent
    return b"".join(p.read_bytes() for p in sorted(folder.glob("workspace.db*")))


@pytest.mark.promise(37)
def test_no_words_beyond_their_time_but_those_of_an_open_incident(
    pond: PondDesk, trials: Trials
) -> None:
    arrive(pond, 0)
    write(pond, declare)
    before, beyond, held = record(pond), list[int](), set[tuple[Any, ...]]()
    for day in range(1, DAYS):
        pond.turn(DAY_S)
        pond.desk.clockwork.turn()
        if day == CLOSED_ON:
            held = set(sql(pond, "SELECT body FROM mention WHERE body LIKE 'canary_x0y'"))
            write(pond, lambda tx: tx.conn.execute("UPDATE incident SET state = 'closed'").close())
            pond.turn(3_700)
        for account, (_, days) in LIMITS.items():
            late = pond.clock.now - (days + 1) * DAY_MS if days else 0
            beyond.append(sql(pond, _BEYOND, account, late)[0][0])
        arrive(pond, day)
    trials.add(len(beyond), failed=sum(bool(n) for n in beyond))
    assert sum(beyond) == 0
    assert held == {(f"canary{account}x0y",) for account in LIMITS}  # open: nothing of it went
    assert record(pond) == before
    gone = {f"canary{a}x{d}y" for a, d in ((1, 0), (1, 40), (2, 0), (2, 5))}
    kept = {f"canary{a}x{d}y" for a, d in ((1, DAYS - 1), (2, 60), (3, 0), (3, 40))}
    words = {str(body) for (body,) in sql(pond, "SELECT body FROM mention")}
    assert kept <= words and not gone & words
    raw = clean_away(pond)
    assert [word for word in gone if word.encode() in raw] == []
    assert all(word.encode() in raw for word in kept)
    with pond.desk._readers.connection() as conn:
        assert journal.verify(conn) is None
