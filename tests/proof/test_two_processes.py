"""The window's process and the engine's: started, linked, lost, replaced and ended; nothing that
was asked is lost or done twice."""

import json
import os
import signal
import stat
import subprocess
import threading
import time
from collections.abc import Callable
from typing import Any

import pytest

from socialdesk import __version__
from socialdesk.app import SystemClock, desk_of
from socialdesk.domain.errors import EngineLostError
from socialdesk.domain.queue.rows import View
from socialdesk.engine.commands import AddNote, AddPerson, SetSetting
from socialdesk.engine.commands.owning import SetKeep
from socialdesk.engine.desk import EngineState
from socialdesk.engine.inline import InlineDesk
from socialdesk.engine.process import call, supervisor
from socialdesk.engine.process.link import LinkedDesk
from socialdesk.engine.process.supervisor import dial
from socialdesk.engine.queries import ListMentions, ListPeople, ReadDetail
from socialdesk.places import Workspace
from tests.promises.plugin import Trials
from tests.proof.conftest import WAIT_S, Window, address, engine_pid, is_alive, wait_until

pytestmark = [
    pytest.mark.timeout(180),
    pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="kill -9 is a POSIX thing"),
]
PADDING = "-" * 10_000  # 120 of them are over a megabyte
HANG_S = 1.0  # for something that takes milliseconds
StartEngine = Callable[..., "subprocess.Popen[bytes]"]


def people(window: Window) -> list[str]:
    return [p.name for p in window.ask(ListPeople())]


def first_mention(window: Window) -> int:
    """The id of a mention, once one was fetched."""
    wait_until(lambda: len(window.ask(ListMentions(View.ALL)).ids) > 0)
    return int(window.ask(ListMentions(View.ALL)).ids[0])


def test_the_engine_comes_up_does_and_ends_with_its_window(window: Window) -> None:
    pid = window.start()
    assert pid != os.getpid()
    assert window.do(AddPerson("Ann")).seq > 0
    assert "Ann" in people(window)
    assert first_mention(window)
    window.supervisor.close(end_engine=True)
    assert not is_alive(pid)
    assert not window.place.engine_address.exists()


def test_an_engine_that_is_killed_is_told_started_again_and_finishes_what_it_was_asked(
    window: Window,
) -> None:
    pid = window.start()
    mention = first_mention(window)
    os.kill(pid, signal.SIGSTOP)  # it takes nothing more: what is asked now waits in the pipe
    asked = [window.desk.do(AddNote(mention, f"Note {n}")) for n in range(5)]
    os.kill(pid, signal.SIGKILL)
    window.wait_for(EngineState.LOST)
    assert window.ask(ListMentions(View.ALL)).ids  # reading goes on
    assert all(future.result(WAIT_S).seq for future in asked)
    window.wait_for(EngineState.READY, 2)
    assert engine_pid(window.place) != pid
    notes = [note.text for note in window.ask(ReadDetail(mention)).notes]
    assert sorted(notes) == [f"Note {n}" for n in range(5)]


def test_an_engine_that_stands_still_holds_up_nobody_and_answers_in_order_once_it_goes_on(
    window: Window,
) -> None:
    pid = window.start()
    mention = first_mention(window)
    answered: list[int] = []
    os.kill(pid, signal.SIGSTOP)  # its pipe takes some 200 KB
    began_s = time.monotonic()
    asked = []
    for n in range(120):
        asked.append(window.desk.do(AddNote(mention, f"{n:03} {PADDING}")))
        asked[-1].add_done_callback(lambda _, n=n: answered.append(n))  # type: ignore[misc]
    took_s = time.monotonic() - began_s
    assert not answered
    os.kill(pid, signal.SIGCONT)
    assert took_s < HANG_S
    assert all(future.result(WAIT_S).seq for future in asked)
    assert answered == list(range(120))
    notes = [note.text[:3] for note in window.ask(ReadDetail(mention)).notes]
    assert sorted(notes) == [f"{n:03}" for n in range(120)]


def test_a_window_closes_beside_an_engine_that_stands_still(window: Window) -> None:
    pid = window.start()
    os.kill(pid, signal.SIGSTOP)
    asked = [window.desk.do(SetSetting("x" * len(PADDING), "")) for _ in range(50)]
    began_s = time.monotonic()
    window.desk.close()
    took_s = time.monotonic() - began_s
    os.kill(pid, signal.SIGCONT)
    assert took_s < 2 * HANG_S
    assert all(isinstance(future.exception(0), EngineLostError) for future in asked)
    wait_until(lambda: not {t.name for t in threading.enumerate()} & {"link-read", "link-write"})


