"""The one answer of a review: put once, never over another's, looked at by Google."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from socialdesk.domain.errors import Refusal, RefusedError, UnreachableError
from socialdesk.domain.length.length import remaining
from tests.networks.fake_google_business import MAX_BYTES, SHOP, FakeGoogleBusiness
from tests.networks.google_business_kit import a_reply, connected


@pytest.fixture
def server():
    return FakeGoogleBusiness()


@pytest.fixture
def connector(server):
    return connected(server)


def standing(server, review):
    reply = server.reviews[review].reply
    return reply and reply["comment"]


def test_an_answer_is_put_and_found(server, connector):
    review = server.rate("cold tea")
    posted = connector.reply(a_reply(review))
    assert posted.remote_id == f"{review}/reply"
    assert posted.uri == f"google-review:501/{review}/reply"
    assert connector.find_reply(a_reply(review)) == posted


def test_an_answer_of_somebody_else_is_never_replaced(server, connector):
    review = server.rate("cold tea")
    server.answer(review, "Sorry, Tom (manager)")
    with pytest.raises(RefusedError) as caught:
        connector.reply(a_reply(review))
    assert caught.value.reason is Refusal.DUPLICATE
    assert standing(server, review) == "Sorry, Tom (manager)"
    assert connector.find_reply(a_reply(review)) is None


def test_the_same_words_are_not_sent_twice(server, connector):
    review = server.rate("cold tea")
    first = connector.reply(a_reply(review))
    assert connector.reply(a_reply(review)) == first
    assert len(server.puts) == 1


def test_a_lost_answer_is_found_and_a_repeat_changes_nothing(server, connector):
    review = server.rate("cold tea")
    server.lose_answers()
    with pytest.raises(UnreachableError) as caught:
        connector.reply(a_reply(review))
    assert caught.value.maybe_done
    found = connector.find_reply(a_reply(review))
    assert found is not None
    assert connector.reply(a_reply(review)) == found
    assert len(server.puts) == 1


@pytest.mark.parametrize(("status", "body"), [(500, b""), (200, b"<html>"), (200, b"[]")])
def test_a_review_that_cannot_be_read_before_leaves_no_doubt(server, connector, status, body):
    review = server.rate("cold tea")
    server.always(status, body)
    with pytest.raises(UnreachableError) as caught:
        connector.reply(a_reply(review))
    assert not caught.value.maybe_done


@pytest.mark.parametrize("body", [b"{}", b"[7]", b'{"comment":7}', b"<html>", b""])
def test_an_answer_to_the_put_that_cannot_be_read_is_doubtful(server, connector, body):
    review = server.rate("cold tea")
    server.garble_answers(200, body)
    with pytest.raises(UnreachableError) as caught:
        connector.reply(a_reply(review))
    assert caught.value.maybe_done
    assert connector.find_reply(a_reply(review)) is not None


def test_an_edit_replaces_what_stands(server, connector):
    review = server.rate("cold tea")
    posted = connector.reply(a_reply(review))
    assert connector.edit(posted.remote_id, "Better words.") == posted
    assert standing(server, review) == "Better words."


def test_an_edit_of_an_answer_that_was_deleted_publishes_nothing(server, connector):
    review = server.rate("cold tea")
    posted = connector.reply(a_reply(review))
    connector.delete(posted.remote_id)
    assert standing(server, review) is None
    with pytest.raises(RefusedError) as caught:
        connector.edit(posted.remote_id, "Better words.")
    assert caught.value.reason is Refusal.GONE
    assert standing(server, review) is None
    connector.delete(posted.remote_id)  # twice is no error


def test_a_review_that_is_gone_is_told(connector):
    for call in (connector.reply, connector.find_reply):
        try:
            assert call(a_reply("AbFgone")) is None
        except RefusedError as e:
            assert e.reason is Refusal.GONE
    assert connector.is_public("AbFgone/reply") is False
    with pytest.raises(RefusedError):
        connector.reply(a_reply("AbFgone"))


# --- moderation ---


@pytest.mark.parametrize(
    ("state", "is_public"),
    [
        ("PENDING", False),
        ("APPROVED", True),
        ("REJECTED", False),
        ("REVIEW_REPLY_STATE_UNSPECIFIED", None),
    ],
)
def test_what_google_has_not_passed_is_not_public(server, connector, state, is_public):
    review = server.rate("cold tea")
    server.answer(review, "Sorry!", state)
    assert connector.is_public(f"{review}/reply") is is_public


def test_an_answer_that_was_deleted_is_not_public(server, connector):
    assert connector.is_public(f"{server.rate('cold tea')}/reply") is False


def test_words_that_google_rejects_are_told_with_its_reason(server, connector):
    review = server.rate("cold tea")
    server.moderation, server.violation = "REJECTED", "PHONE_NUMBER"
    with pytest.raises(RefusedError) as caught:
        connector.reply(a_reply(review, "Call us!"))
    assert caught.value.reason is Refusal.TEXT
    assert "PHONE_NUMBER" in str(caught.value)
    with pytest.raises(RefusedError) as caught:  # the same words once more
        connector.reply(a_reply(review, "Call us!"))
    assert caught.value.reason is Refusal.TEXT
    assert len(server.puts) == 1


def test_a_rejected_answer_gives_way_to_better_words(server, connector):
    review = server.rate("cold tea")
    server.answer(review, "Call us!", "REJECTED")
    connector.reply(a_reply(review, "Come and see us!"))
    assert standing(server, review) == "Come and see us!"


def test_an_unverified_location_refuses_with_a_reason(server, connector):
    review = server.rate("cold tea")
    server.locations[SHOP].is_verified = False
    with pytest.raises(RefusedError) as caught:
        connector.reply(a_reply(review))
    assert caught.value.reason is Refusal.PERMISSION


# --- length ---


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("a" * 4096, 0),
        ("a" * 4097, -1),
        ("ж" * 2048, 0),  # two bytes a letter: half as many
        ("қ" * 2049, -2),
        ("茶" * 1365, 1),
        ("🫖" * 1024, 0),
        ("é" * 10, 4076),
    ],
)
def test_bytes_are_counted_not_letters(connector, text, left):
    assert remaining(text, connector.card().length) == left


@given(st.text(alphabet=st.sampled_from("aж茶🫖\n"), min_size=1, max_size=30), st.integers(0, 2))
def test_what_the_counter_lets_through_google_takes(unit, beyond):
    server = FakeGoogleBusiness()
    connector = connected(server)
    room = MAX_BYTES + beyond
    text = unit * (room // len(unit.encode())) + "a" * room
    while len(text.encode()) > room:
        text = text[: max(1, len(text) - max(1, (len(text.encode()) - room) // 4))]
    fits = remaining(text, connector.card().length) >= 0
    try:
        connector.reply(a_reply(server.rate("cold tea"), text))
    except RefusedError:
        assert not fits
    else:
        assert fits
