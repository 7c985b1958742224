"""The page "Your data" on a real engine: what is shown, asked before it is done, and done."""

import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication, QPushButton

from socialdesk.domain.queue.rows import Order, View
from socialdesk.engine.commands import BackUp, FetchNow, Quit
from socialdesk.engine.commands.owning import ListKeeps, SetKeep
from socialdesk.engine.desk import Done
from socialdesk.engine.errands import leaving
from socialdesk.engine.health import disk
from socialdesk.engine.health.disk import Disk, DiskState
from socialdesk.engine.queries import ListMentions
from socialdesk.networks.base import Keep
from socialdesk.ui.settings import data_page
from socialdesk.ui.settings.data_copies import CopiesBox, copy_words, failure_words
from socialdesk.ui.settings.data_export import ExportBox
from socialdesk.ui.settings.data_keep import KeepBox
from socialdesk.ui.settings.data_leaving import LeavingBox
from socialdesk.ui.settings.data_page import DataPage
from socialdesk.ui.settings.dialog import SettingsDialog
from tests.engine.pond import Pond, PondDesk, PondNetwork, pond_desk
from tests.ui.compose.looks import shoot, unnamed, wrong_format

WAIT = 10_000  # ms; the commits are real
DAY_S = 86_400.0


class Linked:
    """The desk as a window has it: the engine can be told to end. `n_quits`: how often it was."""

    def __init__(self, pond: PondDesk) -> None:
        self._desk, self.n_quits = pond.desk, 0

    def __getattr__(self, name: str) -> Any:
        return getattr(self._desk, name)

    def do(self, command: Any, command_id: str = "") -> Any:
        if isinstance(command, Quit):
            self.n_quits += 1
            future: Any = self._desk.ask(ListMentions(View.ALL, "", Order.NEWEST))
            return future
        return self._desk.do(command, command_id)


@pytest.fixture
def pond(tmp_path: Path) -> Iterator[PondDesk]:
    folder = tmp_path / "shop"
    folder.mkdir()
    made = pond_desk(folder, PondNetwork(Pond(), keep=Keep(hours=24 * 400)))
    for n in range(3):
        made.pond.add(f"zanzibar {n}", made.at())
    made.desk.do(FetchNow(wait=True)).result()
    yield made
    made.desk.close()


@pytest.fixture
def desk(pond: PondDesk) -> Linked:
    return Linked(pond)


@pytest.fixture
def show(qtbot, desk):
    def make(box: Any, **more: Any) -> Any:
        made = box(desk, None, **more)
        qtbot.addWidget(made)
        made.resize(560, 500)
        made.show()
        return made

    return make


def answer(box: Any, text: str) -> None:
    """Press a button of the notice."""
    (button,) = [
        b for b in box.notice.findChildren(QPushButton) if b.text() == text and not b.isHidden()
    ]
    button.click()


def n_found(pond: PondDesk, search: str) -> int:
    return pond.desk.ask(ListMentions(View.ALL, search, Order.NEWEST)).result().n_total


def test_a_disk_that_is_not_encrypted_stands_out_with_what_to_do(qtbot, show, monkeypatch) -> None:
    monkeypatch.setattr(disk, "disk_of", lambda _: Disk(DiskState.PLAIN, "FileVault"))
    box = show(CopiesBox)
    qtbot.waitUntil(lambda: "Switch on FileVault" in box._disk.text(), timeout=WAIT)
    assert box._disk.property("tone") == "warn"


def test_a_backup_is_made_listed_and_counted(qtbot, show) -> None:
    box = show(CopiesBox)
    qtbot.waitUntil(lambda: "crypt" in box._disk.text(), timeout=WAIT)
    assert box.copies.count() == 0 and not box.restore.isEnabled()
    box.back_up.click()
    qtbot.waitUntil(lambda: box.copies.count() == 1, timeout=WAIT)
    assert "3 mentions, opened and counted" in box.copies.item(0).text()
    assert "kept for 7 days" in box.copies.item(0).text()
    assert box.notice.text == "Backed up: 3 mentions, opened again and counted."
    assert "goes by" in box._rests.text()
    assert box.restore.isEnabled() and box.delete.isEnabled()


