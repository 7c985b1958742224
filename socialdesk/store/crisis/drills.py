"""Drills in the two files: what a sandbox gets, what its log says, what the real file keeps."""

import json
from collections.abc import Callable, Mapping
from dataclasses import asdict, replace
from datetime import UTC, datetime
from typing import Any, Final

from socialdesk.domain.changes import Area
from socialdesk.domain.crisis.drill import (
    OF_DRILL,
    DrillFacts,
    DrillNow,
    PastDrill,
    Score,
    pack_score,
    unpack_score,
)
from socialdesk.domain.crisis.incident import LOCKING, OPEN, Severity
from socialdesk.domain.frozen import frozen
from socialdesk.store import journal, settings
from socialdesk.store.file.sqlite import Connection
from socialdesk.store.file.transaction import Transaction

OPEN_DRILL: Final = "drill_open"  # setting of the real file: the same, with the sandbox's path

# What a sandbox gets, in the order of their references: texts, people, audiences. No mention, no
# author, no draft and nothing on its way out.
_COPIED: Final = {
    "person": "SELECT * FROM person",
    "template": "SELECT * FROM template",
    "template_version": "SELECT * FROM template_version",
    "label": "SELECT * FROM label",
    "saved_view": "SELECT * FROM saved_view",
    "faq": "SELECT * FROM faq",
    "macro": "SELECT * FROM macro",
    "audience": "SELECT * FROM audience",
    "playbook_version": "SELECT * FROM playbook_version",
    "playbook_read": "SELECT * FROM playbook_read",
    "line_approval": "SELECT * FROM line_approval WHERE incident_id = 0",
    "approval": (
        "SELECT * FROM approval WHERE subject = 'template' OR (subject = 'line' AND subject_id IN"
        " (SELECT id FROM line_approval WHERE incident_id = 0))"
    ),
    "approval_end": (
        "SELECT e.* FROM approval_end e JOIN approval a ON a.id = e.approval_id"
        " WHERE a.subject = 'template' OR (a.subject = 'line' AND a.subject_id IN"
        " (SELECT id FROM line_approval WHERE incident_id = 0))"
    ),
}


@frozen
class Copy:
    """Table → its columns and rows; and the settings."""

    tables: Mapping[str, tuple[tuple[str, ...], tuple[tuple[Any, ...], ...]]]
    settings: Mapping[str, str]


def read_copy(conn: Connection, is_wanted: Callable[[str], bool]) -> Copy:
    """What a sandbox gets of the real file. `is_wanted(key)`: settings that go along."""
    tables = {}
    for table, sql in _COPIED.items():
        cursor = conn.execute(sql)
        columns = tuple(column[0] for column in cursor.description)
        tables[table] = (columns, tuple(cursor.fetchall()))
    known = settings.read_all(conn)
    return Copy(tables, {key: value for key, value in known.items() if is_wanted(key)})


def paste(tx: Transaction, copy: Copy) -> None:
    """Into a file that has none of it; the person made for a new file gives way."""
    tx.conn.execute("DELETE FROM person")
    for table, (columns, rows) in copy.tables.items():
        marks = ", ".join("?" * len(columns))
        tx.conn.executemany(
            f"INSERT INTO {table}({', '.join(columns)}) VALUES ({marks})", list(rows)
        )
    for key, value in copy.settings.items():
        settings.put(tx, key, value)


def begin(tx: Transaction, now: DrillNow) -> None:
    """In the sandbox: what is played."""
    settings.put(tx, OF_DRILL, _packed(now))


def note_began(tx: Transaction, began_at: int, made_at: int) -> None:
    """In the sandbox: the stream's minute 0. What was planned when it was made (`made_at`) moves
    along. Nothing happens where no drill is played."""
    tx.conn.execute(
        "UPDATE outbox SET held_until = held_until + ? WHERE hold_reason = 'scheduled'",
        (began_at - made_at,),
    )
    now = read_now(tx.conn)
    if now is not None:
        settings.put(tx, OF_DRILL, _packed(replace(now, began_at=began_at)))


