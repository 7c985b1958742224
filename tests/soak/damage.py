"""Overwrites 64 bytes of a workspace file at random places, and looks who notices.

What a file holds is compared row by row with what it held. A change counts as noticed when the
check at start, the reading of the row, the row's checksum, the journal's chain or an approval's
hash tells of it, as the program itself would ask them.
"""

import random
import shutil
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from socialdesk.domain.crisis.approval import approval_hash
from socialdesk.domain.errors import CommandError, StoreError
from socialdesk.domain.queue.rows import Order, View
from socialdesk.engine.answers.every import answer
from socialdesk.engine.commands import AddNote, SaveDraft, SaveTemplate, SendReply
from socialdesk.engine.commands.templates import ApproveVersion
from socialdesk.engine.queries import ListMentions, ListOutbox, ListTemplates, ReadDetail
from socialdesk.practice.kinds import Kind
from socialdesk.store import journal
from socialdesk.store.copies import recovery
from socialdesk.store.copies.recovery import Condition
from socialdesk.store.file.checksum import outbox_checksum, version_checksum
from socialdesk.store.file.sqlite import Connection, open_reader, store_errors
from socialdesk.store.queue.rows import MAX_IDS, queue_rows
from tests.bench import data
from tests.bench.build import build
from tests.engine.kills import open_desk
from tests.fakes import HandClock

N_BYTES: Final = 64
N_MENTIONS: Final = 2_000
N_WORKED: Final = 120
# What somebody acts on, and what has a checksum of its own: by table, which columns.
GUARDED: Final = {
    "mention": ("uri", "author_id", "title", "body", "warning", "published_at"),
    "mention_version": ("title", "body", "warning"),
    "outbox": ("text", "mention_id", "account_id", "dedupe_key", "hash"),
    "journal": ("at", "kind", "data", "hash"),
    "template_version": ("body", "lang"),
}
# How an act could be undone, or told again to a sender that asks twice: no word anybody reads.
BOOKKEEPING: Final = frozenset({"command", "act", "act_row"})
Rows = dict[str, dict[Any, tuple[Any, ...]]]


@dataclass(frozen=True, slots=True)
class Fate:
    """Of one overwrite. `changed`: tables whose rows read differently. `by`: who noticed, "" =
    nobody. `wrong`: tables whose guarded words changed with nobody noticing."""

    changed: frozenset[str]
    by: str
    wrong: frozenset[str] = field(default_factory=frozenset)


def try_once(whole: Path, rows: Rows, target: Path, dice: random.Random) -> Fate:
    """One damaged copy. Lets through whatever the program would not have caught."""
    for name in (target.name, f"{target.name}-wal", f"{target.name}-shm"):
        target.with_name(name).unlink(missing_ok=True)
    shutil.copyfile(whole, target)
    with target.open("r+b") as file:
        file.seek(dice.randrange(whole.stat().st_size - N_BYTES))
        file.write(dice.randbytes(N_BYTES))
    if recovery.check(target).condition is not Condition.OK:
        return Fate(frozenset({"?"}), "check")
    try:
        with store_errors():
            conn = open_reader(target)
            try:
                _use(conn)
                return _compare(conn, rows)
            finally:
                conn.close()
    except StoreError:
        return Fate(frozenset({"?"}), "read")


def _use(conn: Connection) -> None:
    """What the screens ask most: a damaged index must not end in an error nobody expects."""
    found = answer(conn, ListMentions(View.NEEDS_REPLY, "", Order.NEED), data.END_MS).ids
    for search in ("refund", "возврат", "label:billing order"):
        answer(conn, ListMentions(View.ALL, search, Order.NEWEST), data.END_MS)
    for id in tuple(found)[::40]:
        answer(conn, ReadDetail(id), data.END_MS)
    answer(conn, ListOutbox(only_open=False), data.END_MS)
    answer(conn, ListTemplates(), data.END_MS)


def _compare(conn: Connection, rows: Rows) -> Fate:
    now = read_all(conn)
    changed = {table: _differing(old, now[table]) for table, old in rows.items()}
    changed = {table: keys for table, keys in changed.items() if keys and table not in BOOKKEEPING}
    if not changed:
        return Fate(frozenset(), "")
    noticed = {name: keys for name, keys in _complaints(conn).items() if keys}
    wrong = set()
    for table, columns in GUARDED.items():
        places = [n for n, name in enumerate(_columns(conn, table)) if name in columns]
        words = _differing(_only(rows[table], places), _only(now[table], places))
        if not words <= noticed.get(table, set()):
            wrong.add(table)
    return Fate(frozenset(changed), ", ".join(sorted(noticed)), frozenset(wrong))


