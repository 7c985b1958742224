"""The practice brand goes without trace: the data folder is the same afterwards, byte for byte."""

import hashlib
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from socialdesk.domain.account import Secret
from socialdesk.domain.errors import CommandError, CommandFault, StoreError, StoreFault
from socialdesk.engine.accounts.secrets import NoKeyring
from socialdesk.engine.commands.first_run import RemovePractice
from socialdesk.engine.inline import InlineDesk
from socialdesk.engine.outside import Outside
from socialdesk.engine.practice.end import end_engine, remove
from socialdesk.engine.process.supervisor import dial
from socialdesk.networks import http
from socialdesk.places import PRACTICE_WORKSPACE, Workspace, workspace
from tests.fakes import HandClock

WAIT_S = 40.0


def snapshot(root: Path) -> dict[str, tuple[int, str]]:
    """Every file and folder under `root`, also sockets and locks, with its mode and content."""
    return {
        str(path.relative_to(root)): (path.lstat().st_mode, _digest(path))
        for path in sorted(root.rglob("*"))
    }


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else ""


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The data folder, with a workspace of somebody's own that was used and is closed."""
    made, scratch = tmp_path / "home", tmp_path / "scratch"
    scratch.mkdir()
    monkeypatch.setenv("SOCIALDESK_HOME", str(made))
    monkeypatch.setenv("TMPDIR", str(scratch))
    place = workspace()
    place.prepare()
    desk_in(place).close()
    return made


def desk_in(place: Workspace) -> InlineDesk:
    outside = Outside({}, http.session, lambda _: NoKeyring(Secret("")))
    return InlineDesk(place.database, place.backups, HandClock(), outside)


@pytest.fixture
def engine(home: Path) -> Iterator[subprocess.Popen[bytes]]:
    """The engine of the practice brand, as a process of its own."""
    place = workspace(PRACTICE_WORKSPACE)
    program = subprocess.Popen(
        [sys.executable, "-m", "socialdesk", "--engine", "--workspace", place.name],
        env=dict(os.environ),
    )
    never = threading.Event()
    for _ in range(int(WAIT_S * 20)):
        if (connection := dial(place)) is not None:
            connection.close()
            break
        never.wait(0.05)
    else:
        program.kill()
        raise AssertionError("the engine of the practice brand did not come")
    yield program
    program.terminate()
    program.wait(WAIT_S)


@pytest.mark.skipif(sys.platform == "win32", reason="the engine's pipe has no file there")
def test_nothing_is_left_of_it_and_nothing_else_is_touched(
    tmp_path: Path, home: Path, request: pytest.FixtureRequest
) -> None:
    before = snapshot(tmp_path)
    program = request.getfixturevalue("engine")
    place = workspace(PRACTICE_WORKSPACE)
    assert place.practice_posts.exists() and snapshot(tmp_path) != before
    end_engine(place, patience_s=0.0)
    assert program.wait(WAIT_S) == 0
    remove(place)
    assert snapshot(tmp_path) == before


def test_it_is_not_removed_while_its_engine_has_it(home: Path, engine: object) -> None:
    with pytest.raises(StoreError) as refused:
        remove(workspace(PRACTICE_WORKSPACE))
    assert refused.value.fault is StoreFault.LOCKED
    assert workspace(PRACTICE_WORKSPACE).database.exists()


def test_the_engine_of_another_workspace_removes_it(home: Path) -> None:
    place = workspace(PRACTICE_WORKSPACE)
    place.prepare()
    place.practice_posts.write_text("")
    desk = desk_in(workspace())
    assert desk.do(RemovePractice()).result().answer["is_gone"]
    assert not place.folder.exists() and not place.logs.exists()
    assert desk.do(RemovePractice()).result().answer["is_gone"]  # there is none: nothing to do
    desk.close()


def test_a_workspace_of_ones_own_with_that_name_is_never_removed(home: Path) -> None:
    place = workspace(PRACTICE_WORKSPACE)
    place.prepare()
    desk_in(place).close()
    desk = desk_in(workspace())
    with pytest.raises(CommandError) as refused:
        desk.do(RemovePractice()).result()
    assert refused.value.fault is CommandFault.BAD_INPUT
    assert place.database.exists()
    desk.close()


def test_the_practice_brand_does_not_remove_itself(home: Path) -> None:
    place = workspace(PRACTICE_WORKSPACE)
    place.prepare()
    place.practice_posts.write_text("")
    desk = desk_in(place)
    with pytest.raises(CommandError):
        desk.do(RemovePractice()).result()
    assert place.database.exists()
    desk.close()
