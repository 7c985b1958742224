"""What Instagram brings: comments of both levels, photo tags; what it does not is said."""

from datetime import timedelta

import pytest

from socialdesk.domain.account import Can, Watch, WatchKind
from socialdesk.domain.errors import RefusedError
from socialdesk.domain.mentions.mention import CanReply, Kind, Mention
from socialdesk.networks.base import Connector
from socialdesk.networks.instagram.posts import read_comment, read_media
from socialdesk.networks.testing import START, read_on
from tests.networks.fake_instagram import ANN, BOB, OWN, FakeInstagram
from tests.networks.fake_meta import fixture
from tests.networks.samples.instagram import SAMPLE
from tests.networks.test_instagram_contract import through_facebook

MENTIONS = Watch(WatchKind.MENTIONS)
SINCE = START - timedelta(days=30)


@pytest.fixture
def server() -> FakeInstagram:
    return FakeInstagram()


@pytest.fixture
def connector(server: FakeInstagram) -> Connector:
    return SAMPLE.connect(server)


@pytest.fixture
def linked() -> FakeInstagram:
    """Signed in through Facebook."""
    return FakeInstagram("facebook")


def everything(connector: Connector) -> dict[str, Mention]:
    """By the words."""
    mentions, _, _ = read_on(connector, MENTIONS, None, SINCE)
    return {mention.body: mention for mention in mentions}


def test_comments_of_both_levels_hang_together(server: FakeInstagram, connector: Connector) -> None:
    first = server.comment(ANN, "late again")
    server.comment(BOB, "same here", first)
    server.comment(OWN, "@bob.bread sorry", first)
    found = everything(connector)
    late, same = found["late again"], found["same here"]
    assert (late.kind, late.can_reply, late.author.handle) == (Kind.COMMENT, CanReply.API, ANN)
    assert late.author.n_followers is None
    assert late.parent_uri == late.root_uri == same.root_uri
    assert same.parent_uri == late.uri
    assert found["@bob.bread sorry"].is_own


def test_a_reply_to_an_old_comment_is_found_though_nothing_moves(
    server: FakeInstagram, connector: Connector
) -> None:
    old = server.comment(ANN, "very old", when=START - timedelta(days=60))
    for n in range(70):
        server.comment(BOB, f"old {n}", when=START - timedelta(days=59))
    _, _, cursor = read_on(connector, MENTIONS, None, SINCE)
    server.now += timedelta(days=1)
    server.comment(BOB, "and now?", old)
    mentions, pages, _ = read_on(connector, MENTIONS, cursor, SINCE)
    assert [m.body for m in mentions] == ["and now?"]
    assert len(pages) < 10


def test_a_long_talk_under_one_comment_is_read_to_its_end(
    server: FakeInstagram, connector: Connector
) -> None:
    first = server.comment(ANN, "who knows?")
    _, _, cursor = read_on(connector, MENTIONS, None, SINCE)
    wanted = {f"n {n}" for n in range(130)}
    for text in wanted:
        server.comment(BOB, text, first)
    mentions, pages, _ = read_on(connector, MENTIONS, cursor, SINCE)
    assert wanted <= {m.body for m in mentions}
    roots = {m.root_uri for m in mentions}
    assert roots == {f"urn:instagram:{server.media_id}"}
    assert max(len(page.mentions) for page in pages) <= 200


def test_a_long_talk_from_before_the_sign_in_is_read_too(
    server: FakeInstagram, connector: Connector
) -> None:
    first = server.comment(ANN, "who knows?")
    for n in range(40):
        server.comment(BOB, f"n {n}", first)
    assert {f"n {n}" for n in range(40)} <= set(everything(connector))


