"""The look: Fusion, our own light and dark palette, one short style sheet.

Contrast of each pair was measured against WCAG (desktop specification, section 8): text pairs are
at least 5.2:1; lines are 1.3:1 and only decoration. A widget that paints by hand takes its colours
from `tokens(self.palette())`, so it follows the palette and needs no global.
"""

from enum import Enum

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QPalette
from PySide6.QtWidgets import QApplication

from socialdesk.domain.frozen import frozen
from socialdesk.places import resource

FAMILIES = ("Noto Sans", "DejaVu Sans", "Noto Color Emoji")
RADIUS = 8  # px, of buttons, fields and cards
POINTS = 9.5  # of ordinary text at 100 per cent


class Mode(Enum):
    """The setting `theme`."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"


@frozen
class Tokens:
    """Colours by what they mean. Each `…_back` is the ground its colour was measured on."""

    is_dark: bool
    window: str
    base: str
    text: str
    dim: str
    line: str
    chip: str  # ground of neutral chips and of their bubbles
    accent: str
    accent_back: str
    on_accent: str
    danger: str
    danger_back: str
    warn: str
    warn_back: str
    ok: str
    ok_back: str


LIGHT = Tokens(
    is_dark=False, window="#f6f7f9", base="#ffffff", text="#1b1f24", dim="#5d6673",
    line="#dde1e7", chip="#f0f1f4", accent="#2457d6", accent_back="#e6edfd", on_accent="#ffffff",
    danger="#b42318", danger_back="#fdeceb", warn="#8a5a00", warn_back="#fdf3d8",
    ok="#17663a", ok_back="#e3f5ea",
)  # fmt: skip
DARK = Tokens(
    is_dark=True, window="#16181d", base="#1d2026", text="#e8eaee", dim="#a2abb8",
    line="#353a44", chip="#262a32", accent="#7aa2ff", accent_back="#24314f", on_accent="#0d1526",
    danger="#ff9a92", danger_back="#44211f", warn="#f1c56b", warn_back="#3d321a",
    ok="#7fd8a3", ok_back="#1d3829",
)  # fmt: skip


def tokens(palette: QPalette) -> Tokens:
    """The colours that go with a widget's palette, whatever ground its style sheet gave it."""
    role = QPalette.ColorRole
    # a style sheet's `transparent` is a black window; it never touches the lines
    known = role.Window if palette.color(role.Window).alpha() else role.Mid
    return DARK if palette.color(known).lightness() < 128 else LIGHT


def palette(t: Tokens) -> QPalette:
    """The Qt palette of `t`."""
    role, made = QPalette.ColorRole, QPalette()
    for which, name in {
        role.Window: t.window, role.Base: t.base, role.AlternateBase: t.chip,
        role.Button: t.base, role.Text: t.text, role.WindowText: t.text,
        role.ButtonText: t.text, role.ToolTipBase: t.base, role.ToolTipText: t.text,
        role.PlaceholderText: t.dim, role.Highlight: t.accent,
        role.HighlightedText: t.on_accent, role.Link: t.accent, role.LinkVisited: t.accent,
        role.BrightText: t.danger, role.Mid: t.line, role.Midlight: t.line, role.Dark: t.line,
        role.Light: t.base, role.Shadow: t.line,
    }.items():  # fmt: skip
        made.setColor(which, QColor(name))
    for which in (role.Text, role.WindowText, role.ButtonText):
        made.setColor(QPalette.ColorGroup.Disabled, which, QColor(t.dim))
    return made


