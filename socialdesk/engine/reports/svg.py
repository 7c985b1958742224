"""Charts of a report as inline SVG: no script, no style of its own, each with its text.

Colours come by name from a `Look`, so that one drawing serves a page that follows light and dark
(CSS variables) and paper (fixed colours: Qt's SVG knows no variables).
"""

from collections.abc import Sequence
from html import escape
from typing import Final

from socialdesk.domain.figures import Section, Shape
from socialdesk.engine.words import dates

WIDTH: Final = 720  # of every drawing, in units; the page scales it
BAR, GAP, NAMES, VALUES = 22, 6, 220, 110  # a lying bar, between two, its name's and number's room
COLUMNS_HEIGHT: Final = 180
NAME_CHARS: Final = 30  # that fit beside a bar
CELL: Final = 26
NAMES_OF_LOOK: Final = ("text", "dim", "line", "chip", "accent", "danger", "warn", "ok", "plain",
                        "base", "none")  # fmt: skip

Look = dict[str, str]
SCREEN: Final[Look] = {name: f"var(--{name})" for name in NAMES_OF_LOOK}
PAPER: Final[Look] = {
    "text": "#1b1f24", "dim": "#5d6673", "line": "#c4cad3", "chip": "#eceef2",
    "accent": "#2457d6", "danger": "#b42318", "warn": "#8a5a00", "ok": "#17663a",
    "plain": "#5d6673", "base": "#ffffff", "none": "#c4cad3",
}  # fmt: skip


def drawing(section: Section, look: Look) -> str:
    """The section's picture; "" for what is drawn as text."""
    if section.empty or not section.spots:
        return ""
    match section.shape:
        case Shape.BARS:
            return _bars(section, look)
        case Shape.COLUMNS:
            return _columns(section, look)
        case Shape.SPLIT:
            return _split(section, look)
        case Shape.HEAT:
            return _heat(section, look)
        case _:
            return ""


def text_of(section: Section) -> str:
    """What a picture says, for those who do not see it."""
    said = "; ".join(spot.sentence for spot in section.spots if spot.size or spot.is_gap)
    return " ".join(filter(None, (section.summary, said)))


def _svg(section: Section, height: float, parts: Sequence[str]) -> str:
    title, said = escape(section.title), escape(text_of(section)[:4000])
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height:g}" '
        f'width="{WIDTH}" height="{height:g}" role="img" aria-label="{title}">'
        f"<title>{title}</title><desc>{said}</desc>{''.join(parts)}</svg>"
    )


def _text(
    x: float, y: float, words: str, fill: str, *, anchor: str = "start", size: int = 13,
    weight: str = "normal",
) -> str:  # fmt: skip
    return (
        f'<text x="{x:g}" y="{y:g}" fill="{fill}" font-size="{size}" text-anchor="{anchor}" '
        f'font-weight="{weight}" font-family="Noto Sans, DejaVu Sans, sans-serif">'
        f"{escape(words)}</text>"
    )


def _rect(x: float, y: float, w: float, h: float, fill: str, radius: float = 3) -> str:
    shape = f'x="{x:.2f}" y="{y:.2f}" width="{max(0, w):.2f}" height="{max(0, h):.2f}"'
    return f'<rect {shape} rx="{radius:g}" fill="{fill}"/>'


def _hatch(x: float, y: float, w: float, h: float, color: str) -> str:
    """Slanting lines, drawn one by one: Qt's SVG knows no pattern."""
    lines, step = [], 7.0
    at = x - h
    while at < x + w:
        x1, y1 = max(at, x), y + h - max(0.0, x - at)
        x2, y2 = min(at + h, x + w), y + max(0.0, at + h - x - w)
        lines.append(
            f'<line x1="{x1:.2f}" y1="{y1:.2f}" x2="{x2:.2f}" y2="{y2:.2f}" '
            f'stroke="{color}" stroke-width="1.5"/>'
        )
        at += step
    return "".join(lines)


def _mark(x1: float, x2: float, y: float, color: str) -> str:
    """What is usual there."""
    ends = f'x1="{x1:.1f}" y1="{y:.1f}" x2="{x2:.1f}" y2="{y:.1f}"'
    return f'<line {ends} stroke="{color}" stroke-width="2" stroke-dasharray="4 3"/>'


