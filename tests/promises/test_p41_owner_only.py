"""Promise 41: under the most careless umask every folder is 0700 and every file 0600, through a
whole life: ingest, backup, restore, export, report, logs, media, locks, sockets."""

import os
import signal
import stat
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from socialdesk.app import desk_of
from socialdesk.engine.commands.answering import AddMedia
from socialdesk.engine.process.supervisor import dial
from socialdesk.networks.testing_pictures import PIXEL
from socialdesk.places import Workspace, data_folder, workspace
from tests.cli.conftest import Run, played, practise, prepared, run  # noqa: F401
from tests.promises.plugin import Trials

PATIENCE_S = 40.0

pytestmark = pytest.mark.skipif(
    os.name == "nt", reason="Windows has no such modes; the profile folder keeps others out"
)


@pytest.fixture
def open_umask() -> Iterator[None]:
    """The most careless there is."""
    before = os.umask(0)
    yield
    os.umask(before)


def too_open(*roots: Path) -> tuple[int, list[str]]:
    """How many were looked at, and which others could open."""
    n, found = 0, []
    for root in roots:
        for path in (root, *root.rglob("*")):
            mode = stat.S_IMODE(path.lstat().st_mode)
            n += 1
            if mode & 0o077:
                found.append(f"{path.name} {mode:o}")
    return n, found


def log_in_a_process(path: Path) -> None:
    """As the engine does; its hooks for faults would outlive the test in this one."""
    program = "import sys; from pathlib import Path; from socialdesk.logs import start_log; "
    program += "start_log(Path(sys.argv[1]))"
    subprocess.run([sys.executable, "-c", program, str(path)], check=True)


@pytest.mark.promise(41)
def test_a_life_at_the_command_line(
    open_umask: None,
    practise: Run,  # noqa: F811
    prepared: Workspace,  # noqa: F811
    tmp_path: Path,
    trials: Trials,
) -> None:
    out = tmp_path / "out"
    out.mkdir(0o700)
    log_in_a_process(prepared.engine_log)
    picture = tmp_path / "photo.png"
    picture.write_bytes(PIXEL)
    with desk_of(prepared) as desk:
        desk.do(AddMedia(str(picture))).result()
        seen = [too_open(prepared.folder)]  # beside an open file, its WAL, its address and lock
    assert practise("sync").code == 0
    for words in (
        ("backup",), ("backup", "--to", out / "copy.db"), ("export", out / "all.csv"),
        ("export", out / "all.json"), ("export", out / "all.zip", "--all"),
        ("report", "--period", "today", "--to", out / "report.html"),
        ("report", "--period", "today", "--to", out / "report.csv"),
        ("restore", out / "copy.db"), ("doctor",), ("sync",),
    ):  # fmt: skip
        assert practise(*words).code in (0, 1), words
        seen.append(too_open(prepared.folder, out, prepared.logs))
    names = {path.name for path in prepared.folder.rglob("*")} | {p.name for p in out.iterdir()}
    assert {"workspace.db", "counted.json", "all.zip", "report.html", "copy.db"} <= names
    assert any(name.endswith(".png") for name in names) and prepared.engine_log.exists()
    open_ones = sorted({one for _, found in seen for one in found})
    trials.add(sum(n for n, _ in seen), failed=len(open_ones))
    assert open_ones == []


@pytest.mark.promise(41)
@pytest.mark.timeout(180)
def test_a_life_with_a_window(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, trials: Trials
) -> None:
    """Window and engine as processes of their own; their socket too."""
    temp = tmp_path / "temp"
    temp.mkdir(0o700)
    place = workspace("practice")
    window = subprocess.Popen(
        [sys.executable, "-m", "socialdesk", "--workspace", "practice"],
        cwd=Path(__file__).parents[2],
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen", "TMPDIR": str(temp)},
        stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        preexec_fn=lambda: os.umask(0) and None,
    )  # fmt: skip
    try:
        assert wait_for(lambda: place.engine_address.exists()), "no engine came up"
        assert wait_for(lambda: any(temp.glob("sdk-*/engine")))
        seen = [too_open(data_folder(), place.logs, *temp.glob("sdk-*"))]
    finally:
        window.send_signal(signal.SIGTERM)
        window.wait(PATIENCE_S)
    assert wait_for(lambda: dial(place) is None)
    seen.append(too_open(data_folder(), place.logs))
    found = sorted({one for _, some in seen for one in some})
    names = {path.name for path in place.folder.iterdir()} | {p.name for p in place.logs.iterdir()}
    assert {"workspace.db", "window.log", "engine.log"} <= names
    trials.add(sum(n for n, _ in seen), failed=len(found))
    assert found == []
    assert tempfile.gettempdir() != str(temp)


def wait_for(is_so: Callable[[], Any]) -> bool:
    """Looks again and again; the machine may be busy."""
    end = time.monotonic() + PATIENCE_S
    while time.monotonic() < end:
        if is_so():
            return True
        os.sched_yield()
    return False
