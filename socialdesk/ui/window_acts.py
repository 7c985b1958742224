"""The acts of the window as actions: screens, panes, search, undo, keys."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from socialdesk.domain.queue.rows import SavedView, View
from socialdesk.i18n import tr
from socialdesk.ui.actions import Action
from socialdesk.ui.crisis.acts import crisis_actions
from socialdesk.ui.crm.acts import crm_actions
from socialdesk.ui.rooms import ROOMS
from socialdesk.ui.screens import open_settings

if TYPE_CHECKING:
    from socialdesk.ui.crisis.signs import CrisisSigns
    from socialdesk.ui.going import Going
    from socialdesk.ui.inbox.columns import ColumnsScreen
    from socialdesk.ui.shell import Shell
    from socialdesk.ui.view_shown import ViewShown


def window_actions(
    window: "Shell", going: "Going", shown: "ViewShown", signs: "Callable[[], CrisisSigns]"
) -> list[Action]:
    """Everything that is not about one mention."""

    def name_view() -> None:
        window.saved_views.ask_name(window.inbox.pane.search)

    def has_search() -> bool:
        return window.is_inbox() and bool(window.inbox.pane.search)

    def has_saved() -> bool:
        return shown.view() is not None

    def delete_view() -> None:
        if (view := shown.view()) is not None:
            window.saved_views.delete(view)

    def with_view(run: Callable[[SavedView], None]) -> Callable[[], None]:
        def on_view() -> None:
            if (view := shown.view()) is not None:
                run(view)

        return on_view

    def close() -> None:
        window.close()

    def open_board_window() -> None:
        """In an incident the wall belongs to the war room."""
        if signs().is_open():
            from socialdesk.ui.war_room.screen import open_war_room

            open_war_room(window)
            return
        from socialdesk.ui.board.screen import open_board

        open_board(window)

    def make_rule() -> None:
        from socialdesk.ui.rules.begin import begin_rule

        begin_rule(window)

    def start_drill() -> None:
        from socialdesk.ui.drill.start import open_start

        open_start(window.screens.desk, window)

    def check_planned() -> None:
        from socialdesk.ui.temperature.dialog import open_check

        open_check(window)

    def has_row() -> bool:
        acting = window.screens.acting_now()
        return acting is not None and acting.row is not None

    def open_manual() -> None:
        from socialdesk.ui.manual.pages import page_about
        from socialdesk.ui.manual.window import open_manual

        open_manual(window, page_about(window.place))

    def open_pins() -> None:
        from socialdesk.ui.people.pin_dialog import open_pins

        open_pins(window.screens.desk, window)

    def rename_person() -> None:
        from socialdesk.ui.people.rename import ask_rename

        ask_rename(window.screens.desk, window)

    def put_person_away() -> None:
        from socialdesk.ui.people.putting_away import ask_put_away

        ask_put_away(window.screens.desk, window)

    def bring_person_back() -> None:
        from socialdesk.ui.people.putting_away import ask_bring_back

        ask_bring_back(window.screens.desk, window)

    def open_about() -> None:
        from socialdesk.ui.about.dialog import open_about

        open_about(window.screens.desk, window)

    def open_backups() -> None:
        open_settings(window.screens.desk, window, window.actions_by_id, "data")

    def check_computer() -> None:
        from socialdesk.ui.check_up.dialog import open_check_up

        open_check_up(window.screens.desk, window, window.show_place)

    def check_release() -> None:
        from socialdesk.ui.about.dialog import open_about

        open_about(window.screens.desk, window).releases.check.click()

    return [
        Action("open", lambda: tr("Open the mention"), "Enter", going.open),
        Action("back", lambda: tr("Back"), "Esc", going.back),
        Action("search", lambda: tr("Search"), "/, Ctrl+F", going.search),
        Action("undo", window.turns.undo_name, "z, Ctrl+Z", window.turns.undo),
        Action("redo", window.turns.redo_name, "Ctrl+Shift+Z", window.turns.redo),
        Action("stop_job", lambda: tr("Stop the act that is under way"), "Ctrl+.",
               window.job_bar.stop, window.job_bar.is_busy),
        Action("palette", lambda: tr("All actions…"), "Ctrl+K", window.open_palette),
        Action("keys", lambda: tr("Keys…"), "?, F1", window.open_keys),
        Action("manual", lambda: tr("Manual…"), "Shift+F1", open_manual),
        Action("panes", lambda: tr("Next pane"), "F6", lambda: going.next_pane(1)),
        Action("panes_back", lambda: tr("Pane before"), "Shift+F6",
               lambda: going.next_pane(-1)),
        *_ways(window),
        Action("go_mine", lambda: tr("Go to what was handed to me"), "g h",
               partial(window.show_search, "is:mine")),
        Action("focus", lambda: tr("One mention at a time"), "f", going.focus_on_one,
               lambda: window.screens.acting_now() is not None),
        *_columns(going),
        *crisis_actions(signs),
        *crm_actions(window, has_row),
        Action("board_window", lambda: tr("Open the board or the war room in its window"), "F11",
               open_board_window),
        Action("save_view", lambda: tr("Save this search as a view…"), "", name_view, has_search),
        Action("delete_view", lambda: tr("Delete this saved view"), "", delete_view,
               has_saved),
        Action("rename_view", lambda: tr("Rename this saved view…"), "", with_view(
            window.saved_views.ask_new_name), has_saved),
        Action("notice_view", lambda: tr("Notices of this saved view…"), "", with_view(
            window.saved_views.ask_notice), has_saved),
        Action("view_up", lambda: tr("Move this saved view up"), "Ctrl+Up",
               partial(shown.move, -1), has_saved),
        Action("view_down", lambda: tr("Move this saved view down"), "Ctrl+Down",
               partial(shown.move, 1), has_saved),
        Action("make_rule", lambda: tr("Make a rule from this mention…"), "", make_rule, has_row),
        Action("start_drill", lambda: tr("Start a drill…"), "", start_drill,
               lambda: not window.windowTitle().startswith("DRILL")),
        Action("check_planned", lambda: tr("Check a planned post…"), "", check_planned,
               also=lambda: tr("temperature, mood")),
        Action("pins", lambda: tr("PINs…"), "", open_pins),
        Action("rename_person", lambda: tr("Rename a person…"), "", rename_person),
        Action("put_person_away", lambda: tr("Put a person away…"), "", put_person_away),
        Action("bring_person_back", lambda: tr("Bring a person back…"), "", bring_person_back),
        Action("about", lambda: tr("About SocialDesk…"), "Ctrl+F1", open_about),
        Action("backups", lambda: tr("Backups…"), "", open_backups),
        Action("check_computer", lambda: tr("Check this computer…"), "", check_computer),
        Action("check_release", lambda: tr("Check for a new version"), "", check_release),
        Action("quit", lambda: tr("Close the window"), "Ctrl+Q", close),
    ]  # fmt: skip


def _columns(going: "Going") -> list[Action]:
    def is_shown() -> bool:
        return going.columns is not None

    def on(run: "Callable[[ColumnsScreen], None]") -> Callable[[], None]:
        def do() -> None:
            if (columns := going.columns) is not None:
                run(columns)

        return do

    return [
        Action("column_left", lambda: tr("To the column at the left"), "Left",
               on(lambda c: c.step(-1)), is_shown),
        Action("column_right", lambda: tr("To the column at the right"), "Right",
               on(lambda c: c.step(1)), is_shown),
        Action("column_add", lambda: tr("Add a column…"), "+", on(lambda c: c.add()), is_shown),
        Action("column_change", lambda: tr("Another view in this column…"), "=",
               on(lambda c: c.change()), is_shown),
        Action("column_remove", lambda: tr("Remove this column"), "-", on(lambda c: c.remove()),
               is_shown),
    ]  # fmt: skip


def _ways(window: "Shell") -> list[Action]:
    ways = (
        ("queue", lambda: tr("Go to what needs a reply"), "g q", View.NEEDS_REPLY.value),
        ("overdue", lambda: tr("Go to what is overdue"), "g l", View.OVERDUE.value),
        ("due_soon", lambda: tr("Go to what is due soon"), "g d", View.DUE_SOON.value),
        ("waiting", lambda: tr("Go to Waiting"), "g w", View.WAITING.value),
        ("outbox", lambda: tr("Go to the outbox"), "g o", View.OUTBOX.value),
        ("approval", lambda: tr("Go to what waits for approval"), "g p", View.APPROVAL.value),
        ("everything", lambda: tr("Go to everything"), "g e", View.ALL.value),
    )
    return [
        *(Action(f"go_{id_}", name, keys, partial(window.show_place, place))
          for id_, name, keys, place in ways),
        *(Action(f"go_{room.key}", room.go, room.keys, partial(window.show_place, room.key),
                 also=room.name) for room in ROOMS),
        Action("go_settings", lambda: tr("Go to the settings"), "g s",
               partial(window.show_place, "settings")),
    ]  # fmt: skip
