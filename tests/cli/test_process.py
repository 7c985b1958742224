"""The command line as a process of its own: beside a running engine, stopped, and in a pipe."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from socialdesk.engine.process.supervisor import dial
from socialdesk.places import Workspace

ROOT = Path(__file__).parents[2]
PATIENCE_S = 40.0
SCREEN = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")

Start = Callable[..., "subprocess.Popen[str]"]


@pytest.fixture
def start() -> Iterator[Start]:
    """Starts `socialdesk WORDS` with this test's home; what still runs at the end is killed."""
    children: list[subprocess.Popen[str]] = []

    def start_child(*words: str, **env: str) -> "subprocess.Popen[str]":
        without_screen = {k: v for k, v in os.environ.items() if k not in SCREEN}
        child = subprocess.Popen(
            [sys.executable, "-m", "socialdesk", *words],
            cwd=ROOT,
            env={**without_screen, **env},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            encoding="utf-8",
        )
        children.append(child)
        return child

    yield start_child
    for child in children:
        if child.poll() is None:
            child.kill()
        child.communicate()


@pytest.fixture
def engine(start: Start, prepared: Workspace) -> Iterator["subprocess.Popen[str]"]:
    """The engine process of the practice workspace; it listens."""
    child = start("--engine", "--workspace", "practice")
    while (connection := dial(prepared)) is None:
        with suppress(subprocess.TimeoutExpired):
            pytest.fail(f"the engine ended with {child.wait(0.05)}")
    yield child
    connection.close()  # the last link: it ends by itself
    child.wait(PATIENCE_S)


def test_a_running_engine_is_found_and_spoken_to(engine, start, prepared) -> None:
    asked = start("sync", "--workspace", "practice", "--json")
    out, err = asked.communicate(timeout=PATIENCE_S)
    assert asked.returncode == 0, err
    assert '"failed": 0' in out
    queue = start("queue", "--workspace", "practice", "--limit", "1")
    number = queue.communicate(timeout=PATIENCE_S)[0].split()[0]
    words = ("reply", number, "--template", "An answer is coming", "--slot", "first_name=You")
    sent = start(*words, "--workspace", "practice")
    out, err = sent.communicate(timeout=PATIENCE_S)
    assert out.startswith("Sent. https://practice.example/"), err
    assert engine.poll() is None  # it was the engine that sent, and it goes on


def test_what_needs_the_file_alone_is_refused_beside_an_engine(
    engine, start, prepared, tmp_path
) -> None:
    copy = tmp_path / "copy.db"
    made = start("backup", "--to", str(copy), "--workspace", "practice")
    made.communicate(timeout=PATIENCE_S)
    assert copy.is_file()
    for words in (("restore", str(copy), "--workspace", "practice"), ("practice", "--remove")):
        refused = start(*words)
        _, err = refused.communicate(timeout=PATIENCE_S)
        assert refused.returncode == 5
        assert "Another program holds the workspace file." in err
    assert engine.poll() is None and prepared.database.exists()


def test_two_commands_at_once_both_get_their_answer(start, prepared) -> None:
    """One of them is the other's engine; who is left when it ends becomes the engine."""
    both = [start("sync", "--workspace", "practice", "--json") for _ in range(2)]
    for child in both:
        out, err = child.communicate(timeout=PATIENCE_S)
        assert child.returncode == 0, (out, err)
        assert '"failed": 0' in out


def test_without_a_screen_the_day_is_played_in_the_terminal_and_ends(start) -> None:
    day = start("practice", LC_ALL="C.UTF-8")
    out, err = day.communicate(timeout=60)
    assert day.returncode == 0, err
    assert "There is no screen for a window here" in out.splitlines()[0]
    assert "fetched" in out and "decided: reply with «" in out
    assert "Sent. https://practice.example/" in out
    assert "The day ends:" in out
    assert err == ""


@pytest.mark.skipif(os.name == "nt", reason="Windows sends no SIGINT to one child alone")
def test_ctrl_c_stops_with_130_and_the_file_is_whole(start, prepared) -> None:
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:  # tests begun in the background
        signal.signal(signal.SIGINT, signal.default_int_handler)
    day = start("practice", "--terminal")
    assert day.stdout is not None and day.stdout.readline()
    day.send_signal(signal.SIGINT)
    _, err = day.communicate(timeout=PATIENCE_S)
    assert day.returncode == 130, err
    assert "Traceback" not in err and "Stopped." in err
    checked = start("doctor", "--workspace", "practice")
    out, _ = checked.communicate(timeout=PATIENCE_S)
    assert "The workspace file is whole." in out  # the disk under it may want encrypting
    assert not prepared.engine_address.exists()


def test_a_closed_pipe_is_the_readers_choice_and_no_fault(start, prepared) -> None:
    for words in (("queue", "--limit", "1000"), ("search", "tuliprye"), ("accounts", "--json")):
        child = start(*words, "--workspace", "practice")
        assert child.stdout is not None and child.stderr is not None
        child.stdout.close()
        err = child.stderr.read()
        assert child.wait(PATIENCE_S) == 0
        assert err == ""


def test_a_terminal_of_fewer_letters_shows_question_marks(start, prepared) -> None:
    child = start(
        "search", "lang:ru", "--workspace", "practice", PYTHONIOENCODING="ascii", LC_ALL="C"
    )
    out, err = child.communicate(timeout=PATIENCE_S)
    assert child.returncode == 0, err
    assert "?" in out and out.isascii()


def test_no_bar_is_drawn_into_a_pipe(start, prepared, tmp_path) -> None:
    child = start("export", str(tmp_path / "all.csv"), "--workspace", "practice")
    assert child.communicate(timeout=PATIENCE_S)[1] == ""
    child = start("sync", "--workspace", "practice")
    assert child.communicate(timeout=PATIENCE_S)[1] == ""