def style_sheet(t: Tokens, percent: int = 100) -> str:
    """Widgets choose a variant by a dynamic property: `kind` of a button (primary, danger, quiet,
    link), `tone` of a label (dim, danger, warn, ok, title, heading), `chip` of a label. `percent`:
    of the size of text."""

    def px(at_100: float) -> str:
        return f"{round(at_100 * percent / 100)}px"

    def pt(at_100: float) -> str:
        return f"{at_100 * percent / 100:g}pt"

    dot = 2 * round(6 * percent / 100)  # px inside a round button
    ring = 3 * (dot // 12)
    mark = min(round(14 * percent / 100), 22)  # px; a folded list leaves it 26
    drawn = resource("icons", "dark" if t.is_dark else "light")
    arrow, check = (drawn / "chevron-down.svg").as_posix(), (drawn / "check.svg").as_posix()
    left, right = ((drawn / f"chevron-{way}.svg").as_posix() for way in ("left", "right"))
    # combobox-popup 0: under a style sheet Fusion's own, menu-like list is some pixels too low and
    # scrolls its last entry away (measured, Qt 6.11).
    return f"""
* {{ outline: none; }}
QAbstractScrollArea {{ border: 0; background: {t.base}; }}
QAbstractScrollArea[ground="none"] {{ background: transparent; }}
QDialog[kind="picker"] {{ background: {t.base}; border: 1px solid {t.dim}; }}
QToolTip {{ background: {t.base}; color: {t.text}; border: 1px solid {t.line}; padding: 4px; }}
QPushButton, QToolButton {{ background: {t.base}; color: {t.text}; border: 1px solid {t.line};
  border-radius: {RADIUS}px; padding: 5px 11px; min-height: {px(18)}; }}
QToolButton {{ padding: 5px 8px; }}
QPushButton:hover, QToolButton:hover {{ background: {t.chip}; }}
QPushButton:pressed, QToolButton:pressed, QToolButton:checked {{ background: {t.accent_back}; }}
QPushButton:disabled, QToolButton:disabled {{ color: {t.dim}; background: {t.window}; }}
QPushButton[kind="primary"] {{ background: {t.accent}; color: {t.on_accent};
  border-color: {t.accent}; font-weight: 600; }}
QPushButton[kind="danger"] {{ background: {t.danger_back}; color: {t.danger};
  border-color: {t.danger}; }}
QPushButton[kind="primary"]:disabled, QPushButton[kind="danger"]:disabled {{
  background: {t.chip}; color: {t.dim}; border-color: {t.line}; }}
QPushButton[kind="quiet"], QToolButton[kind="quiet"] {{ background: transparent;
  border-color: transparent; }}
QPushButton[kind="quiet"]:hover, QToolButton[kind="quiet"]:hover {{ background: {t.chip}; }}
QPushButton[kind="link"] {{ background: transparent; border: 2px solid transparent;
  color: {t.accent}; padding: 1px 0; text-align: left; }}
QPushButton[kind="icon"] {{ padding: 5px 7px; }}
QToolButton::menu-indicator {{ image: none; }}
QLineEdit, QPlainTextEdit, QTextEdit, QComboBox, QSpinBox, QDateTimeEdit, QListView[framed="yes"] {{
  background: {t.base}; color: {t.text}; border: 1px solid {t.line}; border-radius: {RADIUS}px;
  padding: 5px 8px; selection-background-color: {t.accent}; selection-color: {t.on_accent}; }}
QLineEdit {{ min-height: {px(20)}; }}
QLineEdit QToolButton {{ border: 0; padding: 0; min-height: 0; background: transparent; }}
QComboBox {{ padding-right: 26px; min-height: {px(18)}; combobox-popup: 0; }}
QComboBox::drop-down {{ border: 0; width: 26px; }}
QComboBox::down-arrow {{ image: url("{arrow}"); width: {mark}px; height: {mark}px; }}
QComboBox QAbstractItemView {{ background: {t.base}; border: 1px solid {t.line};
  selection-background-color: {t.accent_back}; selection-color: {t.text}; }}
QPushButton:focus, QToolButton:focus, QLineEdit:focus, QPlainTextEdit:focus,
QTextEdit:focus, QComboBox:focus, QSpinBox:focus, QDateTimeEdit:focus,
QListView[framed="yes"]:focus {{ border: 2px solid {t.accent}; }}
QPushButton[kind="primary"]:focus {{ background: {t.base}; color: {t.accent}; }}
QListView, QTreeView, QTableView, QScrollArea[page="yes"] {{ border: 2px solid transparent; }}
QListView:focus, QTreeView:focus, QTableView:focus, QScrollArea[page="yes"]:focus {{
  border-color: {t.accent}; }}
QTableView[cards="yes"], QTableView[cards="yes"]:focus, QListView[ground="none"],
QListView[ground="none"]:focus, QComboBox QAbstractItemView {{ border: 0; }}
QSlider:focus {{ border: 2px solid {t.accent}; border-radius: 4px; }}
QPushButton:focus {{ padding: 4px 10px; }}
QToolButton:focus {{ padding: 4px 7px; }}
QPushButton[kind="link"]:focus {{ padding: 1px 0; }}
QPushButton[kind="icon"]:focus {{ padding: 4px 6px; }}
QLineEdit:focus, QPlainTextEdit:focus, QSpinBox:focus {{ padding: 4px 7px; }}
QTextEdit[words="yes"], QTextEdit[words="yes"]:focus {{ border: 0; padding: 0;
  background: transparent; border-radius: 0; }}
QComboBox:focus {{ padding: 4px 25px 4px 7px; }}
QCheckBox::indicator, QListView::indicator {{ width: {px(14)}; height: {px(14)};
  border: 1px solid {t.dim}; border-radius: 4px; background: {t.base}; }}
QRadioButton::indicator {{ width: {dot}px; height: {dot}px; border: 1px solid {t.dim};
  border-radius: {dot // 2 + 1}px; background: {t.base}; }}
QRadioButton::indicator:checked {{ width: {dot - 2 * ring}px; height: {dot - 2 * ring}px;
  border: {1 + ring}px solid {t.accent}; border-radius: {dot // 2 + 1}px;
  background: {t.base}; }}
QCheckBox::indicator:checked, QListView::indicator:checked {{
  background: {t.accent}; border-color: {t.accent};
  image: url("{check}"); }}
QCheckBox::indicator:disabled {{ border-color: {t.line}; }}
QCheckBox, QRadioButton {{ border: 2px solid transparent; border-radius: 4px; }}
QCheckBox:focus, QRadioButton:focus {{ border-color: {t.accent}; }}
QScrollArea > QWidget > QWidget {{ background: transparent; }}
QTableView[cards="yes"] {{ selection-background-color: {t.base}; }}
QTableView[rows="yes"] {{ background: {t.base}; border: 1px solid {t.line};
  selection-background-color: {t.accent_back};
  selection-color: {t.text}; }}
QTableView[rows="yes"]:focus {{ border: 2px solid {t.accent}; }}
QTableView[rows="yes"]::item {{ padding: 0 6px; }}
QListView::item, QTreeView::item {{ padding: 4px 6px; color: {t.text}; }}
QListView::item {{ border-radius: 6px; }}
QListView::item:selected, QTreeView::item:selected {{ background: {t.accent_back};
  color: {t.text}; }}
QMenu {{ background: {t.base}; color: {t.text}; border: 1px solid {t.line}; padding: 4px; }}
QMenu::item {{ padding: 5px 24px 5px 12px; border-radius: 5px; }}
QMenu::item:selected {{ background: {t.accent_back}; }}
QMenu::item:disabled {{ color: {t.dim}; }}
QMenu::separator {{ height: 1px; background: {t.line}; margin: 4px 6px; }}
QSplitter::handle {{ background: {t.line}; }}
QSplitter::handle:horizontal {{ width: 1px; }}
QSplitter::handle:vertical {{ height: 1px; }}
QHeaderView::section {{ background: {t.window}; color: {t.dim}; border: 0;
  border-bottom: 1px solid {t.line}; padding: 5px 8px; }}
QTabBar::scroller {{ width: {px(22)}; }}
QTabBar QToolButton {{ border: 0; border-radius: 0; padding: 0; min-height: 0;
  background: {t.window}; }}
QTabBar QToolButton::left-arrow {{ image: url("{left}"); }}
QTabBar QToolButton::right-arrow {{ image: url("{right}"); }}
QTabBar QToolButton::left-arrow:disabled, QTabBar QToolButton::right-arrow:disabled {{
  image: none; }}
QTabBar::tab {{ padding: 6px 12px; color: {t.dim}; border-bottom: 2px solid transparent; }}
QTabBar[tight="yes"]::tab {{ padding: 6px 8px; }}
QTabBar::tab:selected {{ color: {t.text}; border-bottom-color: {t.accent}; }}
QTabBar::tab:focus {{ border: 2px solid {t.accent}; }}
QTabWidget::pane {{ border: 0; border-top: 1px solid {t.line}; }}
QProgressBar {{ background: {t.chip}; border: 0; border-radius: 4px; max-height: 8px; }}
QProgressBar::chunk {{ background: {t.accent}; border-radius: 4px; }}
QScrollBar:vertical {{ background: transparent; width: 10px; margin: 0; }}
QScrollBar:horizontal {{ background: transparent; height: 10px; margin: 0; }}
QScrollBar::handle {{ background: {t.line}; border-radius: 4px; margin: 1px; }}
QScrollBar::handle:vertical {{ min-height: 32px; }}
QScrollBar::handle:horizontal {{ min-width: 32px; }}
QScrollBar::handle:hover {{ background: {t.dim}; }}
QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; }}
QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}
QLabel[tone="dim"] {{ color: {t.dim}; }}
QLabel[tone="danger"] {{ color: {t.danger}; }}
QLabel[tone="warn"] {{ color: {t.warn}; }}
QLabel[tone="ok"] {{ color: {t.ok}; }}
QLabel[tone="accent"] {{ color: {t.accent}; }}
QLabel[tone="title"] {{ font-size: {pt(13)}; font-weight: 600; }}
QLabel[tone="heading"] {{ font-size: {pt(11.5)}; font-weight: 600; }}
QLabel[tone="strong"] {{ font-weight: 600; }}
QLabel[chip="plain"] {{ background: {t.chip}; color: {t.dim}; }}
QLabel[chip="accent"] {{ background: {t.accent_back}; color: {t.accent}; }}
QLabel[chip="danger"] {{ background: {t.danger_back}; color: {t.danger}; }}
QLabel[chip="warn"] {{ background: {t.warn_back}; color: {t.warn}; }}
QLabel[chip="ok"] {{ background: {t.ok_back}; color: {t.ok}; }}
QLabel[chip] {{ border-radius: {px(8)}; padding: 1px 8px; font-size: {pt(8.5)}; }}
QFrame[bubble="theirs"] {{ background: {t.chip}; border-radius: {RADIUS}px; }}
QFrame[bubble="ours"] {{ background: {t.accent_back}; border-radius: {RADIUS}px; }}
QFrame[bubble="note"] {{ background: {t.warn_back}; border-radius: {RADIUS}px; }}
QFrame[bar="accent"] {{ background: {t.accent_back}; }}
QFrame[bar="warn"] {{ background: {t.warn_back}; }}
QFrame[bar="danger"] {{ background: {t.danger_back}; }}
QFrame[bar="toast"] {{ background: {t.text}; border-radius: {RADIUS}px; }}
QFrame[bar="toast"] QLabel {{ color: {t.base}; }}
QFrame[bar="toast"] QPushButton {{ color: {t.base}; background: transparent;
  border-color: {t.dim}; }}
QFrame[pane="views"] {{ background: {t.window}; }}
QFrame[pane="base"] {{ background: {t.base}; }}
QFrame[rule="yes"] {{ background: {t.line}; max-height: 1px; border: 0; }}
"""


class Theme(QObject):
    """Keeps the application in light or dark; follows the system when the setting says so.

    Where the system does not tell (Unknown: bare X, offscreen, some portals) it is light.
    """

    changed = Signal()

    def __init__(
        self, app: QApplication, mode: Mode = Mode.SYSTEM, parent: QObject | None = None
    ) -> None:
        super().__init__(parent or app)
        self._app, self._mode, self._percent = app, mode, 100
        if not app.styleSheet():  # once: a new style polishes every widget again
            app.setStyle("Fusion")
            font = QFont()
            font.setFamilies(list(FAMILIES))
            font.setPointSizeF(POINTS)
            app.setFont(font)
        app.styleHints().colorSchemeChanged.connect(self._on_system_changed)
        self._dress()

    @property
    def mode(self) -> Mode:
        return self._mode

    def set_mode(self, mode: Mode) -> None:
        """What the setting says from now on."""
        self._mode = mode
        self._dress()

    def set_text_size(self, percent: int) -> None:
        """Of all text, from now on."""
        if percent == self._percent:
            return
        self._percent = percent
        font = self._app.font()
        font.setPointSizeF(POINTS * percent / 100)
        self._app.setFont(font)
        self._dress()

    def _on_system_changed(self) -> None:
        if self._mode is Mode.SYSTEM:
            self._dress()

    def _dress(self) -> None:
        system = self._app.styleHints().colorScheme()
        is_dark = self._mode is Mode.DARK or (
            self._mode is Mode.SYSTEM and system is Qt.ColorScheme.Dark
        )
        t = DARK if is_dark else LIGHT
        sheet = style_sheet(t, self._percent)
        if sheet != self._app.styleSheet():  # a style sheet polishes every widget again
            self._app.setPalette(palette(t))
            self._app.setStyleSheet(sheet)
            self.changed.emit()