def _bars(section: Section, look: Look) -> str:
    top = max([spot.size for spot in section.spots] + [1.0])
    room = WIDTH - NAMES - VALUES - 20
    parts = []
    for n, spot in enumerate(section.spots):
        y = n * (BAR + GAP)
        width = max(2.0 if spot.size else 0.0, room * spot.size / top)
        base = y + BAR * 0.7
        parts.append(_text(NAMES - 8, base, _cut(spot.label), look["text"], anchor="end"))
        parts.append(_rect(NAMES, y + 2, width, BAR - 4, look[spot.tone]))
        parts.append(_text(NAMES + width + 8, base, spot.text, look["text"], weight="bold"))
        parts.append(_text(WIDTH, base, spot.note, look["dim"], anchor="end", size=11))
    return _svg(section, len(section.spots) * (BAR + GAP), parts)


def _columns(section: Section, look: Look) -> str:
    spots, floor = section.spots, COLUMNS_HEIGHT - 26.0
    top = max([spot.size for spot in spots] + [spot.normal or 0 for spot in spots] + [1.0])
    step = WIDTH / len(spots)
    inner = max(1.0, min(step - 3, 44.0))
    every = -(-len(spots) // max(1, int(WIDTH // 52)))  # a name needs 52 units
    parts = [f'<line x1="0" y1="{floor:g}" x2="{WIDTH}" y2="{floor:g}" stroke="{look["line"]}"/>']
    for n, spot in enumerate(spots):
        middle = (n + 0.5) * step
        left = middle - inner / 2
        height = (floor - 18) * spot.size / top
        if spot.is_gap or spot.is_thin:
            parts.append(_hatch(left, 18, inner, floor - 18, look["dim"]))
        if not spot.is_gap:
            parts.append(_rect(left, floor - height, inner, height, look[spot.tone], 2))
        above = floor - height
        if spot.normal is not None:
            usual = floor - (floor - 18) * spot.normal / top
            if usual - above < 2 and above - usual < 16:
                above = min(above, usual)
            parts.append(_mark(left - 3, left + inner + 3, usual, look["text"]))
        if spot.size and len(spots) <= 16:
            parts.append(_text(middle, above - 5, spot.text, look["text"], anchor="middle",
                               size=12))  # fmt: skip
        if n % every == 0:
            parts.append(_text(middle, COLUMNS_HEIGHT - 8, spot.label, look["dim"],
                               anchor="middle", size=12))  # fmt: skip
    return _svg(section, COLUMNS_HEIGHT, parts)


def _split(section: Section, look: Look) -> str:
    """One bar of shares, and below it what each colour is."""
    total = sum(spot.size for spot in section.spots) or 1.0
    parts, x = [], 0.0
    for spot in section.spots:
        width = WIDTH * spot.size / total
        parts.append(_rect(x, 0, width - (2 if width > 4 else 0), 30, look[spot.tone], 2))
        x += width
    for n, spot in enumerate(section.spots):
        y = 52 + n * 22
        parts.append(_rect(0, y - 11, 13, 13, look[spot.tone], 2))
        parts.append(_text(22, y, spot.label, look["text"]))
        parts.append(_text(200, y, spot.text, look["text"], weight="bold"))
        parts.append(_text(330, y, spot.note, look["dim"], size=11))
    return _svg(section, 46 + len(section.spots) * 22, parts)


def _heat(section: Section, look: Look) -> str:
    """Seven rows of twenty-four; the darker the more, and the number where it fits."""
    top = max([spot.size for spot in section.spots] + [1.0])
    left = WIDTH - 24 * CELL - 2
    parts = []
    for hour in range(0, 24, 3):
        parts.append(_text(left + hour * CELL + 2, 12, f"{hour:02}", look["dim"], size=11))
    for n, spot in enumerate(section.spots):
        day, hour = divmod(n, 24)
        x, y = left + hour * CELL, 18 + day * CELL
        if hour == 0:
            parts.append(_text(left - 10, y + 17, dates.weekday(day), look["text"], anchor="end"))
        parts.append(_rect(x, y, CELL - 3, CELL - 3, look["chip"]))
        if spot.size:
            share = 0.2 + 0.8 * spot.size / top
            parts.append(_rect(x, y, CELL - 3, CELL - 3, look["accent"]).replace(
                "/>", f' fill-opacity="{share:.2f}"/>'))  # fmt: skip
            fill = look["base"] if share > 0.72 else look["text"]
            if spot.size < 1000:
                parts.append(_text(x + 11.5, y + 16, f"{spot.size:g}", fill, anchor="middle",
                                   size=10))  # fmt: skip
    return _svg(section, 18 + 7 * CELL, parts)


def _cut(words: str) -> str:
    line = " ".join(words.split())
    return line if len(line) <= NAME_CHARS else line[: NAME_CHARS - 1] + "…"
