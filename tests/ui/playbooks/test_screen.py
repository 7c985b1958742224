"""The playbooks' screen on the real desk: read to the end, edited, restored."""

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt

from socialdesk.domain.playbooks.playbook import COMMON_ID, TYPES
from socialdesk.engine.commands.playbooks import SavePlaybook
from socialdesk.engine.queries.playbooks import ListPlaybooks, ReadPlaybookSheet
from socialdesk.i18n import set_language
from socialdesk.ui.playbooks.reading_pane import ReadingPane
from socialdesk.ui.playbooks.screen import EDITING, READING, VERSIONS, PlaybooksScreen
from tests.engine.conftest import bench, start_bench  # noqa: F401  (fixtures)
from tests.ui.compose.looks import cut_rows, shoot, unnamed, wrong_format

LONG = "{what} {next_update_at} " + "a" * 280


@pytest.fixture
def screen(qtbot, theme, bench):  # noqa: F811
    made = PlaybooksScreen(bench.desk, None)
    qtbot.addWidget(made)
    made.resize(1040, 680)
    made.show()
    qtbot.waitExposed(made)
    qtbot.waitUntil(lambda: made.list.count() == 9 and bool(made.reading.rows))
    yield made
    set_language("en")


def sheet(bench, playbook="outage"):  # noqa: F811
    return bench.desk.ask(ReadPlaybookSheet(playbook)).result()


def test_names_are_seen_whole_in_the_largest_text(screen, theme):
    theme.set_text_size(200)
    QCoreApplication.processEvents()
    assert screen.list.wordWrap() and cut_rows(screen.list) == []
    theme.set_text_size(100)


def open_text(qtbot, screen, key):
    """Press the pencil beside a text."""
    row = next(row for row in screen.reading.rows if row.key == key)
    qtbot.mouseClick(row._edit, Qt.MouseButton.LeftButton)
    assert screen.pages.currentIndex() == EDITING
    return screen.editing


def write(qtbot, screen, lang, words):
    field = next(f for f in screen.editing.fields if f.lang == lang)
    field.words.setPlainText(words)
    screen.editing.check()
    return field


def test_the_eight_types_and_the_shared_texts_are_listed(screen, theme):
    names = [screen.list.item(n).text().splitlines()[0] for n in range(9)]
    assert names[0] == "Service outage" and names[-1] == "Shared texts"
    assert unnamed(screen) == [] and wrong_format(screen) == []
    shoot(theme, screen, "playbooks-reading")


def test_every_text_is_on_the_page_in_the_language_chosen(screen, bench):  # noqa: F811
    for lang in ("kk", "ru", "en"):
        screen.reading.show_lang(lang)
        shown = [row.words for row in screen.reading.rows]
        assert shown == [part.text[lang] for part in sheet(bench).parts]


def test_kazakh_says_that_no_native_speaker_has_read_it(screen, theme, qtbot):
    screen.reading.show_lang("ru")
    assert not screen.reading.note.isVisible()
    screen.reading.show_lang("kk")
    assert screen.reading.note.isVisible()
    assert screen.reading.note.text() == "not yet read by a native speaker"
    shoot(theme, screen, "playbooks-kazakh")
    screen.reading.reviewed.click()
    qtbot.waitUntil(lambda: not screen.reading.note.isVisible())
    assert "your own" in screen.list.item(0).text()


def test_a_new_kazakh_text_is_unread_again(screen, qtbot, bench):  # noqa: F811
    bench.desk.do(SavePlaybook("outage", "1.0.0", reviewed=("en", "ru", "kk"))).result()
    qtbot.waitUntil(lambda: screen._sheet.row.is_own)
    open_text(qtbot, screen, "title")
    write(qtbot, screen, "kk", "Ақау")
    screen.editing.save.click()
    qtbot.waitUntil(lambda: sheet(bench).row.version == "1.0.0+2")
    assert sheet(bench).row.reviewed == {"en": True, "ru": True, "kk": False}


def read_rows(bench):  # noqa: F811
    return [r.id for r in bench.desk.ask(ListPlaybooks()).result() if r.read_by]


