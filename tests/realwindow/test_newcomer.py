"""A newcomer by keyboard only, from a data folder that does not exist yet: the first steps, the
practice brand, one mention answered with an approved template and sent; then the practice brand
removed. Key presses, screens and seconds are counted and printed.

Assumed of a person: 1.5 s for each key that is pressed, 0.4 s for each letter that is typed, and
15 s to look at each new screen. What the machine takes is added in full.
"""

import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from socialdesk.domain.first_run import FirstRun, FirstStep
from socialdesk.domain.queue.rows import OutboxRow, View
from socialdesk.domain.replies.reply import OutboxState
from socialdesk.engine.queries import ListOutbox
from socialdesk.engine.queries.first_run import ReadFirstRun
from socialdesk.places import DEFAULT_WORKSPACE, PRACTICE_WORKSPACE, workspace
from tests.realwindow.conftest import (
    Person,
    keep_picture,
    need_screen,
    running,
    wait_until,
    wait_until_still,
    windows,
    xdotool,
)

pytestmark = [pytest.mark.realwindow, pytest.mark.timeout(300)]

KEY_S, LETTER_S, SCREEN_S = 1.5, 0.4, 15.0
ALLOWED_S = 300.0
PRACTICE_TITLE = "Practice brand"


class Newcomer(Person):
    """Counts what is pressed, typed and looked at."""

    n_keys = n_letters = n_screens = 0

    def press(self, *keys: str) -> None:
        self.n_keys += sum(len(key.split()) for key in keys)
        super().press(*keys)

    def type(self, words: str) -> None:
        self.n_letters += len(words)
        super().type(words)

    def look(self, name: str) -> None:
        """A new screen, which somebody reads."""
        self.n_screens += 1
        wait_until_still()
        keep_picture(f"newcomer-{self.n_screens}-{name}")

    def human_s(self) -> float:
        """What a person takes, without the machine."""
        return KEY_S * self.n_keys + LETTER_S * self.n_letters + SCREEN_S * self.n_screens

    @property
    def state(self) -> FirstRun | None:
        return self.desk.ask(ReadFirstRun()).result().kept

    def wait_at(self, step: FirstStep) -> None:
        wait_until(lambda: self.state and self.state.at is step, f"the step is {step.name}")


@pytest.fixture
def scratch(monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """For sockets; their paths must be short."""
    made = Path(tempfile.mkdtemp(prefix="n"))
    monkeypatch.setenv("TMPDIR", str(made))
    yield made
    shutil.rmtree(made)


@pytest.fixture
def newcomer(qapp: object, _own_home: None, scratch: Path, tmp_path: Path) -> Iterator[Newcomer]:
    """The program has just been started, for the first time."""
    need_screen()
    place = workspace(DEFAULT_WORKSPACE)
    assert not place.folder.exists()
    with ExitStack() as ends, (tmp_path / "said.txt").open("w+") as said:
        ends.enter_context(running(["openbox"]))
        program = ends.enter_context(
            running([sys.executable, "-m", "socialdesk"], stdout=said, stderr=said)
        )
        wait_until(lambda: windows(program), "the window is there")
        wait_until(place.engine_address.exists, "the engine is there")
        xdotool("windowfocus", windows(program)[0])
        made = Newcomer(place)
        wait_until(lambda: made.state, "the first steps show themselves")
        wait_until_still()
        yield made
        made.desk.close()
        ends.close()
        said.seek(0)
        assert said.read() == ""


def in_front(title: str) -> bool:
    """Whether the window with the keyboard says this."""
    order = ["xdotool", "getwindowfocus", "getwindowname"]
    return title in subprocess.run(order, capture_output=True, text=True, timeout=20).stdout


def outbox(person: Person) -> list[OutboxRow]:
    return person.desk.ask(ListOutbox(only_open=False)).result()


def outside_main(home: Path, scratch: Path) -> dict[str, bytes]:
    """What lies beside the newcomer's own workspace, byte by byte; of sockets the name."""
    own = {home / "workspaces" / DEFAULT_WORKSPACE, home / "logs" / DEFAULT_WORKSPACE}
    found = {}
    for path in (*home.rglob("*"), *scratch.rglob("*")):
        if not own & {path, *path.parents}:
            found[str(path)] = path.read_bytes() if path.is_file() else b""
    return found


def test_the_first_mention_is_answered_within_five_minutes(
    newcomer: Newcomer, scratch: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    home, began = newcomer.place.folder.parents[1], time.monotonic()
    before = outside_main(home, scratch)
    newcomer.look("words")
    newcomer.type("Dala Coffee")
    newcomer.press("Return", "Return")  # to the button Next, and on
    newcomer.wait_at(FirstStep.LOOK)
    newcomer.look("look")
    newcomer.press("Return")  # the practice brand
    wait_until(lambda: in_front(PRACTICE_TITLE), "its window comes")
    at_bakery = Newcomer(workspace(PRACTICE_WORKSPACE))
    wait_until(at_bakery.place.engine_address.exists, "its engine is there")
    wait_until(lambda: at_bakery.rows(View.NEEDS_REPLY), "mentions are there")

    at_bakery.look("practice")
    at_bakery.press("r", "slash")
    at_bakery.type("late order")
    at_bakery.press("Return")  # the first slot that is not filled in is chosen
    at_bakery.type("TR-4412")
    at_bakery.press("Tab")
    at_bakery.type("four o'clock")
    at_bakery.press("ctrl+Return")
    wait_until(lambda: outbox(at_bakery), "the reply is in the outbox")
    wait_until(lambda: outbox(at_bakery)[0].state is OutboxState.SENT, "the reply is sent")
    machine_s = time.monotonic() - began
    (reply,) = outbox(at_bakery)
    assert reply.template and "{" not in reply.text
    at_bakery.look("sent")
    at_bakery.press("ctrl+q")
    at_bakery.desk.close()

    n_keys = newcomer.n_keys + at_bakery.n_keys
    n_letters = newcomer.n_letters + at_bakery.n_letters
    n_screens = newcomer.n_screens + at_bakery.n_screens
    human_s = newcomer.human_s() + at_bakery.human_s()
    with capsys.disabled():
        print(f"\nfirst mention answered: {n_keys} keys, {n_letters} letters, {n_screens} screens: "
              f"{human_s:.0f} s of a person and {machine_s:.0f} s of the machine, "
              f"{ALLOWED_S:.0f} s are allowed")  # fmt: skip
    assert human_s + machine_s < 0.75 * ALLOWED_S

    wait_until(lambda: not in_front(PRACTICE_TITLE), "back in the own window")
    newcomer.look("back")
    newcomer.press("Return")
    newcomer.wait_at(FirstStep.TRY)
    newcomer.press("alt+Left")
    newcomer.wait_at(FirstStep.LOOK)
    newcomer.press("Tab", "Return")  # Remove the practice brand
    wait_until(lambda: not workspace(PRACTICE_WORKSPACE).folder.exists(), "it is removed")
    wait_until(lambda: outside_main(home, scratch) == before, "nothing of it is left")
    newcomer.look("removed")
