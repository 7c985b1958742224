"""The window: views at the left, one screen beside them, and every key."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QDateTime, QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent, QShowEvent
from PySide6.QtWidgets import QSplitter, QVBoxLayout, QWidget

from socialdesk.domain.changes import Area, Changes
from socialdesk.domain.errors import SocialDeskError
from socialdesk.domain.queue.rows import ORDERS, Order, View
from socialdesk.engine.desk import Desk, EngineState, Notice
from socialdesk.i18n import tr
from socialdesk.ui.actions import Actions
from socialdesk.ui.bridge import Bridge
from socialdesk.ui.choices import Choices
from socialdesk.ui.counting import Counting
from socialdesk.ui.focus import focus_inside
from socialdesk.ui.going import Going
from socialdesk.ui.inbox.acts import inbox_actions
from socialdesk.ui.inbox.saved import SavedViews
from socialdesk.ui.inbox.views import ViewsPane
from socialdesk.ui.job_bar import JobBar, job_words
from socialdesk.ui.key_presses import KeyPresses
from socialdesk.ui.macros.running import Macros, macro_actions
from socialdesk.ui.plain import one_line
from socialdesk.ui.preferences import Preferences
from socialdesk.ui.screens import Screens, open_settings
from socialdesk.ui.scrolled import Scrolled
from socialdesk.ui.shell import Shell
from socialdesk.ui.sizes import BESIDE, FIRST, Sizes, fit
from socialdesk.ui.state_bar import StateBar
from socialdesk.ui.toast import Toast
from socialdesk.ui.undo import UndoRedo
from socialdesk.ui.view_shown import ViewShown
from socialdesk.ui.window_acts import window_actions
from socialdesk.ui.words import mentions

if TYPE_CHECKING:
    from socialdesk.domain.job import JobRow
    from socialdesk.ui.crisis.signs import CrisisSigns
    from socialdesk.ui.start.recovery import Recovery

TICK_MS = 30_000  # ages, timers, counts that time moves
REST_MS = 300  # after the first list: what nobody sees then is asked, and its code imported


def wall_clock() -> int:
    """ms UTC, for ages and timers on the screen."""
    return int(QDateTime.currentMSecsSinceEpoch())


class MainWindow(Shell):
    """`engine_wanted`: the operator asks to try the engine again. `settings_path`: an ini file for
    sizes only, None = sizes are not kept. `title`: fixed, or made of the brand's name. Most of
    what is not painted at first is imported where it is made."""

    engine_wanted = Signal()

    def __init__(
        self,
        desk: Desk,
        *,
        settings_path: Path | None = None,
        title: str | Callable[[str], str] = "",
        recovery: "Callable[[], Recovery] | None" = None,
        now: Callable[[], int] = wall_clock,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._desk, self._now = desk, now
        self._sizes, self._name = Sizes(settings_path), title
        self._place = View.NEEDS_REPLY.value
        self._n_shown, self._note = 0, ""  # in the title
        self._signs: CrisisSigns | None = None
        self._has_rest = False  # asked for at all, what the first list does not need
        self._returned = 0  # a mention that undo brought back; gone to when the list holds it
        self.actions_by_id = Actions()
        self.preferences = Preferences(desk, self.actions_by_id, self)
        self._make()
        self._choices = Choices(self.screens, recovery, now, self._after_recovery)
        acting = self.screens.acting_now
        self.actions_by_id.add(*inbox_actions(self.inbox, self.is_inbox, acting))
        self.actions_by_id.add(*window_actions(self, self.going, self.view_shown, self.signs))
        self.actions_by_id.add(*macro_actions(self.macros, self.edit_macros))
        self.actions_by_id.add(*self.preferences.text_acts())
        self._counting = Counting(desk, self.views, now, self)
        self._keys = KeyPresses(self.actions_by_id, self.screens.take_key, self)
        self._ticking = QTimer(self)
        self._ticking.setInterval(TICK_MS)
        self._resting = QTimer(self)
        self._resting.setSingleShot(True)
        self._resting.setInterval(REST_MS)
        self._wire()
        self.show_count(0)
        self.inbox.thread_pane.name_acts()  # they are known only now; all else has its words
        self._sizes.restore(self, self._split, self.inbox)
        fit(self, self.inbox, self.screen().availableGeometry())
        self._read_first(keep=False)  # of a long list its beginning, before the first paint
        self.inbox.pane.setFocus()

    # --- making ---

    def _make(self) -> None:
        self.resize(FIRST)
        # Each part is made where it stays: one that moves is styled again, with all it holds.
        whole = QWidget(self)
        self._state, self.job_bar = StateBar(whole), JobBar(self._desk, whole)
        self._split = QSplitter(Qt.Orientation.Horizontal, whole)
        self._split.setHandleWidth(1)
        self.views = ViewsPane(self._split)
        beside = Scrolled(self._split, at_most=BESIDE)
        acts, inside = self.actions_by_id, beside.inside
        self.screens = Screens(self._desk, acts, self._now, self._make_room, inside)
        beside.hold(self.screens)
        self.inbox = self.screens.inbox
        self._split.setStretchFactor(1, 1)
        self._split.setChildrenCollapsible(False)
        self._split.setSizes([206, 1046])
        layout = QVBoxLayout(whole)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._state)
        layout.addWidget(self.job_bar)
        layout.addWidget(self._split, 1)
        self.setCentralWidget(whole)
        self.toast = Toast(whole, self.inbox.pane)
        self.saved_views = SavedViews(self._desk, self)
        self.going, self.view_shown = Going(self, self.signs), ViewShown(self)
        self.macros = Macros(self._desk, self.screens.acting_now, self._now, self)
        self.turns = UndoRedo(self._desk, self.toast, self)

    def _make_room(self, key: str) -> QWidget:
        from socialdesk.ui.room_screens import RoomScreens

        return RoomScreens(self, self.signs).make(key)

    def _wire(self) -> None:
        bridge = Bridge(self._desk, self)
        bridge.changed.connect(self._on_changed)
        bridge.state_changed.connect(self._on_state_changed)
        bridge.noticed.connect(self._on_noticed)
        self._state.again_asked.connect(self.engine_wanted)
        self.views.chosen.connect(self.show_place)
        self.inbox.said.connect(self._say)
        self.inbox.failed.connect(self._on_failed)
        self.inbox.settled.connect(self._counting.count_soon)
        self.inbox.pane.save_view_asked.connect(self.saved_views.ask_name)
        self.saved_views.failed.connect(self._on_failed)
        self.inbox.pane.listed.connect(self._on_listed)
        self.job_bar.moved.connect(self.inbox.pane.model.reread)
        self.job_bar.ended.connect(self._on_job_ended)
        self.job_bar.failed.connect(self._on_failed)
        self.inbox.settled.connect(self.turns.peek)
        self.macros.said.connect(self._say)
        self.macros.failed.connect(self._on_failed)
        self.macros.settled.connect(self._on_macro_done)
        self.macros.reply_asked.connect(self._on_reply_asked)
        self.turns.turned.connect(self._after_turn)
        self.turns.failed.connect(self._on_failed)
        self.preferences.failed.connect(self._on_failed)
        self.preferences.renamed.connect(lambda: self.show_count(self._n_shown, self._note))
        self.screens.said.connect(self._say)
        self.screens.failed.connect(self._on_failed)
        self.screens.settled.connect(self._counting.count_soon)
        self._ticking.timeout.connect(self._on_tick)
        self._resting.timeout.connect(self._read_rest)
        self._ticking.start()

    def translate(self) -> None:
        """The texts in the language in use."""
        if self._signs is not None:
            self._signs.translate()
        self.show_count(self._n_shown, self._note)
        self.views.translate()
        self.inbox.translate()
        self.going.focus_view.translate()
        self._state.translate()
        self.job_bar.translate()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.translate()

    # --- for the program around it ---

    def show_count(self, n: int, note: str = "") -> None:
        self._n_shown, self._note = n, note
        name = self._name if isinstance(self._name, str) else self._name(self.preferences.brand())
        title = one_line(name) or "SocialDesk"
        self.views.show_title(title)
        title = tr("{title} ({note})", title=title, note=note) if note else title
        title = tr("({n}) {title}", n=n, title=title) if n else title
        crisis = self._signs.note if self._signs else ""
        self.setWindowTitle(f"{crisis} · {title}" if crisis else title)

    def signs(self) -> "CrisisSigns":
        """What is shown and done of incidents; made when it is first wanted."""
        if self._signs is None:
            from socialdesk.ui.crisis.signs import CrisisSigns

            self._signs = CrisisSigns(self)
            self._signs.changed.connect(lambda: self.show_count(self._n_shown, self._note))
        return self._signs

    def raise_to_front(self, _call: str = "") -> None:
        self.setWindowState(self.windowState() & ~Qt.WindowState.WindowMinimized)
        self.show()
        self.raise_()
        self.activateWindow()

    def keeps_watching(self) -> bool:
        return self.preferences.keeps_watching()

    # --- screens ---

    def show_place(self, key: str) -> None:
        if self._choices.lead():
            self.views.choose(self._place)
            return
        if key == "settings":
            self.views.choose(self._place)
            open_settings(self._desk, self, self.actions_by_id)
            return
        if self.going.focus_view.is_on:
            self.going.focus_view.leave()
        key = self._place = self.saved_views.known(key)
        self.views.choose(key)
        saved = self.saved_views.by_key(key)
        if saved is not None:
            self.screens.show_inbox()
            order = Order(saved.order) if saved.order else None
            self.inbox.pane.show_view(View.ALL, saved.search, order)
        elif key in {v.value for v in ORDERS}:
            self.screens.show_inbox()
            self.inbox.pane.show_view(View(key))
        else:
            self.screens.show_other(key)
            if screen := self.screens.currentWidget():
                focus_inside(screen)

    def show_search(self, search: str) -> None:
        self.show_place(View.ALL.value)
        if self.is_inbox():
            self.inbox.pane.show_view(View.ALL, search)

    def show_mention(self, mention_id: int) -> None:
        if self._choices.lead():
            return
        self._place = self.inbox.pane.view.value
        self.views.choose(self._place)
        self.screens.show_inbox()
        self.inbox.show_mention(mention_id)

    @property
    def place(self) -> str:
        return self._place

    def go_to_when_listed(self, mention_id: int) -> None:
        self._returned = mention_id

    # --- what the desk tells ---

    def _read_first(self, *, keep: bool) -> None:
        self.preferences.read()
        self.inbox.pane.ask(keep=keep)
        self.saved_views.read()
        self._counting.count()

    def _read_rest(self) -> None:
        self._has_rest = True
        self.signs()
        self.job_bar.take()
        self.macros.read()

    def _on_changed(self, changes: Changes) -> None:
        self.inbox.take(changes)
        self._counting.count_soon()
        if changes.areas & {Area.JOBS, Area.ALL}:
            self.job_bar.take()
        if changes.areas & {Area.SETTINGS, Area.ALL}:
            self.preferences.read()
        if changes.areas & {Area.VIEWS, Area.ALL}:
            self.saved_views.read()
        if changes.areas & {Area.MACROS, Area.ALL}:
            self.macros.read()

    def _on_state_changed(self, state: EngineState) -> None:
        self._state.show_state(state)
        if state is EngineState.READY:
            self._choices.leave()
            self.inbox.acting.note_restart()
            self._read_first(keep=True)
            self._read_rest()
        elif state in {EngineState.DAMAGED, EngineState.NEWER}:
            self._choices.show(state)

    def _after_recovery(self) -> None:
        self._state.show_state(EngineState.STARTING)
        self.engine_wanted.emit()

    def _on_tick(self) -> None:
        self.inbox.tick()
        self._counting.count()

    # --- telling ---

    def _on_noticed(self, notice: Notice) -> None:
        if notice.code not in ("told", "show"):  # those are for ui/desktop
            self.toast.say(one_line(notice.facts.get("text", notice.code)))

    def _say(self, text: str, can_undo: bool) -> None:
        if can_undo:
            self.toast.say(text, tr("Undo"), self.turns.undo)
        else:
            self.toast.say(text)

    def _on_failed(self, error: SocialDeskError) -> None:
        from socialdesk.engine.words.messages import sentence

        said = sentence(error)
        self.toast.say(" ".join(filter(None, (said.text, said.next_step))))

    def tell_of_fault(self) -> None:
        """An error of ours, which the log has (LastResort)."""
        self.toast.say(tr("Something went wrong, and the last step may not be done. What you write "
                          "is saved. Try again; the log has the details."))  # fmt: skip

    def _on_job_ended(self, job: "JobRow") -> None:
        words = tr("{what}: {mentions}", what=job_words(job), mentions=mentions(job.n_done))
        if job.kind == "undone":
            self.toast.say(words, tr("Redo"), self.turns.redo)
        else:
            self.toast.say(words, tr("Undo"), self.turns.undo)
        self.inbox.pane.ask(keep=True)
        self.turns.peek()

    def _after_turn(self, mention_id: int) -> None:
        self._returned = mention_id
        self.inbox.pane.ask(keep=True)
        self._counting.count_soon()

    def _on_listed(self) -> None:
        """What undo brought back is gone to, once it is in the list; who writes a reply meanwhile
        stays at what it is about."""
        if not self._has_rest:
            self._resting.start()
        returned, self._returned = self._returned, 0
        is_here = returned and self.inbox.pane.model.number_of(returned) >= 0
        if is_here and not self.inbox.thread_pane.is_writing():
            self.inbox.show_mention(returned)

    # --- macros ---

    def edit_macros(self) -> None:
        """q e."""
        from socialdesk.ui.macros.dialog import MacrosDialog

        MacrosDialog(self._desk, self).open()

    def _on_macro_done(self) -> None:
        self.inbox.pane.ask(keep=True)
        self._counting.count_soon()
        self.turns.peek()

    def _on_reply_asked(self, mention_id: int) -> None:
        self.show_mention(mention_id)
        self.inbox.thread_pane.begin_reply()

    # --- keys ---

    def open_palette(self) -> None:
        from socialdesk.ui.palette import open_palette

        open_palette(self.actions_by_id, self)

    def open_keys(self) -> None:
        from socialdesk.ui.keysheet import KeySheet

        sheet = KeySheet(self.actions_by_id, self)
        sheet.rebound.connect(self.preferences.rebind)
        sheet.rebound.connect(sheet.fill)
        sheet.open()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """What the focused widget had no use for."""
        if not self._keys.press(event):
            super().keyPressEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._keys.watch()

    def closeEvent(self, event: QCloseEvent) -> None:
        self.inbox.thread_pane.stop_writing()
        self._sizes.keep(self, self._split, self.inbox)
        super().closeEvent(event)
