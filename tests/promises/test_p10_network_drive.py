"""Promise 10, on a network drive: it is told of with what to do, and an engine and a window share
the workspace there without a WAL."""

import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from socialdesk.app import SystemClock
from socialdesk.engine.commands import Quit, SetSetting
from socialdesk.engine.health.doctor import checks
from socialdesk.engine.process.link import LinkedDesk
from socialdesk.engine.process.supervisor import greet
from socialdesk.engine.queries import ReadSettings
from socialdesk.places import PRACTICE_WORKSPACE, Workspace, workspace
from socialdesk.store.file import drives
from socialdesk.store.file.reader import Readers
from socialdesk.ui.application import _warn_of_drive
from socialdesk.ui.start.drive_line import DriveLine
from socialdesk.ui.window import MainWindow
from tests.store.file.mounts import mounted
from tests.ui.fake_desk import FakeDesk

ROOT = Path(__file__).parents[2]
WAIT_S = 120.0
FAR_ENGINE = """
import sys
from pathlib import Path
from socialdesk.store.file import drives
drives.ROOT = Path(sys.argv[1])
from socialdesk.app import run_engine
run_engine(["--workspace", sys.argv[2]])
"""


@pytest.fixture
def far(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, _own_home: None) -> Workspace:
    """A practice workspace; everything it lies on is a network drive by the list of mounts."""
    place = workspace(PRACTICE_WORKSPACE)
    place.prepare()
    mounted(monkeypatch, tmp_path / "root", ("/", "ext4", "/dev/a"), (tmp_path, "nfs4", "nas:/"))
    return place


@pytest.mark.promise(10)
@pytest.mark.timeout(300)
def test_an_engine_and_a_window_share_a_network_drive_without_a_wal(
    far, tmp_path, qtbot, trials
) -> None:
    engine = subprocess.Popen(
        [sys.executable, "-c", FAR_ENGINE, str(tmp_path / "root"), PRACTICE_WORKSPACE],
        cwd=ROOT, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    links: list[LinkedDesk] = []
    try:
        qtbot.waitUntil(lambda: _linked(far, links), timeout=int(WAIT_S * 1000))
        desk = links[0]
        for n in range(20, 40):  # each written by the engine's process and read by this one's
            desk.do(SetSetting("hold_s", str(n))).result(WAIT_S)
            assert desk.ask(ReadSettings()).result(WAIT_S)["hold_s"] == str(n)
            assert not Path(f"{far.database}-wal").exists()
        desk.do(Quit()).result(WAIT_S)
    finally:
        for link in links:
            link.close()
        engine.kill()
        engine.wait(WAIT_S)
    trials.add(20)


def _linked(place: Workspace, links: list[LinkedDesk]) -> bool:
    connection = greet(place)
    if connection is not None:
        links.append(LinkedDesk(Readers(place.database), SystemClock()))
        links[-1].attach(connection)
    return bool(links)


@pytest.mark.promise(10)
def test_a_network_drive_is_told_of_with_what_to_do(far, monkeypatch, trials) -> None:
    (told,) = (c for c in checks(far, is_practice=True) if c.name == "drive")
    assert not told.is_well
    assert "network drive (nfs4)" in told.text and "--workspace" in told.next_step
    monkeypatch.setattr(drives, "ROOT", far.folder / "none")
    assert not [c for c in checks(far, is_practice=True) if c.name == "drive"]
    trials.add(2)


@pytest.mark.promise(10)
def test_the_window_says_so_until_it_is_put_away(far, qtbot, monkeypatch, trials) -> None:
    window = MainWindow(FakeDesk())
    qtbot.addWidget(window)
    window.show()
    _warn_of_drive(window, far)
    (line,) = window.findChildren(DriveLine)
    qtbot.waitUntil(line.isVisible)
    assert "network drive (nfs4)" in line.text and "--workspace" in line.text
    qtbot.mouseClick(line.hide_it, Qt.MouseButton.LeftButton)
    assert not line.isVisible()
    near = MainWindow(FakeDesk())
    qtbot.addWidget(near)
    monkeypatch.setattr(drives, "ROOT", far.folder / "none")
    _warn_of_drive(near, far)
    assert not near.findChildren(DriveLine)
    trials.add(2)
