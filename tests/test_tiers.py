"""The tier runner: what it counts, what it says, and that every mark has a tier."""

import sys
import tomllib
from collections import Counter
from pathlib import Path

import pytest

from tests.tools import run_tiers
from tests.tools.run_tiers import ROOT, TIERS, Tier, main, read_counts

REPORT = """<testsuites><testsuite name="pytest" errors="1" failures="2" skipped="3" tests="10">
<testcase name="a"/></testsuite></testsuites>"""

PLAIN = {"PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}  # 4 times as fast to start


@pytest.fixture
def three(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Three small tiers in a folder of their own: good, bad and empty."""
    (tmp_path / "pytest.ini").write_text("[pytest]\nmarkers =\n    good\n    bad\n    empty\n")
    (tmp_path / "test_pond.py").write_text(
        "import pytest\n"
        "@pytest.mark.good\ndef test_frog(): pass\n"
        "@pytest.mark.good\ndef test_newt(): pytest.skip('asleep')\n"
        "@pytest.mark.bad\ndef test_pike(): assert 0\n"
    )
    tiers = {name: Tier(name, environ=PLAIN) for name in ("good", "bad", "empty")}
    tiers["far"] = Tier("far", needs=("a-program-nobody-has",))
    monkeypatch.setattr(run_tiers, "TIERS", tiers)
    monkeypatch.setattr(run_tiers, "ROOT", tmp_path)
    monkeypatch.delenv("CI", raising=False)
    monkeypatch.delenv("RERUN_FAILED", raising=False)
    return tmp_path


def test_counts_are_those_of_the_report(tmp_path: Path) -> None:
    report = tmp_path / "report.xml"
    report.write_text(REPORT)
    assert read_counts(report) == Counter(passed=4, failed=3, skipped=3)


@pytest.mark.parametrize(
    ("names", "code", "line"),
    [
        (["good"], 0, "1 passed, 0 failed, 1 skipped"),
        (["good", "empty"], 0, "1 passed, 0 failed, 1 skipped"),
        (["good", "bad"], 1, "1 passed, 1 failed, 1 skipped"),
        (["empty"], 1, "0 passed, 0 failed, 0 skipped"),
        (["good", "far"], 0, "1 passed, 0 failed, 1 skipped"),
    ],
)
def test_the_last_line_and_the_exit_code_agree(names, code, line, three, capfd) -> None:
    assert main(names) == code
    assert capfd.readouterr().out.splitlines()[-1] == line


def test_a_tier_without_its_program_says_so_and_fails_in_ci(three, capfd, monkeypatch) -> None:
    monkeypatch.setenv("CI", "true")
    assert main(["good", "far"]) == 1
    assert "The far tests did not run: a-program-nobody-has not found" in capfd.readouterr().out


def test_an_unknown_tier_is_explained(capfd) -> None:
    assert main(["fsat"]) == 2 == main([])
    assert "tiers: fast keyring" in capfd.readouterr().out


def test_every_mark_has_a_tier() -> None:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["pytest"]
    marks = {line.partition(":")[0] for line in settings["ini_options"]["markers"]}
    marks.remove("promise(number)")  # says what a test holds, not when it runs
    assert marks == TIERS.keys() - {"fast"}
    assert all(mark in settings["ini_options"]["addopts"][-1] for mark in marks)


def test_the_tests_run_with_the_python_that_runs_the_tiers() -> None:
    for command in TIERS["fast"].commands(Path("reports")):
        assert command[0] == sys.executable


def test_what_lies_beside_runs_at_the_same_time_and_counts(three, capfd) -> None:
    (three / "windows").mkdir()
    (three / "windows" / "test_glass.py").write_text(
        "import pytest\n@pytest.mark.good\ndef test_pane(): pass\n"
    )
    run_tiers.TIERS["good"] = Tier("good", environ=PLAIN, beside=(("windows", "attic"), ("yard",)))
    assert main(["good"]) == 0
    assert capfd.readouterr().out.splitlines()[-1] == "2 passed, 0 failed, 1 skipped"


def test_one_bad_part_makes_the_tier_bad(three, capfd) -> None:
    (three / "windows").mkdir()
    (three / "windows" / "test_glass.py").write_text("this is no Python\n")
    run_tiers.TIERS["good"] = Tier("good", environ=PLAIN, beside=(("windows",),))
    assert main(["good"]) == 1


@pytest.mark.parametrize(
    ("n_bad", "is_bad_for_good", "line"),
    [
        (1, False, "3 passed, 0 failed, 0 skipped, 1 unstable"),
        (1, True, "2 passed, 1 failed, 0 skipped"),
        (4, False, "2 passed, 4 failed, 0 skipped"),  # no accident
    ],
)
def test_in_ci_what_failed_and_passes_alone_is_named_as_unstable(
    n_bad, is_bad_for_good, line, three, capfd, monkeypatch
) -> None:
    (three / "windows").mkdir()
    (three / "windows" / "test_glass.py").write_text(
        "import pathlib, pytest\n"
        "@pytest.mark.fair\ndef test_pane(): pass\n"
        f"@pytest.mark.fair\n@pytest.mark.parametrize('n', range({n_bad}))\n"
        "def test_draught(n):\n"
        "    seen = pathlib.Path(__file__).with_name(f'seen{n}')\n"
        f"    first = not seen.exists() or {is_bad_for_good}\n"
        "    seen.touch()\n"
        "    assert not first\n"
    )
    (three / "test_door.py").write_text(
        "import pytest\n@pytest.mark.fair\ndef test_hinge(): pass\n"
    )
    (three / "pytest.ini").write_text("[pytest]\nmarkers =\n    fair\n    good\n    bad\n")
    run_tiers.TIERS["fair"] = Tier("fair", environ=PLAIN, beside=(("windows",),))
    monkeypatch.setenv("RERUN_FAILED", "yes")
    code = main(["fair"])
    out = capfd.readouterr().out
    assert out.splitlines()[-1] == line
    assert code == int("1 unstable" not in line)
    assert ("Unstable: failed, and passed when run again alone:\n" in out) is (code == 0)


def test_a_part_that_dies_is_a_failure_in_ci_and_not_unstable(three, capfd, monkeypatch) -> None:
    (three / "windows").mkdir()
    (three / "windows" / "test_glass.py").write_text(
        "import os, pytest\n@pytest.mark.good\ndef test_pane(): os._exit(1)\n"
    )
    run_tiers.TIERS["good"] = Tier("good", environ=PLAIN, beside=(("windows",),))
    monkeypatch.setenv("RERUN_FAILED", "yes")
    assert main(["good"]) == 1
    assert capfd.readouterr().out.splitlines()[-1] == "1 passed, 1 failed, 1 skipped"