def test_long_talks_under_many_comments_leave_nothing_out(
    server: FakeInstagram, connector: Connector, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("socialdesk.networks.meta.rounds.MAX_TODO", 6)
    monkeypatch.setattr("socialdesk.networks.instagram.posts.WITH_REPLIES", 1)
    for name in ("COMMENT_PAGE", "WITH_MEDIA"):
        monkeypatch.setattr(f"socialdesk.networks.instagram.connector.{name}", 2)
    wanted = set()
    for n in range(12):
        above = server.comment(ANN, f"comment {n}")
        for m in range(3):
            wanted.add(f"reply {n}/{m}")
            server.comment(BOB, f"reply {n}/{m}", above)
    assert wanted <= set(everything(connector))


def test_a_quiet_poll_asks_for_little(server: FakeInstagram, connector: Connector) -> None:
    for n in range(40):
        media = server.publish(OWN, f"bread {n}")
        for m in range(30):
            server.comment(ANN, f"{n}/{m}", media, START - timedelta(days=1))
    _, _, cursor = read_on(connector, MENTIONS, None, SINCE)
    server.calls.clear()
    server.now += timedelta(days=2)
    read_on(connector, MENTIONS, cursor, SINCE)
    assert len(server.calls) == 2


def test_every_comment_is_read_once_or_more_however_many(
    server: FakeInstagram, connector: Connector
) -> None:
    wanted = set()
    for n in range(30):
        media = server.publish(OWN, f"bread {n}")
        for m in range(120 if n == 3 else 12):
            wanted.add(f"{n}/{m}")
            server.comment(ANN, f"{n}/{m}", media)
    mentions, pages, _ = read_on(connector, MENTIONS, None, SINCE)
    assert wanted <= {m.body for m in mentions}
    assert max(len(page.mentions) for page in pages) <= 200


def test_photo_tags_are_found_through_facebook_and_answered_in_the_browser(
    linked: FakeInstagram,
) -> None:
    linked.tag("with @ovenandco")
    (tagged,) = everything(through_facebook(linked)).values()
    assert (tagged.kind, tagged.can_reply) == (Kind.MENTION, CanReply.BROWSER)
    assert (tagged.reply_note, tagged.author.handle) == ("tag_only", ANN)
    assert tagged.url.startswith("https://www.instagram.com/p/")


def test_an_old_picture_tagged_later_is_found(linked: FakeInstagram) -> None:
    connector = through_facebook(linked)
    _, _, cursor = read_on(connector, MENTIONS, None, SINCE)
    linked.tag("of last week", START - timedelta(days=7))
    mentions, _, _ = read_on(connector, MENTIONS, cursor, SINCE)
    assert [m.body for m in mentions] == ["of last week"]


def test_signed_in_on_instagram_tags_and_hashtags_are_not_asked_for(
    server: FakeInstagram, connector: Connector
) -> None:
    server.tag("nobody tells us")
    assert everything(connector) == {}
    assert not connector.card().can & (Can.HASHTAG | Can.PROFILE)
    for watch in (Watch(WatchKind.HASHTAG, "bread"), Watch(WatchKind.KEYWORD, "bread")):
        with pytest.raises(RefusedError):
            connector.fetch(watch, None, since=SINCE)


def test_a_hidden_comment_is_not_answered_from_here(
    server: FakeInstagram, connector: Connector
) -> None:
    server.comments[server.comment(ANN, "rude")]["hidden"] = True
    rude = everything(connector)["rude"]
    assert (rude.can_reply, rude.reply_note) == (CanReply.BROWSER, "no_access")


def test_commenters_without_a_name_are_each_somebody(
    server: FakeInstagram, connector: Connector
) -> None:
    for text in ("one", "two"):
        comment = server.comments[server.comment(ANN, text)]
        comment["username"] = comment["from"] = None
    one, two = everything(connector).values()
    assert one.author.name == two.author.name == "Instagram user"
    assert one.author.remote_id != two.author.remote_id


def test_a_name_that_only_from_tells_is_taken(server: FakeInstagram, connector: Connector) -> None:
    server.comments[server.comment(ANN, "hi")]["username"] = None
    assert everything(connector)["hi"].author.remote_id == ANN


def test_the_thread_is_the_picture_with_its_comments(
    server: FakeInstagram, connector: Connector
) -> None:
    first = server.comment(ANN, "late again")
    server.comment(OWN, "sorry", first)
    around = connector.thread(first)
    assert [m.body for m in around] == ["Fresh bread", "sorry"]
    assert [m.body for m in connector.thread(f"media/{server.media_id}")] == ["late again", "sorry"]
    assert connector.thread("tag/1") == connector.thread("17900000000009999") == ()


def test_edits_and_deletions_are_seen_at_the_next_look(linked: FakeInstagram) -> None:
    connector = through_facebook(linked)
    ids = [linked.comment(ANN, f"n {n}") for n in range(3)]
    tag = linked.tag("tagged")
    linked.remove(f"urn:instagram:{ids[1]}")
    again = connector.recheck([*ids, f"tag/{tag}", "tag/17900000000009999", "hashtag/1"])
    assert {m.body for m in again.mentions} == {"n 0", "n 2", "tagged"}
    assert set(again.gone) == {ids[1], "tag/17900000000009999"}


def test_a_professionals_followers_are_shown_through_facebook(linked: FakeInstagram) -> None:
    connector = through_facebook(linked)
    assert connector.profile(ANN).n_followers == 4321
    for nobody in (BOB, "hidden:17", "a){id}"):
        with pytest.raises(RefusedError):
            connector.profile(nobody)


def test_the_card_says_that_an_answer_names_its_author(connector: Connector) -> None:
    card = connector.card()
    assert card.names_author
    assert (card.own.remote_id, card.own.n_followers, card.length.limit) == (OWN, 987, 2_200)
    assert not card.can & (Can.EDIT | Can.POST)


def test_recorded_shapes_are_read() -> None:
    shapes = fixture("instagram", "shapes")
    comments = [read_comment(one, OWN, "17895") for one in shapes["comments"]["data"]]
    assert [c.author.handle for c in comments] == ["mia.crumb", "", "ovenandco"]
    tags = [read_media(one, OWN, "tag/", Kind.MENTION) for one in shapes["tags"]["data"]]
    assert [t.author.handle for t in tags] == ["mia.crumb", ""]
    assert tags[1].body == ""