def test_the_end_of_the_page_marks_it_as_read_and_the_beginning_does_not(
    screen, qtbot, bench, theme  # noqa: F811
):  # fmt: skip
    qtbot.waitUntil(lambda: screen.reading._scroll.verticalScrollBar().maximum() > 0)
    screen.reading._on_rest()
    assert read_rows(bench) == []
    screen.list.setFocus()
    qtbot.keyClick(screen.list, Qt.Key.Key_Return)
    assert screen.reading._scroll.hasFocus()
    shoot(theme, screen, "playbooks-focus")

    def read_on() -> bool:
        """A page that is still being laid out has another end a moment later."""
        qtbot.keyClick(screen.reading._scroll, Qt.Key.Key_End)
        return bool(read_rows(bench) == ["outage"])

    qtbot.waitUntil(read_on)
    qtbot.waitUntil(lambda: "· read" in screen.list.item(0).text())
    assert "not read yet" in screen.list.item(1).text()


def test_a_page_that_is_not_laid_out_yet_is_not_being_read(screen, qtbot, bench, theme):  # noqa: F811
    pane = ReadingPane(screen)
    pane.resize(900, 600)
    pane.show()
    pane.show_sheet(sheet(bench))
    assert pane._scroll.is_at_end and not pane._rest.isActive()
    qtbot.waitUntil(lambda: pane._scroll.verticalScrollBar().maximum() > 0)
    assert not pane._rest.isActive()


def test_a_text_is_edited_and_saved_as_a_version(screen, qtbot, bench, theme):  # noqa: F811
    open_text(qtbot, screen, "holding.short")
    shoot(theme, screen, "playbooks-editing")
    write(qtbot, screen, "kk", "Ақау: {what}. Келесі хабарлама: {next_update_at}.")
    assert "of 280" in screen.editing.fields[2]._length.text()
    screen.editing.save.click()
    qtbot.waitUntil(lambda: screen.pages.currentIndex() == READING)
    qtbot.waitUntil(lambda: sheet(bench).row.version == "1.0.0+1")
    qtbot.waitUntil(lambda: "your own, 1.0.0+1" in screen.list.item(0).text())


def test_a_new_language_keeps_what_is_being_written(screen, qtbot):
    old = open_text(qtbot, screen, "holding.short")
    field = write(qtbot, screen, "ru", "Сбой: {what}.")
    field.words.setFocus()
    written = old.words
    QCoreApplication.sendEvent(screen, QEvent(QEvent.Type.LanguageChange))
    qtbot.waitUntil(lambda: screen.editing is not old)
    assert screen.pages.currentIndex() == EDITING
    assert screen.editing.words == written and screen.editing.is_changed
    now = next(f for f in screen.editing.fields if f.lang == "ru")
    qtbot.waitUntil(now.words.hasFocus)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("Sorry: {what}.", "{next_update_at}"),
        ("Sorry: {what} {next_update_at} {since", "brace"),
        ("Sorry: {what} {next_update_at} {nobody}", "{nobody}"),
        ("Sorry:  {what} {next_update_at}", "two blanks"),
        (LONG, "280"),
        ("", "empty"),
    ],
)
def test_what_cannot_be_saved_is_said_beside_the_words(screen, qtbot, words, said):
    open_text(qtbot, screen, "holding.short")
    field = write(qtbot, screen, "en", words)
    assert said in field._wrong.text()
    assert field._wrong.isVisible() and not screen.editing.save.isEnabled()


def test_unsaved_words_are_not_left_by_a_click(screen, qtbot):
    open_text(qtbot, screen, "title")
    write(qtbot, screen, "en", "Something else")
    screen.list.setCurrentRow(3)
    assert screen.pages.currentIndex() == EDITING
    assert "not saved" in screen._notice.text
    screen.editing._back.click()
    screen.list.setCurrentRow(3)
    qtbot.waitUntil(lambda: screen._sheet.row.id == TYPES[3])


def test_words_of_two_people_meet_without_loss(screen, qtbot, bench):  # noqa: F811
    open_text(qtbot, screen, "when")
    write(qtbot, screen, "en", "My words.")
    other = SavePlaybook("outage", "1.0.0", (("title", "en", "Theirs"),), ("en", "ru"))
    bench.desk.do(other).result()
    qtbot.waitUntil(lambda: screen._sheet.row.version == "1.0.0+1")
    screen.editing.save.click()
    qtbot.waitUntil(lambda: sheet(bench).row.version == "1.0.0+2")
    assert sheet(bench).part("title").text["en"] == "Theirs"
    assert sheet(bench).part("when").text["en"] == "My words."


