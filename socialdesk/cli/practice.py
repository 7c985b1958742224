"""`practice`: the practice brand in a window; in the terminal where there is no screen."""

import os
import subprocess
import sys
from argparse import Namespace
from datetime import datetime

from socialdesk.cli.exit_codes import FILE, OK, USAGE
from socialdesk.cli.output import Output
from socialdesk.cli.practice_day import Day
from socialdesk.cli.tools import Tools
from socialdesk.domain.errors import StoreError, StoreFault
from socialdesk.engine.practice import end as practice_end
from socialdesk.i18n import tr
from socialdesk.places import PRACTICE_WORKSPACE, Workspace

DAY_SPEED = 60.0  # ten minutes of mentions in ten seconds
WINDOW_SPEED = 1.0
PROBE_TIMEOUT_S = 20.0


def play(place: Workspace, options: Namespace, out: Output, tools: Tools) -> int:
    """The window where there is a screen; else the same day in the terminal."""
    if not place.is_practice:
        out.fail(tr("«{name}» is not the practice brand: nothing is played or removed there. "
                    "Leave --workspace out.", name=place.name))  # fmt: skip
        return USAGE
    if options.remove:
        return remove(place, out)
    if not options.terminal:
        if can_open_window():
            speed = options.speed or WINDOW_SPEED
            name = options.workspace or PRACTICE_WORKSPACE
            return tools.window(["--workspace", name, "--speed", str(speed)])
        out.say(
            tr("There is no screen for a window here, so the practice day plays in the terminal.")
        )
    with tools.desk_of(place, options.speed or DAY_SPEED) as desk:
        return Day(desk, out, now=datetime.now().astimezone()).play()


def remove(place: Workspace, out: Output) -> int:
    """The whole folder and its logs. Raises StoreError LOCKED while an engine uses it."""
    try:
        practice_end.remove(place)
    except StoreError as e:
        if e.fault is StoreFault.LOCKED:
            raise
        out.fail(tr("«{file}» could not be removed: {why}. Remove it by hand.",
                    file=place.folder, why=e.detail))  # fmt: skip
        return FILE
    out.say(tr("The practice brand is gone."))
    out.value({"removed": str(place.folder)})
    return OK


def can_open_window() -> bool:
    """Asked of a child process: where the X server is missing Qt ends its process, and that
    cannot be caught. A platform chosen by hand is believed."""
    if os.environ.get("QT_QPA_PLATFORM") or sys.platform != "linux":
        return True
    if not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
        return False
    if getattr(sys, "frozen", False):
        return True  # it has no interpreter to ask
    probe = "from PySide6.QtGui import QGuiApplication as A; A([])"
    try:
        done = subprocess.run(
            [sys.executable, "-c", probe], capture_output=True, timeout=PROBE_TIMEOUT_S, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0
