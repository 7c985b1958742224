"""A window that the engine starts runs as one that a person starts."""

import subprocess
import sys
from pathlib import Path

import pytest

ENGINE = """
import os, sys
from pathlib import Path
from socialdesk.engine.process import window_start
from socialdesk.engine.process.supervisor import be_nice
child = "import os, sys; open(sys.argv[1], 'w').write(str(os.nice(0)))"
window_start.command_of = lambda *words: [sys.executable, "-c", child, *words]
starter = window_start.WindowStarter([sys.argv[1]])
be_nice()
starter.open_window()
print(os.nice(0))
sys.stdin.read()
"""
WAIT_S = 60


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere the window's tray shows notices")
def test_it_is_not_as_humble_as_the_engine(tmp_path: Path, qtbot) -> None:
    told = tmp_path / "niceness"
    before = subprocess.run(
        [sys.executable, "-c", "import os; print(os.nice(0))"], capture_output=True, check=True
    )
    with subprocess.Popen(
        [sys.executable, "-c", ENGINE, str(told)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as engine:
        assert engine.stdin is not None and engine.stdout is not None
        humble = int(engine.stdout.readline())
        qtbot.waitUntil(lambda: told.exists() and told.read_text() != "", timeout=WAIT_S * 1000)
        engine.stdin.close()
        engine.wait(WAIT_S)
    assert int(told.read_text()) == int(before.stdout) < humble
