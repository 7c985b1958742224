"""What X's posts become, and how its lists are walked."""

import json
from datetime import timedelta
from pathlib import Path
from typing import Any, Final

import pytest

from socialdesk.domain.account import Watch, WatchKind
from socialdesk.domain.errors import RefusedError
from socialdesk.domain.ids import Cursor
from socialdesk.domain.mentions.mention import CanReply, Kind, Mention
from socialdesk.networks.x.query import search_query
from tests.networks.fake_x import ANN, HANDLES, OWN, START, FakeX, id_of, uri_of
from tests.networks.x_kit import LONG_AGO, MENTIONS, connected, read

FIXTURES: Final = Path(__file__).parents[1] / "fixtures/x"
KEYWORD: Final = Watch(WatchKind.KEYWORD, "acme bread")


def recorded(name: str) -> list[Mention]:
    body = json.loads((FIXTURES / name).read_text("utf-8"))["body"]
    server = FakeX()
    server.always(200, body)
    return list(connected(server).fetch(MENTIONS, None, since=LONG_AGO).mentions)


def test_both_spellings_say_the_same() -> None:
    """2.167 names in_reply_to_user_id too, but only when it is asked for by an expansion."""
    assert recorded("mentions_2_166.json") == recorded("mentions_2_167.json")


def test_a_post_with_links_and_a_picture() -> None:
    first = recorded("mentions_2_166.json")[0]
    assert first.body == (
        "@brandbakery is the Abai street shop open today? 1 < 2 & 3 "
        "https://maps.example/abai?day=6&open=1"
    )
    assert first.uri == "https://x.com/i/status/2065001000000000010"
    assert first.url == "https://x.com/ann_reads/status/2065001000000000010"
    assert (first.author.handle, first.author.n_followers) == ("ann_reads", 321)
    assert [(a.kind, a.alt) for a in first.attachments] == [
        ("image", "A closed door with a paper on it")
    ]
    assert (first.kind, first.can_reply, first.n_reposts) == (Kind.MENTION, CanReply.API, 2)


def test_a_long_post_is_whole_and_an_edit_keeps_its_name() -> None:
    long = recorded("mentions_2_166.json")[1]
    assert len(long.body) > 280 and long.body.endswith("Details: https://orders.example/7741")
    assert long.uri == uri_of("2065001000000000020")
    assert long.remote_id == "2065001000000000025"
    assert long.edited_at == long.published_at


def test_an_answer_to_somebody_else_hangs_in_its_thread() -> None:
    answer = recorded("mentions_2_166.json")[2]
    assert answer.parent_uri == uri_of("2065000000000000005")
    assert answer.root_uri == uri_of("2065000000000000000")
    assert answer.remote_id == "2065001000000000030/2065000000000000000"
    assert answer.lang == ""  # X's qme is no language
    assert answer.can_reply is CanReply.API  # it names us


def test_who_quotes_us_summons_us() -> None:
    quote = recorded("mentions_2_166.json")[3]
    assert (quote.kind, quote.can_reply) == (Kind.MENTION, CanReply.API)


@pytest.mark.parametrize(
    ("fields", "way"),
    [
        ({}, CanReply.BROWSER),
        ({"in_reply_to_user_id": OWN}, CanReply.API),
        ({"in_reply_to_user_id": ANN}, CanReply.BROWSER),
        ({"entities": {"mentions": [{"username": HANDLES[OWN].upper()}]}}, CanReply.API),
        ({"entities": {"mentions": [{"username": "other", "id": "9"}]}}, CanReply.BROWSER),
        ({"entities": {"mentions": None, "urls": None}}, CanReply.BROWSER),
    ],
)
def test_x_lets_us_answer_only_who_named_or_answered_us(
    fields: dict[str, Any], way: CanReply
) -> None:
    server = FakeX()
    server.hits.add(id_of(server.write(ANN, "good bread", **fields)))
    (found,), _ = read(connected(server), KEYWORD)
    assert found.can_reply is way
    assert found.reply_note == ("" if way is CanReply.API else "not_summoned")


def test_own_posts_and_reposts_are_told_apart() -> None:
    server = FakeX()
    original = id_of(server.add_mention("good bread"))
    server.write(OWN, "@ourselves hello", names_us=True)
    server.write(ANN, "RT: good bread", names_us=True,
                 referenced_tweets=[{"type": "retweeted", "id": original}])  # fmt: skip
    mentions, _ = read(connected(server))
    assert [m.is_own for m in mentions] == [False, True, False]
    assert mentions[2].repost_of == uri_of(original)


def test_mentions_go_back_to_since_page_by_page() -> None:
    server = FakeX()
    server.now = LONG_AGO - timedelta(days=1)
    server.add_mention("too long ago")
    server.now = START
    uris = [server.add_mention(f"number {n}") for n in range(47)]
    mentions, cursor = read(connected(server))
    assert {m.uri for m in mentions} == set(uris)
    assert sum("/mentions" in call for call in server.calls) == 3  # of 20: nobody knew how many
    server.calls.clear()
    again, _ = read(connected(server), MENTIONS, cursor)
    assert again == []
    assert len(server.calls) == 1


def test_a_walk_that_was_killed_goes_on_where_its_page_was_saved() -> None:
    server = FakeX()
    for n in range(30):
        server.add_mention(f"number {n}")
    first = connected(server).fetch(MENTIONS, None, since=LONG_AGO)
    assert first.more
    later = server.add_mention("meanwhile")
    rest, cursor = read(connected(server), MENTIONS, first.cursor)
    newer, _ = read(connected(server), MENTIONS, cursor)
    assert len({m.uri for m in (*first.mentions, *rest, *newer)}) == 31
    assert later in {m.uri for m in (*rest, *newer)}


