"""A restore beside an open window, and a workspace that is removed: with real processes."""

import signal
from pathlib import Path

import pytest

from socialdesk.domain.queue.rows import View
from socialdesk.engine.commands import AddPerson, BackUp, Quit
from socialdesk.engine.commands.owning import ListCopies, RemoveWorkspace, RestoreCopy
from socialdesk.engine.desk import EngineState
from socialdesk.engine.queries import ListMentions, ListPeople, ReadSettings
from tests.proof.conftest import Window, engine_pid, is_alive, wait_until

pytestmark = [
    pytest.mark.timeout(180),
    pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="a process is killed at the end"),
]


@pytest.mark.promise(8)
def test_a_window_shows_the_old_content_and_a_new_engine_after_a_restore(window: Window) -> None:
    pid = window.start()
    wait_until(lambda: len(window.ask(ListMentions(View.ALL)).ids) > 0)
    window.do(AddPerson("Before"))
    backup = window.do(BackUp()).answer["path"]
    window.do(AddPerson("After"))
    assert {"Before", "After"} <= {p.name for p in window.ask(ListPeople())}
    done = window.do(RestoreCopy(backup)).answer
    names = {p.name for p in window.ask(ListPeople())}  # nobody opened the file anew
    assert "Before" in names and "After" not in names
    assert Path(done["kept"]).exists()
    window.desk.do(Quit())
    window.wait_for(EngineState.READY, 2)
    assert engine_pid(window.place) != pid
    assert window.ask(ReadSettings())["sender"] == "off"
    copies = window.do(ListCopies()).answer["copies"]
    assert {copy[2] for copy in copies} >= {"daily", "kept"}
    assert window.do(AddPerson("Later")).seq > 0


@pytest.mark.promise(48)
def test_a_workspace_is_gone_once_its_window_and_engine_have_ended(window: Window) -> None:
    pid, place = window.start(), window.place
    wait_until(lambda: len(window.ask(ListMentions(View.ALL)).ids) > 0)
    place.logs.mkdir(parents=True, exist_ok=True)
    window.do(RemoveWorkspace(place.name.upper()))
    assert place.database.exists()  # a window is open
    window.supervisor.close(end_engine=True)
    wait_until(lambda: not place.folder.exists() and not place.logs.exists())
    assert not is_alive(pid)
    assert place.folder.parent.exists()
