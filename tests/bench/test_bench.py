"""The harness itself, and (mark bench) that a quick run gives every figure."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.bench import __main__ as program
from tests.bench import data, frozen
from tests.bench.children import ROOT
from tests.bench.floor import floor_rows, open_floor, write_ordered_pages, write_pages
from tests.bench.harness import (
    Bench,
    Figure,
    at_least_times,
    at_most,
    at_most_times,
    in_turn,
    percentile,
    shown,
    table,
)


def test_a_figure_is_compared_with_its_floor():
    figure = Figure("frame", 12.0, "ms", 8.0, (at_most(16), at_most_times(1.3)))
    assert figure.cells() == ("frame", "12.0 ms", "8.00 ms", "1.50x", "≤ 16.0 ms, ≤ 1.3x", "MISSED")


def test_a_rate_must_reach_its_share_of_the_floor():
    goals = (at_least_times(0.7),)
    assert Figure("in", 7_000.0, "rows/s", 10_000.0, goals).cells()[-1] == "ok"
    assert Figure("in", 6_900.0, "rows/s", 10_000.0, goals).cells()[-1] == "MISSED"


def test_without_a_floor_or_a_goal_the_cells_stay_empty():
    assert Figure("ids", 3.0, "ms").cells() == ("ids", "3.00 ms", "", "", "", "")
    assert Figure("ids", 3.0, "ms", None, (at_most_times(2),)).cells()[3] == ""


def test_percentiles_are_values_that_were_taken():
    values = [float(n) for n in range(1, 101)]
    assert (percentile(values, 0.5), percentile(values, 0.99)) == (51.0, 100.0)
    assert percentile([7.0], 0.95) == 7.0


def test_each_has_its_turn_in_each_round():
    turns: list[str] = []
    actions = {name: lambda name=name: turns.append(name) for name in "ab"}
    taken = in_turn(actions, 2)
    assert turns == ["a", "b"] * 3  # the first round warms up
    assert {name: len(times) for name, times in taken.items()} == {"a": 2, "b": 2}


def test_columns_stand_under_each_other():
    lines = table([Figure("short", 1.0, "ms"), Figure("a longer name", 2_000.0, "rows/s")])
    head, first, second = lines.splitlines()
    assert head.index("value") + len("value") == first.index(" ms") + 3 == len(second)


@pytest.mark.parametrize(("value", "text"), [(0.123, "0.12"), (12.34, "12.3"), (1234.5, "1,234")])
def test_figures_have_the_digits_that_count(value, text):
    assert shown(value) == text


def test_a_copy_is_private_and_gone_afterwards(tmp_path):
    (tmp_path / "kept.db").write_text("rows")
    bench = Bench(tmp_path)
    with bench.copy_of(tmp_path / "kept.db") as copy:
        copy.write_text("changed")
    assert (tmp_path / "kept.db").read_text() == "rows"
    assert [path.name for path in tmp_path.iterdir()] == ["kept.db"]


def test_an_unknown_family_is_refused(capsys):
    with pytest.raises(SystemExit):
        program.main(["ingset"])
    assert "no such family: ingset" in capsys.readouterr().err


def test_both_floors_store_the_same_and_one_counts_it(tmp_path):
    rows = floor_rows(list(data.mentions(250, seed=3)))
    stored, counted = [], []
    for write in (write_pages, write_ordered_pages):
        conn = open_floor(tmp_path / f"{write.__name__}.db")
        write(conn, rows, 100)
        stored.append(conn.execute("SELECT remote_id FROM post ORDER BY id").fetchall())
        counted.append(conn.execute("SELECT coalesce(sum(n), 0) FROM tally").fetchone()[0])
        conn.close()
    assert stored[0] == stored[1] and len(stored[0]) == 250
    assert counted == [0, 250]


def test_without_a_frozen_program_it_says_how_to_make_one(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(frozen, "PROGRAM", tmp_path / "socialdesk")
    bench = Bench(tmp_path)
    frozen.measure(bench)
    assert "make freeze" in capsys.readouterr().out
    assert not bench.figures


@pytest.mark.bench
def test_a_quick_run_gives_every_figure(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "tests.bench", "--quick"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    for family in program.FAMILIES:
        assert f"== {family}" in done.stdout
    for figure in ("ingest, store", "first page", "modules", "worst", "acknowledgement", "memory"):
        assert figure in done.stdout.partition("\nmeasure")[2]
