"""Lessons in the file: weights and how well they did. They leave it in no export and on no wire;
deleting them forgets what was learned, the corrections stay."""

import json
import zlib
from collections.abc import Collection, Iterable

from socialdesk.domain.changes import Area
from socialdesk.domain.frozen import frozen
from socialdesk.domain.learning import LessonReport, Why
from socialdesk.store import journal, settings
from socialdesk.store.file.sqlite import Connection
from socialdesk.store.file.transaction import Transaction

SINCE = "learning.since"  # among the settings; no person sets it


@frozen
class Lesson:
    """A report and the packed weights of its models, b"" when it is not used. `key`: where it is
    kept (of a label by its id, so that it may be renamed)."""

    key: str
    report: LessonReport
    weights: bytes = b""


def replace(tx: Transaction, kinds: Collection[str], lessons: Iterable[Lesson]) -> None:
    """What was learned just now takes the place of everything of these kinds. `kinds`: what their
    keys begin with, up to the colon."""
    marks = ", ".join("?" * len(kinds))
    tx.conn.execute(
        f"DELETE FROM learned WHERE substr(key, 1, instr(key || ':', ':') - 1) IN ({marks})",
        tuple(kinds),
    )
    tx.conn.executemany(
        "INSERT INTO learned(key, at, n_examples, report, weights) VALUES(?, ?, ?, ?, ?)",
        [(one.key, tx.now, one.report.n, _packed(one.report), zlib.compress(one.weights, 6))
         for one in lessons],
    )  # fmt: skip
    tx.touch(Area.INSIGHT)


def forget(tx: Transaction, person: int) -> int:
    """Reset: every weight goes, and what was answered until now is no longer learned from. The
    journal entry."""
    tx.conn.execute("DELETE FROM learned")
    settings.put(tx, SINCE, str(tx.now))
    tx.touch(Area.INSIGHT)
    return journal.append(tx, "learning_reset", {}, person=person)


def take_up_again(tx: Transaction, person: int) -> int:
    """A reset is taken back: everything ever answered is learned from. The journal entry."""
    settings.put(tx, SINCE, "")
    tx.touch(Area.INSIGHT)
    return journal.append(tx, "learning_taken_up", {}, person=person)


def since(conn: Connection) -> int:
    """When the learning was last reset, ms UTC, 0 = never."""
    text = settings.read(conn, SINCE)
    return int(text) if text.isdecimal() else 0


def read_weights(conn: Connection) -> dict[str, bytes]:
    """Of every lesson that is used, by key; one that is damaged is left out."""
    found = {}
    for key, packed in conn.execute("SELECT key, weights FROM learned"):
        try:
            weights = zlib.decompress(packed)
        except zlib.error:
            continue
        if weights:
            found[key] = weights
    return found


def reports(conn: Connection) -> list[LessonReport]:
    """Every lesson, used or not, by its key."""
    rows = conn.execute("SELECT key, at, report FROM learned ORDER BY key")
    return [report for row in rows if (report := _unpacked(*row)) is not None]


def _packed(report: LessonReport) -> str:
    return json.dumps(
        [report.key, report.n, report.n_needed, report.n_held, report.n_right,
         report.n_right_before, report.f1, report.f1_before, report.why.value, report.words],
        ensure_ascii=False,
    )  # fmt: skip


def _unpacked(key: str, at: int, text: str) -> LessonReport | None:
    """None when it is damaged: the next lesson takes its place."""
    try:
        name, n, needed, n_held, right, right_before, f1, f1_before, why, words = json.loads(text)
        return LessonReport(
            str(name), int(n), int(needed), int(n_held), int(right), int(right_before), int(f1),
            int(f1_before), Why(why), tuple((str(k), tuple(map(str, ws))) for k, ws in words), at,
        )  # fmt: skip
    except (TypeError, ValueError):
        return None
