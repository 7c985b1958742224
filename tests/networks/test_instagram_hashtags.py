"""Hashtags: 30 different ones in 7 days, never one more; and what a review has to open."""

from datetime import timedelta

import pytest

from socialdesk.domain.account import Watch, WatchKind
from socialdesk.domain.errors import BadAnswerError, RateLimitedError, Refusal, RefusedError
from socialdesk.domain.ids import Cursor
from socialdesk.domain.mentions.mention import CanReply
from socialdesk.networks.base import Connector
from socialdesk.networks.testing import START, read_on
from tests.networks.fake_instagram import ANN, FakeInstagram
from tests.networks.test_instagram_contract import through_facebook

SINCE = START - timedelta(days=30)


@pytest.fixture
def server() -> FakeInstagram:
    return FakeInstagram("facebook")


@pytest.fixture
def connector(server: FakeInstagram) -> Connector:
    return through_facebook(server)


def bodies(connector: Connector, tag: str, cursor: Cursor | None = None) -> list[str]:
    mentions, _, _ = read_on(connector, Watch(WatchKind.HASHTAG, tag), cursor, SINCE)
    return [m.body for m in mentions]


def searches(server: FakeInstagram) -> int:
    return sum(path.endswith("ig_hashtag_search") for _, path in server.calls)


def test_what_a_hashtag_finds_has_no_author_and_no_answer(
    server: FakeInstagram, connector: Connector
) -> None:
    server.publish(ANN, "so good #bread")
    page = connector.fetch(Watch(WatchKind.HASHTAG, "#bread"), None, since=SINCE)
    (found,) = page.mentions
    assert found.author.name == "Instagram user"
    assert found.author.handle == ""
    assert (found.can_reply, found.reply_note) == (CanReply.BROWSER, "no_access")


def test_the_31st_hashtag_is_refused_before_it_is_asked_for(
    server: FakeInstagram, connector: Connector
) -> None:
    for n in range(30):
        assert bodies(connector, f"tag{n}") == []
    n_before = searches(server)
    with pytest.raises(RateLimitedError) as caught:
        bodies(connector, "tag30")
    assert caught.value.retry_after_s == 86_400
    assert searches(server) == n_before
    assert len(server.searched) == 30


def test_a_hashtag_already_counted_goes_on_when_all_30_are_used(
    server: FakeInstagram, connector: Connector
) -> None:
    for n in range(30):
        bodies(connector, f"tag{n}")
    server.publish(ANN, "new #tag7")
    assert bodies(connector, "Tag7".lower()) == ["new #tag7"]


def test_hashtags_that_another_program_searched_count_too(
    server: FakeInstagram, connector: Connector
) -> None:
    for n in range(30):
        server._hashtag(f"theirs{n}")
    with pytest.raises(RateLimitedError):
        bodies(connector, "ours")


def test_a_place_that_got_free_is_used(server: FakeInstagram, connector: Connector) -> None:
    for n in range(30):
        bodies(connector, f"tag{n}")
    server.searched.pop(0)
    server.publish(ANN, "new #tag30")
    assert bodies(connector, "tag30") == ["new #tag30"]


def test_a_known_hashtag_is_looked_up_no_second_time(
    server: FakeInstagram, connector: Connector
) -> None:
    bodies(connector, "bread")
    bodies(connector, "bread")
    assert searches(server) == 1


def test_many_pages_are_read_with_one_look_up(server: FakeInstagram, connector: Connector) -> None:
    for n in range(120):
        server.publish(ANN, f"#bread {n}")
    assert len(bodies(connector, "bread")) == 120
    counted = [path for _, path in server.calls if path.endswith("recently_searched_hashtags")]
    assert len(counted) == 1


def test_without_metas_review_it_says_so(server: FakeInstagram, connector: Connector) -> None:
    server.is_reviewed = False
    with pytest.raises(RefusedError) as caught:
        bodies(connector, "bread")
    assert caught.value.reason is Refusal.NOT_APPROVED


def test_a_hashtag_whose_id_cannot_be_one_is_a_bad_answer(
    server: FakeInstagram, connector: Connector
) -> None:
    for wrong in ("", "../me", "7", None, 1.5):
        server.hashtags["bread"] = wrong  # type: ignore[assignment]
        server.searched = []
        with pytest.raises(BadAnswerError):
            bodies(connector, "bread")
