"""How each shape of a section lies and is painted. Rectangles are from left to right; who paints
mirrors them for right-to-left layouts.

`lay(section, area, unit)` gives one rectangle per spot; `paint` fills it. `height` says how much
room a shape wants, `step` how far an arrow key goes.
"""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QPointF, QRectF, Qt

from socialdesk.domain.figures import Section, Shape, Spot
from socialdesk.domain.frozen import frozen
from socialdesk.engine.words import dates
from socialdesk.ui.board.brush import CENTER, LEADING, TOP_LEADING, TRAILING, Brush
from socialdesk.ui.plain import one_line

Mirror = Callable[[QRectF], QRectF]
TALLEST_BAR, SMALLEST_BAR = 2.4, 1.7  # units, of a lying bar with its gap
TALLEST_LINE, SMALLEST_LINE = 2.1, 1.5
CELL_WIDTH = 13.0  # units a large number needs
CELL_HEIGHT = 4.8  # units: less, and the number is smaller than its name
SHORT_NOTE = 24  # characters that fit below it; a longer note has two lines
DAY_NAME = 3.2  # units, left of the heat
TOP = 1.6  # units above columns, for their numbers
BELOW = 1.6  # units below, for their names


@frozen
class Drawing:
    """A section that has found its place. `mirror` turns a rectangle round where the layout is
    mirrored."""

    section: Section
    area: QRectF
    rects: tuple[QRectF, ...]
    mirror: Mirror

    @property
    def top(self) -> float:
        """The largest that is drawn."""
        spots = self.section.spots
        return max([s.size for s in spots] + [s.normal or 0.0 for s in spots] + [1.0])


Lay = Callable[[Section, QRectF, float], list[QRectF]]
Paint = Callable[[Brush, Drawing], None]