def _differing(old: dict[Any, Any], new: dict[Any, Any]) -> set[Any]:
    return {key for key in old.keys() | new.keys() if old.get(key) != new.get(key)}


def _only(rows: dict[Any, Any], places: list[int]) -> dict[Any, Any]:
    return {key: tuple(row[n] for n in places) for key, row in rows.items()}


def _columns(conn: Connection, table: str) -> list[str]:
    return [name for (name,) in conn.execute("SELECT name FROM pragma_table_info(?)", (table,))]


def read_all(conn: Connection) -> Rows:
    """Every row of every table of ours, by its key. Raises sqlite3.Error on what cannot be read."""
    made: Rows = {}
    for table in _tables(conn):
        info = conn.execute("SELECT name, pk FROM pragma_table_info(?)", (table,)).fetchall()
        keys = [n for n, (_, pk) in enumerate(info) if pk]
        made[table] = {}
        for n, row in enumerate(conn.execute(f'SELECT * FROM "{table}"')):
            made[table][tuple(row[k] for k in keys) or n] = row
    return made


def _tables(conn: Connection) -> list[str]:
    """All but the index for searching, which is made from the others."""
    found = conn.execute(
        "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table'"
        " AND name NOT LIKE 'sqlite!_%' ESCAPE '!' AND name NOT LIKE '!_%' ESCAPE '!'"
        " AND name NOT LIKE 'mention_search%'"
    )
    return [name for (name,) in found]


def _complaints(conn: Connection) -> dict[str, set[Any]]:
    """Keys of the rows that the program calls damaged, by table."""
    ids = [id for (id,) in conn.execute("SELECT id FROM mention")]
    bad: dict[str, set[Any]] = {"mention": set(), "journal": set()}
    for n in range(0, len(ids), MAX_IDS):
        bad["mention"] |= {(r.id,) for r in queue_rows(conn, ids[n : n + MAX_IDS]) if r.is_damaged}
    if (broken := journal.verify(conn)) is not None:
        bad["journal"] = {(seq,) for (seq,) in conn.execute("SELECT seq FROM journal")} | {
            (broken,)
        }
    bad["outbox"] = {
        (id,) for id, checksum, hash, *facts in conn.execute(_OUTBOX)
        if checksum != outbox_checksum(text=facts[0], mention_id=facts[1], account_id=facts[2],
                                       dedupe_key=facts[3], hash=hash)
    }  # fmt: skip
    bad["mention_version"] = {
        (id, n) for id, n, title, body, warning, checksum in conn.execute(_VERSIONS)
        if checksum != version_checksum(id, n, title, body, warning)
    }  # fmt: skip
    bad["template_version"] = {
        (id,) for id, lang, body, hash in conn.execute(_TEMPLATES)
        if hash != approval_hash(kind="template", lang=lang, text=body)
    }  # fmt: skip
    return bad


_TEMPLATES: Final = "SELECT id, lang, body, hash FROM template_version"
_OUTBOX: Final = "SELECT id, checksum, hash, text, mention_id, account_id, dedupe_key FROM outbox"
_VERSIONS: Final = "SELECT mention_id, n, title, body, warning, checksum FROM mention_version"


def whole_file(folder: Path) -> Path:
    """A workspace as people have it: an archive, and on top of it some work."""
    path = folder / "workspace.db"
    build(N_MENTIONS, path)
    clock = HandClock(data.END_MS + 3_600_000)
    desk = open_desk(folder, Kind.HONOURS_KEY, clock)
    ids = desk.ask(ListMentions(View.NEEDS_REPLY, "", Order.NEWEST)).result().ids
    for n, id in enumerate(ids[:N_WORKED]):
        desk.do(AddNote(id, f"Called back, number {n}; will write again.")).result()
        desk.do(SaveDraft(id, f"Dear customer, about your order {n}.", lang="en")).result()
        made = desk.do(SaveTemplate(f"Answer {n}", f"Thank you for telling us ({n})!", "en"))
        version = made.result().answer
        desk.do(ApproveVersion(version["version_id"], version["hash"])).result()
        with suppress(CommandError):  # the archive's accounts take no replies
            desk.do(SendReply(id, f"We are on it, number {n}.", is_sure=True)).result()
    desk.close()
    return path