def test_the_keys_stay_on_the_button_that_made_a_backup(qtbot, show) -> None:
    box = show(CopiesBox)
    box.activateWindow()
    box.back_up.setFocus()
    box.back_up.click()
    assert box.focusWidget() is not box.back_up  # Qt moved them on: it is off meanwhile
    qtbot.waitUntil(box.back_up.isEnabled, timeout=WAIT)
    assert box.focusWidget() is box.back_up


def test_tab_goes_through_the_page_as_one_reads_it(qtbot, show) -> None:
    page = show(DataPage)
    qtbot.waitUntil(lambda: page.is_whole, timeout=WAIT)
    keep, leaving = (page.findChild(box) for box in (KeepBox, LeavingBox))
    qtbot.waitUntil(lambda: bool(keep.fields), timeout=WAIT)
    at, order = page.findChild(ExportBox).export, []
    while at is not leaving.remove:
        at = at.nextInFocusChain()
        order.append(at)
    assert set(keep.fields.values()) <= set(order)


def test_a_copy_nobody_counted_is_counted_after_the_list_is_there(qtbot, show, pond) -> None:
    pond.desk.do(BackUp()).result()
    (pond.desk.backups / "counted.json").unlink()
    box = show(CopiesBox)
    qtbot.waitUntil(
        lambda: box.copies.count() == 1 and "3 mentions" in box.copies.item(0).text(), timeout=WAIT
    )


def test_a_restore_asks_first_and_starts_the_engine_anew_after_it(qtbot, show, pond, desk) -> None:
    pond.desk.do(BackUp()).result()
    pond.pond.add("later", pond.at())
    pond.desk.do(FetchNow(wait=True)).result()
    box = show(CopiesBox)
    qtbot.waitUntil(box.restore.isEnabled, timeout=WAIT)
    box.restore.click()
    assert "sending is off" in box.notice.text and desk.n_quits == 0
    assert box.focusWidget().text() == "Leave all as it is"  # Enter held too long restores nothing
    answer(box, "Leave all as it is")
    assert box.focusWidget() is box.copies
    assert box.notice.text == "" and n_found(pond, "") == 4
    box.restore.click()
    answer(box, "Restore it")
    qtbot.waitUntil(lambda: desk.n_quits == 1, timeout=WAIT)
    assert "Restored: 3 mentions." in box.notice.text and n_found(pond, "") == 3
    qtbot.waitUntil(lambda: box.copies.count() == 2, timeout=WAIT)
    assert any("replaced by a restore" in box.copies.item(n).text() for n in (0, 1))


def test_a_file_from_elsewhere_that_is_no_copy_is_refused(qtbot, show, tmp_path, desk) -> None:
    letter = tmp_path / "letter.db"
    letter.write_text("Dear all, " * 500)
    box = show(CopiesBox, ask=lambda parent: str(letter))
    box.from_file.click()
    answer(box, "Restore it")
    qtbot.waitUntil(lambda: "not a SocialDesk workspace" in box.notice.text, timeout=WAIT)
    assert box.isEnabled() and desk.n_quits == 0


def test_a_copy_is_deleted_after_a_yes_and_the_folder_is_shown(qtbot, show, pond) -> None:
    pond.desk.do(BackUp()).result()
    opened: list[Path] = []
    box = show(CopiesBox, open_folder=opened.append)
    qtbot.waitUntil(box.delete.isEnabled, timeout=WAIT)
    box.show_folder.click()
    assert opened == [pond.desk.backups]
    box.delete.click()
    answer(box, "Delete it")
    qtbot.waitUntil(lambda: box.copies.count() == 0, timeout=WAIT)
    assert list(pond.desk.backups.glob("*.db")) == []


