"""Which target a mention has."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from socialdesk.domain.targets import Targets, TargetsError, TargetsFault, parse_targets

SOME = Targets((("feeds", 1440), ("mastodon", 30), ("shops", 0)), ((3, 15), (4, 45)))


@pytest.mark.parametrize(("network", "labels", "minutes"), [
    ("bluesky", (), 60),  # nothing fits: the workspace's own
    ("feeds", (), 1440),
    ("feeds", (4,), 45),
    ("mastodon", (3, 4), 15),
    ("bluesky", (4, 9), 45),
    ("shops", (), 0),
    ("shops", (3,), 15),  # none for the network, one for the label
])  # fmt: skip
def test_the_smallest_target_that_fits_counts(network, labels, minutes):
    assert SOME.minutes(network, labels, 60) == minutes


def test_what_was_kept_is_read_again():
    assert parse_targets(SOME.packed()) == SOME
    assert parse_targets(Targets().packed()) == Targets()


@pytest.mark.parametrize(("data", "fault", "word"), [
    ({"networks": {"feeds": 4}}, TargetsFault.MINUTES, "feeds"),
    ({"labels": {"3": 10_081}}, TargetsFault.MINUTES, "3"),
    ({"labels": {"3": True}}, TargetsFault.MINUTES, "3"),
    ({"labels": {"three": 30}}, TargetsFault.UNREADABLE, ""),
    ({"labels": [30]}, TargetsFault.UNREADABLE, ""),
    ({"other": {}}, TargetsFault.UNREADABLE, ""),
    ([], TargetsFault.UNREADABLE, ""),
])  # fmt: skip
def test_wrong_targets_are_refused_by_name(data, fault, word):
    with pytest.raises(TargetsError) as found:
        parse_targets(json.dumps(data))
    assert (found.value.fault, found.value.word) == (fault, word)


@given(st.one_of(st.text(), st.recursive(
    st.none() | st.integers() | st.text(), lambda x: st.lists(x) | st.dictionaries(st.text(), x)
).map(json.dumps)))  # fmt: skip
def test_no_text_at_all_raises_anything_else(text):
    try:
        parse_targets(text)
    except TargetsError:
        return
    assert text in ("", "{}") or json.loads(text).keys() <= {"networks", "labels"}
