"""A report as CSV: one row per mention, and beside it one row per number with its plain SQL.

No cell can be taken for a formula (`domain/sheet.py`). Words of the program are in English: a
sheet's columns must not change with the language of whoever saved it.
"""

import csv
from collections.abc import Callable, Collection, Iterator
from dataclasses import replace
from datetime import tzinfo
from typing import IO, Final

from socialdesk.domain.figures import Figures, Ref
from socialdesk.domain.mentions.insight import Intent, Sentiment
from socialdesk.domain.mentions.status import Disposition, Status
from socialdesk.domain.sheet import safe_cell
from socialdesk.domain.times.period import local
from socialdesk.engine.reports.counting import Between
from socialdesk.store.figures.figure_rows import ReportRow
from socialdesk.store.figures.figures import plain_sql

MENTION_COLUMNS: Final = (
    "id", "network", "author", "handle", "came", "status", "ended", "mood", "kind", "language",
    "labels", "followers", "due", "first_reply", "business_minutes", "in_target", "answered_by",
    "template", "url", "body", "reply",
)  # fmt: skip
NUMBER_COLUMNS: Final = ("question", "value", "label", "n", "before", "sql")


def write_mentions(
    file: IO[str],
    rows: Iterator[ReportRow],
    zone: tzinfo,
    between: Between,
    no_copies: Collection[str] = (),
) -> int:
    """How many rows. Times are ISO with the zone's offset. Of networks in `no_copies` the rows
    count, without anybody's name and words."""
    writer = csv.writer(file)
    writer.writerow(MENTION_COLUMNS)
    n = 0
    for row in rows:
        if row.network in no_copies:
            row = replace(row, author="", handle="", body="")
        writer.writerow([safe_cell(cell) for cell in _cells(row, zone, between)])
        n += 1
    return n


def write_numbers(file: IO[str], figures: Figures) -> int:
    """Every number of the report, with the statement that counts it."""
    writer = csv.writer(file)
    writer.writerow(NUMBER_COLUMNS)
    rows = list(_numbers(figures))
    for row in rows:
        writer.writerow([safe_cell(cell) for cell in row])
    return len(rows)


def _cells(row: ReportRow, zone: tzinfo, between: Between) -> list[str]:
    is_timed = row.first_reply_at > 0 and not row.is_by_hand
    passed = between(row.at, max(row.at, row.first_reply_at)) if is_timed else 0
    in_target = ""
    if is_timed and row.due_at:
        in_target = "yes" if row.first_reply_at <= row.due_at else "no"
    return [
        str(row.id), row.network, row.author, row.handle, _iso(row.at, zone),
        _word(Status, row.status), _word(Disposition, row.disposition),
        _word(Sentiment, row.mood), _word(Intent, row.intent), row.lang, row.labels,
        str(row.reach) if row.reach >= 0 else "", _iso(row.due_at, zone),
        _iso(row.first_reply_at, zone) if is_timed else "",
        f"{passed / 60_000:.1f}" if is_timed else "", in_target, row.person, row.template,
        row.url, row.body, row.reply,
    ]  # fmt: skip


def _numbers(figures: Figures) -> Iterator[list[str]]:
    for f in figures.numbers:
        yield [f.question, f.value, f.label, _shown(f.n), _shown(f.before), _sql(f.ref)]
    for quote in (*figures.quotes, *figures.asked):
        yield [quote.ref.question, quote.phrase, "", str(quote.n), str(quote.n_before),
               _sql(quote.ref)]  # fmt: skip


def _sql(ref: Ref | None) -> str:
    """One statement; a number over several spans (an hour of the week) is the sum of several."""
    if ref is None:
        return ""
    parts = [
        plain_sql(ref.question, span, value=ref.value, now=ref.now) for span in ref.spans
    ]  # fmt: skip
    return parts[0] if len(parts) == 1 else "SELECT " + " + ".join(f"({part})" for part in parts)


def _word(kind: Callable[[int], Status | Disposition | Sentiment | Intent], value: int) -> str:
    return kind(value).name.lower().replace("_", " ")


def _iso(at: int, zone: tzinfo) -> str:
    return local(at, zone).isoformat(" ", "seconds") if at else ""


def _shown(n: float | None) -> str:
    return "" if n is None else f"{n:g}" if n != int(n) else str(int(n))