def test_a_failed_backup_says_why_and_that_the_old_ones_are_there() -> None:
    assert "no room" in failure_words(1, "full") and "untouched" in failure_words(1, "full")
    assert "engine.log" in failure_words(1, "")
    assert "read back" in failure_words(1, "backup")
    assert "not counted" in copy_words(["/x", 1, "update", 10, -1, 0, 0])


def test_everything_is_exported_with_a_suffix_and_told(qtbot, show, tmp_path) -> None:
    box = show(ExportBox, ask=lambda parent: str(tmp_path / "all"))
    assert not box.cancel.isVisible()
    box.export.click()
    assert box.cancel.isVisible() and box.progress.isVisible() and not box.export.isEnabled()
    qtbot.waitUntil(box.export.isEnabled, timeout=WAIT)
    assert "Written with 3 mentions" in box.notice.text
    assert (tmp_path / "all.zip").exists() and not box.progress.isVisible()
    box.export.click()
    qtbot.waitUntil(lambda: "is there already" in box.notice.text, timeout=WAIT)


def test_an_export_that_is_cancelled_says_that_nothing_is_left(qtbot, show, tmp_path) -> None:
    box = show(ExportBox, ask=lambda parent: "")
    box.export.click()
    assert box.export.isEnabled()  # nobody chose a file
    box._done(Done(answer={"is_whole": False}))
    assert "nothing was left" in box.notice.text
    box._show_progress(Done(answer={"n_total": 40, "n_done": 10, "is_running": True}))
    assert (box.progress.maximum(), box.progress.value()) == (40, 10)


def choose(box: KeepBox, account_id: int, choice: str) -> None:
    field = box.fields[account_id]
    field.setCurrentIndex(field.findData(choice))
    field.activated.emit(field.currentIndex())


def test_a_limit_is_weighed_and_asked_about_before_it_is_set(qtbot, show, pond) -> None:
    pond.turn(40 * DAY_S)
    box = show(KeepBox)
    qtbot.waitUntil(lambda: len(box.fields) == 2, timeout=WAIT)
    assert box.fields[0].currentData() == "forever"
    choose(box, 0, "1")
    qtbot.waitUntil(lambda: "words of 3 mentions" in box.notice.text, timeout=WAIT)
    answer(box, "Leave all as it is")
    qtbot.waitUntil(lambda: box.fields[0].currentData() == "forever", timeout=WAIT)
    assert pond.desk.do(ListKeeps()).result().answer["default"] == "forever"
    choose(box, 0, "1")
    qtbot.waitUntil(lambda: bool(box.notice.text), timeout=WAIT)
    before = set(pond.desk.backups.glob("*.db"))  # the day's own
    answer(box, "Back up, then take out")
    qtbot.waitUntil(lambda: box.notice.text.startswith("Set."), timeout=WAIT)
    assert len(set(pond.desk.backups.glob("*.db")) - before) == 1
    pond.turn(0, times=3)
    assert n_found(pond, "zanzibar") == 0


def test_where_nothing_goes_now_nobody_is_asked(qtbot, show, pond) -> None:
    box = show(KeepBox)
    qtbot.waitUntil(lambda: len(box.fields) == 2, timeout=WAIT)
    choose(box, pond.account_id, "12")
    qtbot.waitUntil(lambda: box.notice.text.startswith("Set."), timeout=WAIT)
    ((id, _, _, choice, terms_hours),) = pond.desk.do(ListKeeps()).result().answer["accounts"]
    assert (id, choice, terms_hours) == (pond.account_id, "12", 9600)
    assert any("by its terms at most 400 days" in w.text() for w in texts(box))


def test_of_choices_in_a_row_only_the_last_is_weighed_and_set(qtbot, show, pond) -> None:
    pond.turn(40 * DAY_S)
    box = show(KeepBox)
    qtbot.waitUntil(lambda: len(box.fields) == 2, timeout=WAIT)
    choose(box, 0, "24")  # takes nothing out: would be set at once
    choose(box, 0, "1")
    qtbot.waitUntil(lambda: "words of 3 mentions" in box.notice.text, timeout=WAIT)
    assert pond.desk.do(ListKeeps()).result().answer["default"] == "forever"
    choose(box, 0, "forever")
    assert box.notice.text == ""


