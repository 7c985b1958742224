"""The war room on a real file: its numbers, its text, its keys."""

from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest

from socialdesk.domain.crisis.war_room import WarRoom
from socialdesk.engine.commands.crisis import AddLogNote, ChangeIncident
from socialdesk.engine.commands.statements import NoteAudienceTold, SaveAudience
from socialdesk.engine.queries.crisis import ReadWarRoom
from socialdesk.engine.war_room.sections import war_room_of
from socialdesk.engine.war_room.text import text_of
from socialdesk.i18n import set_language
from socialdesk.store.crisis.war_room import N_TEXTS
from socialdesk.ui.theme import Mode
from socialdesk.ui.war_room.screen import WarRoomScreen, WarRoomWindow
from tests.crisis.conftest import Shop, shop, start_bench, start_shop  # noqa: F401
from tests.ui.driving import press_russian

OUTPUT = Path(__file__).parents[2] / "output"


@pytest.fixture
def incident(shop: Shop) -> int:  # noqa: F811
    """Declared, with an audience, three mentions that wait and one held reply."""
    shop.do(SaveAudience("All who work here", "staff"))
    found = shop.mentions(4)
    shop.reply("We look into it.", mention=found[3])
    made = shop.declare(severity=2)
    shop.link(made, *found[:2], category="complaint")
    shop.link(made, found[2], category="safety")
    shop.do(AddLogNote(made, "phoned the bank"))
    return made


def room(shop: Shop) -> WarRoom:  # noqa: F811
    answer = shop.ask(ReadWarRoom())
    assert answer is not None
    return answer


def sections(shop: Shop, **options: bool):  # noqa: F811
    return {section.key: section for section in war_room_of(room(shop), **options)}


def notes(shop: Shop) -> dict[str, str]:  # noqa: F811
    """Name of a large number → its note."""
    return {spot.label: spot.note for spot in sections(shop)["now"].spots}


def test_with_nothing_open_there_is_nothing_to_show(shop) -> None:  # noqa: F811
    assert shop.ask(ReadWarRoom()) is None


def test_it_counts_what_waits_what_is_held_and_what_is_due(shop, incident) -> None:  # noqa: F811
    found = sections(shop)
    now = {spot.label: spot.text for spot in found["now"].spots}
    assert now["Unanswered"] == "3" and now["Held replies"] == "1"
    assert now["Checks skipped"] == "0"
    assert {spot.label: spot.text for spot in found["waiting"].spots} == {
        "Complaint": "2", "Safety": "1",
    }  # fmt: skip
    assert found["dues"].spots and found["said"].empty
    assert found["log"].spots[0].note == "phoned the bank"


def test_it_says_how_many_promises_were_kept_and_who_was_told(shop) -> None:  # noqa: F811
    shop.do(SaveAudience("Everybody at the ovens", "staff"))
    shop.do(SaveAudience("The press list", "press"))
    incident = shop.declare(severity=2)
    assert "kept" not in notes(shop)["Next update in"]
    shop.first_statement(incident)
    told = shop.statement(incident, "staff")
    shop.do(NoteAudienceTold(incident, 1, told["version_id"], "by phone"))
    dues = sections(shop)["dues"]
    assert dues.summary == "Audiences told: 1 of 2" and dues.summary in text_of(room(shop))
    assert (dues.spots[0].note, dues.spots[0].tone) == ("The press list", "danger")
    shop.pass_s(31 * 60)
    assert notes(shop)["Update is late by"].endswith("; 0 of 1 promise kept in time")
    for _ in range(2):
        in_time = shop.now + 55 * 60_000
        shop.publish(shop.statement(incident, "update", next_update_at=in_time))
    assert notes(shop)["Next update in"].endswith("; 1 of 2 promises kept in time")


def test_what_stands_against_the_cluster_of_now_no_longer_fits(shop) -> None:  # noqa: F811
    """Also an old text, that the list of the newest would not show."""
    incident = shop.declare(severity=2)
    shop.confirm_facts(incident, "holding")
    shop.publish(shop.statement(incident, posture="diminish"))
    for _ in range(N_TEXTS):
        shop.publish(shop.statement(incident, "update", posture="rebuild"))
    assert not [s for s in sections(shop)["said"].spots if "fits" in s.text]
    shop.do(ChangeIncident(incident, "cluster", "preventable", "the bolt was ours"))
    old, *fitting = sections(shop)["said"].spots
    assert len(fitting) == N_TEXTS and not [s for s in fitting if "fits" in s.text]
    assert old.text.startswith("no longer fits: Diminish") and old.tone == "danger"
    assert notes(shop)["Checks skipped"] == "1 published text no longer fits"


