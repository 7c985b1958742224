"""Until when: what is offered depends on the hour."""

from datetime import UTC, datetime

import pytest

from socialdesk.ui.inbox import questions
from socialdesk.ui.inbox.questions import snooze_choices


@pytest.fixture(autouse=True)
def in_utc(monkeypatch):
    monkeypatch.setattr(questions, "local_zone", lambda: UTC)


def at(hour, minute=0):
    return int(datetime(2026, 11, 21, hour, minute, tzinfo=UTC).timestamp() * 1000)


def values(now):
    return {choice.text: choice.value for choice in snooze_choices("", now)}


def test_this_evening_is_offered_while_it_lies_ahead():
    assert values(at(10))["This evening"] == at(18)
    assert values(at(17, 59))["This evening"] == at(18)


@pytest.mark.parametrize("now", [at(18), at(21, 30)])
def test_this_evening_is_not_offered_when_it_is_past(now):
    offered = values(now)
    assert "This evening" not in offered
    assert "Tomorrow morning" in offered


@pytest.mark.parametrize("now", [at(0), at(10), at(23, 59)])
def test_every_preset_lies_ahead(now):
    assert all(value > now for value in values(now).values())
