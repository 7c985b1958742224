"""Answering as the Page: once, under the right comment, and found again when nobody answered."""

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
from socialdesk.networks.facebook.connector import FacebookConnector
from tests.networks.fake_facebook import ANN, PAGE, FakeFacebook
from tests.networks.fake_meta import problem
from tests.networks.samples.facebook import SAMPLE


@pytest.fixture
def server() -> FakeFacebook:
    return FakeFacebook()


@pytest.fixture
def connector(server: FakeFacebook) -> FacebookConnector:
    connector = SAMPLE.connect(server)
    assert isinstance(connector, FacebookConnector)
    return connector


def to(parent: str, text: str, server: FakeFacebook) -> Outgoing:
    return Outgoing(parent, f"https://www.facebook.com/{parent}", text, "k1", server.now)


def test_an_answer_to_a_visitors_post_is_a_comment_under_it(
    server: FakeFacebook, connector: FacebookConnector
) -> None:
    post = server.write_post(ANN, "where are you?")
    posted = connector.reply(to(post, "In Abai street.", server))
    assert server.parent_of("In Abai street.") == post
    assert connector.find_reply(to(post, "In Abai street.", server)) == posted


def test_an_answer_to_an_answer_is_found_beside_it(
    server: FakeFacebook, connector: FacebookConnector
) -> None:
    first = server.comment(ANN, "late")
    second = server.comment(ANN, "again", first)
    outgoing = to(second, "Sorry, Ann.", server)
    assert connector.find_reply(outgoing) is None
    posted = connector.reply(outgoing)
    assert server.parent_of("Sorry, Ann.") == first
    assert connector.find_reply(outgoing) == posted


def test_the_same_words_under_another_comment_are_not_taken_for_it(
    server: FakeFacebook, connector: FacebookConnector
) -> None:
    one, other = server.comment(ANN, "late"), server.comment(ANN, "cold")
    connector.reply(to(one, "Sorry!", server))
    assert connector.find_reply(to(other, "Sorry!", server)) is None
    assert connector.find_reply(to(server.post_id, "Sorry!", server)) is None


def test_an_answer_is_found_below_the_hundreds_that_came_after_it(
    server: FakeFacebook, connector: FacebookConnector
) -> None:
    outgoing = to(server.post_id, "We know more at noon.", server)
    posted = connector.reply(outgoing)
    for n in range(450):
        server.comment(ANN, f"and now? {n}", when=server.now + timedelta(seconds=n))
    assert connector.find_reply(outgoing) == posted
    assert connector.find_reply(replace(outgoing, text="Other words.")) is None


def test_what_somebody_else_wrote_or_wrote_before_is_not_taken_for_it(
    server: FakeFacebook, connector: FacebookConnector
) -> None:
    comment = server.comment(ANN, "late")
    server.comment(ANN, "Sorry!", comment)
    server.comment(PAGE, "Sorry!", comment, server.now - timedelta(minutes=10))
    assert connector.find_reply(to(comment, "Sorry!", server)) is None


def test_under_a_comment_that_is_gone_nothing_is_found(
    server: FakeFacebook, connector: FacebookConnector
) -> None:
    assert connector.find_reply(to("77_1", "Sorry!", server)) is None
    with pytest.raises(RefusedError) as caught:
        connector.reply(to("77_1", "Sorry!", server))
    assert caught.value.reason is Refusal.GONE


def test_a_post_that_is_not_ours_is_never_answered(
    server: FakeFacebook, connector: FacebookConnector
) -> None:
    outgoing = to(f"tag/{server.tag('hello')}", "Thank you!", server)
    with pytest.raises(RefusedError):
        connector.reply(outgoing)
    with pytest.raises(RefusedError):
        connector.find_reply(outgoing)
    assert not server.calls


@pytest.mark.parametrize(
    ("code", "subcode", "error", "reason"),
    [
        (506, 0, RefusedError, Refusal.DUPLICATE),
        (368, 0, RefusedError, Refusal.PERMISSION),
        (200, 0, RefusedError, Refusal.PERMISSION),
        (10, 0, RefusedError, Refusal.PERMISSION),
        (100, 33, RefusedError, Refusal.GONE),
        (100, 0, RefusedError, Refusal.TEXT),
        (190, 460, AuthExpiredError, None),
        (32, 0, RateLimitedError, None),
        (1, 0, UnreachableError, None),
        (2, 0, UnreachableError, None),
    ],
)
def test_each_refusal_of_an_answer_is_what_it_should_be(
    server: FakeFacebook,
    connector: FacebookConnector,
    code: int,
    subcode: int,
    error: type[ConnectorError],
    reason: Refusal | None,
) -> None:
    outgoing = to(server.comment(ANN, "late"), "Sorry!", server)
    server.faults = [lambda method, path: problem(code, subcode, "no")]
    with pytest.raises(error) as caught:
        connector.reply(outgoing)
    assert getattr(caught.value, "reason", None) is reason
    assert server.n_posted("Sorry!") == 0


def test_too_long_a_text_is_refused_for_its_text(
    server: FakeFacebook, connector: FacebookConnector
) -> None:
    comment = server.comment(ANN, "late")
    connector.reply(to(comment, "ы" * 8_000, server))
    with pytest.raises(RefusedError) as caught:
        connector.reply(to(comment, "ы" * 8_001, server))
    assert caught.value.reason is Refusal.TEXT


def test_an_answer_is_changed_and_taken_back(
    server: FakeFacebook, connector: FacebookConnector
) -> None:
    posted = connector.reply(to(server.comment(ANN, "late"), "Sory!", server))
    assert connector.edit(posted.remote_id, "Sorry!") == posted
    assert server.n_posted("Sorry!") == 1
    connector.delete(posted.remote_id)
    connector.delete(posted.remote_id)
    assert server.n_posted("Sorry!") == 0


def test_a_strangers_comment_is_not_changed(
    server: FakeFacebook, connector: FacebookConnector
) -> None:
    with pytest.raises(RefusedError) as caught:
        connector.edit(server.comment(ANN, "late"), "never late")
    assert caught.value.reason is Refusal.PERMISSION


def test_a_post_of_ours_is_changed_and_taken_back(
    server: FakeFacebook, connector: FacebookConnector
) -> None:
    outgoing = replace(to("", "We are closd.", server), parent_uri="")
    posted = connector.post(outgoing)
    connector.edit(posted.remote_id, "We are closed.")
    assert server.n_posted("We are closed.") == 1
    connector.delete(posted.remote_id)
    assert server.n_posted("We are closed.") == 0