def is_drill(conn: Connection) -> bool:
    """Whether this file is a drill's sandbox."""
    return bool(settings.read(conn, OF_DRILL))


def age(tx: Transaction, days: int) -> None:
    """As if the sandbox's accounts had been watched for so long: a baseline counts only hours in
    which somebody looked."""
    hour_ms = 3_600_000
    first = tx.now // hour_ms * hour_ms - days * 24 * hour_ms
    tx.conn.execute("UPDATE account SET added_at = min(added_at, ?)", (first,))
    tx.conn.execute("UPDATE watch SET added_at = min(added_at, ?)", (first,))
    hours = [(first + n * hour_ms,) for n in range(days * 24)]
    tx.conn.executemany(
        "INSERT OR IGNORE INTO coverage(account_id, hour, n_fetched) SELECT id, ?, 1 FROM account",
        hours,
    )


def read_now(conn: Connection) -> DrillNow | None:
    """The drill of this file, from inside the sandbox or from the real side."""
    text = settings.read(conn, OF_DRILL) or settings.read(conn, OPEN_DRILL)
    return _unpacked(text) if text else None


def note_open(tx: Transaction, now: DrillNow | None) -> None:
    """In the real file: the drill that is played; None = it is over."""
    settings.put(tx, OPEN_DRILL, _packed(now) if now is not None else "")
    tx.touch(Area.INCIDENTS)


def note_send(tx: Transaction, action: str) -> int:
    """In the sandbox: something was about to be sent, and R40 keeps it here."""
    row = tx.conn.execute(
        "SELECT id FROM incident WHERE is_drill = 0 AND declared_at > 0 ORDER BY id DESC LIMIT 1"
    ).fetchone()
    tx.touch(Area.INCIDENTS)
    data = {"code": "R40", "command": "send", "facts": {"action": action}}
    return journal.append(tx, "refused", data, person=None, incident=row[0] if row else None)


def end(tx: Transaction, found: Score, why: str) -> int:
    """In the sandbox: over, with this score; nothing leaves the outbox any more. The journal entry,
    0 when it was over before."""
    now = read_now(tx.conn)
    if now is None or now.ended_at:
        return 0
    ended = replace(now, ended_at=tx.now, why_ended=why, score=found)
    settings.put(tx, OF_DRILL, _packed(ended))
    for part in ("sender", "fetching"):
        settings.put(tx, part, "off")
    tx.touch(Area.INCIDENTS, Area.SETTINGS)
    data = {"stream": now.stream, "speed": now.speed, "why": why, "total": found.total,
            "parts": pack_score(found)}  # fmt: skip
    return journal.append(tx, "drill_ended", data, person=None)


def open_code(conn: Connection) -> str:
    """The code of an incident that keeps a drill from starting, "" = none. A suspicion and a review
    do: both want the same people."""
    marks = ", ".join("?" * len(OPEN))
    row = conn.execute(
        f"SELECT code FROM incident WHERE is_drill = 0 AND state IN ({marks}) ORDER BY id LIMIT 1",
        tuple(sorted(state.value for state in OPEN)),
    ).fetchone()
    return row[0] if row else ""


def is_declared(conn: Connection) -> bool:
    """Whether a real incident is declared: what ends a drill."""
    marks = ", ".join("?" * len(LOCKING))
    row = conn.execute(
        f"SELECT 1 FROM incident WHERE is_drill = 0 AND state IN ({marks}) LIMIT 1",
        tuple(sorted(state.value for state in LOCKING)),
    ).fetchone()
    return row is not None


@frozen
class Played:
    """What the real file keeps of a drill. `log`: events of the sandbox's incident."""

    stream: str
    speed: int
    began_at: int
    ended_at: int
    why_ended: str
    facts: DrillFacts
    score: Score
    log: tuple[Mapping[str, Any], ...]


