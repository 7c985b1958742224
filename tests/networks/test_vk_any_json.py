"""Whatever VK answers, it ends in a page or in an error with a name."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from socialdesk.domain.account import Watch, WatchKind
from socialdesk.domain.errors import BadAnswerError, ConnectorError, UnreachableError
from socialdesk.networks.testing import START, Scripted
from socialdesk.networks.vk.bookmark import Bookmark
from socialdesk.networks.vk.events import HEARD
from tests.networks.fake_vk import FIRST_TS, FakeVk
from tests.networks.vk_kit import LONG_AGO, MENTIONS, connected

NAMES = st.sampled_from(
    """response items profiles groups count id from_id owner_id post_id date text thread comments
    parents_stack attachments type photo sizes url width copy_history reposts post_type deleted
    is_pinned reply_to_comment reply_to_user peer_id conversation_message_id message object
    event_id group_id updates ts failed server key next_from current_level_count action out edited
    update_time photo_owner_id photo_id topic_id topic_owner_id item_id market_owner_id video_id
    """.split()
)
SCALARS = (
    st.none()
    | st.booleans()
    | st.integers(-10, 10)
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(max_size=6)
    | st.sampled_from([1795252200, -7007, 7007, 501, "reply", "photo", "[id1|A]"])
)
JSON = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(NAMES, inner, max_size=7),
    max_leaves=30,
)
LISTS = st.fixed_dictionaries({"items": st.lists(JSON, max_size=4)}, optional={"profiles": JSON})
EVENTS = st.lists(
    st.fixed_dictionaries(
        {"type": st.sampled_from(HEARD) | SCALARS, "object": JSON}, optional={"group_id": SCALARS}
    )
    | JSON,
    max_size=4,
)


def answering(body):
    server = FakeVk()
    server.always(200, body)
    return connected(server)


@pytest.mark.parametrize("watch", [MENTIONS, Watch(WatchKind.KEYWORD, "x")], ids=["own", "search"])
@given(body=JSON | st.fixed_dictionaries({"response": JSON | LISTS}))
def test_a_list_of_anything_is_a_page_or_a_bad_answer(watch, body):
    try:
        page = answering(body).fetch(watch, None, since=LONG_AGO)
    except BadAnswerError:
        return
    assert page.cursor


class Odd(FakeVk):
    """Its long poll says anything."""

    def __init__(self, told):
        super().__init__()
        self.told, self.is_schema_kept = told, False

    def handle(self, request):
        if "lp.vk.example" in str(request.url):
            return Scripted(200, self.told)
        return super().handle(request)


@given(told=JSON | st.fixed_dictionaries({"updates": EVENTS, "ts": st.just("1004") | SCALARS}))
def test_events_of_anything_are_a_page_or_an_error_with_a_name(told):
    cursor = Bookmark(ts=str(FIRST_TS), seen=int(START.timestamp())).saved()
    try:
        page = connected(Odd(told)).fetch(MENTIONS, cursor, since=LONG_AGO)
    except (BadAnswerError, UnreachableError):
        return
    assert page.cursor


@given(body=JSON | st.fixed_dictionaries({"response": JSON | LISTS}))
def test_looking_at_anything_gives_mentions_or_an_error_with_a_name(body):
    connector = answering(body)
    for look in (
        lambda: connector.thread("wall:-7007:15:20"),
        lambda: connector.thread("im:-7007:501:5"),
        lambda: connector.recheck(["wall:-7007:15", "wall:-7007:15:20", "im:-7007:501:5"]),
        lambda: connector.profile("501"),
        connector.card,
    ):
        try:
            look()
        except ConnectorError:
            continue