def test_a_forgotten_token_begins_the_walk_again() -> None:
    server = FakeX()
    uri = server.add_mention("still here")
    stale = Cursor('{"top":"","newest":"1","at":"forgotten","n":3}')
    mentions, _ = read(connected(server), MENTIONS, stale)
    assert [m.uri for m in mentions] == [uri]


def test_a_search_shows_only_its_newest_hits_at_first() -> None:
    """A week of hits can cost a month's money."""
    server = FakeX()
    for n in range(50):
        server.hits.add(id_of(server.write(ANN, f"bread {n}")))
    mentions, cursor = read(connected(server), KEYWORD)
    assert len(mentions) == 20 and mentions[-1].body == "bread 49"
    server.hits |= {id_of(server.write(ANN, f"new {n}")) for n in range(120)}
    newer, _ = read(connected(server), KEYWORD, cursor)
    assert len(newer) == 120  # from then on all of them


def test_a_search_after_weeks_begins_anew() -> None:
    """X refuses a since_id of more than a week ago."""
    server = FakeX()
    server.hits.add(id_of(server.write(ANN, "old")))
    _, cursor = read(connected(server), KEYWORD)
    server.now += timedelta(days=20)
    server.hits.add(id_of(server.write(ANN, "new")))
    mentions, _ = read(connected(server), KEYWORD, cursor)
    assert "new" in {m.body for m in mentions}


@pytest.mark.parametrize(
    ("watch", "query"),
    [
        (KEYWORD, '"acme bread" -is:retweet -from:brandbakery'),
        (Watch(WatchKind.HASHTAG, "acme"), "#acme -is:retweet -from:brandbakery"),
        (
            Watch(WatchKind.KEYWORD, "acme", 'bread\nhoney cake\n+almaty\n-jobs\n-"HIRING"'),
            '"acme" -is:retweet -from:brandbakery -"jobs" -"HIRING" "almaty"'
            ' ("bread" OR "honey cake")',
        ),
        # X cannot look for beginnings of words: those are looked at here
        (Watch(WatchKind.KEYWORD, "acme", "brea*\ncake"),
         '"acme" -is:retweet -from:brandbakery'),
    ],
)  # fmt: skip
def test_what_a_search_asks_for(watch: Watch, query: str) -> None:
    assert search_query(watch, "brandbakery") == query


def test_a_query_never_grows_past_what_x_takes() -> None:
    words = "\n".join(f"word{n} and more of it" for n in range(60))
    query = search_query(Watch(WatchKind.KEYWORD, "acme" * 200, words), "brandbakery")
    assert len(query) <= 512 and "-is:retweet" in query


def test_brand_words_are_looked_at_here_too() -> None:
    server = FakeX()
    for text in ("bread of Almaty", "breadcrumbs"):
        server.hits.add(id_of(server.write(ANN, text)))
    mentions, _ = read(connected(server), Watch(WatchKind.KEYWORD, "bread", "almaty"))
    assert [m.body for m in mentions] == ["bread of Almaty"]


def test_a_feed_is_no_watch_here() -> None:
    with pytest.raises(RefusedError):
        connected(FakeX()).fetch(Watch(WatchKind.FEED, "https://x.example"), None, since=LONG_AGO)


def test_the_new_names_are_learned_once() -> None:
    server = FakeX()
    server.dialect = "post"
    server.add_mention("hello")
    connector = connected(server)
    read(connector)
    n = len(server.calls)
    read(connector)
    assert (n, len(server.calls) - n) == (2, 1)


def test_a_thread_costs_only_where_there_is_one() -> None:
    server = FakeX()
    root = server.write(ANN, "root")
    below = server.write(ANN, "@brandbakery well?", names_us=True, parent=id_of(root))
    server.write(OWN, "our answer", parent=id_of(below))
    alone = server.add_mention("alone")
    connector = connected(server)
    mentions, _ = read(connector)
    remote = {m.uri: m.remote_id for m in mentions}
    server.calls.clear()
    assert connector.thread(remote[alone]) == ()
    assert server.calls == []
    around = connector.thread(remote[below])
    assert [(m.body, m.is_own, m.kind) for m in around] == [
        ("root", False, Kind.CONTEXT), ("our answer", True, Kind.CONTEXT)
    ]  # fmt: skip


def test_deleted_protected_and_edited_posts_are_followed() -> None:
    server = FakeX()
    uris = [server.add_mention(text) for text in ("stays", "goes", "is protected", "is chnged")]
    connector = connected(server)
    mentions, _ = read(connector)
    remote = {m.uri: m.remote_id for m in mentions}
    server.remove(uris[1])
    server.remove(uris[2])
    server.gone[id_of(uris[2])] = "not-authorized-for-resource"
    server.edit(uris[3], "is changed")
    again = connector.recheck([remote[uri] for uri in uris])
    assert again.gone == (remote[uris[1]], remote[uris[2]])
    assert {m.uri: m.body for m in again.mentions} == {uris[0]: "stays", uris[3]: "is changed"}
    assert {m.author.handle for m in again.mentions} == {""}  # people are not paid for again


def test_what_x_says_nothing_of_is_not_gone() -> None:
    server = FakeX()
    server.always(200, {"data": []})
    assert connected(server).recheck(["1", "2"]).gone == ()
