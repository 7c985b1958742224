"""Both bodies of the Desk keep one contract: everything here runs inline and over a real link."""

import os
import threading
import uuid
from collections.abc import Iterator
from concurrent.futures import Future
from typing import Any

import pytest

from socialdesk.domain.changes import Area, Changes
from socialdesk.domain.errors import CommandError, CommandFault, SocialDeskError
from socialdesk.domain.mentions.status import Status
from socialdesk.domain.queue.rows import Order, View
from socialdesk.engine.commands import (
    AddLabel,
    AddNote,
    Assign,
    BackUp,
    Redo,
    SetMuted,
    SetPriority,
    SetSetting,
    SetStatus,
    SetVip,
    Snooze,
    Undo,
)
from socialdesk.engine.commands.owning import SetKeep
from socialdesk.engine.desk import Desk
from socialdesk.engine.process.host import Host
from socialdesk.engine.process.link import LinkedDesk
from socialdesk.engine.process.supervisor import greet
from socialdesk.engine.queries import (
    CountViews,
    ListLabels,
    ListMentions,
    ReadDetail,
    ReadRows,
    ReadSettings,
)
from socialdesk.places import Workspace
from socialdesk.store.file.reader import Readers
from tests.engine.conftest import Bench

WAIT_S = 20.0


@pytest.fixture(params=["inline", "linked"])
def desk(request: pytest.FixtureRequest, bench: Bench, tmp_path: Any) -> Iterator[Desk]:
    """The same engine, asked in its own process' way and over its pipe."""
    if request.param == "inline":
        yield bench.desk
        return
    place = Workspace("a", tmp_path / "a", tmp_path / "logs")
    host = Host(bench.desk, place, on_quit=lambda: None)
    host.start()
    connection = greet(place)
    assert connection is not None
    linked = LinkedDesk(Readers(place.database), bench.clock)
    linked.attach(connection)
    yield linked
    linked.close()
    host.close()


def done(future: "Future[Any]") -> Any:
    return future.result(WAIT_S)


def first_ids(desk: Desk, n: int = 3) -> tuple[int, ...]:
    listing = done(desk.ask(ListMentions(View.NEEDS_REPLY, "", Order.NEWEST)))
    return tuple(listing.ids[:n])


def state(desk: Desk, ids: tuple[int, ...]) -> Any:
    return done(desk.ask(ReadRows(ids)))


def test_a_question_is_answered_the_same_at_once_and_by_a_future(desk: Desk) -> None:
    ids = first_ids(desk)
    assert desk.rows(ids) == state(desk, ids)
    assert [r.id for r in desk.rows(ids)] == list(ids)


def test_a_command_is_done_and_its_entry_is_named(desk: Desk) -> None:
    ids = first_ids(desk)
    answer = done(desk.do(SetStatus(ids, Status.DONE.value)))
    assert answer.seq > 0
    assert answer.answer["n"] == len(ids)
    assert {r.status for r in state(desk, ids)} == {Status.DONE}


def test_the_same_command_id_is_done_once(desk: Desk) -> None:
    (mention,) = first_ids(desk, 1)
    command_id = uuid.uuid4().hex
    first = done(desk.do(AddNote(mention, "Called back."), command_id))
    second = done(desk.do(AddNote(mention, "Called back."), command_id))
    assert first.seq == second.seq
    assert len(done(desk.ask(ReadDetail(mention))).notes) == 1


def test_so_is_an_errand(desk: Desk) -> None:
    command_id = uuid.uuid4().hex
    first = done(desk.do(SetKeep(0, "12"), command_id))
    second = done(desk.do(SetKeep(0, "12"), command_id))
    assert first.seq == second.seq > 0


ACTS = [
    lambda ids: SetStatus(ids, Status.SPAM.value),
    lambda ids: Snooze(ids, 4_000_000_000_000),
    lambda ids: AddLabel(ids, "refund"),
    lambda ids: SetPriority(ids, 1),
    lambda ids: Assign(ids, 1),
    lambda ids: SetMuted(ids, is_muted=True),
    lambda ids: SetVip(ids, is_vip=True),
]


