"""What can be typed: workspaces, wrong words, help; and which code each kind of failure ends in."""

import os
import re
from contextlib import contextmanager

import pytest

from socialdesk import __version__
from socialdesk.cli import exit_codes
from socialdesk.cli.arguments import wants_window
from socialdesk.cli.main import run as run_with
from socialdesk.cli.tools import Tools
from socialdesk.domain.errors import (
    AuthExpiredError,
    CommandError,
    CommandFault,
    CredentialError,
    CredentialFault,
    EngineLostError,
    EngineMuteError,
    StoreError,
    StoreFault,
    UnreachableError,
)
from socialdesk.places import workspace_names

COMMANDS = ("sync", "search", "queue", "reply", "accounts", "templates", "export", "import",
            "backup", "restore", "doctor", "verify-journal", "practice")  # fmt: skip


@pytest.mark.parametrize(
    "words",
    [[], ["--workspace", "shop"], ["--workspace=shop"], ["--workspace", "sync"], ["--speed", "2"]],
)
def test_the_window_opens_without_a_command(words) -> None:
    assert wants_window(words)


@pytest.mark.parametrize(
    "words", [["sync"], ["--help"], ["--version"], ["--workspace", "shop", "queue"], ["serach"]]
)
def test_everything_else_is_for_the_command_line(words) -> None:
    assert not wants_window(words)


def test_help_names_every_command_and_every_exit_code(run) -> None:
    told = run("--help")
    assert told.code == 0
    assert all(f"\n    {name} " in told.out for name in COMMANDS)
    assert "Without a command the window opens." in told.out
    codes = {n for name, n in vars(exit_codes).items() if name.isupper()}
    assert codes == {int(n) for n in re.findall(r"\b(\d+) \w", told.out.split("Exit codes:")[1])}
    for name in COMMANDS:
        assert run(name, "--help").code == 0


def test_the_version_is_told(run) -> None:
    assert run("--version").out == f"SocialDesk {__version__}\n"


@pytest.mark.parametrize(
    "words",
    [
        ["serach", "bread"],
        ["queue", "--limit", "0"],
        ["queue", "--limit", "-1"],
        ["search"],
        ["reply", "seven", "--template", "x"],
        ["reply", "7"],
        ["practice", "--speed", "0"],
        ["practice", "--speed", "nan"],
        ["practice", "--speed", "1e999"],
        ["queue", "--lim", "3"],
    ],
)
def test_wrong_words_end_in_usage(run, words) -> None:
    wrong = run(*words)
    assert wrong.code == 2
    assert "usage: socialdesk" in wrong.err


def test_options_of_the_workspace_stand_before_or_after_the_command(run, prepared) -> None:
    before = run("--workspace", "practice", "--json", "accounts")
    after = run("accounts", "--json", "--workspace", "practice")
    names = [[account["name"] for account in ran.value] for ran in (before, after)]
    assert names == [["tuliprye@practice.example"]] * 2


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("", "letters and digits"),
        ("x" * 65, "at most 64"),
        ("a:b", "cannot be a workspace's name"),
        ("NUL", "Windows keeps"),
    ],
)
def test_a_name_that_cannot_be_is_explained(run, name, said) -> None:
    refused = run("queue", "--workspace", name or " ")
    assert refused.code == 2
    assert said in refused.err


def test_a_file_and_a_foreign_folder_are_no_workspace(run, tmp_path) -> None:
    file = tmp_path / "letter.txt"
    file.write_text("Dear all")
    refused = run("accounts", "--workspace", file)
    assert refused.code == 2
    assert "is a file, not a folder" in refused.err
    refused = run("restore", file, "--workspace", tmp_path)
    assert refused.code == 2
    assert "holds other things" in refused.err
    assert file.read_text() == "Dear all"


@pytest.mark.parametrize("command", [["queue"], ["search", "x"], ["sync"], ["export", "a.csv"]])
def test_a_mistyped_name_is_answered_and_makes_no_workspace(run, prepared, command) -> None:
    refused = run(*command, "--workspace", "practise")
    assert refused.code == 2
    assert "no workspace «practise»" in refused.err and "practice" in refused.err
    assert workspace_names() == ["practice"]


def test_the_workspace_everybody_has_is_made_when_it_is_asked_for(run) -> None:
    assert run("queue").code == 0
    assert workspace_names() == ["main"]


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="root may write anywhere")
def test_a_home_that_cannot_be_written_is_told(run, tmp_path, monkeypatch) -> None:
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o500)
    monkeypatch.setenv("SOCIALDESK_HOME", str(closed))
    refused = run("queue")
    assert refused.code == 2
    assert "cannot be written to" in refused.err


@pytest.mark.parametrize(
    ("error", "code", "said"),
    [
        (CommandError(CommandFault.TOO_LONG, n=4), 1, "4 characters too long"),
        (EngineLostError(), 6, "look before you ask again"),
        (EngineMuteError(), 6, "look before you ask again"),
        (UnreachableError(), 3, "cannot be reached"),
        (AuthExpiredError(), 3, "Sign in again"),
        (CredentialError(CredentialFault.LOCKED), 4, "Unlock it"),
        (StoreError(StoreFault.FULL), 5, "disk is full"),
        (StoreError(StoreFault.NEWER), 5, "Update SocialDesk"),
        (StoreError(StoreFault.LOCKED), 5, "Another program holds"),
        (KeyboardInterrupt(), 130, "Stopped."),
    ],
)
def test_each_failure_has_its_code_and_a_sentence(capsys, error, code, said) -> None:
    @contextmanager
    def desk_of(place, speed=1.0):
        raise error
        yield

    tools = Tools(desk_of, lambda _: 0, lambda _: iter(()), None, None)  # type: ignore[arg-type]
    assert run_with(["queue"], tools) == code
    assert said in capsys.readouterr().err
    assert run_with(["queue", "--json"], tools) == code
    assert '{"error": "' in capsys.readouterr().out
