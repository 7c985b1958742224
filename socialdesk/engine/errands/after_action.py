"""The report of an incident as a file, in each of its forms. On threads of the engine's errands."""

import csv
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Any, Final

from socialdesk.domain.crisis.after_action import AfterAction
from socialdesk.domain.errors import CommandError, CommandFault
from socialdesk.domain.journal import canonical_json
from socialdesk.domain.sheet import safe_cell
from socialdesk.engine.after_action.html import html_of
from socialdesk.engine.after_action.log_file import write_log
from socialdesk.engine.after_action.log_words import event_words
from socialdesk.engine.after_action.markdown import markdown_of
from socialdesk.engine.after_action.reading import read
from socialdesk.engine.after_action.wire import json_of
from socialdesk.engine.commands.crisis import ExportIncident
from socialdesk.engine.kit import Kit
from socialdesk.engine.reports import printing
from socialdesk.engine.whole_files import whole_text
from socialdesk.store.crisis import incident_reports

Answer = dict[str, Any]
FROZEN: Final = {"md": "markdown", "html": "html", "json": "json"}
COLUMNS: Final = ("entry", "time", "person", "event", "words", "data")


class AfterActionErrands:
    """`work`: what does which command."""

    def __init__(self, kit: Kit) -> None:
        self._kit = kit
        self.work: Mapping[type, Callable[[Any, str], Answer]] = {ExportIncident: self._export}

    def _export(self, command: ExportIncident, _: str) -> Answer:
        target = Path(command.path).expanduser()
        if command.shape not in (*FROZEN, "pdf", "csv", "log") or not target.is_absolute():
            raise CommandError(CommandFault.BAD_INPUT, what=command.shape)
        try:
            self._write(command, target)
        except OSError as e:
            why = e.strerror or type(e).__name__
            raise CommandError(CommandFault.NOT_WRITTEN, file=target.name, why=why) from e
        return {"files": [str(target)]}

    def _write(self, command: ExportIncident, target: Path) -> None:
        report = self._read(command.incident_id)
        if command.shape == "pdf":
            printing.print_pdf(html_of(report, for_paper=True), target)
            return
        with whole_text(target, for_excel=command.shape == "csv") as file:
            if command.shape == "csv":
                write_csv(file, report)
            elif command.shape == "log":
                with self._kit.readers.connection() as conn:
                    write_log(file, conn, command.incident_id, report.code)
            else:
                file.write(self._body(command, report))

    def _read(self, incident_id: int) -> AfterAction:
        now = self._kit.clock.now_ms()
        report = self._kit.readers.here(lambda conn: read(conn, incident_id, now))
        if report is None:
            raise CommandError(CommandFault.NOT_FOUND)
        return report

    def _body(self, command: ExportIncident, report: AfterAction) -> str:
        shape = FROZEN[command.shape]
        frozen = self._kit.readers.here(
            lambda conn: incident_reports.read(conn, command.incident_id, shape)
        )
        if frozen is not None:
            return frozen[0]
        makers = {"md": markdown_of, "html": html_of, "json": json_of}
        return makers[command.shape](report)


def write_csv(file: IO[str], report: AfterAction) -> None:
    """The log, a row per event; no cell can be taken for a formula."""
    writer = csv.writer(file)
    writer.writerow(COLUMNS)
    for e in report.log:
        at = datetime.fromtimestamp(e.at / 1000, UTC).isoformat(" ", "seconds")
        row = (str(e.seq), at, e.person, e.kind, event_words(e.kind, e.data),
               canonical_json(dict(e.data)))  # fmt: skip
        writer.writerow([safe_cell(cell) for cell in row])
