"""The program on a day's clock: `python -m tests.soak.day_start ARGUMENTS OF SOCIALDESK`.

For the windows of drills and their engines: all else is as in life.
"""

import subprocess
import sys
from typing import Any

from socialdesk import app
from socialdesk.__main__ import main
from socialdesk.engine.process import supervisor
from tests.soak.day_clock import DayClock

COMMAND = (sys.executable, "-m", "tests.soak.day_start")


def go_by_the_day() -> None:
    """This process, and the engines it starts."""
    vars(app)["SystemClock"] = DayClock
    setattr(supervisor.Supervisor, "_spawn", _spawn)  # noqa: B010


def _spawn(self: Any) -> "subprocess.Popen[bytes]":
    null = subprocess.DEVNULL
    command = [*COMMAND, "--engine", *self._arguments]
    return subprocess.Popen(command, stdin=null, stdout=null, stderr=null)


if __name__ == "__main__":
    go_by_the_day()
    sys.exit(main(sys.argv[1:]))
