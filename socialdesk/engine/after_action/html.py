"""The report as one HTML file, in the frame of all reports; also what the PDF is printed from."""

from socialdesk.domain.crisis.after_action import AfterAction
from socialdesk.engine.after_action.sections import Part, parts_of, title_of
from socialdesk.engine.reports.html import document, safe
from socialdesk.i18n import tr


def html_of(a: AfterAction, *, for_paper: bool = False) -> str:
    """The whole file, with the question behind each number at its end."""
    parts = "".join(_part(part) for part in parts_of(a))
    return document(title_of(a), tr("Report after an incident"), parts + _questions(a),
                 for_paper=for_paper)  # fmt: skip


def _part(part: Part) -> str:
    lines = "".join(
        f"""<p{' class="danger"' if line in part.alarms else ""}>{safe(line)}</p>"""
        for line in part.lines
    )
    return f"<section><h2>{safe(part.title)}</h2>{lines}{_table(part)}</section>"


def _table(part: Part) -> str:
    if not part.rows:
        return ""
    head = "".join(f"<td><b>{safe(cell)}</b></td>" for cell in part.head)
    rows = "".join(
        f"<tr>{''.join(f'<td>{safe(cell)}</td>' for cell in row)}</tr>" for row in part.rows
    )
    return f'<table width="100%"><tr>{head}</tr>{rows}</table>'


def _questions(a: AfterAction) -> str:
    rows = "".join(
        f'<p><b>{safe(key)}</b></p><p class="sql">{safe(number.sql)}</p>'
        for key, number in a.numbers.items()
    )
    told = tr(
        "Each number can be counted again with any SQLite tool on a copy of the workspace file."
    )
    return (
        f"<section><h2>{safe(tr('The questions behind the numbers'))}</h2>"
        f'<p class="dim">{safe(told)}</p>{rows}</section>'
    )
