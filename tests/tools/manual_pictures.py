"""Takes the pictures of the manual from the real program, in each language: `make pictures`.

A real engine on the practice network, under a clock moved by hand: the pictures come out the same
each time. Needs no screen.
"""

import gc
import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
sys.path.insert(0, str(Path(__file__).parents[2]))

import requests
from PySide6.QtCore import QRect
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QAbstractItemView, QApplication, QWidget

from socialdesk.domain.account import Secret
from socialdesk.domain.queue.rows import Order, View
from socialdesk.domain.rules.rule import Action, Condition, Do, Field, Group, Rule
from socialdesk.domain.rules.rule_json import actions_json, conditions_json
from socialdesk.engine.accounts.secrets import NoKeyring
from socialdesk.engine.commands import AddLabel, AddNote, SetSetting
from socialdesk.engine.commands.contacts import AddContactNote
from socialdesk.engine.commands.crisis import Declare
from socialdesk.engine.commands.rules import SaveRule
from socialdesk.engine.inline import InlineDesk
from socialdesk.engine.outside import Outside
from socialdesk.engine.queries import ListMentions, ReadRows
from socialdesk.engine.queries.contacts import ReadPerson
from socialdesk.i18n import LANGUAGES, set_language
from socialdesk.ui import garbage
from socialdesk.ui.accounts.add import AddAccountDialog
from socialdesk.ui.compose.parts import keep_time, wall_ms
from socialdesk.ui.first_run.beginning import Beginning
from socialdesk.ui.rules.screen import RulesScreen
from socialdesk.ui.settings.dialog import SettingsDialog
from socialdesk.ui.window import MainWindow
from tests.engine.alerts.alert_bench import AlertBench
from tests.fakes import HandClock
from tests.store.queue_file import QueueFile
from tests.tools.pictures import SIZE, engine, settle, write_draft

MANUAL = Path(__file__).parents[2] / "resources" / "manual"
N_COMPLAINTS = 14  # a crisis, to the alerts
MINUTE_S = 60
LOSSLESS = 100  # of WebP: a third of a PNG, every pixel as it was


class Camera:
    """Takes the pictures of one language."""

    def __init__(self, app: QApplication, language: str) -> None:
        self._app, self.language = app, language
        self._folder = MANUAL / language / "pictures"
        self._folder.mkdir(parents=True, exist_ok=True)

    def settle(self) -> None:
        settle(self._app)

    def take(self, shown: QWidget, name: str, part: QRect | None = None) -> None:
        """What `shown` shows now, or a part of it."""
        self.settle()
        image = shown.grab(part or shown.rect()).toImage()
        image = image.convertToFormat(QImage.Format.Format_RGB888)
        image.save(str(self._folder / f"{name}.webp"), quality=LOSSLESS)
        print(f"resources/manual/{self.language}/pictures/{name}.webp", flush=True)


@contextmanager
def window_on(desk: InlineDesk, clock: HandClock, camera: Camera) -> Iterator[MainWindow]:
    """The window on a desk, in the language of the pictures."""
    desk.do(SetSetting("language", camera.language)).result()
    keep_time(clock.now_ms)  # of the screens that say how long ago something was
    window = MainWindow(desk, title="Tulip & Rye", now=clock.now_ms)
    window.resize(SIZE)
    window.show()
    camera.settle()
    yield window
    window.close()
    window.deleteLater()
    camera.settle()
    keep_time(wall_ms)


def shop(camera: Camera, home: Path) -> None:
    """Everything of a normal day, and an incident at its end."""
    clock = HandClock()
    desk = engine(home, clock)
    ids = desk.ask(ListMentions(View.NEEDS_REPLY, "", Order.NEED)).result().ids
    rows = desk.ask(ReadRows(tuple(ids[:40]))).result()
    asking = next(r for r in rows if r.author.startswith("Ann") and "open" in r.body)
    write_draft(desk, asking.id)
    desk.do(AddNote(asking.id, "Comes on Sundays, always for the seeded rye.")).result()
    desk.do(AddLabel((asking.id,), "regular")).result()
    know(desk, asking.id)
    make_rule(desk)
    with window_on(desk, clock, camera) as window:
        of_inbox(camera, window, asking.id)
        for place, name in (("accounts", "accounts"), ("rules", "rules"), ("contacts", "people"),
                            ("board", "board")):  # fmt: skip
            window.show_place(place)
            camera.settle()
            choose_first(window)
            try_it(window)
            camera.take(window, name)
        of_dialogs(camera, window, desk)
        desk.do(Declare(title="Glass in the rye bread", playbook="recall", severity=2,
                        commander=1)).result()  # fmt: skip
        window.show_place("incident")
        camera.take(window, "incident")
    desk.close()


