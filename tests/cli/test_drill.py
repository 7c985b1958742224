"""`socialdesk drill`."""

import subprocess
from typing import Any

import pytest

from socialdesk.app import SystemClock
from socialdesk.cli import drill
from socialdesk.cli.exit_codes import OK, REFUSED, USAGE
from socialdesk.engine.drills.stage import prepare
from socialdesk.engine.inline import InlineDesk
from socialdesk.engine.words.drills import DRILLS
from socialdesk.places import data_folder, workspace


@pytest.fixture
def play(monkeypatch):
    """The drill's window is opened and closed again at once; the paths it was opened on."""
    opened: list[str] = []

    def window(command: list[str], **_: Any) -> None:
        opened.append(command[-1])
        prepare(workspace(command[-1]), SystemClock(), InlineDesk)

    monkeypatch.setattr(subprocess, "run", window)
    monkeypatch.setattr(drill, "can_open_window", lambda: True)
    return opened


def test_the_streams_are_listed_and_no_workspace_is_made(run):
    ran = run("drill")
    assert ran.code == OK
    assert [line.partition(":")[0] for line in ran.out.splitlines()] == list(DRILLS)
    assert not (data_folder() / "workspaces").exists()
    assert run("drill", "--json").value == {"streams": list(DRILLS), "drills": []}


def test_a_drill_is_played_in_its_window_and_its_score_said(practise, play):
    ran = practise("drill", "recall", "--speed", 10)
    assert ran.code == OK
    assert workspace(play[0]).is_drill
    assert "Product safety or recall: 0 of 100 points" in ran.out
    assert "Time to declare: 0/20 (never declared)" in ran.out
    assert "The first drill here" in ran.out
    again = practise("drill", "outage")
    assert "Before: 1 drill, 0 points." in again.out


def test_past_scores_are_shown_with_every_part(practise, play):
    assert "No drill was played yet." in practise("drill", "--scores").out
    practise("drill", "outage", "--speed", 4)
    ran = practise("drill", "--scores")
    assert "DRILL-" in ran.out and len(ran.out.splitlines()) == 8
    (kept,) = practise("drill", "--scores", "--json").value["drills"]
    assert (kept["stream"], kept["speed"], kept["total"]) == ("outage", 4, 0)
    assert sum(points for _, points, _, _ in kept["parts"]) == kept["total"]


def test_without_a_screen_it_says_so_and_makes_nothing(practise, prepared, monkeypatch):
    monkeypatch.setattr(drill, "can_open_window", lambda: False)
    ran = practise("drill", "outage")
    assert ran.code == REFUSED
    assert "there is no screen for one here" in ran.err
    assert not prepared.drills.exists()


@pytest.mark.parametrize(
    ("words", "said"), [(("flood",), "outage"), (("outage", "--speed", 3), "1, 4, 10")]
)
def test_wrong_words_are_named(practise, words, said):
    ran = practise("drill", *words)
    assert ran.code == USAGE and said in ran.err


def test_an_open_incident_keeps_it_from_starting(practise, play, sql):
    sql("INSERT INTO incident(code, state) VALUES('INC-2026-0007', 'declared')")
    ran = practise("drill", "outage")
    assert ran.code == REFUSED and play == []
    assert ran.err.strip() == "A drill cannot start while INC-2026-0007 is open."
