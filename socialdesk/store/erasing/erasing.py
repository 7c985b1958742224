"""Erasing a person: every word, address and trace of them, in one transaction.

Decided 2026-11: their mentions are taken out as rows, so past figures of reports shrink by them.
Our replies keep their row (when, by whom, how it ended, the link to our own post) and lose their
words, because they name and quote the person; our own posts that answer them go. Other people's
posts stay, with the erased handle and address struck out. The journal never held any of it. What
was learned is forgotten and learned anew without their words. `cleaning.py` then takes the words
out of the file's free space, the index and the WAL; `media_files.py` deletes the pictures that only
replies and drafts to them had.
"""

import json
from typing import Final

from socialdesk.domain.changes import Area
from socialdesk.domain.errors import CommandError, CommandFault
from socialdesk.domain.replies.reply import OutboxState
from socialdesk.store import journal, settings
from socialdesk.store.erasing import cleaning
from socialdesk.store.erasing.target import (
    MIN_TRACE_CHARS,
    Target,
    count_notes,
    find,
    is_busy,
    rejects_of,
)
from socialdesk.store.file.checksum import mention_checksum, outbox_checksum, version_checksum
from socialdesk.store.file.sqlite import Connection
from socialdesk.store.file.transaction import Transaction
from socialdesk.store.mentions import counters, erased
from socialdesk.store.mentions.textindex import reindexed
from socialdesk.store.outbox import outbox_moves
from socialdesk.store.outbox.media_files import note_gone, used_for

KIND: Final = "person_erased"  # of the journal entry
STRUCK: Final = "[…]"
_ENDED: Final = ("sent", "taken_back", "discarded")


def erase(
    tx: Transaction, contact: int, author: int, person: int | None, typed_name: str | None = None
) -> tuple[int, dict[str, int]]:
    """The journal entry, and what went, by kind. `typed_name` None: not asked for.

    Raises CommandError BAD_INPUT when the name does not fit or a reply to them is on its way,
    NOT_FOUND.
    """
    target = find(tx.conn, contact, author)
    if typed_name is not None and typed_name.strip().casefold() != target.name.strip().casefold():
        raise CommandError(CommandFault.BAD_INPUT, what=typed_name[:80])
    if is_busy(tx.conn, target):
        raise CommandError(CommandFault.BAD_INPUT, what="outbox")
    counts = {"authors": len(target.authors), "contacts": len(target.contacts)}
    counts["notes"] = count_notes(tx.conn, target)
    pictures = used_for(tx.conn, target.mentions)
    counts["replies"] = _empty_replies(tx, target)
    counts["rejects"] = _drop_rejects(tx, target)
    counts |= _drop_mentions(tx, target)
    counts["pictures"] = note_gone(tx, pictures)
    counts["struck"] = _strike_out(tx, target)
    _drop_acts(tx, target)
    _drop_people(tx, target)
    salt = settings.workspace_id(tx)
    digests = [erased.author_digest(salt, a.network, a.remote_id) for a in target.authors]
    erased.remember(tx, digests)
    erased.remember(tx, [erased.uri_digest(salt, *post) for post in target.uris])
    cleaning.ask_for(tx)
    tx.note_updated(target.mentions)
    tx.touch(Area.ALL)
    data = {**counts, "digests": digests}
    return journal.append(tx, KIND, data, person=person), counts


def _empty_replies(tx: Transaction, target: Target) -> int:
    """What has not left is discarded; of all of them the words go."""
    for id in target.outbox:
        row = outbox_moves.read(tx.conn, id)
        if row.state.value not in _ENDED:
            outbox_moves.move(
                tx, row, "reply_discarded", None, state=OutboxState.DISCARDED, hold_reason="",
                held_until=0, next_at=0,
            )  # fmt: skip
        checksum = outbox_checksum(
            text="", mention_id=row.mention_id, account_id=row.account_id,
            dedupe_key=row.dedupe_key, hash=row.hash,
        )  # fmt: skip
        tx.conn.execute(
            "UPDATE outbox SET text = '', slot_values = '[]', warning = '', detail = '',"
            " attachments = '', checksum = ? WHERE id = ?",
            (checksum, id),
        )
    return len(target.outbox)


