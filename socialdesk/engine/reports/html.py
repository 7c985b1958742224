"""A report as one HTML file: no script, nothing remote, strangers' words escaped.

The page forbids by its own policy what it does not have, so that an error of ours could not load
anything either. `for_paper`: what the printing child turns into a PDF; Qt's rich text knows tables
and simple styles only, so the page is built of those.
"""

import unicodedata
from collections.abc import Iterator
from html import escape
from typing import Final

from socialdesk.domain.figures import Figures, Report, Section, Shape, Spot
from socialdesk.engine.reports import svg
from socialdesk.i18n import language, tr
from socialdesk.store.figures.figures import plain_sql

POLICY: Final = "default-src 'none'; style-src 'unsafe-inline'; img-src data:"
_COLORS: Final = """
:root { color-scheme: light dark; --text:#1b1f24; --dim:#5d6673; --line:#c4cad3; --chip:#eceef2;
  --accent:#2457d6; --danger:#b42318; --warn:#8a5a00; --ok:#17663a; --plain:#5d6673; --none:#c4cad3;
  --base:#ffffff; --window:#f6f7f9 }
@media (prefers-color-scheme: dark) { :root { --text:#e8eaee; --dim:#a2abb8; --line:#454b57;
  --chip:#262a32; --accent:#7aa2ff; --danger:#ff9a92; --warn:#f1c56b; --ok:#7fd8a3;
  --plain:#a2abb8; --none:#454b57; --base:#1d2026; --window:#16181d } }
"""
_STYLE: Final = """
body { font: 16px/1.5 "Noto Sans", "DejaVu Sans", system-ui, sans-serif; color: var(--text);
  background: var(--window); margin: 0 auto; padding: 24px; max-width: 800px }
section, .lines { background: var(--base); border: 1px solid var(--line); border-radius: 8px;
  padding: 14px 22px 18px; margin: 0 0 16px }
h1 { font-size: 26px; margin: 0 } h2 { font-size: 18px; margin: 0 0 10px }
.dim, .how, td.note { color: var(--dim); font-size: 14px }
table { border-collapse: collapse; width: 100% } td { padding: 4px 12px 8px 0; vertical-align: top }
.big { font-size: 28px; font-weight: 600; line-height: 1.2 }
svg { max-width: 100%; height: auto } q { quotes: "“" "”" }
.sql { overflow-wrap: anywhere; font: 12px/1.4 monospace; color: var(--dim) }
.danger { color: var(--danger) }
@media print { body { background: none; padding: 0 } section { break-inside: avoid } }
"""
_PAPER_STYLE: Final = """
body { font-family: "Noto Sans", "DejaVu Sans"; font-size: 10pt; color: #1b1f24 }
h1 { font-size: 18pt } h2 { font-size: 13pt; margin-top: 12pt; margin-bottom: 4pt }
.dim, .how, .note { color: #5d6673; font-size: 8.5pt } .big { font-size: 17pt; font-weight: 600 }
.sql { font-family: "Noto Sans Mono", monospace; font-size: 6.5pt; color: #5d6673 }
.danger { color: #b42318 }
"""
NUMBERS_A_ROW: Final = 3


def page(
    report: Report, figures: Figures, *, for_paper: bool = False, is_short: bool = False
) -> str:
    """The whole file. `is_short`: without the questions behind the numbers."""
    look = svg.PAPER if for_paper else svg.SCREEN
    lines = "".join(f"<p>{safe(line)}</p>" for line in report.lines)
    sections = "".join(_section(section, look) for section in report.sections)
    appendix = "" if is_short else _appendix(report, figures)
    body = f'<div class="lines">{lines}</div>{sections}{appendix}'
    return document(report.title, report.subtitle, body, for_paper=for_paper)


def document(title: str, subtitle: str, body: str, *, for_paper: bool = False) -> str:
    """A whole file of our look. `body`: HTML, everything in it made `safe`."""
    style = _PAPER_STYLE if for_paper else _COLORS + _STYLE
    return (
        f'<!DOCTYPE html><html lang="{language()}"><head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">'
        '<meta name="viewport" content="width=device-width">'
        f"<title>{safe(title)}</title><style>{style}</style></head><body>"
        f'<h1>{safe(title)}</h1><p class="dim">{safe(subtitle)}</p>{body}</body></html>'
    )


