"""Whatever a server answers, Bluesky and feeds end in a page or in an error with a name."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from socialdesk.domain.account import Watch, WatchKind
from socialdesk.domain.errors import BadAnswerError, ConnectorError
from socialdesk.networks.feeds import NETWORK
from socialdesk.networks.testing import Scripted, session_with
from tests.networks.bluesky_kit import LONG_AGO, MENTIONS, connected
from tests.networks.fake_feed import SINCE, URL, WATCH, Site
from tests.networks.fake_pds import ANN, FakePds

NAMES = st.sampled_from(
    """notifications posts cursor uri cid author record reason indexedAt did handle text facets
    index features labels viewer embed createdAt reply parent root langs thread replies post
    """.split()
)
SCALARS = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(max_size=8)
    | st.sampled_from(["mention", "reply", ANN, f"at://{ANN}/app.bsky.feed.post/1", "2026-11-21"])
)
JSON = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(NAMES, inner, max_size=6),
    max_leaves=30,
)
LISTS = st.fixed_dictionaries(
    {"notifications": st.lists(JSON, max_size=4), "posts": st.lists(JSON, max_size=4)},
    optional={"cursor": SCALARS},
)


def answering(body):
    """A connector whose server gives one and the same answer to everything."""
    pds = FakePds()
    pds.always(200, body)
    return connected(pds)


@pytest.mark.promise(20)
@pytest.mark.parametrize("watch", [MENTIONS, Watch(WatchKind.KEYWORD, "x")], ids=["own", "search"])
@given(body=JSON | LISTS)
def test_a_bluesky_list_of_anything_is_a_page_or_a_bad_answer(watch, body):
    try:
        page = answering(body).fetch(watch, None, since=LONG_AGO)
    except BadAnswerError:
        return
    assert answering(body).fetch(watch, page.cursor, since=LONG_AGO).cursor


@pytest.mark.promise(20)
@given(body=JSON | st.fixed_dictionaries({"thread": JSON}))
def test_a_bluesky_thread_of_anything_is_posts_or_a_bad_answer(body):
    try:
        assert isinstance(answering(body).thread(f"at://{ANN}/app.bsky.feed.post/1"), tuple)
    except BadAnswerError:
        return


TAGS = "rss channel item entry feed title link guid description pubDate author content b".split()
PIECES = st.lists(
    st.sampled_from([f"<{tag}>" for tag in TAGS] + [f"</{tag}>" for tag in TAGS])
    | st.sampled_from(["<![CDATA[", "]]>", "<!--", "-->", "&amp;", "&nbsp;", "&lt;", "&", "<", ">",
                       "<?xml version='1.0' encoding='utf-7'?>", "<!DOCTYPE rss>", "\x00", "\ufeff",
                       "<rss version='2.0'>", "<feed xmlns='http://www.w3.org/2005/Atom'>"])
    | st.text(max_size=6),
    max_size=40,
)  # fmt: skip


@pytest.mark.promise(20)
@given(body=st.binary(max_size=200) | PIECES.map(lambda pieces: "".join(pieces).encode()))
def test_a_feed_of_anything_is_a_page_or_an_error_with_a_name(body):
    site = Site({URL: Scripted(200, body, {"Content-Type": "text/xml"})})
    connector = NETWORK.connect(session_with(site), {"url": URL}, None, lambda secret: None)
    try:
        page = connector.fetch(WATCH, None, since=SINCE)
    except ConnectorError:
        return
    assert page.cursor
