"""Words are kept as long as their network allows, and what it confirms stays."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from socialdesk.domain.mentions.status import Status
from socialdesk.domain.queue.rows import Order, View
from socialdesk.engine.commands import AddNote, SetStatus
from socialdesk.engine.commands.faq import NoteFaqGap
from socialdesk.engine.queries import ListMentions, ReadDetail, ReadRows
from socialdesk.engine.queries.faq import ListFaqGaps
from socialdesk.networks.base import Keep
from tests.engine.pond import Pond, PondDesk, PondNetwork, pond_desk

DAY_S = 86_400.0
HOUR_S = 3600.0
WORDS = "the kettle leaks zanzibar"


@pytest.fixture
def pond(tmp_path: Path) -> Iterator[PondDesk]:
    made = pond_desk(tmp_path, PondNetwork(Pond(), keep=Keep(hours=720)))
    yield made
    made.desk.close()


def ids(pond: PondDesk, search: str = "", view: View = View.ALL) -> list[int]:
    return list(pond.desk.ask(ListMentions(view, search, Order.NEWEST)).result().ids)


def arrive(pond: PondDesk, words: str = WORDS) -> int:
    """Somebody writes; the mention."""
    pond.pond.add(words, pond.at())
    pond.turn(400)
    return ids(pond)[0]


def without_second_looks(pond: PondDesk) -> None:
    """The network forgets the post: nothing confirms it any more, and nothing says it is gone."""
    pond.pond.posts = []


def test_what_nobody_confirms_loses_its_words_and_keeps_our_own(pond: PondDesk) -> None:
    mention = arrive(pond)
    pond.desk.do(AddNote(mention, "called her back")).result()
    without_second_looks(pond)
    pond.turn(29 * DAY_S)
    assert ids(pond, "zanzibar") == [mention]
    pond.turn(1.1 * DAY_S)
    assert ids(pond, "zanzibar") == []
    assert ids(pond, '"called her back"') == [mention]
    detail = pond.desk.ask(ReadDetail(mention)).result()
    assert detail is not None
    assert detail.body == "" and detail.url == "https://pond.example/1"
    assert [note.text for note in detail.notes] == ["called her back"]
    (post,) = detail.thread
    assert post.is_expired and not post.is_edited
    (row,) = pond.desk.ask(ReadRows((mention,))).result()
    assert row.is_expired and not row.is_damaged
    assert "duck" not in row.handle and "Duck" not in row.author


def test_a_second_look_puts_the_end_off(pond: PondDesk) -> None:
    mention = arrive(pond)
    for _ in range(10):
        pond.turn(5 * DAY_S, times=2)
    assert "1" in pond.pond.rechecked
    assert ids(pond, "zanzibar") == [mention]


def test_what_is_settled_is_confirmed_too(pond: PondDesk) -> None:
    mention = arrive(pond)
    pond.desk.do(SetStatus((mention,), Status.DONE.value)).result()
    pond.turn(HOUR_S)
    pond.pond.rechecked.clear()
    pond.turn(14 * DAY_S)
    assert pond.pond.rechecked == []
    pond.turn(2 * DAY_S, times=2)
    assert pond.pond.rechecked
    pond.turn(15 * DAY_S, times=2)
    assert ids(pond, "zanzibar") == [mention]


def test_words_that_come_again_are_no_edit(pond: PondDesk) -> None:
    mention = arrive(pond)
    posts = list(pond.pond.posts)
    without_second_looks(pond)
    pond.turn(31 * DAY_S)
    assert ids(pond, "zanzibar") == []
    pond.pond.posts = posts
    pond.turn(HOUR_S, times=3)
    assert ids(pond, "zanzibar") == [mention]
    detail = pond.desk.ask(ReadDetail(mention)).result()
    assert detail is not None
    (post,) = detail.thread
    assert not post.is_expired and not post.is_edited and not post.earlier


def test_a_network_without_a_limit_keeps_its_words(tmp_path: Path) -> None:
    pond = pond_desk(tmp_path, PondNetwork(Pond()))
    mention = arrive(pond)
    without_second_looks(pond)
    pond.turn(400 * DAY_S, times=2)
    assert ids(pond, "zanzibar") == [mention]
    pond.desk.close()


def test_what_was_noted_of_lapsed_words_goes_with_them(pond: PondDesk) -> None:
    mention = arrive(pond)
    pond.desk.do(NoteFaqGap(mention)).result()
    without_second_looks(pond)
    pond.turn(30 * DAY_S + 2 * HOUR_S)
    assert [gap.words for gap in pond.desk.ask(ListFaqGaps()).result()] == [""]


def test_what_a_page_says_is_deleted_goes_at_once_where_the_terms_say_so(tmp_path: Path) -> None:
    pond = pond_desk(tmp_path, PondNetwork(Pond(), keep=Keep(until_gone=True)))
    arrive(pond)
    pond.pond.told_gone = ("pond:1",)
    pond.turn(400)
    assert ids(pond, "zanzibar") == []
    pond.desk.close()
