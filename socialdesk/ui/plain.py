"""A stranger's words made safe to show: plain text only, no layout escape, links by their host.

Qt guesses HTML in labels, boxes and tooltips, and a guessed `<img src=...>` reads local files
(measured); so every label that may hold remote words is made by `label`, and a test walks the
windows and fails on any that guesses.
"""

import re
import unicodedata
from urllib.parse import urlsplit

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QStyle, QStyleOptionFrame, QWidget

from socialdesk.domain.frozen import frozen

FIRST_CHARS = 5_000  # one line of a million letters froze Qt for 25 s; 5,000 take 0.1 s
MAX_MARKS = 6  # combining marks on one letter; no living language stacks more
FSI, PDI = "\u2068", "\u2069"
_BIDI = frozenset("\u200e\u200f\u061c\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_NO_BIDI = dict.fromkeys(map(ord, _BIDI))
_LINK = re.compile(r"(?:https?://|mailto:)[^\s<>\"\u00ab\u00bb]+", re.IGNORECASE)
_END = ".,;:!?)]}'’”»…"
_BREAK = re.compile("[\r\u2028\u2029\u0085\x0b\x0c]+")


@frozen
class Link:
    """An address in a text. `host`: where it really leads, in ASCII when it was a look-alike."""

    url: str
    host: str


def clean(text: str) -> str:
    """`text` without what breaks a screen: NUL, lone surrogates, control characters, towers of
    combining marks. Everything else is shown as typed."""
    if text.isascii() and text.isprintable():
        return text
    kept, n_marks = [], 0
    for char in _BREAK.sub("\n", text):
        category = unicodedata.category(char)
        n_marks = n_marks + 1 if category in {"Mn", "Me"} else 0
        if n_marks > MAX_MARKS:
            continue
        if category in {"Cc", "Cs"} and char not in "\n\t":
            char = "\ufffd"
        kept.append(char)
    return "".join(kept)


def one_line(text: str) -> str:
    """Cleaned, on one line."""
    return " ".join(clean(text).split())


def isolated(text: str) -> str:
    """A name or first words inside a sentence of ours: neither side changes the other's order."""
    return FSI + one_line(text).translate(_NO_BIDI) + PDI


def links(text: str) -> list[Link]:
    """The addresses in `text` that may be opened, each once, in order."""
    found = (opened(m[0].rstrip(_END)) for m in _LINK.finditer(text))
    return list({link.url: link for link in found if link is not None}.values())


def opened(url: str) -> Link | None:
    """What opening `url` would reach; None when it is no web or mail address.

    Only http, https and mailto; the host is what the browser will take, so of
    `https://bank.example@evil.example/` it is `evil.example`.
    """
    if any(unicodedata.category(c) in {"Cc", "Cs"} or c.isspace() for c in url):
        return None
    try:
        parts = urlsplit(url)
        host = parts.hostname or ""
        _ = parts.port
    except ValueError:
        return None
    if "\\" in url:  # browsers read it as a slash, we would name another host
        return None
    if parts.scheme.lower() == "mailto":
        return Link(url, one_line(parts.path)) if "@" in parts.path else None
    if parts.scheme.lower() not in {"http", "https"} or not host:
        return None
    try:
        return Link(url, host.encode("idna").decode("ascii") if not host.isascii() else host)
    except UnicodeError:
        return None


def shown(url: str) -> str:
    """An address as text: invisible characters (category Cf) stand as their numbers."""
    return "".join(
        f"<U+{ord(c):04X}>" if unicodedata.category(c) in {"Cf", "Cc", "Cs"} else c for c in url
    )


def tip(text: str) -> str:
    """A tooltip that shows `text` as typed."""
    escaped = clean(text).replace("&", "&amp;").replace("<", "&lt;").replace("\n", "<br>")
    return f"<qt>{escaped}</qt>" if text else ""


def label(
    text: str = "", parent: QWidget | None = None, *, tone: str = "", wraps: bool = False
) -> QLabel:
    """A label that never guesses HTML. `tone`: see `theme.style_sheet`."""
    made = QLabel(parent)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setText(text)
    made.setWordWrap(wraps)
    if tone:
        made.setProperty("tone", tone)
    return made


class Elided(QLabel):
    """One line of plain text that ends in … where there is no room; then the whole is its tip,
    unless it was given another one."""

    _told = ""  # the tip of its own making

    def __init__(self, parent: QWidget, tone: str = "") -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        if tone:
            self.setProperty("tone", tone)

    def setText(self, text: str) -> None:
        super().setText(text)
        self._tell()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._tell()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._tell()

    @property
    def is_cut(self) -> bool:
        """Whether its words end in … now."""
        return self._shown() != self.text()

    def _shown(self) -> str:
        room = self.contentsRect().width()
        return self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, room)

    def _tell(self) -> None:
        if self.toolTip() == self._told:
            self._told = tip(self.text()) if self.is_cut else ""
            self.setToolTip(self._told)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, room, shown = QPainter(self), self.contentsRect(), self._shown()
        flags = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeading
        painter.setLayoutDirection(self.layoutDirection())
        painter.drawText(room, int(flags) | Qt.TextFlag.TextSingleLine, shown)


class _Chip(QLabel):
    """As wide as its word where there is room; else it ends in … and the whole is its tip."""

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if not self.toolTip() and self._shown() != self.text():
            self.setToolTip(tip(self.text()))

    def paintEvent(self, event: QPaintEvent) -> None:
        if (shown := self._shown()) == self.text():
            super().paintEvent(event)
            return
        painter, ground = QPainter(self), QStyleOptionFrame()
        self.initStyleOption(ground)
        self.style().drawControl(QStyle.ControlElement.CE_ShapedFrame, ground, painter, self)
        flags = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeading
        painter.drawText(self.contentsRect(), int(flags) | Qt.TextFlag.TextSingleLine, shown)

    def _shown(self) -> str:
        room = self.contentsRect().width()
        return self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, room)


def chip(text: str, tone: str = "plain", parent: QWidget | None = None) -> QLabel:
    """A small coloured word; `tone`: plain, accent, danger, warn, ok."""
    made = _Chip(parent)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setText(text)
    made.setProperty("chip", tone)
    return made


def dress(widget: QWidget, name: str, value: str) -> None:
    """Set a property the style sheet looks at, and let it look again."""
    if widget.property(name) != value:
        widget.setProperty(name, value)
        widget.style().unpolish(widget)
        widget.style().polish(widget)