def _drop_rejects(tx: Transaction, target: Target) -> int:
    ids = rejects_of(tx.conn, target)
    tx.conn.executemany("DELETE FROM reject WHERE id = ?", [(id,) for id in ids])
    return len(ids)


def _drop_mentions(tx: Transaction, target: Target) -> dict[str, int]:
    """Every row about their mentions, in every table that has some; and our posts to them."""
    conn, ids = tx.conn, [*target.mentions, *target.ours]
    packed = {"ids": json.dumps(ids)}
    groups = conn.execute(
        f"SELECT status, disposition, count(*) FROM triage WHERE mention_id IN {_IDS}"
        " GROUP BY status, disposition",
        packed,
    ).fetchall()
    counters.move(conn, {(s, d): n for s, d, n in groups}, {})
    conn.execute("DELETE FROM learned")  # holds words; the learner makes new ones of what is left
    erased.empty_statements(tx, ids)
    n_rows = 0
    with reindexed(tx, ids):
        for table in _tables_about_mentions(conn):
            n_rows += conn.execute(
                f"DELETE FROM {table} WHERE mention_id IN {_IDS}", packed
            ).rowcount
        conn.execute(f"UPDATE insight SET copy_of = 0 WHERE copy_of IN {_IDS}", packed)
        conn.execute(f"DELETE FROM mention WHERE id IN {_IDS}", packed)
    _drop_addresses(tx, target)
    return {"mentions": len(target.mentions), "own_posts": len(target.ours), "rows": n_rows}


_IDS: Final = "(SELECT value FROM json_each(:ids))"


def _tables_about_mentions(conn: Connection) -> list[str]:
    """Every table with a row per mention, but our own texts: a new one is never forgotten here."""
    rows = conn.execute(
        "SELECT m.name FROM sqlite_master m JOIN pragma_table_info(m.name) c"
        " WHERE m.type = 'table' AND c.name = 'mention_id'"
        " AND m.name NOT IN ('outbox', 'statement') ORDER BY m.name"
    )
    return [name for (name,) in rows]


def _drop_addresses(tx: Transaction, target: Target) -> None:
    """Their posts' addresses, wherever others point to them; their reposts."""
    conn = tx.conn
    conn.executemany(
        "UPDATE mention SET parent_uri = '' WHERE network = ? AND parent_uri = ?", target.uris
    )
    conn.executemany("DELETE FROM anchor WHERE network = ? AND uri = ?", target.uris)
    conn.executemany("DELETE FROM repost WHERE network = ? AND original_uri = ?", target.uris)
    for a in target.authors:
        for text in (a.name, a.handle):  # a notice may name them beside many mentions
            if len(text) >= MIN_TRACE_CHARS:
                spelled = (text, json.dumps(text)[1:-1])
                gone = "DELETE FROM notice WHERE instr(facts, ?) > 0 OR instr(facts, ?) > 0"
                conn.execute(gone, spelled)
        if len(a.remote_id) < MIN_TRACE_CHARS:
            continue
        values = (a.network, a.remote_id)
        conn.execute("DELETE FROM anchor WHERE network = ? AND instr(uri, ?) > 0", values)
        conn.execute("DELETE FROM repost WHERE network = ? AND instr(uri, ?) > 0", values)
        conn.execute(
            "UPDATE mention SET parent_uri = '' WHERE network = ? AND instr(parent_uri, ?) > 0",
            values,
        )


def _strike_out(tx: Transaction, target: Target) -> int:
    """Their handles and addresses in what others wrote, and in our notes; how many texts."""
    n = 0
    for trace in target.traces:
        rows = tx.conn.execute(_NAMED_BY_OTHERS, {"trace": trace}).fetchall()
        with reindexed(tx, [id for (id,) in rows]):
            for (id,) in rows:
                n += _strike_in(tx, id, trace)
        notes = "UPDATE contact_note SET text = replace(text, ?1, ?2) WHERE instr(text, ?1) > 0"
        n += tx.conn.execute(notes, (trace, STRUCK)).rowcount
    return n


_NAMED_BY_OTHERS: Final = """
SELECT id FROM mention WHERE instr(body, :trace) OR instr(title, :trace) OR instr(warning, :trace)
UNION SELECT mention_id FROM mention_version
  WHERE instr(body, :trace) OR instr(title, :trace) OR instr(warning, :trace)
UNION SELECT mention_id FROM note WHERE instr(text, :trace)"""