class Deaf:
    """A pipe whose answers to commands get lost; the rest arrives."""

    def __init__(self, connection: Any) -> None:
        self._connection = connection

    def __getattr__(self, name: str) -> Any:
        return getattr(self._connection, name)

    def recv_bytes(self, size: int) -> bytes:
        while True:
            raw: bytes = self._connection.recv_bytes(size)
            if "id" not in json.loads(raw):
                return raw


def deaf_first(greet: Callable[[Workspace], Any]) -> Callable[[Workspace], Any]:
    """The same, whose first pipe is deaf."""
    pipes: list[Any] = []

    def greet_deaf_first(place: Workspace) -> Any:
        connection = greet(place)
        if connection is not None:
            pipes.append(connection if pipes else Deaf(connection))
            return pipes[-1]
        return None

    return greet_deaf_first


def test_what_was_done_and_not_answered_is_asked_again_and_done_once(
    window: Window, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(supervisor, "greet", deaf_first(supervisor.greet))
    pid = window.start()
    asked = window.desk.do(AddPerson("Ann"))
    wait_until(lambda: "Ann" in people(window))
    assert not asked.done()
    os.kill(pid, signal.SIGKILL)
    assert asked.result(WAIT_S).seq > 0
    assert people(window).count("Ann") == 1


def test_three_deaths_in_a_minute_stop_it_until_a_person_says_again(window: Window) -> None:
    pid = window.start()
    for n in range(1, 4):
        os.kill(pid, signal.SIGKILL)
        window.wait_for(EngineState.LOST, n)
        if n < 3:
            window.wait_for(EngineState.READY, n + 1)
            pid = engine_pid(window.place)
    window.wait_for(EngineState.STOPPED)
    wait_until(lambda: window.supervisor.engine_pid() == 0)
    waiting = window.desk.do(AddPerson("Ann"))
    window.supervisor.try_again()
    assert waiting.result(WAIT_S).seq > 0


def test_an_engine_of_another_version_is_asked_to_finish_and_replaced(
    window: Window, start_engine: StartEngine
) -> None:
    old = start_engine("import socialdesk\nsocialdesk.__version__ = '0.0.1'")
    wait_until(window.place.engine_address.exists)
    assert address(window.place)["version"] == "0.0.1"
    pid = window.start()
    assert pid != old.pid
    assert address(window.place)["version"] == __version__
    assert old.wait(WAIT_S) == 0


def test_an_engine_whose_window_is_gone_ends(window: Window) -> None:
    pid = window.start()
    window.supervisor.close(end_engine=False)  # a window that is killed says no more than this
    wait_until(lambda: not is_alive(pid))


def test_one_who_lets_go_and_comes_back_at_once_finds_the_same_engine(
    place: Workspace, start_engine: StartEngine
) -> None:
    """On a slow machine the first greeting may come too late: the window dials again. Here the
    engine waits longer for that than its second: this machine may be slower."""
    engine = start_engine("from socialdesk import app\napp.LINGER_S = 30.0")
    wait_until(place.engine_address.exists)
    for _ in range(5):
        with dial(place) as link:
            assert link.poll(WAIT_S)
    assert engine.poll() is None
    with dial(place) as link:
        assert link.poll(WAIT_S)


def test_it_goes_on_watching_when_the_user_wants_that_and_ends_within_two_seconds_of_a_signal(
    window: Window,
) -> None:
    pid = window.start()
    window.do(SetSetting("keep_watching", "yes"))
    window.supervisor.close(end_engine=False)
    again = Window(window.place)
    assert again.start() == pid
    again.supervisor.close(end_engine=False)
    os.kill(pid, signal.SIGTERM)
    wait_until(lambda: not is_alive(pid), 2.0)
    assert not window.place.engine_address.exists()


@pytest.mark.promise(10)
def test_ten_that_start_at_once_make_one_engine(
    place: Workspace, start_engine: StartEngine, trials: Trials
) -> None:
    engines = [start_engine() for _ in range(10)]
    wait_until(lambda: sum(e.poll() is None for e in engines) == 1, 120)
    (owner,) = [e for e in engines if e.poll() is None]
    wait_until(place.engine_address.exists)
    assert engine_pid(place) == owner.pid
    assert {e.returncode for e in engines if e is not owner} == {supervisor.EXIT_LOCKED}
    trials.add(len(engines))


def test_a_command_line_call_speaks_to_the_engine_that_runs(window: Window) -> None:
    window.start()
    with desk_of(window.place) as desk:
        assert isinstance(desk, LinkedDesk)
        assert desk.do(AddPerson("Ann")).result(WAIT_S).seq > 0
    assert "Ann" in people(window)


def test_a_call_becomes_the_engine_where_none_runs_and_others_find_it(place: Workspace) -> None:
    with desk_of(place, speed=20) as first:
        assert isinstance(first, InlineDesk)
        assert engine_pid(place) == os.getpid()
        with desk_of(place) as second:
            assert isinstance(second, LinkedDesk)
            assert second.do(AddPerson("Ann")).result(WAIT_S).seq > 0
    assert not place.engine_address.exists()


def test_a_call_goes_on_when_the_engine_that_it_found_ends(
    place: Workspace, start_engine: StartEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It becomes the engine. Of what it asked, one was done and not answered, the rest came to
    nobody any more; all is done once, and the news go on."""
    engine = start_engine()
    wait_until(place.engine_address.exists)
    monkeypatch.setattr(call, "greet", deaf_first(supervisor.greet))
    with desk_of(place, speed=20) as desk:
        told: list[Any] = []
        desk.listen(told.append)
        asked = [desk.do(AddPerson("Ann"))]
        wait_until(lambda: "Ann" in [p.name for p in desk.ask(ListPeople()).result()])
        engine.send_signal(signal.SIGSTOP)
        asked += [desk.do(AddPerson("Ben")), desk.do(SetKeep(0, "12"))]
        assert not any(future.done() for future in asked)
        engine.kill()
        assert all(future.result(WAIT_S).seq for future in asked)
        assert engine_pid(place) == os.getpid()
        names = [p.name for p in desk.ask(ListPeople()).result()]
        assert names.count("Ann") == names.count("Ben") == 1
        told.clear()
        assert desk.do(AddPerson("Cid")).result(WAIT_S).seq
        wait_until(lambda: bool(told))
        with desk_of(place) as other:  # who comes now finds it
            assert other.do(AddPerson("Dan")).result(WAIT_S).seq
    assert not place.engine_address.exists()


@pytest.mark.promise(10)
def test_an_address_left_by_a_killed_engine_is_harmless(
    window: Window, start_engine: StartEngine
) -> None:
    killed = start_engine()
    wait_until(window.place.engine_address.exists)
    killed.kill()
    killed.wait(WAIT_S)
    assert window.place.engine_address.exists()
    assert supervisor.greet(window.place) is None
    assert window.start() != killed.pid


@pytest.mark.parametrize(
    "left",
    ["", "{", "[]", "{}", '{"address": 7, "key": "zz"}', '{"address": "/nowhere", "key": ""}'],
)
def test_an_address_nobody_can_read_is_no_engine(place: Workspace, left: str) -> None:
    place.engine_address.write_text(left, "utf-8")
    assert supervisor.greet(place) is None


def test_the_address_and_its_socket_are_for_their_owner_only(
    place: Workspace, start_engine: StartEngine
) -> None:
    before = os.umask(0)
    try:
        start_engine()
    finally:
        os.umask(before)
    wait_until(place.engine_address.exists)
    assert stat.S_IMODE(place.engine_address.stat().st_mode) == 0o600
    folder = os.path.dirname(address(place)["address"])
    assert stat.S_IMODE(os.stat(folder).st_mode) == 0o700


def test_an_engine_started_for_a_window_is_nicer_than_the_window(window: Window) -> None:
    pid = window.start()
    assert os.getpriority(os.PRIO_PROCESS, pid) >= os.getpriority(os.PRIO_PROCESS, 0) + 10


def test_a_desk_reads_beside_an_engine_that_was_killed_with_a_full_wal(window: Window) -> None:
    pid = window.start()
    mention = first_mention(window)
    for n in range(20):
        window.do(AddNote(mention, f"Note {n}"))
    window.supervisor.close(end_engine=False)
    if is_alive(pid):
        os.kill(pid, signal.SIGKILL)
    from socialdesk.store.file.reader import Readers

    desk = LinkedDesk(Readers(window.place.database), SystemClock())
    detail = desk.ask(ReadDetail(mention)).result(WAIT_S)
    desk.close()
    assert detail is not None and len(detail.notes) == 20
