"""Whatever a forum's server answers, the connector ends in a page or in an error with a name."""

from collections.abc import Callable
from datetime import timedelta
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from socialdesk.domain.account import Watch, WatchKind
from socialdesk.domain.errors import BadAnswerError, ConnectorError
from socialdesk.domain.replies.reply import Outgoing
from socialdesk.networks.base import Connector, SeesOwn
from socialdesk.networks.scripted import START
from socialdesk.networks.testing import read_on
from tests.networks.samples import discourse, hackernews, lemmy, reddit, stackexchange
from tests.networks.samples.sample import Sample

NAMES = st.sampled_from(
    """notifications posts topics data id post_number topic_id created_at notification_type
    post_stream stream cooked username grouped_search_result hits objectID author created_at_i
    comment_text children mentions replies comment post creator community items notification
    ap_id name published kind after body parent_id link_id created_utc context title item_type
    question_id answer_id owner creation_date error_id backoff quota_remaining has_more json things
    errors comments comment_view path content version""".split()
)
SCALARS = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(max_size=8)
    | st.sampled_from(["t1_abc", "t3_abc", "comment", "2026-11-21T09:00:00Z", "t1", "question"])
)
JSON = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(NAMES, inner, max_size=6),
    max_leaves=30,
)
LISTS = st.lists(JSON, max_size=4)
PAGES = st.fixed_dictionaries(
    {name: LISTS for name in ("notifications", "posts", "hits", "mentions", "items")},
    optional={"data": st.fixed_dictionaries({"children": LISTS}, optional={"after": SCALARS})},
)
WATCHES = (Watch(WatchKind.MENTIONS), Watch(WatchKind.KEYWORD, "teahouse"))
SAMPLES = (discourse.SAMPLE, hackernews.SAMPLE, lemmy.SAMPLE, stackexchange.SAMPLE, reddit.SAMPLE)
REMOTE_IDS = {"discourse": "12/34", "hackernews": "34", "lemmy": "comment/12/34",
              "stackexchange": "answer/12/34", "reddit": "t1_abc"}  # fmt: skip

every_forum = pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample.key)


def answering(sample: Sample, body: Any) -> Connector:
    """A connector whose server gives one and the same answer to everything."""
    server = sample.new_server()
    server.always(200, body)
    return sample.connect(server)


@every_forum
@pytest.mark.parametrize("watch", WATCHES, ids=["own", "search"])
@settings(max_examples=15)
@given(body=JSON | PAGES)
def test_a_list_of_anything_is_a_page_or_an_error_with_a_name(sample, watch, body):
    since = START - timedelta(days=7)
    try:
        page = answering(sample, body).fetch(watch, None, since=since)
    except ConnectorError:
        return
    assert page.cursor
    try:
        assert answering(sample, body).fetch(watch, page.cursor, since=since).cursor
    except ConnectorError:
        return


@every_forum
@settings(max_examples=10)
@given(body=JSON | PAGES)
def test_every_other_call_ends_in_an_answer_or_in_an_error_with_a_name(sample, body):
    remote_id = REMOTE_IDS[sample.key]
    outgoing = Outgoing(remote_id, "u:1", "Thank you for telling us.", "k", START)
    _all_end_well(answering(sample, body), remote_id, outgoing)


@every_forum
def test_true_answers_with_faults_in_them_end_well_too(sample):
    for seed in range(25):
        server = sample.new_server()
        server.add_mention("are you open?")
        connector = sample.connect(server)
        (met, *_), _, _ = read_on(connector, sample.watch, None, START - timedelta(days=7))
        outgoing = Outgoing(met.remote_id, met.uri, "Thank you for telling us.", "k", server.now)
        try:
            connector.reply(outgoing)
        except ConnectorError:
            pass  # some take none
        server.mutate(Random(seed))
        _all_end_well(connector, met.remote_id, outgoing, met.author.remote_id)


def _all_end_well(
    connector: Connector,
    remote_id: str,
    outgoing: Outgoing,
    author: str = "https://pond.example/users/1",
) -> None:
    calls: list[Callable[[], object]] = [
        connector.card,
        lambda: connector.thread(remote_id),
        lambda: connector.recheck([remote_id]),
        lambda: connector.profile(author),
        lambda: connector.find_reply(outgoing),
        lambda: connector.reply(outgoing),
        lambda: connector.edit(remote_id, "other words, and enough of them"),
        lambda: connector.delete(remote_id),
    ]
    if isinstance(connector, SeesOwn):
        calls.append(lambda: connector.is_public(remote_id))
    for call in calls:
        try:
            call()
        except ConnectorError as e:
            assert str(e) or isinstance(e, BadAnswerError)
