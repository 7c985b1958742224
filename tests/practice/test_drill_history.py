"""Four weeks of usual days: plausible, cheap, the same for the same seed."""

from collections import Counter

import pytest

from socialdesk.places import resource
from socialdesk.practice.content import Line
from socialdesk.practice.drill_history import HISTORY_DAYS, UNHAPPY_SHARE, history
from socialdesk.practice.drill_streams import DRILLS, load_drill

DAY_S = 86_400
TEN_O_CLOCK, WEDNESDAY = 36_000, 2


def made(name: str = "outage", weekday: int = WEDNESDAY) -> tuple[Line, ...]:
    drill = load_drill(resource("practice"), resource("drills"), name)
    return history(drill.content, drill.seed, day_s=TEN_O_CLOCK, weekday=weekday)


def hour_of(line: Line) -> int:
    return int((line.at_s + TEN_O_CLOCK) % DAY_S // 3600)


def day_of(line: Line) -> int:
    return int((line.at_s + TEN_O_CLOCK) // DAY_S)


@pytest.mark.parametrize("name", DRILLS)
def test_a_few_hundred_mentions_lie_in_the_four_weeks_before(name: str):
    lines = made(name)
    assert 400 <= len(lines) <= 900
    assert [line.at_s for line in lines] == sorted(line.at_s for line in lines)
    assert -(HISTORY_DAYS + 1) * DAY_S <= lines[0].at_s and lines[-1].at_s < 0


def test_the_same_seed_makes_the_same_weeks_and_another_makes_others():
    assert made("outage") == made("outage")
    assert made("outage") != made("recall")


def test_the_day_is_quiet_at_night_and_the_week_at_its_end():
    lines = [line for line in made() if day_of(line) < 0]
    by_hour = Counter(map(hour_of, lines))
    assert sum(by_hour[h] for h in range(1, 6)) < sum(by_hour[h] for h in range(11, 16)) / 2
    by_day = Counter((WEDNESDAY + day_of(line)) % 7 for line in lines)
    assert by_day[5] + by_day[6] < by_day[0] + by_day[1]


def test_about_a_quarter_is_unhappy_as_on_any_day():
    kinds = Counter(line.kind for line in made())
    assert abs(kinds["complaint"] / kinds.total() - UNHAPPY_SHARE) < 0.08


def test_no_words_go_from_mouth_to_mouth_on_one_day():
    by_day: dict[int, Counter[str]] = {}
    for line in made():
        words = " ".join(word for word in line.text.split() if "TR-" not in word)
        by_day.setdefault(day_of(line), Counter())[words] += 1
    assert max(max(words.values()) for words in by_day.values()) < 5
