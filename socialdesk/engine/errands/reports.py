"""The commands of reports: count, and write as a file. On threads of the engine's errands."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any, Final

from socialdesk.domain.errors import CommandError, CommandFault
from socialdesk.domain.figures import Figures
from socialdesk.domain.times.period import Period, local, parse
from socialdesk.engine.commands.reports import ExportReport, MakeReport
from socialdesk.engine.kit import Kit
from socialdesk.engine.mention_files.exporting import not_exported, not_quoted
from socialdesk.engine.reports import csv_files, html, printing
from socialdesk.engine.reports.counting import Terms, count_report
from socialdesk.engine.reports.sections import report_of
from socialdesk.engine.reports.terms import read_terms
from socialdesk.engine.reports.wire import figures_to_json
from socialdesk.engine.whole_files import whole_text
from socialdesk.store import accounts
from socialdesk.store.figures.figure_rows import ReportRow, list_rows
from socialdesk.store.file.sqlite import Connection

Answer = dict[str, Any]
PAGE: Final = 500  # rows read at a time
SHAPES: Final = ("html", "pdf", "csv")


class ReportErrands:
    """`work`: what does which command."""

    def __init__(self, kit: Kit) -> None:
        self._kit = kit
        self.work: Mapping[type, Callable[[Any, str], Answer]] = {
            MakeReport: self._make,
            ExportReport: self._export,
        }

    def count(self, spec: str, *, for_file: bool = False) -> Figures:
        """Raises CommandError BAD_INPUT when `spec` names no period. `for_file`: without words
        that may not stay in one."""
        now, unquoted = self._kit.clock.now_ms(), not_quoted(self._used()) if for_file else ()
        return self._kit.readers.here(
            lambda conn: count_report(conn, *self._asked(conn, spec, now), now, unquoted)
        )

    def _used(self) -> list[str]:
        return [account.network for account in self._kit.readers.here(accounts.list_accounts)]

    def _make(self, command: MakeReport, _: str) -> Answer:
        return {"figures": figures_to_json(self.count(command.period))}

    def _export(self, command: ExportReport, _: str) -> Answer:
        target = Path(command.path)
        if command.shape not in SHAPES or not target.is_absolute():
            raise CommandError(CommandFault.BAD_INPUT, what=command.shape)
        figures = self.count(command.period, for_file=True)
        try:
            if command.shape == "csv":
                return self._write_csv(command, target, figures)
            return write_page(figures, target, command.shape)
        except OSError as e:
            why = e.strerror or type(e).__name__
            raise CommandError(CommandFault.NOT_WRITTEN, file=target.name, why=why) from e

    def _write_csv(self, command: ExportReport, target: Path, figures: Figures) -> Answer:
        no_copies = not_exported(self._used())
        beside = target.with_name(f"{target.stem}-numbers{target.suffix}")
        with self._kit.readers.connection() as conn:  # one snapshot: the rows fit each other
            terms = read_terms(conn, figures.now)
            with whole_text(target, for_excel=command.for_excel) as file:
                rows = rows_of(conn, figures)
                n = csv_files.write_mentions(file, rows, terms.zone, terms.between, no_copies)
        with whole_text(beside, for_excel=command.for_excel) as file:
            csv_files.write_numbers(file, figures)
        return {"files": [str(target), str(beside)], "n": n}

    def _asked(self, conn: Connection, spec: str, now: int) -> tuple[Period, Terms]:
        terms = read_terms(conn, now)
        return period_named(spec, local(now, terms.zone).date()), terms


def period_named(spec: str, today: date) -> Period:
    """Raises CommandError BAD_INPUT."""
    try:
        return parse(spec, today)
    except (ValueError, OverflowError) as e:
        raise CommandError(CommandFault.BAD_INPUT, what=spec) from e


def write_page(figures: Figures, target: Path, shape: str) -> Answer:
    """`shape`: html or pdf. Raises CommandError NOT_PRINTED, OSError."""
    report = report_of(figures)
    if shape == "pdf":
        printing.print_pdf(html.page(report, figures, for_paper=True), target)
    else:
        with whole_text(target) as file:
            file.write(html.page(report, figures))
    return {"files": [str(target)], "n": 0}


def rows_of(conn: Connection, figures: Figures) -> Iterator[ReportRow]:
    """Every mention of the period, spam too, oldest first."""
    after = 0
    while page := list_rows(conn, figures.span, after, PAGE):
        yield from page
        after = page[-1].id
