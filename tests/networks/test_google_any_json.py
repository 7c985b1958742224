"""Whatever Google's servers answer, the connectors end in a page or in an error with a name."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from socialdesk.domain.account import Watch, WatchKind
from socialdesk.domain.errors import BadAnswerError, ConnectorError
from tests.networks import google_business_kit, youtube_kit
from tests.networks.fake_google_business import FakeGoogleBusiness
from tests.networks.fake_youtube import FakeYouTube
from tests.networks.youtube_kit import LONG_AGO

NAMES = st.sampled_from(
    """items id snippet topLevelComment replies comments videoId textDisplay textOriginal imageUrl
    authorDisplayName authorChannelId value publishedAt updatedAt totalReplyCount nextPageToken
    statistics subscriberCount channelId title description channelTitle reviews reviewId starRating
    comment createTime updateTime reviewer displayName reviewReply reviewReplyState isPublic
    """.split()
)
SCALARS = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(max_size=8)
    | st.sampled_from(["2026-11-21T09:00:00Z", "FIVE", "UCann", "REJECTED", "accounts/1"])
)
JSON = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(NAMES, inner, max_size=8),
    max_leaves=40,
)
LISTS = st.fixed_dictionaries(
    {"items": st.lists(JSON, max_size=4), "reviews": st.lists(JSON, max_size=4)},
    optional={"nextPageToken": SCALARS},
)
WATCHES = [Watch(WatchKind.MENTIONS), Watch(WatchKind.KEYWORD, "tea")]


def youtube(body):
    server = FakeYouTube()
    server.always(200, body)
    return youtube_kit.connected(server)


def business(body):
    server = FakeGoogleBusiness()
    server.always(200, body)
    return google_business_kit.connected(server)


@pytest.mark.parametrize("watch", WATCHES, ids=["own", "search"])
@given(body=JSON | LISTS)
def test_a_youtube_list_of_anything_is_a_page_or_a_bad_answer(watch, body):
    try:
        page = youtube(body).fetch(watch, None, since=LONG_AGO)
    except BadAnswerError:
        return
    assert page.cursor
    try:
        youtube(body).fetch(watch, page.cursor, since=LONG_AGO)
    except BadAnswerError:
        return


@given(body=JSON | LISTS)
def test_a_list_of_anything_for_reviews_is_a_page_or_a_bad_answer(body):
    try:
        page = business(body).fetch(WATCHES[0], None, since=LONG_AGO)
    except BadAnswerError:
        return
    assert business(body).fetch(WATCHES[0], page.cursor, since=LONG_AGO).cursor


@pytest.mark.parametrize("connect", [youtube, business])
@settings(max_examples=settings().max_examples // 3)  # eight calls each
@given(body=JSON | LISTS)
def test_every_other_call_ends_with_an_answer_or_an_error_with_a_name(connect, body):
    connector = connect(body)
    outgoing = youtube_kit.a_reply("UgAny")
    for call in (
        lambda: connector.thread("v/UgAny"),
        lambda: connector.recheck(["v/UgAny", "v/"]),
        lambda: connector.profile("UCann"),
        lambda: connector.reply(outgoing),
        lambda: connector.find_reply(outgoing),
        lambda: connector.edit("v/UgAny", "other words"),
        lambda: connector.is_public("v/UgAny"),
        lambda: connector.card(),
    ):
        try:
            call()
        except ConnectorError:
            continue
