"""Our comments on YouTube: under the head of the thread, once, found again, changed, held back."""

from datetime import timedelta

import pytest

from socialdesk.domain.errors import (
    RateLimitedError,
    Refusal,
    RefusedError,
    UnreachableError,
)
from socialdesk.domain.length.length import remaining
from socialdesk.networks.testing import START
from tests.networks.fake_google import refused
from tests.networks.fake_youtube import ANN, BOB, MAX_TEXT, OTHER_VIDEO, OWN, VIDEO, FakeYouTube
from tests.networks.youtube_kit import MADE_AT, a_reply, connected


@pytest.fixture
def server():
    return FakeYouTube()


@pytest.fixture
def connector(server):
    return connected(server)


def on_video(text="Thank you for the visit!"):
    return a_reply("", text, video=OTHER_VIDEO, parent_uri=f"youtube:video/{OTHER_VIDEO}")


def test_an_answer_to_a_reply_goes_under_the_head_of_the_thread(server, connector):
    head = server.write(ANN, "head")
    below = server.write(BOB, "below", parent=head)
    posted = connector.reply(a_reply(below))
    assert posted.remote_id.startswith(f"{VIDEO}/{head}.")
    comment = posted.remote_id.partition("/")[2]
    assert server.comments[comment].parent == head
    assert posted.uri == f"youtube:comment/{comment}"
    assert posted.url == f"https://www.youtube.com/watch?v={VIDEO}&lc={comment}"
    assert connector.find_reply(a_reply(below)) == posted


def test_an_answer_to_a_video_is_a_comment_of_its_own(server, connector):
    assert connector.find_reply(on_video()) is None
    posted = connector.reply(on_video())
    assert server.comments[posted.remote_id.partition("/")[2]].video == OTHER_VIDEO
    assert connector.find_reply(on_video()) == posted


@pytest.mark.parametrize("is_on_video", [True, False])
def test_a_lost_answer_is_found_and_nothing_sent_again(server, connector, is_on_video):
    outgoing = on_video() if is_on_video else a_reply(server.write(ANN, "hello?"))
    server.lose_answers()
    with pytest.raises(UnreachableError) as caught:
        connector.reply(outgoing)
    assert caught.value.maybe_done
    assert connector.find_reply(outgoing) is not None
    assert server.n_posted(outgoing.text) == 1


@pytest.mark.parametrize("status", [200, 500])
def test_a_video_that_cannot_be_asked_first_leaves_no_doubt(server, connector, status):
    server.always(status, b"<html>")
    with pytest.raises(UnreachableError) as caught:
        connector.reply(on_video())
    assert not caught.value.maybe_done


def test_a_processing_failure_is_a_400_that_may_have_been_done(server, connector):
    outgoing = a_reply(server.write(ANN, "hello?"))
    answer = refused(400, "processingFailure")
    server.garble_answers(answer.status, b'{"error":{"errors":[{"reason":"processingFailure"}]}}')
    with pytest.raises(UnreachableError) as caught:
        connector.reply(outgoing)
    assert caught.value.maybe_done
    assert connector.find_reply(outgoing) is not None
    assert server.n_posted(outgoing.text) == 1


def test_a_used_up_quota_surely_sent_nothing(server, connector):
    outgoing = a_reply(server.write(ANN, "hello?"))
    server.refuse("comments", 403, "quotaExceeded")
    with pytest.raises(RateLimitedError) as caught:
        connector.reply(outgoing)
    assert caught.value.retry_after_s == 23 * 3600


@pytest.mark.parametrize(
    ("status", "reason", "refusal"),
    [
        (400, "commentTextTooLong", Refusal.TEXT),
        (400, "commentTextRequired", Refusal.TEXT),
        (400, "invalidCommentMetadata", Refusal.TEXT),
        (400, "parentCommentIsPrivate", Refusal.PERMISSION),
        (400, "operationNotSupported", Refusal.PERMISSION),
        (403, "commentsDisabled", Refusal.PERMISSION),
        (403, "forbidden", Refusal.PERMISSION),
        (404, "parentCommentNotFound", Refusal.GONE),
        (404, "commentNotFound", Refusal.GONE),
        (404, "videoNotFound", Refusal.GONE),
    ],
)
def test_a_refused_answer_says_why(server, connector, status, reason, refusal):
    outgoing = a_reply(server.write(ANN, "hello?"))
    server.refuse("comments", status, reason)
    with pytest.raises(RefusedError) as caught:
        connector.reply(outgoing)
    assert caught.value.reason is refusal
    assert reason in str(caught.value)


