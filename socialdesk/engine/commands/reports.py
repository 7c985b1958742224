"""Reports: counted by the engine, and written as files. They change nothing in the workspace."""

from socialdesk.domain.frozen import frozen


@frozen
class MakeReport:
    """`period`: as `domain.times.period.parse` reads it. Answer: figures, as
    `engine/reports/wire.py` reads them."""

    period: str


@frozen
class ExportReport:
    """`shape`: html, pdf or csv. A CSV is one row per mention; beside it lies one with every
    number and its SQL. `for_excel`: with the mark that Excel knows UTF-8 by. Answer: files (paths),
    n (rows, of a CSV)."""

    period: str
    path: str
    shape: str
    for_excel: bool = True


ReportsCommand = MakeReport | ExportReport
