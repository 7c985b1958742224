"""Two starts at nearly the same time: the second waits for the first to listen."""

import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication

from socialdesk.ui.single import RAISE, Instance

ROOT = Path(__file__).parents[2]
# It holds the lock and listens a while later, as the program does: after its first paint.
STARTING = """
import sys
from pathlib import Path
from PySide6.QtCore import QCoreApplication, QTimer
from socialdesk.ui.single import Instance
app = QCoreApplication([])
instance = Instance(Path(sys.argv[1]))
instance.called.connect(lambda words: (print(words, flush=True), app.quit()))
QTimer.singleShot(700, instance.listen)
print("holds" if instance.is_first else "", flush=True)
app.exec()
"""


@pytest.mark.timeout(60)
def test_a_start_during_another_raises_its_window(tmp_path: Path, qapp: QCoreApplication) -> None:
    lock = tmp_path / "window.lock"
    first = subprocess.Popen([sys.executable, "-c", STARTING, str(lock)], cwd=ROOT, text=True,
                             stdout=subprocess.PIPE)  # fmt: skip
    try:
        assert first.stdout is not None
        assert first.stdout.readline().strip() == "holds"
        second = Instance(lock)
        assert not second.is_first
        assert second.call_first(RAISE)
        assert first.stdout.readline().strip() == RAISE
        assert first.wait(30) == 0
    finally:
        first.kill()
        first.communicate()