@pytest.mark.parametrize("text", ["x" * MAX_TEXT, "ж" * MAX_TEXT, "🫖" * MAX_TEXT])
def test_the_length_counter_agrees_with_the_server(server, connector, text):
    rule = connector.card().length
    assert remaining(text, rule) == 0
    connector.reply(a_reply(server.write(ANN, "hello?"), text))
    with pytest.raises(RefusedError) as caught:
        connector.reply(a_reply(server.write(ANN, "hello?"), text + "x"))
    assert caught.value.reason is Refusal.TEXT


def test_a_deleted_parent_is_told_and_nothing_is_found(server, connector):
    gone = a_reply("UgGone")
    with pytest.raises(RefusedError) as caught:
        connector.reply(gone)
    assert caught.value.reason is Refusal.GONE
    assert connector.find_reply(gone) is None
    video = a_reply("", video="vidGone")
    with pytest.raises(RefusedError) as caught:
        connector.reply(video)
    assert caught.value.reason is Refusal.GONE
    assert connector.find_reply(video) is None


def test_the_same_words_of_others_or_of_long_ago_are_not_ours(server, connector):
    head = server.write(ANN, "hello?")
    outgoing = a_reply(head)
    server.write(BOB, outgoing.text, parent=head, at=MADE_AT)
    server.write(OWN, outgoing.text, parent=head, at=MADE_AT - timedelta(minutes=3))
    assert connector.find_reply(outgoing) is None
    server.write(OWN, outgoing.text, parent=head, at=MADE_AT - timedelta(minutes=1))
    assert connector.find_reply(outgoing) is not None


def test_our_answer_is_found_behind_hundreds_of_others(server, connector):
    head = server.write(ANN, "hello?")
    server.write(OWN, "Sorry! We open at 9.", parent=head, at=MADE_AT)
    for n in range(250):
        server.write(BOB, f"me too {n}", parent=head)
    assert connector.find_reply(a_reply(head)) is not None


def test_a_reply_is_changed_in_place(server, connector):
    posted = connector.reply(a_reply(server.write(ANN, "hello?")))
    assert connector.edit(posted.remote_id, "We open at 10.").remote_id == posted.remote_id
    assert server.comments[posted.remote_id.partition("/")[2]].text == "We open at 10."
    with pytest.raises(RefusedError):
        connector.edit(f"{VIDEO}/UgGone", "too late")


def test_a_reply_is_deleted_and_twice_is_no_error(server, connector):
    posted = connector.reply(a_reply(server.write(ANN, "hello?")))
    connector.delete(posted.remote_id)
    assert server.n_posted(a_reply("").text) == 0
    connector.delete(posted.remote_id)


def test_only_ours_may_be_changed(server, connector):
    with pytest.raises(RefusedError) as caught:
        connector.edit(f"{VIDEO}/{server.write(ANN, 'mine')}", "yours")
    assert caught.value.reason is Refusal.PERMISSION


@pytest.mark.parametrize("is_on_video", [True, False])
def test_what_youtube_holds_back_is_not_public(server, connector, is_on_video):
    def outgoing():
        return on_video() if is_on_video else a_reply(server.write(ANN, "hello?"))

    assert connector.is_public(connector.reply(outgoing()).remote_id) is True
    server.holds = True
    assert connector.is_public(connector.reply(outgoing()).remote_id) is False
    assert connector.is_public(f"{VIDEO}/UgGone") is False


def test_a_time_of_ours_that_runs_ahead_finds_the_reply(server, connector):
    head = server.write(ANN, "hello?")
    server.now = START
    outgoing = a_reply(head, made_at=START + timedelta(seconds=100))
    posted = connector.reply(outgoing)
    assert connector.find_reply(outgoing) == posted
