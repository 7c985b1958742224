"""The countdown in words, in open time."""

from datetime import datetime, timedelta

import pytest

from socialdesk.domain.times.hours_text import HoursText
from socialdesk.engine.words.dues import Countdown, countdown_of, length
from tests.fakes import NOON

MIN, HOUR, DAY = 60_000, 3_600_000, 86_400_000
EVENINGS = countdown_of(HoursText("UTC", ("14-18",) * 7).packed(), "", "30")  # NOON is 12:00 UTC


@pytest.mark.parametrize(("ms", "text"), [
    (0, "1 min"), (59 * MIN, "59 min"), (HOUR, "1 h"), (65 * MIN, "1 h 5 min"),
    (13 * HOUR + 5 * MIN, "13 h"), (2 * DAY, "2 d"),
])  # fmt: skip
def test_a_length_keeps_its_minutes_while_they_matter(ms, text):
    assert length(ms) == text


@pytest.mark.parametrize(("left", "words", "tone"), [
    (-12 * MIN, "Overdue 12 min", "danger"), (0, "Overdue 1 min", "danger"),
    (15 * MIN, "Due in 15 min", "warn"), (16 * MIN, "Due in 16 min", "ok"),
])  # fmt: skip
def test_always_open_counts_plainly(left, words, tone):
    assert Countdown().words(NOON + left, NOON) == (words, tone)


def test_closed_it_says_when_it_opens():
    opens = datetime.fromtimestamp((NOON + 2 * HOUR) / 1000).strftime("%H:%M")
    assert EVENINGS.words(NOON + 3 * HOUR, NOON) == (f"Opens {opens}", "ok")
    assert EVENINGS.words(NOON + 2 * HOUR + 30 * MIN, NOON)[1] == "warn"
    late = NOON + 7 * HOUR
    tomorrow = datetime.fromtimestamp(late / 1000) + timedelta(days=1)
    words, _ = EVENINGS.words(late + DAY - 4 * HOUR, late)
    assert words.startswith("Opens ") and words[6:9] in (tomorrow.strftime("%a"), opens[:3])


def test_open_it_counts_only_what_is_open():
    three = NOON + 3 * HOUR
    assert EVENINGS.words(three + 24 * HOUR, three) == ("Due in 4 h", "ok")
    assert EVENINGS.words(three - 24 * HOUR, three) == ("Overdue 4 h", "danger")
    assert EVENINGS.words(NOON - 18 * HOUR, NOON) == ("Overdue", "danger")  # closed ever since


def test_settings_that_cannot_be_read_count_plainly():
    assert countdown_of("{", "", "soon") == Countdown()