def test_restore_asks_and_brings_the_built_in_texts_back(
    screen, qtbot, bench, theme  # noqa: F811
):  # fmt: skip
    assert not screen.reading.restore.isVisible()
    mine = SavePlaybook("outage", "1.0.0", (("title", "en", "Mine"),), ("en", "ru"))
    bench.desk.do(mine).result()
    qtbot.waitUntil(lambda: screen.reading.restore.isVisible())
    screen.reading.versions.click()
    qtbot.waitUntil(lambda: screen.pages.currentIndex() == VERSIONS)
    assert "1 change" in screen.versions.list.item(0).text()
    assert "gone: Service outage" in screen.versions.differences[0].accessibleDescription()
    shoot(theme, screen, "playbooks-versions")
    screen.versions.closed.emit()
    screen.reading.restore.click()
    assert "Service outage" in screen._notice.text or "Mine" in screen._notice.text
    screen._notice.chosen.emit("keep")
    assert sheet(bench).row.is_own
    screen._notice.chosen.emit("restore")
    qtbot.waitUntil(lambda: not sheet(bench).row.is_own)
    qtbot.waitUntil(lambda: not screen.reading.restore.isVisible())


def test_a_line_of_ones_own_is_added_and_removed(screen, qtbot, bench, theme):  # noqa: F811
    screen.reading.line_asked.emit()
    editing = screen.editing
    qtbot.keyClicks(editing.marks.key, "Opening Hours")
    for lang, words in (("en", "{name}, we are open."), ("ru", "{name}, мы открыты.")):
        write(qtbot, screen, lang, words)
    assert not editing.save.isEnabled()  # Kazakh is missing
    write(qtbot, screen, "kk", "{name}, біз ашықпыз.")
    assert editing.save.isEnabled()
    shoot(theme, screen, "playbooks-own-line")
    editing.save.click()
    qtbot.waitUntil(lambda: sheet(bench).line("opening_hours") is not None)
    assert sheet(bench).line("opening_hours").is_claim
    qtbot.waitUntil(lambda: any(r.key == "line.opening_hours" for r in screen.reading.rows))
    open_text(qtbot, screen, "line.opening_hours")
    editing._drop.click()
    qtbot.waitUntil(lambda: sheet(bench).line("opening_hours") is None)


def test_minutes_of_a_step_are_ones_own(screen, qtbot, bench, theme):  # noqa: F811
    editing = open_text(qtbot, screen, "step.workaround")
    assert editing.beside.due.value() == 10 and not editing.is_changed
    editing.beside.due.setValue(5)
    editing.check()
    shoot(theme, screen, "playbooks-step")
    editing.save.click()
    qtbot.waitUntil(lambda: sheet(bench).step("workaround").due_min == 5)
    screen.reading.versions.click()
    qtbot.waitUntil(lambda: screen.pages.currentIndex() == VERSIONS)
    assert "gone: 10; new: 5" in screen.versions.differences[0].accessibleDescription()


def test_severity_and_tone_stand_at_the_name(screen, qtbot, bench, theme):  # noqa: F811
    assert "usually SEV2" in screen.reading._state.text()
    editing = open_text(qtbot, screen, "title")
    editing.beside.severity.setCurrentIndex(0)
    editing.beside.humour.setChecked(True)
    editing.check()
    shoot(theme, screen, "playbooks-title")
    editing.save.click()
    qtbot.waitUntil(lambda: "usually SEV1" in screen.reading._state.text())
    assert sheet(bench).playbook.humour
    assert open_text(qtbot, screen, "when").beside.isHidden()


def test_stems_are_written_one_a_line(screen, qtbot, bench):  # noqa: F811
    screen.list.setCurrentRow(8)
    qtbot.waitUntil(lambda: screen._sheet.row.id == COMMON_ID)
    open_text(qtbot, screen, "lint.blame")
    write(qtbot, screen, "en", "sabotage\ntheir fault")
    assert "2 beginnings" in screen.editing.fields[0]._length.text()
    screen.editing.save.click()
    qtbot.waitUntil(lambda: sheet(bench, COMMON_ID).row.is_own)
    assert sheet(bench, COMMON_ID).part("lint.blame").text["en"] == "sabotage\ntheir fault"
