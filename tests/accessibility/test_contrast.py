"""4.5:1 for every text on its ground, 3:1 for rings and for what is drawn; light and dark.

Pairs are taken out of the style sheet itself, so that a new rule is measured too; then the words on
real screens are measured in their pixels.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QLabel, QPushButton, QWidget

from socialdesk.engine.commands import SetSetting
from socialdesk.ui.inbox.laid_card import chip_colors, face_color
from socialdesk.ui.theme import DARK, LIGHT, Tokens, palette, style_sheet
from tests.accessibility.contrast import of_picture, ratio
from tests.accessibility.tour import STOPS, Tour

TEXT, DRAWN = 4.5, 3.0
THEMES = pytest.mark.parametrize("t", [LIGHT, DARK], ids=["light", "dark"])
pytestmark = [pytest.mark.timeout(180), pytest.mark.qt_log_ignore("This plugin does not support")]
# Grounds on which a widget that names no ground of its own may stand.
BARE = ("window", "base")
# A rule of the state follows its widget's rule in all it does not say.
_RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")


@dataclass(frozen=True, slots=True)
class Pair:
    """`where`: the rule."""

    where: str
    ink: str
    ground: str

    @property
    def ratio(self) -> float:
        return ratio(self.ink, self.ground)


def pairs(t: Tokens) -> Iterator[Pair]:
    """Every colour of text in the style sheet, on its own rule's ground, else on all it may have:
    that of the same widget without its state, else both bare ones."""
    grounds: dict[str, str] = {}
    for where, ink, ground in _rules(t):
        base = where.split(":")[0]
        if ground:
            grounds[where] = ground
        if not ink:
            continue
        around = grounds.get(where.split(" ")[0], "") if " " in where else ""
        known = ground or grounds.get(base, "") or around
        for back in (known,) if known else [getattr(t, name) for name in BARE]:
            yield Pair(where, ink, back)
        if ":" not in where and known:  # and as the mouse stands on it
            yield Pair(where + ":hover", ink, grounds.get(where + ":hover", known))


def _rules(t: Tokens) -> Iterator[tuple[str, str, str]]:
    for selectors, body in _RULE.findall(style_sheet(t)):
        said = dict(part.split(":", 1) for part in body.split(";") if ":" in part)
        said = {key.strip(): value.strip() for key, value in said.items()}
        ground = said.get("background", "")
        ink = said.get("color", "")
        for one in selectors.split(","):
            yield one.strip(), ink, ground if ground.startswith("#") else ""
        if "selection-color" in said:
            yield selectors.strip() + " selection", said["selection-color"], said.get(
                "selection-background-color", "")  # fmt: skip


@THEMES
def test_every_text_of_the_style_sheet_stands_out(t: Tokens) -> None:
    found = list(pairs(t))
    assert len(found) > 25
    weak = [f"{p.where}: {p.ink} on {p.ground} {p.ratio:.2f}" for p in found
            if p.ratio < (DRAWN if ":disabled" in p.where else TEXT)]  # fmt: skip
    assert weak == []


@THEMES
def test_every_text_of_the_palette_stands_out(t: Tokens) -> None:
    made, role, group = palette(t), QPalette.ColorRole, QPalette.ColorGroup
    for which in (group.Active, group.Inactive, group.Disabled):
        least = DRAWN if which is group.Disabled else TEXT
        for ink, ground in (
            (role.Text, role.Base), (role.WindowText, role.Window), (role.ButtonText, role.Button),
            (role.ToolTipText, role.ToolTipBase), (role.HighlightedText, role.Highlight),
            (role.PlaceholderText, role.Base), (role.Link, role.Base), (role.Link, role.Window),
            (role.Text, role.AlternateBase),
        ):  # fmt: skip
            assert ratio(made.color(which, ink), made.color(which, ground)) >= least, (ink, ground)


@THEMES
def test_every_text_painted_by_hand_stands_out(t: Tokens) -> None:
    """Cards and lines, chosen or not; chips; letters in a face; words on bars and on bubbles."""
    on = {
        t.text: (t.base, t.window, t.chip, t.accent_back, t.warn_back, t.danger_back),
        t.dim: (t.base, t.window, t.chip, t.accent_back),
        t.accent: (t.base, t.window, t.accent_back),
        t.danger: (t.base, t.window, t.danger_back, t.accent_back),
        t.warn: (t.base, t.window, t.warn_back, t.accent_back),
        t.ok: (t.base, t.window, t.ok_back, t.accent_back),
        t.on_accent: (t.accent,),
    }  # fmt: skip
    for tone in ("plain", "accent", "danger", "warn", "ok"):
        ground, ink = chip_colors(tone, t)
        on[ink] = (*on.get(ink, ()), ground)
    weak = [(a, b, round(ratio(a, b), 2)) for a, all_b in on.items() for b in all_b
            if ratio(a, b) < TEXT]  # fmt: skip
    assert weak == []
    faces = [face_color(chr(n) * 3, t) for n in range(33, 400)]
    assert min(ratio(t.text, face) for face in faces) >= TEXT


@THEMES
def test_rings_marks_and_bars_stand_out(t: Tokens) -> None:
    """The focus ring on every ground, edges of boxes to tick, the dot of what is new, bars."""
    grounds = (t.base, t.window, t.chip)
    drawn = {"ring": t.accent, "edge of a box": t.dim, "danger": t.danger, "warn": t.warn,
             "ok": t.ok}  # fmt: skip
    weak = [(name, ground) for name, ink in drawn.items() for ground in grounds
            if ratio(ink, ground) < DRAWN]  # fmt: skip
    assert weak == []
    assert ratio(t.text, t.accent) >= DRAWN or ratio(t.text, t.window) >= DRAWN  # primary's ring


@pytest.mark.parametrize("look", ["light", "dark"])
def test_words_on_real_screens_stand_out(tour: Tour, look: str) -> None:
    """In their pixels, whatever paints them: labels and buttons of six screens."""
    tour.shop.do(SetSetting("theme", look))
    try:
        weak, n_seen = [], 0
        for name in ("composer", "incident", "readiness", "accounts", "templates", "settings"):
            root = tour.visit(next(stop for stop in STOPS if stop.name == name))
            image = root.grab().toImage()
            for part in _worded(root):
                rect = part.rect()
                rect.moveTopLeft(part.mapTo(root, rect.topLeft()))
                seen = of_picture(image, rect.intersected(image.rect()))
                n_seen += 1
                if seen < (TEXT if part.isEnabled() else DRAWN):
                    weak.append(f"{name}: {part.text()!r} {seen:.2f}")
        assert weak == []
        assert n_seen > 60
    finally:
        tour.shop.do(SetSetting("theme", "light"))
        tour.settle()


def _worded(root: QWidget) -> list[QLabel | QPushButton]:
    """Labels and buttons with words, that are seen whole."""
    found: list[QLabel | QPushButton] = [*root.findChildren(QLabel)]
    found += root.findChildren(QPushButton)
    return [
        part for part in found
        if part.isVisible() and part.text().strip() and part.window() is root
        and part.visibleRegion().boundingRect() == part.rect() and part.width() > 20
    ]  # fmt: skip


def test_a_weak_pair_would_be_seen() -> None:
    assert ratio(QColor("#777777"), QColor("#ffffff")) < TEXT
    assert ratio("#000000", "#ffffff") == pytest.approx(21)
