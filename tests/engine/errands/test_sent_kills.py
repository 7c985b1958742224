"""An engine that is killed while it changes or deletes what is sent, and is asked again under the
same id: done once, and nothing that may be there is called refused."""

import os
import signal
from collections.abc import Callable

import pytest

from socialdesk.domain.errors import EngineLostError
from socialdesk.engine.commands import DeleteSent, EditSent, SetSetting
from socialdesk.practice.adapter import Point
from socialdesk.practice.kinds import Kind
from socialdesk.store import journal
from socialdesk.store.outbox import outbox_sent
from tests.engine.conftest import Bench, StartBench
from tests.engine.kills import open_desk

MOMENTS = [Point.RECEIVED, Point.STORED]  # before and after the network has done it
needs_fork = pytest.mark.skipif(
    not hasattr(os, "fork"), reason="the killed engine is a fork; this system has none"
)
Killed = Callable[[type[EditSent] | type[DeleteSent], Point], tuple[Bench, EditSent | DeleteSent]]


@pytest.fixture
def killed(bench: Bench, start_bench: StartBench, tmp_path) -> Killed:
    """A reply is sent, an engine begins a command on it under the id "one" and is killed at that
    point of it: the next engine, and the command."""

    def kill(kind: type[EditSent] | type[DeleteSent], moment: Point):
        outbox_id = bench.reply("Open until six.")
        bench.turn(30)
        bench.end()  # a fork takes no threads along
        texts = ("Open until seven.",) if kind is EditSent else ()
        command = kind(outbox_id, *texts)
        child = os.fork()
        if child == 0:
            try:
                die(bench, command, moment)
            finally:
                os._exit(1)
        assert os.WIFSIGNALED(os.waitpid(child, 0)[1])
        return start_bench(bench.clock), command

    def die(bench: Bench, command: EditSent | DeleteSent, moment: Point) -> None:
        is_armed = False

        def passing(point: Point) -> None:
            if is_armed and point is moment:
                os.kill(os.getpid(), signal.SIGKILL)

        desk = open_desk(tmp_path / "a", Kind.HONOURS_KEY, bench.clock, passing)
        is_armed = True
        desk.do(command, "one").result()

    return kill


def n_noted(bench: Bench, kind: str) -> int:
    entries = bench.desk._readers.here(lambda conn: list(journal.entries(conn)))
    return sum(entry.kind == kind for entry in entries)


@needs_fork
@pytest.mark.parametrize("moment", MOMENTS)
def test_other_words_are_there_once_and_noted_once(killed: Killed, moment: Point) -> None:
    bench, command = killed(EditSent, moment)
    for _ in range(2):
        bench.desk.do(command, "one").result()
    (post,) = bench.network.posts_by_us()
    assert "Open until seven." in post.now.text
    assert bench.outbox()[0].text == "Open until seven."
    assert n_noted(bench, "reply_edited") == 1


@needs_fork
@pytest.mark.parametrize("moment", MOMENTS)
def test_a_deletion_is_done_once_and_noted_once(killed: Killed, moment: Point) -> None:
    bench, command = killed(DeleteSent, moment)
    for _ in range(2):
        bench.desk.do(command, "one").result()
    assert bench.network.n_posts_by_us() == 0
    assert n_noted(bench, "reply_deleted") == 1


@needs_fork
@pytest.mark.parametrize("moment", MOMENTS)
def test_words_that_may_be_there_are_not_called_refused(killed: Killed, moment: Point) -> None:
    bench, command = killed(EditSent, moment)
    bench.desk.do(SetSetting("policy", "approval")).result()
    n_requests = bench.requests.n
    for _ in range(2):
        with pytest.raises(EngineLostError):
            bench.desk.do(command, "one").result()
    assert bench.requests.n == n_requests
    assert n_noted(bench, "reply_edited") == 0


@pytest.mark.parametrize("kind", [EditSent, DeleteSent])
def test_a_closing_desk_waits_until_it_is_noted(bench: Bench, monkeypatch, kind) -> None:
    """It waits for whoever has a turn."""
    outbox_id = bench.reply("Open until six.")
    bench.turn(30)
    name = "note_edited" if kind is EditSent else "note_deleted"
    note, busy = getattr(outbox_sent, name), []

    def noted(*args: object) -> int:
        busy.append(bench.desk._turns.busy())
        seq: int = note(*args)
        return seq

    monkeypatch.setattr(outbox_sent, name, noted)
    bench.desk.do(kind(outbox_id, *(["Open until seven."] if kind is EditSent else []))).result()
    assert [len(accounts) for accounts in busy] == [1]
