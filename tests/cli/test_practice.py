"""The practice brand: played in the terminal, never on anybody's own workspace, gone when asked."""

import json
import subprocess
import sys
from datetime import datetime, time, timedelta, timezone

import pytest
from filelock import FileLock

from socialdesk.app import desk_of
from socialdesk.cli import practice
from socialdesk.cli.output import Output
from socialdesk.cli.practice_day import Day, tomorrow_morning
from socialdesk.places import workspace

# Late today where the shop is: the engine under test goes by the computer's own clock.
NOW = datetime.now(timezone(timedelta(hours=5))).replace(hour=23, minute=30, second=0)


def play(place, *, day_s: float, speed: float = 1.0, as_json: bool = False) -> int:
    with desk_of(place, speed) as desk:
        return Day(desk, Output(as_json=as_json), now=NOW, day_s=day_s).play()


def n_posts(place) -> int:
    lines = place.practice_posts.read_text(encoding="utf-8").splitlines()
    return sum(json.loads(line).get("act") == "post" for line in lines)


def test_the_day_fetches_decides_answers_and_undoes(prepared, capsys) -> None:
    assert play(prepared, day_s=3.0) == 0
    out = capsys.readouterr().out
    assert "fetched" in out
    for decision in ("reply with «", "snoozed until tomorrow", "spam", "left for you to read"):
        assert f"decided: {decision}" in out
    assert out.count("Sent. https://practice.example/") == 3 == n_posts(prepared)
    assert "undone: the last decision" in out
    assert "The day ends: 3 replies sent," in out


def test_a_snooze_ends_tomorrow_morning_whenever_they_wrote(prepared, sql, capsys) -> None:
    play(prepared, day_s=3.0)
    until = {row[0] for row in sql("SELECT snoozed_until FROM triage WHERE status = 3")}
    morning = datetime.combine(NOW.date() + timedelta(days=1), time(9), NOW.tzinfo)
    assert until == {round(morning.timestamp() * 1000)}
    assert tomorrow_morning(NOW) == morning


def test_a_day_with_nothing_to_decide_says_so_and_is_well(prepared, sql, capsys) -> None:
    sql("UPDATE account SET state = 'paused'")  # nobody is heard
    sql("UPDATE triage SET status = 4 WHERE status <= 1")
    assert play(prepared, day_s=0.5) == 0
    out = capsys.readouterr().out
    assert "decided" not in out and "undone" not in out
    assert "Nothing new came, and nothing waits for a decision." in out
    assert "0 replies sent" in out


def test_nobody_is_answered_twice_on_a_second_day(prepared, capsys) -> None:
    play(prepared, day_s=3.0)
    assert play(prepared, day_s=1.0) == 0
    records = [json.loads(line) for line in prepared.practice_posts.read_text("utf-8").splitlines()]
    answered = [r["to"] for r in records if r.get("act") == "post"]
    assert len(answered) == len(set(answered))


def test_the_day_is_one_value_for_programs(prepared, capsys) -> None:
    assert play(prepared, day_s=3.0, as_json=True) == 0
    value = json.loads(capsys.readouterr().out)
    assert len(value["sent"]) == 3 and value["counts"]["snoozed"] > 0


def test_hostile_words_are_made_harmless(prepared, sql, capsys) -> None:
    sql(
        "UPDATE author SET name = ?, handle = ?", "\x1b[2JMal\u202elory", "m\x9b\u2066@trap.example"
    )
    sql("UPDATE account SET state = 'paused'")
    play(prepared, day_s=1.0)
    out = capsys.readouterr().out
    assert "Mallory" in out
    assert not set("\x1b\x9b\u202e\u2066") & set(out)


@pytest.mark.parametrize("words", [["--terminal"], ["--remove"], []])
def test_somebodys_own_workspace_is_never_played_on_nor_removed(run, words) -> None:
    run("queue")  # makes main
    place = workspace()
    before = place.database.read_bytes()
    refused = run("practice", "--workspace", "main", *words)
    assert refused.code == 2
    assert "«main» is not the practice brand" in refused.err
    assert place.database.read_bytes() == before


def test_a_folder_called_practice_with_a_file_of_its_own_is_not_removed(run, tmp_path) -> None:
    run("queue")
    folder = tmp_path / "practice"
    workspace().folder.rename(folder)
    refused = run("practice", "--remove", "--workspace", folder)
    assert refused.code == 2
    assert (folder / "workspace.db").exists()


def test_removing_leaves_no_trace(run, prepared) -> None:
    prepared.logs.mkdir(exist_ok=True, parents=True)
    (prepared.logs / "engine.log").touch()
    gone = run("practice", "--remove")
    assert gone.code == 0
    assert "gone" in gone.out
    assert not prepared.folder.exists() and not prepared.logs.exists()
    assert run("practice", "--remove", "--json").code == 0  # nothing there: nothing to do


def test_an_open_practice_brand_is_not_removed(run, prepared) -> None:
    with FileLock(prepared.engine_lock, mode=0o600):
        refused = run("practice", "--remove")
    assert refused.code == 5
    assert "Another program holds" in refused.err
    assert prepared.database.exists()


def test_without_a_screen_no_window_is_tried(monkeypatch) -> None:
    monkeypatch.setattr(sys, "platform", "linux")
    for name in ("QT_QPA_PLATFORM", "DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)
    assert not practice.can_open_window()
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
    assert practice.can_open_window()


@pytest.mark.parametrize(("code", "can"), [(0, True), (-6, False), (1, False)])
def test_a_screen_that_does_not_answer_is_found_out_by_a_child(monkeypatch, code, can) -> None:
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.delenv("QT_QPA_PLATFORM", raising=False)
    monkeypatch.setenv("DISPLAY", ":77")

    def child(command, **_):
        return subprocess.CompletedProcess(command, code)

    monkeypatch.setattr(subprocess, "run", child)
    assert practice.can_open_window() is can


def test_the_window_is_opened_on_the_practice_workspace(run, monkeypatch) -> None:
    opened = []

    def run_window(args: list[str]) -> int:
        opened.append(args)
        return 0

    monkeypatch.setattr("socialdesk.app.run_window", run_window)
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
    assert run("practice", "--speed", "3").code == 0
    assert opened == [["--workspace", "practice", "--speed", "3.0"]]
