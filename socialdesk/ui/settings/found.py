"""What a search of the settings finds: every control of every page, by its name, the sentence that
explains it, its choices, and other words for it. Pure but for reading the controls."""

from collections.abc import Iterator, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QLabel, QScrollArea, QScrollBar, QWidget

from socialdesk.domain.frozen import frozen
from socialdesk.ui.palette import folded
from socialdesk.ui.settings.fields import SettingLine

NOT_FOUND = "unsearched"  # property of a control that another one stands for
MOST = 60  # hits; more than anybody reads


@frozen
class Entry:
    """A control that can be gone to. `page`: number of its section; `also`: words it is found by
    without showing them."""

    page: int
    section: str
    name: str
    what: str
    also: str
    target: QWidget


def entries_of(page: QWidget, number: int, section: str) -> Iterator[Entry]:
    """The controls of a page, in its order: whole setting lines, and all else that takes keys and
    has a name. Those that are hidden now are found too."""
    for widget in page.findChildren(QWidget):
        if isinstance(widget, SettingLine):
            shown = widget.shown
            also = " ".join((shown.also, *(text for _, text in shown.choices)))
            yield Entry(number, section, shown.name, widget.what, also, widget.field)
        elif _is_control(widget):
            yield Entry(
                number, section, widget.accessibleName(), widget.accessibleDescription(),
                _choices(widget), widget,
            )  # fmt: skip


def find(typed: str, entries: Sequence[Entry]) -> list[Entry]:
    """Those with all the words, the best first: in the name before in the sentence, beginnings
    before middles, short names before long ones: a setting before its days."""
    words = folded(typed).split()
    scored = []
    for number, entry in enumerate(entries):
        name, what = folded(entry.name), folded(f"{entry.what} {entry.also} {entry.section}")
        if words and all(word in name or word in what for word in words):
            score = sum(_score(word, name) for word in words)
            scored.append((-score, len(name) if score else 0, number, entry))
    return [entry for *_, entry in sorted(scored, key=lambda found: found[:3])][:MOST]


def spans(typed: str, text: str) -> list[tuple[int, int]]:
    """Begin and length of each place in `text` where a typed word stands, whatever its case and
    accents."""
    letters, places = "", []
    for number, char in enumerate(text):
        small = folded(char)
        letters += small
        places += [number] * len(small)
    found = []
    for word in folded(typed).split():
        at = letters.find(word)
        while at >= 0:
            first, last = places[at], places[at + len(word) - 1]
            found.append((first, last - first + 1))
            at = letters.find(word, at + len(word))
    return sorted(found)


def reach(target: QWidget, page: QWidget) -> QWidget | None:
    """What to put the keys on for `target`: itself, or while it is hidden, what its part of the
    page is switched on with."""
    widget: QWidget | None = target
    while widget is not None and widget is not page and not widget.isVisibleTo(page):
        widget = widget.parentWidget()
    if widget is None or widget is target:
        return widget
    able = [w for w in widget.findChildren(QWidget) if _takes_keys(w) and w.isVisibleTo(page)]
    return able[0] if able else None


def _score(word: str, name: str) -> int:
    if name.startswith(word) or f" {word}" in name:
        return 4
    return 2 if word in name else 0


def _is_control(widget: QWidget) -> bool:
    is_part = isinstance(_owner(widget), SettingLine) or bool(widget.property(NOT_FOUND))
    return _takes_keys(widget) and bool(widget.accessibleName()) and not is_part


def _takes_keys(widget: QWidget) -> bool:
    is_made_of = widget.objectName().startswith("qt_") or isinstance(
        widget.parentWidget(), QComboBox
    )
    is_frame = isinstance(widget, QLabel | QScrollBar | QScrollArea)
    takes = bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus)
    return takes and not is_made_of and not is_frame


def _owner(widget: QWidget) -> QWidget | None:
    """The setting line it stands in."""
    parent = widget.parentWidget()
    while parent is not None and not isinstance(parent, SettingLine):
        parent = parent.parentWidget()
    return parent


def _choices(widget: QWidget) -> str:
    if not isinstance(widget, QComboBox) or widget.count() > 20:
        return ""
    return " ".join(widget.itemText(n) for n in range(widget.count()))
