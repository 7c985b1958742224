"""Figures for pictures: invented, with every shape filled."""

from array import array

import pytest

from socialdesk.domain.figures import Figure, Figures, Quote, Ref
from socialdesk.engine.queries import reports as q
from tests.ui.fake_desk import NOW

HOUR = 3_600_000
SPAN = (NOW - 23 * HOUR, NOW + HOUR)
EVIL = "<img src='/etc/passwd'><b>bold</b>\u202egnp"


def figure(question, n, before=None, value="", label=""):
    return Figure(question, n, before, value, label, Ref(question, value, (SPAN,), NOW))


def some_figures(**changes):
    """A day of a shop: the small hours were not watched."""
    parts = tuple(
        Figure("part", 0 if 2 <= n < 5 else n, 4.0, f"2026-11-21T{n:02}:00+00:00",
               ref=Ref("part", spans=((SPAN[0] + n * HOUR, SPAN[0] + (n + 1) * HOUR),), now=NOW))
        for n in range(24)
    )  # fmt: skip
    numbers = (
        figure("open", 7), figure("overdue", 2), figure("received", 60, 40),
        figure("in_target", 42, 30), figure("measured", 45, 40), figure("timed", 44, 39),
        figure("first_reply_median", 34 * 60_000.0), *parts,
        *(figure("sentiment", n, None, v) for v, n in zip("23410", (5, 9, 6, 3, 37), strict=True)),
        figure("network", 40, None, "mastodon"), figure("network", 20, None, "feeds"),
        figure("author", 2, 51_000, "8", EVIL),
    )  # fmt: skip
    quote = Quote(
        "late delivery", 7, 0, 5, EVIL, Ref("phrase", 'body : "late delivery"', (SPAN,), NOW)
    )
    values = {
        "spec": "", "zone": "UTC", "now": NOW, "span": SPAN,
        "span_before": (SPAN[0] - 24 * HOUR, SPAN[0]), "target_min": 60, "numbers": numbers,
        "gaps": ((SPAN[0] + 2 * HOUR, SPAN[0] + 5 * HOUR),), "quotes": (quote,),
    }  # fmt: skip
    return Figures(**{**values, **changes})


@pytest.fixture
def figures():
    return some_figures()


@pytest.fixture
def board_desk(desk, figures):
    """A desk that tells of that day, and lists three mentions for any number."""
    desk.answers[q.ReadBoard] = figures
    desk.answers[q.ListFigure] = lambda query: array("q", [3, 2, 1])
    return desk
