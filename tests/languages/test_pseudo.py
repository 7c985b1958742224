"""Every screen in a language that is two fifths longer: nothing is cut, and no text is left that
never passed tr(). SOCIALDESK_PICTURES=1 keeps a picture of each in tests/output to look at."""

import pytest
from PySide6.QtCore import QSize
from PySide6.QtWidgets import QWidget

from tests.languages.cuts import cut
from tests.languages.known import Known
from tests.languages.pseudo import OPEN, speak_pseudo
from tests.languages.rooms import Tour, keep_picture
from tests.languages.texts import texts_of

SIZES = (QSize(1400, 900), QSize(1366, 768))


@pytest.mark.timeout(300)  # a minute on a machine that does other things too
@pytest.mark.qt_log_ignore("This plugin does not support")  # offscreen: raise(), grabbing
def test_every_screen_fits_and_has_passed_tr(world, qtbot, monkeypatch) -> None:
    speak_pseudo()
    monkeypatch.setattr("socialdesk.ui.language.set_language", lambda _=None: "en")
    known = Known(world)
    faults: list[str] = []

    def look(name: str, top: QWidget) -> None:
        keep_picture(top, f"pseudo-{tour.window.width()}-{name}")
        faults.extend(f"{name}: cut: {c}" for c in cut(top) if OPEN in c)  # else it is data
        faults.extend(
            f"{name}: not translated: {t.where}: {rest}"
            for t in texts_of(top)
            if (rest := known.unknown_in(t.text))
        )

    tour = Tour(world, lambda done: qtbot.waitUntil(done, timeout=15_000), SIZES[0])
    for size in SIZES:
        tour.window.resize(size)
        for place in tour.places():
            look(place, tour.window)
            if tour.window.size() != size:
                faults.append(f"{place}: the window grew to {tour.window.size().toTuple()}")
    for act, dialog in tour.dialogs_opened():
        look(act, dialog)
    tour.close()
    assert not faults, "\n".join(sorted(set(faults)))
