"""Answers in the community's name: where they go, how they are found, what stands in the way."""

import json

import pytest

from socialdesk.domain.account import Watch, WatchKind
from socialdesk.domain.errors import (
    AuthExpiredError,
    RateLimitedError,
    Refusal,
    RefusedError,
    UnreachableError,
)
from socialdesk.domain.length.length import remaining
from socialdesk.networks.scripted import everything
from socialdesk.networks.vk.connector import LENGTH, random_id
from socialdesk.networks.vk.faults import fault_of
from tests.networks.fake_vk import ANN, BOB, KEY, OWN, SERVICE, FakeVk, refused
from tests.networks.vk_kit import LONG_AGO, MENTIONS, a_reply, connected

HASHTAG = Watch(WatchKind.HASHTAG, "чай")

WORDS = "Простите! Открываем в 9."


@pytest.fixture
def server():
    return FakeVk()


def test_an_answer_to_a_post_is_a_comment_of_the_community(server):
    post = server.write_post(ANN, "open?")
    posted = connected(server).reply(a_reply(f"wall:-7007:{post['id']}"))
    (comment,) = server.comments[post["id"]]
    assert (comment["from_id"], comment["parents_stack"]) == (OWN, [])
    assert posted.url == f"https://vk.com/wall-7007_{post['id']}?reply={comment['id']}"
    assert server.asks[-1][1]["guid"] == "key-1"


def test_an_answer_to_a_comment_goes_into_its_thread(server):
    post = server.write_post(OWN, "pies")
    first = server.comment(post, ANN, "nuts?")
    below = server.comment(post, BOB, "yes, nuts?", first["id"])
    connector = connected(server)
    for number, parent in enumerate(
        (f"wall:-7007:{post['id']}:{first['id']}",
         f"wall:-7007:{post['id']}:{below['id']}:{first['id']}")
    ):  # fmt: skip
        outgoing = a_reply(parent, f"{WORDS} {number}", dedupe_key=f"key-{number}")
        posted = connector.reply(outgoing)
        assert posted.remote_id.endswith(f":{first['id']}")
        assert connector.find_reply(outgoing) == posted


def test_the_same_guid_again_makes_no_second_comment(server):
    """If VK keeps its word; that it does was never seen, so the program does not rely on it."""
    post = server.write_post(ANN, "open?")
    connector, outgoing = connected(server), a_reply(f"wall:-7007:{post['id']}")
    assert connector.reply(outgoing) == connector.reply(outgoing)
    assert server.n_posted(WORDS) == 1
    assert connector.card().repeat_safe_s == 0


def test_an_answer_with_marks_is_found_however_vk_writes_them(server):
    post = server.write_post(ANN, "open?")
    outgoing = a_reply(f"wall:-7007:{post['id']}", "[id501|Айгерим], 2 < 3 & «да»")
    connector = connected(server)
    posted = connector.reply(outgoing)
    server.comments[post["id"]][0]["text"] = "[id501|Айгерим], 2 &lt; 3 &amp; «да»"
    assert connector.find_reply(outgoing) == posted


def test_a_strangers_same_words_are_not_our_answer(server):
    post = server.write_post(ANN, "open?")
    server.comment(post, BOB, WORDS)
    assert connected(server).find_reply(a_reply(f"wall:-7007:{post['id']}")) is None


def test_the_same_words_to_another_in_the_same_thread_are_not_this_answer(server):
    post = server.write_post(OWN, "pies")
    first = server.comment(post, ANN, "nuts?")
    below = server.comment(post, BOB, "yes, nuts?", first["id"])
    to_ann = a_reply(f"wall:-7007:{post['id']}:{first['id']}")
    to_bob = a_reply(f"wall:-7007:{post['id']}:{below['id']}:{first['id']}", dedupe_key="key-2")
    connector = connected(server)
    posted = connector.reply(to_bob)
    assert connector.find_reply(to_ann) is None
    assert connector.find_reply(to_bob) == posted


def test_the_same_words_to_another_message_of_a_chat_are_not_this_answer(server):
    server.message(ANN, ANN, "where is my cake?")
    server.message(ANN, ANN, "and my bread?")
    to_first, to_second = a_reply(f"im:-7007:{ANN}:1"), a_reply(f"im:-7007:{ANN}:2")
    connector = connected(server)
    posted = connector.reply(to_second)
    assert connector.find_reply(to_first) is None
    assert connector.find_reply(to_second) == posted


def test_with_the_community_key_alone_a_comment_is_not_looked_for(server):
    post = server.write_post(ANN, "open?")
    connector, outgoing = connected(server, service=""), a_reply(f"wall:-7007:{post['id']}")
    connector.reply(outgoing)
    assert connector.find_reply(outgoing) is None
    assert server.n_posted(WORDS) == 1


def test_our_own_comment_comes_as_an_event_of_our_own(server):
    post = server.write_post(ANN, "open?")
    connector = connected(server, service="")
    cursor = connector.fetch(MENTIONS, None, since=LONG_AGO).cursor
    posted = connector.reply(a_reply(f"wall:-7007:{post['id']}"))
    (own,) = connector.fetch(MENTIONS, cursor, since=LONG_AGO).mentions
    assert (own.uri, own.is_own, own.body) == (posted.uri, True, WORDS)


