"""Whatever Meta answers, a fetch ends in a page, a bad answer or an error with a name."""

import json
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from socialdesk.domain.account import Watch, WatchKind
from socialdesk.domain.errors import BadAnswerError, ConnectorError
from socialdesk.domain.replies.reply import Outgoing
from socialdesk.networks.base import Connector
from socialdesk.networks.testing import START
from tests.networks.fake_instagram import FakeInstagram
from tests.networks.samples.facebook import SAMPLE as FACEBOOK
from tests.networks.samples.instagram import SAMPLE as INSTAGRAM
from tests.networks.samples.threads import SAMPLE as THREADS
from tests.networks.test_instagram_contract import through_facebook

MENTIONS = Watch(WatchKind.MENTIONS)
SINCE = START - timedelta(days=30)
NAMES = st.sampled_from(
    """data paging cursors after next id message created_time from name parent permalink_url
    comments attachment media image src text timestamp username caption comments_count replies
    parent_id hidden has_replies is_reply replied_to root_post status error code
    """.split()
)
SCALARS = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(max_size=8)
    | st.sampled_from(["1050001_77", "17895", "2026-11-20T10:56:52+0000", "https://x.example/1"])
)
JSON = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(NAMES, inner, max_size=6),
    max_leaves=30,
)
LISTS = st.fixed_dictionaries(
    {"data": st.lists(JSON, max_size=4)}, optional={"paging": JSON, "id": SCALARS}
)


def answering(key: str, body: Any) -> Connector:
    """A connector whose server gives one and the same answer to everything."""
    if key == "tags":
        linked = FakeInstagram("facebook")
        linked.always(200, body)
        return through_facebook(linked)
    sample = {"facebook": FACEBOOK, "instagram": INSTAGRAM, "threads": THREADS}[key]
    server = sample.new_server()
    server.always(200, body)
    return sample.connect(server)


every = pytest.mark.parametrize("key", ["facebook", "instagram", "tags", "threads"])


@every
@given(body=JSON | LISTS)
def test_any_list_is_a_page_whose_cursor_goes_on_or_a_bad_answer(key: str, body: Any) -> None:
    is_error = "error" in json.dumps(body)
    try:
        page = answering(key, body).fetch(MENTIONS, None, since=SINCE)
        assert len(page.mentions) <= 200
        assert answering(key, body).fetch(MENTIONS, page.cursor, since=SINCE).cursor
    except BadAnswerError:
        return
    except ConnectorError:
        assert is_error  # then the answer says so itself


@every
@given(body=JSON | LISTS)
def test_any_answer_to_other_questions_is_one_or_an_error_with_a_name(key: str, body: Any) -> None:
    connector = answering(key, body)
    outgoing = Outgoing("1050001_77", "u", "Thank you!", "k1", START)
    for ask in (
        lambda: connector.thread("1050001_77"),
        lambda: connector.recheck(["1050001_77", "77_1", "tag/5", "17/18"]),
        lambda: connector.find_reply(outgoing),
        connector.card,
    ):
        try:
            ask()
        except ConnectorError:
            continue


@every
@given(body=JSON | LISTS)
def test_a_send_that_is_answered_strangely_is_sent_refused_or_in_doubt(key: str, body: Any) -> None:
    """Never a bad answer: that one says nothing of what became of the words."""
    outgoing = Outgoing("1050001_77", "u", "Thank you!", "k1", START)
    try:
        assert answering(key, body).reply(outgoing).remote_id
    except ConnectorError as e:
        assert not isinstance(e, BadAnswerError)