@pytest.mark.parametrize("act", ACTS, ids=lambda a: type(a((1,))).__name__)
def test_undo_restores_and_redo_repeats(desk: Desk, act: Any) -> None:
    everything = tuple(done(desk.ask(ListMentions(View.ALL))).ids)
    ids = first_ids(desk)
    before = state(desk, everything)
    done(desk.do(act(ids)))
    after = state(desk, everything)
    assert after != before
    done(desk.do(Undo()))
    assert state(desk, everything) == before
    done(desk.do(Redo()))
    assert state(desk, everything) == after


def test_undo_has_many_levels_in_order(desk: Desk) -> None:
    (mention,) = first_ids(desk, 1)
    seen = [state(desk, (mention,))]
    for label in ("a", "b", "c"):
        done(desk.do(AddLabel((mention,), label)))
        seen.append(state(desk, (mention,)))
    for before in reversed(seen[:-1]):
        done(desk.do(Undo()))
        assert state(desk, (mention,)) == before
    with pytest.raises(CommandError) as refused:
        done(desk.do(Undo()))
    assert refused.value.fault is CommandFault.NOTHING_TO_UNDO


def test_undo_leaves_alone_what_was_changed_since(desk: Desk) -> None:
    (mention,) = first_ids(desk, 1)
    done(desk.do(SetPriority((mention,), 1)))
    done(desk.do(SetStatus((mention,), Status.DONE.value)))
    done(desk.do(Undo()))
    assert state(desk, (mention,))[0].priority == 1


def test_a_refusal_says_why_and_changes_nothing(desk: Desk) -> None:
    with pytest.raises(CommandError) as refused:
        done(desk.do(SetSetting("theme", "plaid")))
    assert refused.value.fault is CommandFault.BAD_INPUT
    assert "theme" not in done(desk.ask(ReadSettings()))


def test_listeners_hear_each_commit_and_can_stop(desk: Desk) -> None:
    heard: list[Any] = []
    news = threading.Event()

    def listen(told: Any) -> None:
        heard.append(told)
        if isinstance(told, Changes) and Area.LABELS in told.areas:
            news.set()

    ids = first_ids(desk)
    stop = desk.listen(listen)
    done(desk.do(AddLabel(ids, "press")))
    assert news.wait(WAIT_S)
    changed = [t for t in heard if isinstance(t, Changes)]
    assert set(ids) <= {i for t in changed for i in t.updated}
    stop()
    n = len(heard)
    done(desk.do(AddLabel(ids, "other")))
    assert len(done(desk.ask(ListLabels()))) == 2
    assert len(heard) == n


def test_counts_follow_every_act(desk: Desk) -> None:
    def count(view: View) -> int:
        counts: dict[str, int] = {b.key: b.n for b in done(desk.ask(CountViews()))}
        return counts[view.value]

    ids = first_ids(desk)
    before = count(View.NEEDS_REPLY)
    done(desk.do(SetStatus(ids, Status.DONE.value)))
    assert count(View.NEEDS_REPLY) == before - len(ids)
    done(desk.do(Undo()))
    assert count(View.NEEDS_REPLY) == before


def test_a_backup_is_counted(desk: Desk, tmp_path: Any) -> None:
    answer = done(desk.do(BackUp(str(tmp_path / "copy.db")))).answer
    assert answer["n_mentions"] > 0
    assert (tmp_path / "copy.db").is_file()
    assert os.stat(tmp_path / "copy.db").st_mode & 0o077 == 0


def test_a_closed_desk_refuses_with_an_error_of_ours(desk: Desk) -> None:
    ids = first_ids(desk)
    desk.close()
    desk.close()
    with pytest.raises(SocialDeskError):
        done(desk.do(AddLabel(ids, "late")))
