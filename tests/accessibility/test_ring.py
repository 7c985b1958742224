"""One sees where the keys are: each kind of control, as it stands on its screen, with and without
the focus, in both looks. What changes must be as much as a thin ring, and stand out by 3:1."""

from collections.abc import Iterator, Sequence

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QApplication, QWidget

from socialdesk.engine.commands import SetSetting
from tests.accessibility.contrast import ratio
from tests.accessibility.tabbing import stops_of
from tests.accessibility.tour import STOPS, Stop, Tour

pytestmark = [pytest.mark.timeout(180), pytest.mark.qt_log_ignore("This plugin does not support")]

DRAWN, MARGIN, MOST = 3.0, 3, 350  # ratio; px around a control; changed px that are surely seen
FEW = tuple(s for s in STOPS if s.name in ("composer", "outbox", "templates", "settings"))
PROPERTIES = ("kind", "framed", "rows", "cards", "page", "words", "ground")


@pytest.mark.parametrize(("look", "stops", "fewest"), [("light", STOPS, 25), ("dark", FEW, 12)])
def test_one_sees_where_the_keys_are(
    tour: Tour, look: str, stops: Sequence[Stop], fewest: int
) -> None:
    tour.shop.do(SetSetting("theme", look))
    faint, seen = [], set[tuple[object, ...]]()
    try:
        for stop in stops:
            root = tour.visit(stop)
            for part in _new_kinds(root, seen):
                n, wanted = _changed(root, part)
                if n < wanted:  # once more: a page that was laid out meanwhile moved it
                    tour.settle()
                    n, wanted = _changed(root, part)
                if n < wanted:
                    faint.append(f"{stop.name}: {_kind(part)} {n} of {wanted} px")
        assert not faint, "\n".join(faint)
        assert len(seen) >= fewest
    finally:
        tour.leave()
        tour.shop.do(SetSetting("theme", "light"))
        tour.settle()


def _new_kinds(root: QWidget, seen: set[tuple[object, ...]]) -> Iterator[QWidget]:
    for part in stops_of(root):
        whole = part.visibleRegion().boundingRect() == part.rect()
        if whole and _kind(part) not in seen:
            seen.add(_kind(part))
            yield part


def _kind(part: QWidget) -> tuple[object, ...]:
    return (type(part).__name__, *(part.property(name) for name in PROPERTIES))


def _changed(root: QWidget, part: QWidget) -> tuple[int, int]:
    """Pixels that stand out from what they are without the focus; how many are wanted."""
    others = [other for other in stops_of(root) if other is not part]
    if not others:  # nowhere else to go: it always has the focus
        return MOST, MOST
    rect = QRect(part.mapTo(root, part.rect().topLeft()), part.size())
    part.setFocus(Qt.FocusReason.TabFocusReason)
    QApplication.processEvents()
    if QApplication.focusWidget() is not part:
        return MOST, MOST  # it hands the focus on to a part of it, which is met by itself
    rect.adjust(-MARGIN, -MARGIN, MARGIN, MARGIN)
    focused = root.grab(rect).toImage()
    others[0].setFocus(Qt.FocusReason.TabFocusReason)
    QApplication.processEvents()
    return _n_standing_out(focused, root.grab(rect).toImage()), min(
        MOST, part.width() + part.height()
    )


def _n_standing_out(one: QImage, other: QImage) -> int:
    n, ratios = 0, dict[tuple[int, int], float]()
    for x in range(min(one.width(), other.width())):
        for y in range(min(one.height(), other.height())):
            pair = (one.pixel(x, y), other.pixel(x, y))
            if pair[0] != pair[1]:
                if pair not in ratios:
                    ratios[pair] = ratio(QColor.fromRgb(pair[0]), QColor.fromRgb(pair[1]))
                n += ratios[pair] >= DRAWN
    return n
