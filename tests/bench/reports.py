"""What the engine counts for a report, and what a reader thread counts for the board."""

from datetime import date
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo

from socialdesk.domain.times.period import HOUR_MS, Period, PeriodKind, local, month_of, week_of
from socialdesk.engine.reports.board import count_board
from socialdesk.engine.reports.counting import Terms, count_report
from socialdesk.engine.reports.html import page
from socialdesk.engine.reports.printing import print_pdf
from socialdesk.engine.reports.sections import report_of
from socialdesk.store.figures import figure_groups, figures
from socialdesk.store.file.reader import Readers
from socialdesk.store.file.sqlite import Connection
from tests.bench import data
from tests.bench.build import cached
from tests.bench.harness import N_QUICK, Bench, at_most, p50, samples
from tests.makers import wall_time

ZONE: Final = ZoneInfo("Asia/Almaty")
TERMS: Final = Terms(ZONE, "Asia/Almaty", 60, wall_time)
NOW: Final = data.END_MS


def measure(bench: Bench) -> None:
    """On 100,000 mentions, and the board on as many as the run has. The floor of a report is one
    walk through its mentions."""
    small = Readers(cached(N_QUICK, bench.folder))
    try:
        with small.connection() as conn:
            _reports(bench, conn)
    finally:
        small.close()
    large = Readers(cached(bench.n, bench.folder))
    try:
        with large.connection() as conn:
            taken = samples(lambda: count_board(conn, TERMS, NOW), bench.rounds(9))
            bench.add(f"board, {bench.n:,} stored", p50(taken), "ms", at_most(150))
            taken = samples(lambda: _count_week(conn), bench.rounds(30))
            bench.add("a week by hours and by networks, p50", p50(taken), "ms", at_most(10))
    finally:
        large.close()


def _count_week(conn: Connection) -> None:
    """The dashboard of performance.md, section 6, as the reports ask for it; it has no other."""
    week = (NOW - 7 * 24 * HOUR_MS, NOW)
    figure_groups.count_quarters(conn, week)
    figure_groups.count_networks(conn, week)


def _reports(bench: Bench, conn: Connection) -> None:
    today = local(NOW, ZONE).date()
    whole = Period(PeriodKind.CUSTOM, date(2026, 3, 18), today)
    for name, period, limit in (
        ("week", week_of(today).step(-1), 1_000), ("month", month_of(today).step(-1), 2_000),
        ("everything", whole, 3_000),
    ):  # fmt: skip
        span = period.span(ZONE)
        n = figures.count(conn, "received", span)
        sql = figures.plain_sql("received", span)
        floor = p50(samples(lambda sql=sql: conn.execute(sql).fetchall(), 3))  # type: ignore[misc]
        counting = samples(
            lambda period=period: count_report(conn, period, TERMS, NOW),  # type: ignore[misc]
            bench.rounds(5),
        )
        bench.add(f"report of a {name}, {n:,} mentions", p50(counting), "ms", at_most(limit),
                  floor=floor)  # fmt: skip
    counted = count_report(conn, whole, TERMS, NOW)
    html = page(report_of(counted), counted, for_paper=True)
    target = Path(bench.folder) / "report.pdf"
    taken = samples(lambda: print_pdf(html, target), 2)
    bench.add("PDF by a child process", p50(taken), "ms", at_most(3_000))
    target.unlink()
