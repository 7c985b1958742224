"""Videos that name the brand: what is searched, how often, and what it costs."""

from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest

from socialdesk.domain.account import Watch, WatchKind
from socialdesk.domain.errors import RateLimitedError
from socialdesk.domain.mentions.mention import Kind
from socialdesk.networks.testing import START
from socialdesk.networks.youtube import NETWORK
from tests.networks.fake_google import refused
from tests.networks.fake_youtube import ANN, BOB, OWN, FakeYouTube
from tests.networks.youtube_kit import LONG_AGO, connected, walk

TEA = Watch(WatchKind.KEYWORD, '"tea house" | teahaus')


@pytest.fixture
def server():
    server = FakeYouTube()
    server.videos.clear()
    return server


@pytest.fixture
def connector(server):
    return connected(server)


def searches(server):
    urls = [urlsplit(str(request.url)) for request in server.asked]
    return [parse_qs(url.query) for url in urls if url.path.endswith("/search")]


def test_a_video_is_found_with_its_whole_words_and_its_makers_reach(server, connector):
    video = server.upload(ANN, "Tea tour", "A long day, and at its end the Teahaus.")
    (found,), _ = walk(connector, watch=TEA)
    assert found.remote_id == f"{video}/"
    assert found.kind is Kind.POST
    assert found.body == "A long day, and at its end the Teahaus."
    assert found.author.n_followers == 1230000
    assert searches(server)[0]["q"] == ['"tea house" | teahaus']


def test_our_own_videos_are_ours(server, connector):
    server.upload(OWN, "At the Tea House", "Welcome")
    (found,), _ = walk(connector, watch=TEA)
    assert found.is_own


def test_every_page_of_finds_is_read(server, connector):
    videos = {
        server.upload(BOB, f"Teahaus {n}", "x", START - timedelta(hours=n)) for n in range(120)
    }
    found, _ = walk(connector, watch=TEA)
    assert {m.remote_id for m in found} == {f"{video}/" for video in videos}
    assert server.n_searches == 3


def test_a_video_that_is_found_late_is_not_missed(server, connector):
    server.upload(ANN, "Teahaus now", "x")
    _, cursor = walk(connector, watch=TEA)
    late = server.upload(BOB, "Teahaus before", "x", START - timedelta(hours=5))
    found, _ = walk(connector, cursor, watch=TEA)
    assert f"{late}/" in {m.remote_id for m in found}


def test_the_next_search_goes_back_no_further_than_it_must(server, connector):
    server.upload(ANN, "Teahaus", "x", START - timedelta(days=20))
    server.upload(ANN, "Teahaus", "x", START)
    _, cursor = walk(connector, watch=TEA)
    walk(connector, cursor, watch=TEA)
    assert searches(server)[-1]["publishedAfter"] == ["2026-11-21T03:00:00.000Z"]


def test_a_day_of_two_watches_stays_below_the_hundred_searches(server, connector):
    page = connector.fetch(TEA, None, since=LONG_AGO)
    assert 2 * 24 * 3600 / page.next_poll_s <= 100


def test_the_end_of_the_days_searches_is_waited_for_until_midnight_there(server, connector):
    server.faults.append(
        lambda request: (
            refused(429, "rateLimitExceeded", quota_limit="SearchPerDayPerProject")
            if "/search" in request.url
            else None
        )
    )
    with pytest.raises(RateLimitedError) as caught:
        connector.fetch(TEA, None, since=LONG_AGO)
    assert caught.value.retry_after_s == 23 * 3600
    walk(connector)  # comments have a quota of their own


def test_a_dead_page_token_begins_the_search_anew(server, connector):
    videos = {
        server.upload(BOB, f"Teahaus {n}", "x", START - timedelta(hours=n)) for n in range(60)
    }
    first = connector.fetch(TEA, None, since=LONG_AGO)
    server.dead_tokens = True
    page = connector.fetch(TEA, first.cursor, since=LONG_AGO)
    assert not page.more
    server.dead_tokens = False
    found, _ = walk(connector, page.cursor, watch=TEA)
    assert {m.remote_id for m in found} == {f"{video}/" for video in videos}


def test_brand_words_look_at_title_and_description(server, connector):
    server.upload(ANN, "Teahaus", "in Berlin")
    kept = server.upload(BOB, "Teahaus", "in Galway")
    watch = Watch(WatchKind.KEYWORD, "teahaus", brand_words="galway")
    assert [m.remote_id for m in walk(connector, watch=watch)[0]] == [f"{kept}/"]


def test_the_guide_tells_to_join_the_names():
    assert any(step.is_trap and "|" in step.text for step in NETWORK.info.guide)
