"""The rule that made an alert ring, with its own numbers."""

from socialdesk.domain.crisis.alert import Alert, AlertKind, Level
from socialdesk.engine.words.alerts import rule


def test_the_rule_of_copies_says_how_many_authors_were_chosen():
    alert = Alert(1, 0, AlertKind.COPY, Level.ALERT, facts={"n": 8, "n_authors": 7, "fewest": 3})
    assert rule(alert) == "Rings when at least 3 authors post nearly the same text within a day."


def test_an_alert_of_an_older_program_rang_at_five():
    assert "at least 5 authors" in rule(Alert(1, 0, AlertKind.COPY, Level.ALERT))