def test_names_are_hidden_by_one_word_and_nothing_else(shop, incident) -> None:  # noqa: F811
    answer = shop.ask(ReadWarRoom())
    names = {author.name for author in answer.authors}
    assert all(name in text_of(answer) for name in names)
    hidden = text_of(answer, hides_names=True)
    assert not any(name in hidden for name in names if len(name) > 3)


def test_every_number_is_also_text(shop, incident) -> None:  # noqa: F811
    answer = shop.ask(ReadWarRoom())
    text = text_of(answer)
    for section in war_room_of(answer):
        for spot in section.spots:
            assert spot.sentence in text


@pytest.mark.parametrize("mode", [Mode.LIGHT, Mode.DARK])
@pytest.mark.parametrize("size", [(1366, 768), (1920, 1080)])
def test_it_fills_any_screen(qtbot, theme, shop, incident, mode, size) -> None:  # noqa: F811
    theme.set_mode(mode)
    screen = WarRoomScreen(shop.desk, shop.clock.now_ms, None)
    qtbot.addWidget(screen)
    screen.resize(*size)
    screen.show()
    qtbot.waitUntil(lambda: screen.view.incident_id == incident)
    shown = screen.grab()
    assert shown.size().width() >= size[0]
    OUTPUT.mkdir(exist_ok=True)
    shown.save(str(OUTPUT / f"war-room-{mode.value}-{size[0]}.png"))


def test_a_long_title_makes_it_no_wider_than_a_laptop(qtbot, shop) -> None:  # noqa: F811
    incident = shop.declare(severity=1, title="A product that may hurt somebody, in all shops " * 2)
    screen = WarRoomScreen(shop.desk, shop.clock.now_ms, None)
    qtbot.addWidget(screen)
    screen.show()
    qtbot.waitUntil(lambda: screen.view.incident_id == incident)
    assert screen.minimumSizeHint().width() <= 1200


def test_by_keys_text_names_and_copy(qtbot, shop, incident) -> None:  # noqa: F811
    screen = WarRoomScreen(shop.desk, shop.clock.now_ms, None)
    qtbot.addWidget(screen)
    screen.resize(1366, 768)
    screen.show()
    qtbot.waitExposed(screen)
    view = screen.view
    qtbot.waitUntil(lambda: view.incident_id == incident)
    assert all(picture.isVisible() for picture in view.wall.pictures.values())
    QTest.keyClick(view, Qt.Key.Key_T)
    assert view.wall.is_text
    QTest.keyClick(view, Qt.Key.Key_N)
    assert view.hides_names
    press_russian(view, "т", "е")  # n t, where a Russian layout has them
    assert not view.hides_names and not view.wall.is_text
    QTest.keyClick(view, Qt.Key.Key_C)
    assert QGuiApplication.clipboard().text().startswith("INC-")


def test_alone_f11_fills_the_screen_and_esc_closes(qtbot, shop, incident, open_window) -> None:  # noqa: F811
    main = open_window()
    window = WarRoomWindow(shop.desk, main)
    window.showFullScreen()
    qtbot.waitUntil(lambda: window.view.incident_id == incident)
    assert window.windowTitle() == "INC-2026-0001 · SEV2 · 30 min · War room"
    assert window.windowState() & Qt.WindowState.WindowFullScreen
    QTest.keyClick(window, Qt.Key.Key_F11)
    assert not window.windowState() & Qt.WindowState.WindowFullScreen
    QTest.keyClick(window, Qt.Key.Key_Escape)
    assert not main.findChildren(WarRoomWindow) or not window.isVisible()


def test_with_nothing_open_it_says_so_calmly_where_the_pictures_are(shop, qtbot, theme) -> None:  # noqa: F811
    screen = WarRoomScreen(shop.desk, shop.clock, None)
    qtbot.addWidget(screen)
    screen.resize(1280, 800)
    screen.show()
    words = screen.view.wall._nothing
    qtbot.waitUntil(words.isVisible)
    assert "no incident is open" in words.text()
    assert words.property("tone") == "dim" and not screen.view.wall._trouble.isVisible()
    assert words.geometry().center().y() < screen.view.wall.height() * 0.6
    screen.view.wall.set_text(True)  # and who hears it hears that too
    assert screen.view.wall._text.item(0).text() == words.text()
    set_language("ru")
    QCoreApplication.sendEvent(screen.view.wall, QEvent(QEvent.Type.LanguageChange))
    assert screen.view.wall._text.item(0).text() == words.text()
    assert "no incident is open" not in words.text()
