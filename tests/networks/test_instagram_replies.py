"""Answering on Instagram: under the top comment, naming whom it answers, once."""

from dataclasses import replace
from datetime import timedelta

import pytest

from socialdesk.domain.errors import (
    AuthExpiredError,
    ConnectorError,
    RateLimitedError,
    Refusal,
    RefusedError,
    UnreachableError,
)
from socialdesk.domain.replies.reply import Outgoing
from socialdesk.networks.base import Connector
from socialdesk.networks.scripted import Scripted
from tests.networks.fake_instagram import ANN, BOB, OWN, FakeInstagram
from tests.networks.fake_meta import problem
from tests.networks.samples.instagram import SAMPLE


@pytest.fixture
def server() -> FakeInstagram:
    return FakeInstagram()


@pytest.fixture
def connector(server: FakeInstagram) -> Connector:
    return SAMPLE.connect(server)


def to(parent: str, text: str, server: FakeInstagram) -> Outgoing:
    return Outgoing(parent, f"urn:instagram:{parent}", text, "k1", server.now)


def last(server: FakeInstagram) -> str:
    return str(list(server.comments.values())[-1]["text"])


def test_an_answer_names_its_author_unless_it_does_already(
    server: FakeInstagram, connector: Connector
) -> None:
    comment = server.comment(ANN, "late")
    connector.reply(to(comment, "Sorry!", server))
    assert last(server) == f"@{ANN} Sorry!"
    connector.reply(to(comment, f"Sorry, @{ANN}.", server))
    assert last(server) == f"Sorry, @{ANN}."


def test_an_answer_to_an_answer_goes_under_the_top_comment_and_is_found(
    server: FakeInstagram, connector: Connector
) -> None:
    first = server.comment(ANN, "late")
    second = server.comment(BOB, "me too", first)
    outgoing = to(second, "Sorry!", server)
    assert connector.find_reply(outgoing) is None
    posted = connector.reply(outgoing)
    assert last(server) == f"@{BOB} Sorry!"
    assert server.parent_of("Sorry!") == first
    assert connector.find_reply(outgoing) == posted


def test_the_same_words_to_another_under_one_comment_are_not_this_answer(
    server: FakeInstagram, connector: Connector
) -> None:
    first = server.comment(ANN, "late")
    second = server.comment(BOB, "me too", first)
    to_bob = to(second, f"@{BOB} Sorry!", server)
    posted = connector.reply(to_bob)
    assert connector.find_reply(to(first, f"@{ANN} Sorry!", server)) is None
    assert connector.find_reply(to(first, "Sorry!", server)) is None
    assert connector.find_reply(to_bob) == posted


def test_a_comment_of_our_own_is_answered_without_naming_us(
    server: FakeInstagram, connector: Connector
) -> None:
    connector.reply(to(server.comment(OWN, "open today"), "until nine", server))
    assert last(server) == "until nine"


def test_our_own_picture_takes_a_comment(server: FakeInstagram, connector: Connector) -> None:
    outgoing = to(f"media/{server.media_id}", "Sold out.", server)
    posted = connector.reply(outgoing)
    assert server.parent_of("Sold out.") == server.media_id
    assert connector.find_reply(outgoing) == posted


@pytest.mark.parametrize("place", ["tag", "hashtag"])
def test_what_is_not_ours_is_never_answered(
    server: FakeInstagram, connector: Connector, place: str
) -> None:
    with pytest.raises(RefusedError):
        connector.reply(to(f"{place}/{server.tag('hi')}", "Thank you!", server))
    assert not server.calls


def test_a_hidden_comment_is_refused_before_anything_is_sent(
    server: FakeInstagram, connector: Connector
) -> None:
    comment = server.comment(ANN, "rude")
    server.comments[comment]["hidden"] = True
    with pytest.raises(RefusedError):
        connector.reply(to(comment, "Please stay polite.", server))
    assert [method for method, _ in server.calls] == ["GET"]


@pytest.mark.parametrize(
    "text",
    ["#a #b #c #d #e", "https://a.example https://b.example", "x" * 2_201],
)
def test_what_instagram_does_not_take_is_refused_for_its_text(
    server: FakeInstagram, connector: Connector, text: str
) -> None:
    with pytest.raises(RefusedError) as caught:
        connector.reply(to(server.comment(ANN, "late"), text, server))
    assert caught.value.reason is Refusal.TEXT
    assert server.n_posted(text) == 0


def test_four_hashtags_and_a_link_are_taken(server: FakeInstagram, connector: Connector) -> None:
    text = "#a #b #c #d https://a.example/x#e c#f"
    connector.reply(to(server.comment(ANN, "late"), text, server))
    assert server.n_posted(text) == 1


@pytest.mark.parametrize("body", [b"", b"<html>", b"[]"])
@pytest.mark.parametrize("status", [200, 500, 503])
def test_what_breaks_while_the_comment_is_read_sent_nothing(
    server: FakeInstagram, connector: Connector, status: int, body: bytes
) -> None:
    outgoing = to(server.comment(ANN, "late"), "Sorry!", server)
    server.faults = [lambda method, path: Scripted(status, body)]
    with pytest.raises(UnreachableError) as caught:
        connector.reply(outgoing)
    assert not caught.value.maybe_done


@pytest.mark.parametrize(
    ("code", "error", "reason"),
    [
        (368, RefusedError, Refusal.PERMISSION),
        (10, RefusedError, Refusal.PERMISSION),
        (100, RefusedError, Refusal.TEXT),
        (24, RefusedError, Refusal.GONE),
        (190, AuthExpiredError, None),
        (80002, RateLimitedError, None),
        (2, UnreachableError, None),
    ],
)
def test_each_refusal_of_an_answer_is_what_it_should_be(
    server: FakeInstagram,
    connector: Connector,
    code: int,
    error: type[ConnectorError],
    reason: Refusal | None,
) -> None:
    outgoing = to(server.comment(ANN, "late"), "Sorry!", server)
    server.faults = [lambda method, path: None, lambda method, path: problem(code, 0, "no")]
    with pytest.raises(error) as caught:
        connector.reply(outgoing)
    assert getattr(caught.value, "reason", None) is reason


def test_an_answer_far_down_a_long_talk_is_found(
    server: FakeInstagram, connector: Connector
) -> None:
    comment = server.comment(ANN, "late")
    for n in range(120):
        server.comment(BOB, f"n {n}", comment)
    posted = connector.reply(to(comment, "Sorry!", server))
    assert connector.find_reply(to(comment, "Sorry!", server)) == posted


def test_neither_old_nor_strange_nor_other_words_are_taken_for_it(
    server: FakeInstagram, connector: Connector
) -> None:
    comment = server.comment(ANN, "late")
    server.comment(OWN, "@ann.ovenlover Sorry!", comment, server.now - timedelta(minutes=9))
    server.comment(BOB, "Sorry!", comment)
    outgoing = to(comment, "Sorry!", server)
    assert connector.find_reply(outgoing) is None
    connector.reply(outgoing)
    assert connector.find_reply(replace(outgoing, text="Sorry.")) is None
    assert connector.find_reply(to("17900000000009999", "Sorry!", server)) is None


def test_an_answer_is_taken_back_and_never_changed(
    server: FakeInstagram, connector: Connector
) -> None:
    posted = connector.reply(to(server.comment(ANN, "late"), "Sorry!", server))
    with pytest.raises(RefusedError):
        connector.edit(posted.remote_id, "Sorry.")
    connector.delete(posted.remote_id)
    connector.delete(posted.remote_id)
    assert server.n_posted("Sorry!") == 0