def _strike_in(tx: Transaction, id: int, trace: str) -> int:
    uri, author, published_at, *words = tx.conn.execute(
        "SELECT m.uri, a.remote_id, m.published_at, m.title, m.body, m.warning"
        " FROM mention m JOIN author a ON a.id = m.author_id WHERE m.id = ?",
        (id,),
    ).fetchone()
    title, body, warning = (text.replace(trace, STRUCK) for text in words)
    tx.conn.execute(
        "UPDATE mention SET title = ?, body = ?, warning = ?, checksum = ? WHERE id = ?",
        (title, body, warning,
         mention_checksum(uri, author, title, body, warning, published_at), id),
    )  # fmt: skip
    versions = tx.conn.execute(
        "SELECT n, title, body, warning FROM mention_version WHERE mention_id = ?", (id,)
    ).fetchall()
    for n, *older in versions:
        struck = [text.replace(trace, STRUCK) for text in older]
        tx.conn.execute(
            "UPDATE mention_version SET title = ?, body = ?, warning = ?, checksum = ?"
            " WHERE mention_id = ? AND n = ?",
            (*struck, version_checksum(id, n, *struck), id, n),
        )
    tx.conn.execute("UPDATE note SET text = replace(text, ?, ?) WHERE mention_id = ?",
                    (trace, STRUCK, id))  # fmt: skip
    tx.note_updated([id])
    return 1


def _drop_acts(tx: Transaction, target: Target) -> None:
    """What undo kept of them: notes, names, fields. The rest of such an act can still be undone."""
    values = {
        "ids": json.dumps([*target.mentions, *target.ours]),
        "authors": json.dumps([a.id for a in target.authors]),
        "contacts": json.dumps(target.contacts),
        "outbox": json.dumps(target.outbox),
        "keys": json.dumps(target.keys),
    }
    for sql in _ACT_ROWS:
        tx.conn.execute(f"DELETE FROM act_row WHERE {sql}", values)


_OF_CONTACTS: Final = "(SELECT value FROM json_each(:contacts))"
_KEYS: Final = "(SELECT value FROM json_each(:keys))"
_FIRST: Final = "json_extract(CASE before WHEN '[]' THEN after ELSE before END, '$[0]')"
_SECOND: Final = "json_extract(CASE before WHEN '[]' THEN after ELSE before END, '$[1]')"
_ACT_ROWS: Final = (
    "(table_name IN ('mention_label', 'insight.own') OR table_name LIKE 'triage.%')"
    f" AND row_id IN {_IDS}",
    f"table_name = 'note' AND {_FIRST} IN {_IDS}",
    "table_name LIKE 'author.%' AND row_id IN (SELECT value FROM json_each(:authors))",
    "table_name IN ('contact', 'contact_field', 'contact_label', 'contact.merged')"
    f" AND row_id IN {_OF_CONTACTS}",
    f"table_name = 'contact_note' AND {_FIRST} IN {_OF_CONTACTS}",
    f"table_name = 'contact_merge' AND ({_FIRST} IN {_OF_CONTACTS} OR {_SECOND} IN {_OF_CONTACTS})",
    f"table_name = 'contact_apart' AND ({_FIRST} IN {_KEYS} OR {_SECOND} IN {_KEYS})",
    "table_name = 'outbox' AND row_id IN (SELECT value FROM json_each(:outbox))",
)


def _drop_people(tx: Transaction, target: Target) -> None:
    conn, packed = tx.conn, {"ids": json.dumps(target.contacts)}
    for table in ("contact_note", "contact_label", "contact_field"):
        conn.execute(f"DELETE FROM {table} WHERE contact_id IN {_IDS}", packed)
    conn.execute(f"DELETE FROM contact_merge WHERE into_id IN {_IDS} OR from_id IN {_IDS}", packed)
    keys = {"keys": json.dumps(target.keys)}
    conn.execute(f"DELETE FROM contact_apart WHERE one IN {_KEYS} OR other IN {_KEYS}", keys)
    conn.execute(f"DELETE FROM contact WHERE id IN {_IDS}", packed)
    authors = [(a.id,) for a in target.authors]
    conn.executemany("DELETE FROM crm_record WHERE author_id = ?", authors)
    conn.executemany("DELETE FROM author WHERE id = ?", authors)
