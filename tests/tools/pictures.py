"""Takes the pictures of the README from the real program: `python tests/tools/pictures.py`.

The window shows a real engine on the practice network, under a clock that is moved by hand, so the
pictures come out the same each time. Needs no screen.
"""

import os
import sys
import tempfile
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
sys.path.insert(0, str(Path(__file__).parents[2]))

import requests
from PySide6.QtCore import QElapsedTimer, QSize
from PySide6.QtWidgets import QApplication

from socialdesk.domain.queue.rows import Order, View
from socialdesk.domain.replies.template import fill
from socialdesk.engine.accounts.secrets import NoKeyring
from socialdesk.engine.commands import AddLabel, SaveDraft, SetSetting
from socialdesk.engine.inline import InlineDesk
from socialdesk.engine.outside import Outside
from socialdesk.engine.practice.begin import set_up
from socialdesk.engine.queries import ListMentions, ListTemplates, ReadRows
from socialdesk.i18n import set_language
from socialdesk.networks import http, registry
from socialdesk.places import resource
from socialdesk.practice.adapter import PracticeAdapter
from socialdesk.practice.brand import account_secret
from socialdesk.practice.content import load_content
from socialdesk.practice.session import mount
from socialdesk.ui import garbage
from socialdesk.ui.window import MainWindow
from tests.fakes import HandClock

OUT = Path(__file__).parents[2] / "resources" / "pictures"
SIZE = QSize(1366, 768)
SETTLE_MS = 1_500  # answers of reader threads reach the window


def engine(home: Path, clock: HandClock) -> InlineDesk:
    """A real engine on the practice network in `home`."""
    content = load_content(resource("practice"))
    network = PracticeAdapter(home / "practice.jsonl", content, now_ms=clock.now_ms)

    def session() -> requests.Session:
        made = http.session()
        mount(made, network)
        return made

    networks = dict(registry.networks())
    outside = Outside(networks, session, lambda _: NoKeyring(account_secret()), pace=0.05)
    desk = InlineDesk(home / "workspace.db", home / "backups", clock, outside)
    set_up(desk)
    for _ in range(24):  # ten minutes of mentions
        clock.advance(25)
        desk.clockwork.turn()
        desk.settle()
    return desk


def write_draft(desk: InlineDesk, mention: int) -> None:
    """An answer from an approved template, with its slots filled in."""
    template = next(t for t in desk.ask(ListTemplates()).result() if t.name == "Opening hours")
    version = next(v for v in template.versions if v.lang == "en")
    values = {"first_name": "Ann", "hours": "8:00 to 18:00, Sunday too"}
    draft = SaveDraft(
        mention, fill(version.body, values), version.id, tuple(values.items()), version.lang
    )
    desk.do(draft).result()


def settle(app: QApplication) -> None:
    """Let the window take what it asked for."""
    passed = QElapsedTimer()
    passed.start()
    while passed.elapsed() < SETTLE_MS:
        app.processEvents()


def take(window: MainWindow, app: QApplication, name: str) -> None:
    settle(app)
    window.grab().save(str(OUT / f"{name}.png"))
    print(f"resources/pictures/{name}.png")


def main() -> None:
    set_language("en")
    app = QApplication([])
    OUT.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        clock = HandClock()
        desk = engine(Path(folder), clock)
        ids = desk.ask(ListMentions(View.NEEDS_REPLY, "", Order.NEED)).result().ids
        rows = desk.ask(ReadRows(tuple(ids[:40]))).result()
        desk.do(AddLabel(tuple(r.id for r in rows[1:3]), "delivery")).result()
        asking = next(r for r in rows if r.author.startswith("Ann") and "open" in r.body)
        write_draft(desk, asking.id)
        window = MainWindow(desk, title="Tulip & Rye", now=clock.now_ms)
        window.resize(SIZE)
        window.show()
        settle(app)
        window.inbox.turn_context()
        window.inbox.show_mention(asking.id)
        take(window, app, "inbox-light")
        desk.do(SetSetting("theme", "dark")).result()
        take(window, app, "inbox-dark")
        desk.do(SetSetting("theme", "light")).result()
        for name in ("templates",):
            window.show_place(name)
            take(window, app, name)
        window.close()
        desk.close()


if __name__ == "__main__":
    with garbage.by_hand():  # a thread of the engine would destroy closed windows beside Qt
        main()
