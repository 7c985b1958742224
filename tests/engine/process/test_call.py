"""A call's engine ends: how long it looks for another one, and what it says when there is none."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from multiprocessing import Pipe
from pathlib import Path
from typing import Any

import pytest

from socialdesk.domain.errors import EngineLostError, SocialDeskError, StoreError, StoreFault
from socialdesk.engine.commands import SetPriority
from socialdesk.engine.desk import Desk
from socialdesk.engine.process import call
from socialdesk.engine.process.call import Call
from socialdesk.places import Workspace
from tests.fakes import HandClock

COMMAND = SetPriority((1,), 1)
WAIT_S = 20.0


class Engines:
    """As many as `ends` says come and end at once; then one that cannot be: `error`."""

    def __init__(self, place: Workspace, ends: int, error: SocialDeskError) -> None:
        self.place, self.n_left, self.error = place, ends, error
        self.n_tried = 0

    def greet(self, place: Workspace) -> Any:
        if not self.n_left:
            return None
        self.n_left -= 1
        ours, theirs = Pipe()
        theirs.close()
        return ours

    @contextmanager
    def become(self, lock_wait_s: float) -> Iterator[Any]:
        self.n_tried += 1
        raise self.error
        yield

    def call(self) -> Call:
        return Call(self.place, HandClock(0), self.become)


@pytest.fixture
def engines(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Engines]:
    place = Workspace("a", tmp_path / "a", tmp_path / "logs")
    place.prepare()
    place.database.touch()

    def make(ends: int, error: SocialDeskError) -> Engines:
        made = Engines(place, ends, error)
        monkeypatch.setattr(call, "greet", made.greet)
        return made

    return make


def failure(desk: Desk) -> BaseException | None:
    return desk.do(COMMAND).exception(WAIT_S)


def test_who_holds_the_file_and_never_answers_is_told_after_some_tries(engines) -> None:
    made = engines(1, StoreError(StoreFault.LOCKED))
    with made.call() as desk:
        assert failure(desk) is made.error
        assert made.n_tried == call.TRIES
        assert failure(desk) is made.error  # nobody looks again
        assert made.n_tried == call.TRIES


def test_a_file_that_cannot_be_opened_is_told_at_once(engines) -> None:
    made = engines(1, StoreError(StoreFault.DAMAGED))
    with made.call() as desk:
        assert failure(desk) is made.error
    assert made.n_tried == 1


def test_engines_that_end_one_after_the_other_are_not_followed_for_ever(engines) -> None:
    made = engines(100, StoreError(StoreFault.LOCKED))
    with made.call() as desk:
        assert isinstance(failure(desk), EngineLostError)
    assert made.n_left == 99 - call.MAX_LOSSES


def test_a_workspace_that_was_removed_is_not_made_anew(engines) -> None:
    made = engines(1, StoreError(StoreFault.LOCKED))
    with made.call() as desk:
        made.place.database.unlink()
        assert isinstance(failure(desk), EngineLostError)
    assert not made.n_tried


def test_no_engine_is_looked_for_where_nothing_more_is_asked(engines) -> None:
    made = engines(1, StoreError(StoreFault.LOCKED))
    with made.call():
        pass
    assert not made.n_tried