def height(section: Section, width: float, unit: float) -> float:
    """px the content wants at this width."""
    n = len(section.spots)
    match section.shape:
        case Shape.NUMBERS:
            tall = 6.4 if any(len(s.note) > SHORT_NOTE for s in section.spots) else 5.4
            return -(-n // columns_of(n, width, unit)) * tall * unit
        case Shape.BARS:
            return n * TALLEST_BAR * unit
        case Shape.SPLIT:
            return (2.6 + 1.8 * n) * unit
        case Shape.HEAT:
            return (1.4 + 7 * 1.9) * unit
        case Shape.QUOTES:
            return n * 3.6 * unit
        case Shape.LINES:
            return n * TALLEST_LINE * unit
        case Shape.COLUMNS:
            return 13 * unit


def columns_of(n: int, width: float, unit: float) -> int:
    """How many large numbers stand side by side: as even as they fit."""
    fitting = max(1, min(n, int(width / (CELL_WIDTH * unit))))
    return -(-n // -(-n // fitting)) if n else 1


def _lay_numbers(section: Section, area: QRectF, unit: float) -> list[QRectF]:
    n = len(section.spots)
    across = columns_of(n, area.width(), unit)
    rows = -(-n // across)
    while rows > 1 and area.height() < rows * CELL_HEIGHT * unit:  # a wall gives no more height
        rows -= 1
    across = -(-n // rows) if n else 1
    w, h = area.width() / across, area.height() / max(1, rows)
    return [QRectF(area.x() + i % across * w, area.y() + i // across * h, w - unit * 0.4, h - 2)
            for i in range(n)]  # fmt: skip


def _paint_numbers(b: Brush, d: Drawing) -> None:
    cell = d.rects[0].width() - 0.8 * b.unit if d.rects else 0.0
    is_long = any(b.width(spot.note, 0.85) > cell for spot in d.section.spots)
    for spot, rect in zip(d.section.spots, d.rects, strict=True):
        inner = d.mirror(rect).adjusted(b.unit * 0.4, 0, -b.unit * 0.4, 0)
        has_two = is_long and inner.height() > 5.5 * b.unit
        label, note = 1.6 * b.unit, (2.5 if has_two else 1.5) * b.unit
        room = max(b.unit, inner.height() - label - note)
        widest = 0.95 * inner.width() / max(1.0, b.width(spot.text, bold=True))
        size = min(3.4, 0.74 * room / b.unit, widest)
        tone = "" if spot.tone == "plain" else spot.tone
        x, y, w = inner.x(), inner.y(), inner.width()
        b.text(QRectF(x, y, w, label), spot.label, tone="dim")
        b.text(QRectF(x, y + label, w, room), spot.text, size=size, tone=tone, bold=True)
        below = QRectF(x, y + label + room, w, note)
        align = TOP_LEADING if has_two else LEADING
        b.text(below, spot.note, size=0.85, tone="dim", wraps=has_two, align=align)


def _lay_bars(section: Section, area: QRectF, unit: float) -> list[QRectF]:
    """As many as fit; what does not fit has an empty rectangle."""
    n = len(section.spots)
    fitting = max(1, min(n, int(area.height() / (SMALLEST_BAR * unit))))
    h = min(area.height() / fitting, TALLEST_BAR * unit)
    return [QRectF(area.x(), area.y() + i * h, area.width(), h) if i < fitting else QRectF()
            for i in range(n)]  # fmt: skip


def _paint_bars(b: Brush, d: Drawing) -> None:
    longest = max([b.width(one_line(s.label)) for s in d.section.spots] + [0.0])
    names = min(d.area.width() * 0.46, max(6 * b.unit, longest + 1.4 * b.unit))
    values = max([b.width(s.text, bold=True) for s in d.section.spots] + [0.0]) + b.unit
    notes = max([b.width(s.note, 0.85) for s in d.section.spots] + [0.0]) + b.unit
    notes = min(notes, d.area.width() * 0.3) if d.area.width() > 34 * b.unit else 0.0
    room = max(b.unit, d.area.width() - names - values - notes)
    for spot, rect in zip(d.section.spots, d.rects, strict=True):
        if rect.isEmpty():
            continue
        h = rect.height()
        length = max(3.0 if spot.size else 0.0, room * spot.size / d.top)
        x, y = rect.x() + names, rect.y()
        name = QRectF(rect.x() + b.unit * 0.3, y, names - b.unit, h)
        b.text(d.mirror(name), one_line(spot.label))
        b.bar(d.mirror(QRectF(x, y + h * 0.2, length, h * 0.6)), spot.tone)
        value = QRectF(x + length + b.unit * 0.4, y, values, h)
        b.text(d.mirror(value), spot.text, bold=True)
        if notes:
            note = QRectF(rect.right() - notes, y, notes - b.unit * 0.3, h)
            b.text(d.mirror(note), one_line(spot.note), size=0.85, tone="dim", align=TRAILING)


def _lay_split(section: Section, area: QRectF, unit: float) -> list[QRectF]:
    """The legend's rows: a share may be too thin to point at."""
    h = min(1.9 * unit, (area.height() - 2.6 * unit) / max(1, len(section.spots)))
    return [QRectF(area.x(), area.y() + 2.6 * unit + i * h, area.width(), h)
            for i in range(len(section.spots))]  # fmt: skip


def _paint_split(b: Brush, d: Drawing) -> None:
    total = sum(s.size for s in d.section.spots) or 1.0
    x = d.area.x()
    for n, spot in enumerate(d.section.spots):
        w = d.area.width() * spot.size / total
        gap = 2 if w > 4 else 0
        share = QRectF(x, d.area.y(), w - gap, 2 * b.unit)
        _share(b, d.mirror(share), spot.tone, n)
        x += w
    for n, (spot, rect) in enumerate(zip(d.section.spots, d.rects, strict=True)):
        h, y = rect.height(), rect.y()
        side = b.unit * 0.9
        left = rect.x() + b.unit * 0.3
        _share(b, d.mirror(QRectF(left, y + (h - side) / 2, side, side)), spot.tone, n)
        name = QRectF(left + side + b.unit * 0.6, y, 8 * b.unit, h)
        b.text(d.mirror(name), spot.label)
        value = QRectF(name.right(), y, 7.5 * b.unit, h)
        b.text(d.mirror(value), spot.text, bold=True)
        note = QRectF(value.right(), y, max(0.0, rect.right() - value.right()), h)
        b.text(d.mirror(note), spot.note, size=0.85, tone="dim")


def _share(b: Brush, rect: QRectF, tone: str, number: int) -> None:
    b.bar(rect, tone)
    if tone != "none":  # that one is hatched
        b.pattern(rect, number)


def _lay_columns(section: Section, area: QRectF, unit: float) -> list[QRectF]:
    step = area.width() / max(1, len(section.spots))
    return [QRectF(area.x() + i * step, area.y(), step, area.height() - BELOW * unit)
            for i in range(len(section.spots))]  # fmt: skip


def _paint_columns(b: Brush, d: Drawing) -> None:
    spots = d.section.spots
    step = d.area.width() / max(1, len(spots))
    names = max([b.width(s.label, 0.85) for s in spots] + [1.0]) + b.unit * 0.6
    every = max(1, -(-int(names) // max(1, int(step))))
    has_room = max([b.width(s.text, 0.85) for s in spots if s.size] + [0.0]) < step
    for n, (spot, rect) in enumerate(zip(spots, d.rects, strict=True)):
        room = rect.height() - TOP * b.unit
        inner = min(step * 0.78, 4 * b.unit)
        left = rect.center().x() - inner / 2
        tall = room * spot.size / d.top
        if spot.is_gap or spot.is_thin:
            gap = QRectF(left, rect.y() + TOP * b.unit, inner, room)
            b.hatch(d.mirror(gap))
        top = rect.bottom() - tall
        if spot.normal is not None:
            usual = rect.bottom() - room * spot.normal / d.top
            if 0 <= top - usual < 1.4 * b.unit:
                top = usual  # its number stands above the mark
        if spot.size:
            bar = QRectF(left, rect.bottom() - max(2.0, tall), inner, max(2.0, tall))
            b.bar(d.mirror(bar), spot.tone)
            if has_room:
                above = QRectF(rect.x(), top - 1.3 * b.unit, rect.width(), 1.2 * b.unit)
                if spot.is_thin:
                    b.clear(d.mirror(above), spot.text, 0.85)
                b.text(d.mirror(above), spot.text, size=0.85, align=CENTER)
        if n % every == 0:
            middle = rect.center().x()
            below = QRectF(middle - names / 2, rect.bottom() + 2, names, BELOW * b.unit - 2)
            b.text(d.mirror(below), spot.label, size=0.85, tone="dim", align=CENTER)
    b.line(b.t.line, 1.0)
    floor = d.rects[0].bottom() if d.rects else d.area.bottom()
    b.painter.drawLine(QPointF(d.area.left(), floor), QPointF(d.area.right(), floor))
    _usual(b, d)


def _usual(b: Brush, d: Drawing) -> None:
    """What is normal, as a mark over each column."""
    b.line(b.t.text, max(2.0, b.unit / 8), Qt.PenStyle.DotLine)
    for spot, rect in zip(d.section.spots, d.rects, strict=True):
        if spot.normal is not None:
            y = rect.bottom() - (rect.height() - TOP * b.unit) * spot.normal / d.top
            place = d.mirror(rect)
            edge = place.width() * 0.06
            b.painter.drawLine(QPointF(place.x() + edge, y), QPointF(place.right() - edge, y))


def _lay_heat(section: Section, area: QRectF, unit: float) -> list[QRectF]:
    left, top = area.x() + DAY_NAME * unit, area.y() + 1.4 * unit
    w = (area.right() - left) / 24
    h = min((area.bottom() - top) / 7, 2.2 * unit)
    return [QRectF(left + i % 24 * w, top + i // 24 * h, w - 2, h - 2)
            for i in range(len(section.spots))]  # fmt: skip


def _paint_heat(b: Brush, d: Drawing) -> None:
    for hour in range(0, 24, 3):
        rect = d.rects[hour]
        name = QRectF(rect.x(), d.area.y(), rect.width() * 3, 1.3 * b.unit)
        b.text(d.mirror(name), f"{hour:02}", size=0.85, tone="dim")
    for day in range(7):
        rect = d.rects[day * 24]
        name = QRectF(d.area.x(), rect.y(), DAY_NAME * b.unit - 4, rect.height())
        b.text(d.mirror(name), dates.weekday(day), size=0.9)
    for spot, rect in zip(d.section.spots, d.rects, strict=True):
        cell = d.mirror(rect)
        b.ground(cell)
        if spot.size:
            share = 0.18 + 0.82 * spot.size / d.top
            b.bar(cell, "accent", share)
            if b.width(spot.text, 0.75) < cell.width() - 2:
                b.number_on(cell, spot.text, is_strong=share > (0.62 if b.t.is_dark else 0.72))


def _lay_quotes(section: Section, area: QRectF, unit: float) -> list[QRectF]:
    n = max(1, len(section.spots))
    h = min(area.height() / n, 3.6 * unit)
    return [QRectF(area.x(), area.y() + i * h, area.width(), h - 2)
            for i in range(len(section.spots))]  # fmt: skip


def _paint_quotes(b: Brush, d: Drawing) -> None:
    names = min(d.area.width() * 0.32, 16 * b.unit)
    for spot, rect in zip(d.section.spots, d.rects, strict=True):
        half = rect.height() / 2
        left = rect.x() + b.unit * 0.3
        b.text(d.mirror(QRectF(left, rect.y(), names - b.unit, half)), one_line(spot.label),
               bold=True)  # fmt: skip
        b.text(d.mirror(QRectF(left, rect.y() + half, names - b.unit, half)), spot.text, size=0.85,
               tone="dim")  # fmt: skip
        quote = QRectF(rect.x() + names, rect.y(), rect.width() - names, rect.height())
        words = one_line(spot.note)
        fitting = int(2 * quote.width() / (0.52 * b.unit))  # letters on two lines
        shown = words if len(words) <= fitting else words[: fitting - 1] + "…"
        b.text(d.mirror(quote), f"“{shown}”", wraps=True, align=LEADING)


def _lay_lines(section: Section, area: QRectF, unit: float) -> list[QRectF]:
    """As many as fit; what does not fit has an empty rectangle."""
    n = len(section.spots)
    fitting = max(1, min(n, int(area.height() / (SMALLEST_LINE * unit))))
    h = min(area.height() / fitting, TALLEST_LINE * unit)
    return [QRectF(area.x(), area.y() + i * h, area.width(), h) if i < fitting else QRectF()
            for i in range(n)]  # fmt: skip


def _paint_lines(b: Brush, d: Drawing) -> None:
    names = min(max([b.width(s.label, bold=True) for s in d.section.spots] + [0.0]) + b.unit,
                d.area.width() * 0.34)  # fmt: skip
    kinds = min(max([b.width(s.text, 0.85) for s in d.section.spots] + [0.0]) + b.unit,
                d.area.width() * 0.28)  # fmt: skip
    for spot, rect in zip(d.section.spots, d.rects, strict=True):
        if rect.isEmpty():
            continue
        x, y, h = rect.x() + b.unit * 0.3, rect.y(), rect.height()
        tone = "" if spot.tone in {"plain", "accent"} else spot.tone
        b.text(d.mirror(QRectF(x, y, names - b.unit * 0.5, h)), one_line(spot.label), bold=True,
               tone=tone)  # fmt: skip
        kind = QRectF(x + names, y, kinds - b.unit * 0.5, h)
        b.text(d.mirror(kind), one_line(spot.text), size=0.85, tone=tone or "dim")
        left = x + names + kinds
        words = QRectF(left, y, rect.right() - left, h)
        b.text(d.mirror(words), one_line(spot.note))


LAYS: dict[Shape, Lay] = {
    Shape.NUMBERS: _lay_numbers, Shape.BARS: _lay_bars, Shape.SPLIT: _lay_split,
    Shape.COLUMNS: _lay_columns, Shape.HEAT: _lay_heat, Shape.QUOTES: _lay_quotes,
    Shape.LINES: _lay_lines,
}  # fmt: skip
PAINTS: dict[Shape, Paint] = {
    Shape.NUMBERS: _paint_numbers, Shape.BARS: _paint_bars, Shape.SPLIT: _paint_split,
    Shape.COLUMNS: _paint_columns, Shape.HEAT: _paint_heat, Shape.QUOTES: _paint_quotes,
    Shape.LINES: _paint_lines,
}  # fmt: skip


def steps(section: Section) -> Sequence[int]:
    """How far left/right and up/down go among the spots."""
    return (1, 24) if section.shape is Shape.HEAT else (1, 1)


def is_open(spot: Spot) -> bool:
    """Whether it has mentions to show."""
    return spot.ref is not None and bool(spot.size)
