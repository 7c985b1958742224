"""What Threads brings: replies of all levels, mentions and searches where the app is approved."""

from datetime import timedelta

import pytest

from socialdesk.domain.account import Can, Watch, WatchKind
from socialdesk.domain.errors import Refusal, RefusedError
from socialdesk.domain.length.length import Unit
from socialdesk.domain.mentions.mention import Kind, Mention
from socialdesk.networks.base import Connector
from socialdesk.networks.testing import START, read_on
from socialdesk.networks.threads.posts import read_reply
from tests.networks.fake_meta import fixture, problem
from tests.networks.fake_threads import ANN, BOB, OWN, FakeThreads, only
from tests.networks.samples.threads import SAMPLE

MENTIONS = Watch(WatchKind.MENTIONS)
SINCE = START - timedelta(days=30)


@pytest.fixture
def server() -> FakeThreads:
    return FakeThreads()


@pytest.fixture
def connector(server: FakeThreads) -> Connector:
    return SAMPLE.connect(server)


def everything(connector: Connector, watch: Watch = MENTIONS) -> dict[str, Mention]:
    """By the words."""
    mentions, _, _ = read_on(connector, watch, None, SINCE)
    return {mention.body: mention for mention in mentions}


def test_replies_of_all_levels_hang_together(server: FakeThreads, connector: Connector) -> None:
    first = server.write(ANN, "late again", server.post_id)
    server.write(BOB, "same here", first)
    server.write(OWN, "sorry", first)
    found = everything(connector)
    late, same = found["late again"], found["same here"]
    assert (late.kind, late.author.handle, late.author.n_followers) == (Kind.REPLY, ANN, None)
    assert late.parent_uri == late.root_uri == same.root_uri
    assert same.parent_uri == late.uri
    assert late.remote_id == f"{server.post_id}/{first}"
    assert found["sorry"].is_own and not late.is_own


def test_a_mention_elsewhere_is_found_beside_the_replies(
    server: FakeThreads, connector: Connector
) -> None:
    server.name("bread of @ovenandco")
    server.write(ANN, "late again", server.post_id)
    found = everything(connector)
    assert found["bread of @ovenandco"].kind is Kind.MENTION
    assert set(found) == {"bread of @ovenandco", "late again"}


def test_without_the_permission_for_mentions_replies_still_come(
    server: FakeThreads, connector: Connector
) -> None:
    server.denied = {"mentions"}
    server.name("nobody tells us")
    server.write(ANN, "late again", server.post_id)
    assert set(everything(connector)) == {"late again"}


def test_without_the_permission_for_own_posts_the_watch_says_so(
    server: FakeThreads, connector: Connector
) -> None:
    server.denied = {"threads"}
    with pytest.raises(RefusedError) as caught:
        connector.fetch(MENTIONS, None, since=SINCE)
    assert caught.value.reason is Refusal.PERMISSION


@pytest.mark.parametrize("kind", [WatchKind.KEYWORD, WatchKind.HASHTAG])
def test_a_search_that_is_not_approved_says_so(
    server: FakeThreads, connector: Connector, kind: WatchKind
) -> None:
    server.denied = {"keyword_search"}
    with pytest.raises(RefusedError) as caught:
        connector.fetch(Watch(kind, "bread"), None, since=SINCE)
    assert caught.value.reason is Refusal.NOT_APPROVED


def test_a_search_finds_words_and_tags_and_leaves_out_our_own(
    server: FakeThreads, connector: Connector
) -> None:
    server.write(ANN, "good bread")
    server.write(BOB, "good #bread")
    server.write(OWN, "our #bread")
    server.write(ANN, "bread of last year", when=START - timedelta(days=365))
    assert set(everything(connector, Watch(WatchKind.KEYWORD, "bread"))) == {
        "good bread", "good #bread",
    }  # fmt: skip
    assert set(everything(connector, Watch(WatchKind.HASHTAG, "#bread"))) == {"good #bread"}


def test_a_search_through_many_pages_loses_nothing(
    server: FakeThreads, connector: Connector
) -> None:
    for n in range(250):
        server.write(ANN, f"bread {n}", when=START - timedelta(minutes=n))
    assert len(everything(connector, Watch(WatchKind.KEYWORD, "bread"))) == 250