def keep(tx: Transaction, played: Played) -> tuple[int, int]:
    """In the real file: one closed incident row that is a drill, and its journal entry. Answers
    the row's id and the entry."""
    facts = played.facts
    code = _next_code(tx)
    kept = {
        "stream": played.stream, "speed": played.speed, "why_ended": played.why_ended,
        "began_at": played.began_at, "ended_at": played.ended_at,
        "total": played.score.total, "parts": pack_score(played.score),
        "facts": {**asdict(facts), "severity": int(facts.severity)}, "log": list(played.log),
    }  # fmt: skip
    (incident_id,) = tx.conn.execute(
        "INSERT INTO incident(code, title, playbook, severity, state, is_drill, detected_at,"
        " declared_at, first_statement_at, closed_at, drill)"
        " VALUES(?, ?, ?, ?, 'closed', 1, ?, ?, ?, ?, ?) RETURNING id",
        (code, played.stream, played.stream, int(facts.severity), facts.onset_at,
         facts.declared_at, facts.statement_at, tx.now, json.dumps(kept, ensure_ascii=False)),
    ).fetchone()  # fmt: skip
    data = {"code": code, "stream": played.stream, "speed": played.speed,
            "why": played.why_ended, "total": played.score.total,
            "parts": pack_score(played.score)}  # fmt: skip
    seq = journal.append(tx, "drill_ended", data, person=None, incident=incident_id)
    note_open(tx, None)
    return incident_id, seq


def list_past(conn: Connection, limit: int = 50) -> list[PastDrill]:
    """Newest first; a row that cannot be read is left out."""
    rows = conn.execute(
        "SELECT id, code, closed_at, severity, drill FROM incident WHERE is_drill = 1"
        " AND state = 'closed' ORDER BY id DESC LIMIT ?",
        (limit,),
    )
    return [found for row in rows if (found := _past(*row)) is not None]


def last_led(conn: Connection) -> PastDrill | None:
    """The newest that somebody led: one that was broken off before it was declared is none."""
    rows = conn.execute(
        "SELECT id, code, closed_at, severity, drill FROM incident WHERE is_drill = 1"
        " AND state = 'closed' AND declared_at > 0 ORDER BY id DESC LIMIT 50"
    )
    return next((found for row in rows if (found := _past(*row)) is not None), None)


def past_totals(conn: Connection, limit: int = 50) -> tuple[int, ...]:
    """Newest first: the benchmark line."""
    return tuple(one.score.total for one in list_past(conn, limit))


def _past(incident_id: int, code: str, at: int, severity: int, text: str) -> PastDrill | None:
    try:
        kept = json.loads(text)
        return PastDrill(
            incident_id, code, at, kept["stream"], int(kept["speed"]), kept["why_ended"],
            Severity(severity), unpack_score(kept["parts"]),
        )  # fmt: skip
    except (ValueError, KeyError, TypeError):
        return None


def _next_code(tx: Transaction) -> str:
    year = datetime.fromtimestamp(tx.now / 1000, UTC).year
    (n,) = tx.conn.execute("SELECT count(*) FROM incident WHERE is_drill = 1").fetchone()
    return f"DRILL-{year}-{n + 1:04d}"


def _packed(now: DrillNow) -> str:
    value = {**asdict(now), "score": pack_score(now.score) if now.score else None}
    return json.dumps(value, ensure_ascii=False)


def _unpacked(text: str) -> DrillNow | None:
    """None for a value that is damaged: a drill nobody can go on with is over."""
    try:
        value = json.loads(text)
        parts, past = value.pop("score"), tuple(value.pop("past"))
        return DrillNow(**value, past=past, score=unpack_score(parts) if parts else None)
    except (ValueError, KeyError, TypeError, AttributeError):
        return None