def safe(text: str) -> str:
    """Words of anybody as HTML text: escaped, without control characters, and isolated, so that a
    right-to-left name does not turn its sentence round."""
    kept = "".join(
        " " if c in "\r\n\t" else "" if unicodedata.category(c) in {"Cc", "Cs"} else c
        for c in text
        if c not in _BIDI
    )
    return escape(kept)


_BIDI: Final = frozenset("\u200e\u200f\u061c\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def _section(section: Section, look: svg.Look) -> str:
    parts = [f"<section><h2>{safe(section.title)}</h2>"]
    if section.empty:
        parts.append(f'<p class="dim">{safe(section.empty)}</p>')
    else:
        parts.append(_content(section, look))
    if section.summary and section.shape is not Shape.NUMBERS:
        parts.append(f"<p>{safe(section.summary)}</p>")
    if section.how:
        how = "".join(f"<p>{safe(line)}</p>" for line in section.how.split("\n"))
        parts.append(
            f'<div class="how"><p><b>{safe(tr("How is this counted?"))}</b></p>{how}</div>'
        )
    return "".join(parts) + "</section>"


def _content(section: Section, look: svg.Look) -> str:
    match section.shape:
        case Shape.NUMBERS:
            return _numbers(section.spots)
        case Shape.QUOTES:
            return _quotes(section.spots)
        case _:
            return svg.drawing(section, look)


def _numbers(spots: tuple[Spot, ...]) -> str:
    rows = []
    for start in range(0, len(spots), NUMBERS_A_ROW):
        cells = (
            f'<td width="33%"><span class="dim">{safe(s.label)}</span><br>'
            f'<span class="big">{safe(s.text)}</span><br><span class="note">{safe(s.note)}</span>'
            "</td>"
            for s in spots[start : start + NUMBERS_A_ROW]
        )
        rows.append(f"<tr>{''.join(cells)}</tr>")
    return f'<table width="100%">{"".join(rows)}</table>'


def _quotes(spots: tuple[Spot, ...]) -> str:
    rows = (
        f'<tr><td width="28%"><b>{safe(s.label)}</b><br><span class="note">{safe(s.text)}'
        f"{safe(_were(s))}</span></td><td>“<bdi>{safe(s.note)}</bdi>”</td></tr>"
        for s in spots
    )
    return f'<table width="100%">{"".join(rows)}</table>'


def _were(spot: Spot) -> str:
    if not spot.normal:
        return ""
    return " " + tr("({n} in the four weeks before)", n=round(spot.normal))


def _appendix(report: Report, figures: Figures) -> str:
    rows = "".join(
        f'<p><b>{safe(name)}</b></p><p class="sql">{escape(sql)}</p>'
        for name, sql in statements(figures)
    )
    told = tr(
        "Each number can be counted again with any SQLite tool on a copy of the workspace file."
    )
    return (
        f"<section><h2>{safe(tr('The questions behind the numbers'))}</h2>"
        f'<p class="dim">{safe(told)}</p>{rows}</section>'
    )


def statements(figures: Figures) -> Iterator[tuple[str, str]]:
    """(what is counted, plain SQL) for each question of a report, once, with its first value."""
    seen: set[str] = set()
    for figure in figures.numbers:
        ref = figure.ref
        if ref is None or figure.question in seen or not ref.spans:
            continue
        seen.add(figure.question)
        name = f"{figure.question}: {figure.label or figure.value}".removesuffix(": ")
        yield name, plain_sql(ref.question, ref.spans[0], value=ref.value, now=ref.now)
    for quote in (*figures.quotes[:1], *figures.asked[:1]):
        ref = quote.ref
        name = f"{ref.question}: {quote.phrase}"
        yield name, plain_sql(ref.question, ref.spans[0], value=ref.value, now=ref.now)
