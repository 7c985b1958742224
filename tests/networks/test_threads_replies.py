"""Answering in two steps: what breaks where, and what is gone on with; never two."""

from collections.abc import Callable
from dataclasses import replace

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
from socialdesk.networks.scripted import Scripted
from socialdesk.networks.threads.connector import ThreadsConnector
from tests.networks.fake_meta import problem
from tests.networks.fake_threads import ANN, FakeThreads, is_publish, only
from tests.networks.samples.threads import SAMPLE

WORDS = "We are on it 🙏"


@pytest.fixture
def server() -> FakeThreads:
    return FakeThreads()


@pytest.fixture
def connector(server: FakeThreads) -> ThreadsConnector:
    connector = SAMPLE.connect(server)
    assert isinstance(connector, ThreadsConnector)
    return connector


@pytest.fixture
def outgoing(server: FakeThreads) -> Outgoing:
    reply = server.write(ANN, "late", server.post_id)
    parent = f"{server.post_id}/{reply}"
    return Outgoing(parent, f"urn:threads:{reply}", WORDS, "k1", server.now)


def state(status: str) -> Callable[[str, str], Scripted | None]:
    """A fault that tells this state of every container asked for."""
    answer = Scripted(body={"id": "1", "status": status, "error_message": "THREADS_API__X"})
    return only(answer, lambda m, p: m == "GET" and p.rpartition("/")[2].isdigit())


def test_an_answer_goes_under_what_it_answers(
    server: FakeThreads, connector: ThreadsConnector, outgoing: Outgoing
) -> None:
    posted = connector.reply(outgoing)
    assert server.parent_of(WORDS) == outgoing.parent_remote_id.partition("/")[2]
    assert posted.remote_id.startswith(f"{server.post_id}/")
    assert posted.url.startswith("https://www.threads.com/@ovenandco/post/")
    assert connector.find_reply(outgoing) == posted


@pytest.mark.parametrize("how", ["lost", "garbled", "500"])
def test_what_breaks_before_publishing_is_seen_by_nobody_and_tried_again(
    server: FakeThreads, connector: ThreadsConnector, outgoing: Outgoing, how: str
) -> None:
    server.faults_meet_containers = True
    if how == "lost":
        server.lose_answers()
    else:
        server.garble_answers(500 if how == "500" else 200, b"<html>")
    with pytest.raises(UnreachableError) as caught:
        connector.reply(outgoing)
    assert not caught.value.maybe_done
    connector.reply(outgoing)
    assert server.n_posted(WORDS) == 1


def test_a_publishing_that_never_arrived_is_made_up_for_with_the_same_container(
    server: FakeThreads, connector: ThreadsConnector, outgoing: Outgoing
) -> None:
    nothing = Scripted(502, b"")
    server.faults = [only(nothing, lambda m, p: False), only(nothing, is_publish)]
    connector.reply(outgoing)
    assert server.n_posted(WORDS) == 1
    assert len(server.containers) == 1


@pytest.mark.parametrize("code", [4, 24, 100, 190])
def test_a_second_publishing_that_is_refused_leaves_the_first_in_doubt(
    server: FakeThreads, connector: ThreadsConnector, outgoing: Outgoing, code: int
) -> None:
    def is_late(method: str, path: str) -> Scripted | None:
        """The first publishing is slow: it is done after the container was asked for."""
        (container,) = server.containers
        server.node_answer("POST", "me/threads_publish", {"creation_id": container}, "")
        return problem(code)

    nobody = only(Scripted(), lambda m, p: False)
    server.faults = [nobody, only(Scripted(504, b""), is_publish), nobody,
                     lambda m, p: is_late(m, p) if is_publish(m, p) else None]  # fmt: skip
    with pytest.raises(UnreachableError) as caught:
        connector.reply(outgoing)
    assert caught.value.maybe_done
    assert connector.find_reply(outgoing) is not None
    assert server.n_posted(WORDS) == 1


def test_a_container_that_cannot_be_asked_leaves_the_answer_in_doubt(
    server: FakeThreads, connector: ThreadsConnector, outgoing: Outgoing
) -> None:
    server.lose_answers()
    quiet = Scripted(503, b"")
    server.faults = [only(quiet, lambda m, p: m == "GET")] * 4
    with pytest.raises(UnreachableError) as caught:
        connector.reply(outgoing)
    assert caught.value.maybe_done
    server.faults = []
    assert connector.find_reply(outgoing) is not None
    assert server.n_posted(WORDS) == 1