def test_a_message_is_answered_with_a_quote_and_found(server):
    message = server.message(ANN, ANN, "where is my cake?")
    outgoing = a_reply(f"im:-7007:{ANN}:{message['conversation_message_id']}")
    connector = connected(server, service="")
    posted = connector.reply(outgoing)
    asked = server.asks[-1][1]
    assert json.loads(asked["forward"])["conversation_message_ids"] == [1]
    assert asked["random_id"] == str(random_id("key-1"))
    assert posted.remote_id == f"im:-7007:{ANN}:2"
    assert connector.find_reply(outgoing) == posted
    assert connector.reply(outgoing) == posted
    assert server.n_posted(WORDS) == 1


def test_a_lost_answer_to_a_message_is_found(server):
    server.message(ANN, ANN, "where is my cake?")
    connector, outgoing = connected(server), a_reply(f"im:-7007:{ANN}:1")
    server.lose_answers()
    with pytest.raises(UnreachableError) as caught:
        connector.reply(outgoing)
    assert caught.value.maybe_done
    assert connector.find_reply(outgoing) is not None
    assert server.n_posted(WORDS) == 1


def test_a_person_who_wants_no_messages_is_told(server):
    with pytest.raises(RefusedError) as caught:
        connected(server).reply(a_reply("im:-7007:555:1"))
    assert caught.value.reason is Refusal.PERMISSION


@pytest.mark.parametrize("parent", ["wall:502:7", "photo:-7007:300:31", "topic:-7007:303:34"])
def test_where_a_community_key_may_not_write_nothing_is_asked(server, parent):
    with pytest.raises(RefusedError) as caught:
        connected(server).reply(a_reply(parent))
    assert caught.value.reason is Refusal.PERMISSION
    assert server.asks == []


def test_closed_comments_are_told(server):
    post = server.write_post(ANN, "open?")
    server.closed.add(post["id"])
    with pytest.raises(RefusedError) as caught:
        connected(server).reply(a_reply(f"wall:-7007:{post['id']}"))
    assert (caught.value.reason, "closed" in caught.value.detail) == (Refusal.PERMISSION, True)


@pytest.mark.parametrize(
    "body",
    [b"{}", b"[]", b'{"response":{}}', b'{"response":[]}', b'{"response":{"comment_id":"5"}}'],
)
@pytest.mark.parametrize("parent", ["wall:-7007:15", "im:-7007:501:1"])
def test_an_answer_that_names_no_comment_is_in_doubt(server, body, parent):
    server.always_to_writes(200, body)
    with pytest.raises(UnreachableError) as caught:
        connected(server).reply(a_reply(parent))
    assert caught.value.maybe_done


def test_comments_are_changed_and_deleted_on_vk(server):
    for call in (lambda c: c.edit("wall:-7007:15:20", "words"),
                 lambda c: c.delete("wall:-7007:15:20")):  # fmt: skip
        with pytest.raises(RefusedError) as caught:
            call(connected(server))
        assert caught.value.reason is Refusal.PERMISSION


def test_the_length_counts_code_points():
    assert remaining("👍" * 4000, LENGTH) == 0
    assert remaining("ё" * 4001, LENGTH) == -1


def test_each_key_has_a_number_of_its_own():
    numbers = {random_id(f"key-{n}") for n in range(1000)}
    assert len(numbers) == 1000
    assert all(0 < number < 1 << 31 for number in numbers)


# --- error codes ---

SIGN_IN, WAIT = AuthExpiredError, RateLimitedError
CODES = {
    1: UnreachableError, 4: SIGN_IN, 5: SIGN_IN, 6: 1.0, 9: 3600.0, 10: UnreachableError,
    14: Refusal.PERMISSION, 15: Refusal.PERMISSION, 17: Refusal.PERMISSION, 18: Refusal.GONE,
    23: Refusal.NOT_APPROVED, 27: Refusal.PERMISSION, 28: SIGN_IN, 29: 14400.0,
    30: Refusal.PERMISSION, 43: UnreachableError, 100: Refusal.OTHER, 104: Refusal.GONE,
    203: Refusal.PERMISSION, 211: Refusal.PERMISSION, 212: Refusal.PERMISSION,
    213: Refusal.PERMISSION, 214: Refusal.PERMISSION, 222: Refusal.TEXT, 223: 3600.0,
    901: Refusal.PERMISSION, 914: Refusal.TEXT, 1117: SIGN_IN, 77777: Refusal.OTHER,
}  # fmt: skip


@pytest.mark.parametrize(("code", "wanted"), CODES.items())
def test_each_code_means_what_it_means(server, code, wanted):
    post = server.write_post(ANN, "open?")
    for call in (
        lambda c: c.fetch(HASHTAG, None, since=LONG_AGO),
        lambda c: c.reply(a_reply(f"wall:-7007:{post['id']}")),
    ):
        server.faults = [code]
        with pytest.raises(Exception) as caught:
            call(connected(server))
        error = caught.value
        if isinstance(wanted, Refusal):
            assert isinstance(error, RefusedError) and error.reason is wanted
        elif isinstance(wanted, float):
            assert isinstance(error, RateLimitedError) and error.retry_after_s == wanted
        else:
            assert isinstance(error, wanted)
        assert KEY not in everything(error) and SERVICE not in everything(error)
    assert server.n_posted(WORDS) == 0


def test_a_fault_of_theirs_leaves_a_write_in_doubt_and_a_question_in_none():
    for code in (1, 10, 36):
        told = refused(code)["error"]
        for is_write in (True, False):
            error = fault_of(told, is_write=is_write)
            assert isinstance(error, UnreachableError) and error.maybe_done is is_write


@pytest.mark.parametrize("odd", [None, [], {}, {"error_code": "5"}, {"error_code": True}])
def test_an_error_that_cannot_be_read_may_have_done_it(odd):
    error = fault_of(odd, is_write=True)
    assert isinstance(error, UnreachableError) and error.maybe_done