def texts(box: Any) -> list[Any]:
    from PySide6.QtWidgets import QLabel

    found: list[Any] = box.findChildren(QLabel)
    return found


def test_what_the_engine_refuses_is_shown_and_the_field_goes_back(qtbot, show, pond) -> None:
    box = show(KeepBox)
    qtbot.waitUntil(lambda: len(box.fields) == 2, timeout=WAIT)
    box._set((99, "1"))
    qtbot.waitUntil(lambda: bool(box.notice.text), timeout=WAIT)
    assert pond.desk.do(SetKeep(0, "forever")).result()


def test_the_name_has_to_be_typed_before_a_workspace_goes(
    qtbot, show, desk, pond, monkeypatch
) -> None:
    begun: list[str] = []
    closed: list[bool] = []
    monkeypatch.setattr(leaving, "begin_removal", lambda place: begun.append(place.name))
    monkeypatch.setattr(QApplication, "closeAllWindows", lambda: closed.append(True))
    box = show(LeavingBox)
    qtbot.waitUntil(lambda: "shop" in box._type.text(), timeout=WAIT)
    assert not box.remove.isEnabled()
    box.typed.setText("sho")
    assert not box.remove.isEnabled()
    box.typed.setText(" Shop ")
    assert box.remove.isEnabled()
    box.remove.click()
    qtbot.waitUntil(lambda: closed == [True], timeout=WAIT)
    assert begun == ["shop"] and desk.n_quits == 1


def test_sign_ins_are_named_and_forgotten_after_a_yes(qtbot, show, monkeypatch, pond) -> None:
    kept = [("account", "Pond · pond_shop <b>", pond.account_id), ("pin", "Owner", "pin-1")]
    monkeypatch.setattr(leaving.Leaving, "_kept", lambda self: list(kept))
    box = show(LeavingBox)
    qtbot.waitUntil(lambda: box.entries.count() == 2, timeout=WAIT)
    assert box.entries.item(0).text().startswith("Sign-in · Pond")
    box.forget.click()
    assert "stops until you sign in" in box.notice.text
    answer(box, "Forget them")
    kept.clear()
    qtbot.waitUntil(lambda: box.entries.count() == 0 and not box.forget.isVisible(), timeout=WAIT)


def test_the_page_is_made_in_short_turns_heard_and_plain(qtbot, show, theme, pond) -> None:
    pond.desk.do(BackUp()).result()
    longest: list[float] = []

    def timed(make: Any) -> Any:
        def made(desk: Any, parent: Any) -> Any:
            begun = time.perf_counter()
            box = make(desk, parent)
            longest.append(time.perf_counter() - begun)
            return box

        return made

    boxes = [timed(make) for make in data_page.BOXES]
    page = show(DataPage)
    page._left = boxes
    qtbot.waitUntil(lambda: page.is_whole, timeout=WAIT)
    assert len(longest) == len(data_page.BOXES)
    assert min(longest) < 0.016 and sorted(longest)[-2] < 0.1  # a wide margin: other work goes on
    qtbot.waitUntil(lambda: page.findChild(KeepBox).fields != {}, timeout=WAIT)
    assert unnamed(page) == []
    assert wrong_format(page) == []
    shoot(theme, page, "settings-data")
    print(f"boxes: {', '.join(f'{s * 1000:.1f} ms' for s in longest)}")


def test_the_palette_leads_to_the_backups(window, qtbot):
    window.actions_by_id.run("backups")
    (dialog,) = window.findChildren(SettingsDialog)
    qtbot.waitUntil(lambda: bool(dialog.findChildren(CopiesBox)))
    qtbot.waitUntil(lambda: dialog.findChildren(CopiesBox)[0].back_up.isVisible())
    assert dialog._list.currentItem().text() == "Your data"