def of_inbox(camera: Camera, window: MainWindow, mention: int) -> None:
    """The three panes, why a mention stands where it stands, and the composer from near."""
    window.inbox.turn_context()
    window.inbox.show_mention(mention)
    camera.take(window, "inbox")
    thread = window.inbox.thread_pane
    camera.settle()
    thread.composer.focus_text()
    camera.take(thread, "composer")
    window.actions_by_id.run("why")
    camera.take(thread, "why")


def of_dialogs(camera: Camera, window: MainWindow, desk: InlineDesk) -> None:
    """A network's guide, and two pages of the settings."""
    adding = AddAccountDialog(desk, window)
    adding.show()
    camera.settle()
    while not adding._choice.list.count():
        camera.settle()
    adding._choice.search.setText("Telegram")
    adding._choice.search.returnPressed.emit()
    camera.take(adding, "guide")
    adding.close()
    settings = SettingsDialog(desk, window, window.actions_by_id)
    settings.show()
    camera.take(settings, "settings")
    settings._list.setCurrentRow([one.key for one in settings._sections].index("data"))
    camera.take(settings, "data")
    settings.close()


def know(desk: InlineDesk, mention: int) -> None:
    """Makes a contact of who wrote a mention."""
    person = desk.ask(ReadPerson(mention_id=mention)).result()
    assert person is not None
    note = AddContactNote("Orders for her whole street.", author_id=person.authors[0].id)
    desk.do(note).result()


def make_rule(desk: InlineDesk) -> None:
    """One that labels questions of which none knows the answer by heart."""
    words = Condition(Field.WORDS, ("open\nhours\naddress",))
    groups = (Group((words, Condition(Field.QUESTION))),)
    actions = (Action(Do.LABEL, "visit"), Action(Do.PRIORITY, 2))
    rule = Rule(0, "Visits", groups, actions)
    desk.do(SaveRule("Visits", conditions_json(rule), actions_json(actions))).result()


def choose_first(window: MainWindow) -> None:
    """The first line of a screen's list, so that something is chosen at the right."""
    shown = window.screens.currentWidget()
    assert shown is not None
    for view in shown.findChildren(QAbstractItemView):
        model = view.model()
        if view.isVisible() and model is not None and model.rowCount():
            view.setCurrentIndex(model.index(0, 0))
            return


def try_it(window: MainWindow) -> None:
    """The dry run of the rule that is shown."""
    shown = window.screens.currentWidget()
    if isinstance(shown, RulesScreen):
        shown.trial.start.click()


def beginning(camera: Camera, home: Path) -> None:
    """A new workspace of one's own: the first of the six steps."""
    clock = HandClock()
    outside = Outside({}, requests.Session, lambda _: NoKeyring(Secret("none")))
    desk = InlineDesk(home / "workspace.db", home / "backups", clock, outside)
    with window_on(desk, clock, camera) as window:
        Beginning(desk, window)
        camera.settle()
        window.show_place("first_steps")
        camera.take(window, "first-steps")
    desk.close()


def alerts(camera: Camera, home: Path) -> None:
    """Many complaints after four quiet weeks."""
    QueueFile(home).close()
    clock = HandClock()
    bench = AlertBench(home, clock)
    bench.set(fetching="off", notice_overdue="no", notice_due_soon="no")
    bench.watched(28)
    bench.desk.clockwork.turn()
    for n in range(N_COMPLAINTS):
        bench.turn(MINUTE_S)
        bench.say(f"The bread was stale and I want a refund, number {n} today", by=f"person{n}")
    with window_on(bench.desk, clock, camera) as window:
        window.show_place("alerts")
        camera.settle()
        camera.take(window, "alerts")
    bench.desk.close()


def main() -> None:
    """All pictures of all languages, or of those that are named."""
    app = QApplication([])
    for language in sys.argv[1:] or LANGUAGES:
        set_language(language)
        camera = Camera(app, language)
        with tempfile.TemporaryDirectory() as folder:
            for part in (beginning, shop, alerts):
                home = Path(folder) / part.__name__
                home.mkdir()
                part(camera, home)
                gc.collect()


if __name__ == "__main__":
    with garbage.by_hand():  # a thread of the engine would destroy closed windows beside Qt
        main()
