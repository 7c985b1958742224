"""What the window's process may load before its first paint (performance: lean start)."""

import subprocess
import sys
from importlib.util import find_spec

from socialdesk.engine.answers.every import _AT_ONCE
from socialdesk.ui.window import MainWindow
from tests.ui.fake_desk import NOW, FakeDesk

BUDGET = 190  # modules besides our own; 173 was the floor with gettext and subprocess
HEAVY = ("requests", "keyring", "sqlite_utils", "feedparser", "multiprocessing.connection")
# Ours, but nothing of the first paint: they are imported where they are first used.
LATER = ("domain.job", "domain.learning", "domain.rules.macro", "domain.rules.step",
         "engine.answers.later", "engine.commands", "store.mentions.facets", "ui.compose",
         "ui.inbox.post",
         "ui.inbox.questions", "ui.inbox.triage", "ui.keysheet", "ui.palette", "ui.settings",
         "ui.start", "ui.outbox", "ui.accounts", "ui.templates")  # fmt: skip
START = """
import sys
import socialdesk.app
from socialdesk.engine.process.link import LinkedDesk
from socialdesk.logs import start_log
from socialdesk.store.file.reader import Readers
from socialdesk.ui import features
features.use_none()
from socialdesk.ui import application
from PySide6.QtWidgets import QApplication
app = QApplication(["socialdesk"])
from socialdesk.ui.window import MainWindow
from concurrent.futures import Future
class Silent:
    def ask(self, query): return Future()
    def do(self, command): return Future()
    def rows(self, ids): return []
    def listen(self, listener): return lambda: None
window = MainWindow(Silent())
window.show()
window.grab()
print("\\n".join(sys.modules))
"""


def test_the_window_is_painted_without_the_engines_modules():
    run = subprocess.run(
        [sys.executable, "-c", START], capture_output=True, text=True, timeout=50, check=True
    )
    modules = run.stdout.split()
    assert [m for m in HEAVY if m in modules] == []
    assert [m for m in LATER if f"socialdesk.{m}" in modules] == []
    assert [m for m in LATER if find_spec(f"socialdesk.{m}") is None] == []
    others = [m for m in modules if m.partition(".")[0] != "socialdesk"]
    assert len(others) <= BUDGET, sorted(others)


def test_what_a_window_asks_for_its_first_list_brings_no_other_answers(qtbot):
    """Nor does an empty one, which asks more: they would be imported beside its first paint."""
    desk = FakeDesk()
    window = MainWindow(desk, now=lambda: NOW)
    qtbot.addWidget(window)
    asked = []
    window.inbox.pane.listed.connect(lambda: asked.append({type(query) for query in desk.queries}))
    qtbot.waitUntil(lambda: bool(asked))
    assert asked[0] - _AT_ONCE.keys() == set()


SPY = """features.use_none()
asked = set()
def spy(frame, event, arg):
    if frame.f_code.co_filename == "shibokensupport/signature/parser.py":
        asked.add(frame.f_code.co_name)
sys.setprofile(spy)
"""
SEEN = """
sys.setprofile(None)
import builtins, linecache, os
import PySide6.QtNetwork
ours = os.path.dirname(socialdesk.app.__file__)
print(*asked, *(name for name in linecache.cache if name.startswith(ours)))
if builtins.__import__ is not builtins.__orig_import__:
    print("each import statement")
"""


def test_pyside_neither_reads_our_source_nor_writes_signatures():
    """The first, which takes tens of milliseconds, looks for features in each module, and in each
    import statement; the other, which does too, is wanted by who asks for the docstring of a
    class, as functools' wrappers do."""
    script = START.replace("features.use_none()\n", SPY).rpartition("print")[0] + SEEN
    run = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, timeout=50, check=True
    )
    assert run.stdout.split() == []


EVERY_SCREEN = """
import importlib, pkgutil, sys
import socialdesk.ui
for found in pkgutil.walk_packages(socialdesk.ui.__path__, "socialdesk.ui."):
    importlib.import_module(found.name)
print("\\n".join(sys.modules))
"""


def test_no_screen_brings_the_engines_modules_with_it():
    """What waits for the disk or the network lies in the other process, with all it imports."""
    run = subprocess.run(
        [sys.executable, "-c", EVERY_SCREEN],
        capture_output=True, text=True, timeout=50, check=True,
    )  # fmt: skip
    modules = run.stdout.split()
    ours = ("socialdesk.engine.kit", "socialdesk.store.file.writer", "socialdesk.networks.http")
    assert [m for m in (*HEAVY[:4], *ours) if m in modules] == []
