"""`socialdesk report`: a period in plain sentences, and the whole of it as a file."""

from argparse import Namespace
from pathlib import Path
from typing import Final

from socialdesk.cli.exit_codes import OK, USAGE
from socialdesk.cli.output import Output, visible
from socialdesk.domain.figures import Figures, Shape
from socialdesk.engine.commands.reports import ExportReport, MakeReport
from socialdesk.engine.desk import Desk
from socialdesk.engine.reports.sections import report_of
from socialdesk.engine.reports.wire import figures_from_json
from socialdesk.i18n import tr, trn

SHAPES: Final = (".html", ".pdf", ".csv")


def report(desk: Desk, options: Namespace, out: Output) -> int:
    """The sentences and large numbers; `--to`: the whole report as HTML, PDF or CSV."""
    # The engine may be another process, with a working folder of its own.
    target = Path(options.to).expanduser().absolute() if options.to else None
    if target is not None and target.suffix.lower() not in SHAPES:
        out.fail(tr("«{name}» has another ending. Name a file that ends in .html, .pdf or .csv",
                    name=target.name))  # fmt: skip
        return USAGE
    done = out.wait(desk.do(MakeReport(options.period)))
    figures = figures_from_json(dict(done.answer["figures"]))
    _say(figures, out)
    value = _value(figures)
    if target is not None:
        shape = target.suffix.lower().removeprefix(".")
        written = out.wait(desk.do(ExportReport(options.period, str(target), shape,
                                                for_excel=not options.plain_utf8)))  # fmt: skip
        files = list(written.answer["files"])
        value["files"] = files
        for file in files:
            out.say(tr("Written: {file}", file=file))
        if shape == "csv":
            n = int(written.answer["n"])
            out.say(trn("{n} row, one per mention", "{n} rows, one per mention", n))
    out.value(value)
    return OK


def _say(figures: Figures, out: Output) -> None:
    whole = report_of(figures)
    out.say(visible(whole.title))
    out.say(visible(whole.subtitle))
    out.say()
    for line in whole.lines:
        out.say(visible(line))
    out.say()
    for section in whole.sections:
        if section.shape is Shape.NUMBERS:
            for spot in section.spots:
                out.say(visible(f"  {spot.sentence}"))


def _value(figures: Figures) -> dict[str, object]:
    numbers = [
        {"question": f.question, "value": f.value, "label": f.label, "n": f.n, "before": f.before}
        for f in figures.numbers
    ]
    return {"period": figures.spec, "zone": figures.zone, "numbers": numbers,
            "not_watched": [list(span) for span in figures.gaps]}  # fmt: skip
