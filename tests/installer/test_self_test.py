"""`--self-test`: it finds this checkout whole, names what is not, and leaves nothing behind."""

import json
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from socialdesk import __version__, i18n, self_test
from socialdesk.networks.registry import KEYS

ALL_PARTS = {"keyring", "sqlite", "authorities", "qt", "languages", "playbooks", "networks",
             "readers", "licences", "pdf", "picture", "sending", "browser"}  # fmt: skip


@pytest.fixture
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where temporary folders are made, watched."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    return tmp_path


def test_every_part_of_this_checkout_works_and_nothing_is_left(
    temporary: Path, qapp: object
) -> None:
    found = self_test.results(self_test.PARTS)
    assert found["failed"] == {}
    assert found.keys() >= ALL_PARTS
    assert found["version"] == __version__
    assert found["keyring"]["round_trip"] is True  # the tests' own keyring, in memory
    assert set(found["networks"]) == set(KEYS)
    assert found["sending"] == "sent"
    assert len(set(found["languages"].values())) == len(i18n.LANGUAGES)
    assert list(temporary.iterdir()) == []


def test_a_part_that_fails_names_itself_and_costs_no_other() -> None:
    def broken(_folder: Path) -> object:
        raise OSError("no such library")

    found = self_test.results({"broken": broken, "whole": lambda _: 7})
    assert found["failed"] == {"broken": "OSError: no such library"}
    assert found["whole"] == 7


def test_an_install_without_its_texts_fails_by_name(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(self_test, "NOTICES", ("LGPL-3.txt", "gone.txt"))
    only = {"licences": self_test.PARTS["licences"]}
    assert set(self_test.results(only)["failed"]) == {"licences"}


def test_the_command_prints_one_line_of_json_and_ends_with_the_code(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from socialdesk.__main__ import main

    monkeypatch.setattr(self_test, "PARTS", {"half": lambda _: self_test.require(False, "empty")})
    assert main(["--self-test"]) == 1
    line = capsys.readouterr().out
    assert line.count("\n") == 1
    assert json.loads(line)["failed"] == {"half": "SelfTestError: empty"}


def test_it_runs_where_there_is_no_screen() -> None:
    code = "import sys; from socialdesk import self_test as s; print(s.qt(None)['screen'])"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=True,
        env={"PATH": "/usr/bin:/bin"},
    )  # fmt: skip
    assert done.stdout.strip() == "offscreen"