def test_many_posts_with_many_replies_are_all_read(
    server: FakeThreads, connector: Connector
) -> None:
    wanted = set()
    for n in range(30):
        post = server.write(OWN, f"post {n}")
        for m in range(150 if n == 7 else 9):
            wanted.add(f"{n}/{m}")
            server.write(ANN, f"{n}/{m}", post)
    mentions, pages, _ = read_on(connector, MENTIONS, None, SINCE)
    assert wanted <= {m.body for m in mentions}
    assert max(len(page.mentions) for page in pages) <= 200


def test_posts_without_replies_are_not_opened(server: FakeThreads, connector: Connector) -> None:
    for n in range(20):
        server.write(OWN, f"post {n}")
    everything(connector)
    assert not [path for _, path in server.calls if path.endswith("/conversation")]


def test_a_late_reply_is_found(server: FakeThreads, connector: Connector) -> None:
    _, _, cursor = read_on(connector, MENTIONS, None, SINCE)
    server.now += timedelta(days=3)
    server.write(ANN, "still open?", server.post_id)
    mentions, _, _ = read_on(connector, MENTIONS, cursor, SINCE)
    assert [m.body for m in mentions] == ["still open?"]


def test_a_post_deleted_meanwhile_stops_nothing(server: FakeThreads, connector: Connector) -> None:
    server.write(ANN, "under it", server.post_id)
    gone = problem(24, 4279009, "The requested resource does not exist")
    server.name("elsewhere")
    server.faults = [only(gone, lambda method, path: path.endswith("conversation"))] * 9
    assert set(everything(connector)) == {"elsewhere"}


def test_the_thread_is_the_post_with_its_replies(server: FakeThreads, connector: Connector) -> None:
    first = server.write(ANN, "late again", server.post_id)
    server.write(OWN, "sorry", first)
    around = connector.thread(f"{server.post_id}/{first}")
    assert [m.body for m in around] == ["Fresh bread", "sorry"]
    assert connector.thread("17900000000009999") == ()


def test_replies_that_were_deleted_are_told_by_their_whole_conversation(
    server: FakeThreads, connector: Connector
) -> None:
    ids = [server.write(ANN, f"n {n}", server.post_id) for n in range(3)]
    remote = [f"{server.post_id}/{one}" for one in ids]
    server.posts[ids[0]]["text"] = "n 0, edited"
    server.remove(f"urn:threads:{ids[1]}")
    again = connector.recheck(remote)
    assert {m.body for m in again.mentions} == {"n 0, edited", "n 2"}
    assert again.gone == (remote[1],)


def test_a_conversation_too_long_to_read_whole_makes_nothing_gone(
    server: FakeThreads, connector: Connector
) -> None:
    old = server.write(ANN, "old", server.post_id, START - timedelta(days=1))
    for n in range(400):
        server.write(BOB, f"n {n}", server.post_id)
    assert connector.recheck([f"{server.post_id}/{old}"]).gone == ()


def test_a_mention_that_may_only_be_hidden_from_us_is_not_gone(
    server: FakeThreads, connector: Connector
) -> None:
    mention = server.name("hello")
    for refusal in (problem(100, 33, "does not exist"), problem(10, 0, "no permission")):
        server.faults = [only(refusal, lambda method, path: True)]
        again = connector.recheck([mention])
        assert (again.mentions, again.gone) == ((), ())
    server.remove(f"urn:threads:{mention}")
    assert connector.recheck([mention]).gone == (mention,)


def test_the_card_counts_emoji_as_bytes(connector: Connector) -> None:
    card = connector.card()
    assert (card.length.limit, card.length.unit) == (500, Unit.THREADS)
    assert (card.own.remote_id, card.own.handle) == (OWN, OWN)
    assert not card.can & (Can.EDIT | Can.PROFILE)
    assert SAMPLE.network.info.unverified


def test_documented_shapes_are_read() -> None:
    shapes = fixture("threads", "shapes")
    replies = [read_reply(one, OWN, "17801", Kind.REPLY) for one in shapes["conversation"]["data"]]
    assert [r.author.handle for r in replies] == ["mia.crumb", "ovenandco"]
    assert [r.is_own for r in replies] == [False, True]
    assert replies[0].attachments[0].alt == "a burnt loaf"
    assert replies[1].parent_uri == replies[0].uri