@pytest.mark.parametrize("status", ["IN_PROGRESS", "PUBLISHED", "SOMETHING", ""])
def test_a_state_that_tells_too_little_leaves_it_in_doubt(
    server: FakeThreads, connector: ThreadsConnector, outgoing: Outgoing, status: str
) -> None:
    server.faults = [
        only(Scripted(), lambda m, p: False),
        only(Scripted(502, b""), is_publish),
        state(status),
    ]
    with pytest.raises(UnreachableError) as caught:
        connector.reply(outgoing)
    assert caught.value.maybe_done
    assert server.n_posted(WORDS) == 0


@pytest.mark.parametrize("status", ["ERROR", "EXPIRED"])
def test_a_container_that_failed_is_refused(
    server: FakeThreads, connector: ThreadsConnector, outgoing: Outgoing, status: str
) -> None:
    server.faults = [
        only(Scripted(), lambda m, p: False),
        only(Scripted(502, b""), is_publish),
        state(status),
    ]
    with pytest.raises(RefusedError) as caught:
        connector.reply(outgoing)
    assert "THREADS_API__X" in caught.value.detail
    assert server.n_posted(WORDS) == 0


@pytest.mark.parametrize(
    ("code", "subcode", "error"),
    [
        (4, 2207051, RateLimitedError),
        (368, 2207051, RefusedError),
        (10, 0, RefusedError),
        (190, 463, AuthExpiredError),
        (9007, 2207027, UnreachableError),
    ],
)
def test_a_refused_publishing_is_surely_not_done(
    server: FakeThreads,
    connector: ThreadsConnector,
    outgoing: Outgoing,
    code: int,
    subcode: int,
    error: type[ConnectorError],
) -> None:
    refusal = problem(code, subcode, "no", 403)
    server.faults = [only(refusal, lambda m, p: False), only(refusal, is_publish)]
    with pytest.raises(error) as caught:
        connector.reply(outgoing)
    assert not getattr(caught.value, "maybe_done", False)


def test_the_thousandth_and_first_answer_of_a_day_waits(
    server: FakeThreads, connector: ThreadsConnector, outgoing: Outgoing
) -> None:
    server.n_replies_today = 1_000
    with pytest.raises(RateLimitedError):
        connector.reply(outgoing)
    server.n_posts_today = 250
    with pytest.raises(RateLimitedError):
        connector.post(replace(outgoing, parent_remote_id="", parent_uri=""))


@pytest.mark.parametrize("text", ["🙏" * 126, "x" * 501, " https://a.example" * 6])
def test_what_threads_does_not_take_is_refused_for_its_text(
    server: FakeThreads, connector: ThreadsConnector, outgoing: Outgoing, text: str
) -> None:
    with pytest.raises(RefusedError) as caught:
        connector.reply(replace(outgoing, text=text))
    assert caught.value.reason is Refusal.TEXT
    assert server.n_posted(text) == 0


def test_the_longest_text_that_our_counter_allows_is_taken(
    server: FakeThreads, connector: ThreadsConnector, outgoing: Outgoing
) -> None:
    for text in ("🙏" * 125, "ы" * 500):
        connector.reply(replace(outgoing, text=text))
        assert server.n_posted(text) == 1


def test_an_answer_is_taken_back(
    server: FakeThreads, connector: ThreadsConnector, outgoing: Outgoing
) -> None:
    posted = connector.reply(outgoing)
    connector.delete(posted.remote_id)
    connector.delete(posted.remote_id)
    assert server.n_posted(WORDS) == 0
    with pytest.raises(RefusedError):
        connector.edit(posted.remote_id, "other words")


def test_the_same_words_under_another_post_are_not_taken_for_it(
    server: FakeThreads, connector: ThreadsConnector, outgoing: Outgoing
) -> None:
    connector.reply(outgoing)
    other = server.write(ANN, "cold", server.post_id)
    parent = f"{server.post_id}/{other}"
    assert connector.find_reply(replace(outgoing, parent_remote_id=parent)) is None
    assert connector.find_post(replace(outgoing, parent_remote_id="", parent_uri="")) is None
