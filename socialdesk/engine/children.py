"""Short-lived children of the engine that have Qt: one prints, one makes pictures smaller.

Both block, and the engine has no Qt; what crashes or hangs there kills nobody but the child, and
the asker is told why (desktop specification, section 6).
"""

import logging
import os
import subprocess
import sys
from enum import Enum

log = logging.getLogger(__name__)


class Failure(Enum):
    """Why a child did not do its work."""

    SLOW = "slow"
    ENDED = "ended"


def command_of(*words: str) -> list[str]:
    """How this program calls itself."""
    program = [sys.executable, *([] if getattr(sys, "frozen", False) else ["-m", "socialdesk"])]
    return [*program, *words]


def run_child(command: list[str], timeout_s: float) -> Failure | None:
    """Wait for the child; it is killed when its time is up. None: it did its work."""
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    try:
        done = subprocess.run(
            command, env=environment, timeout=timeout_s, stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, check=False,
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        return Failure.SLOW
    if done.returncode:
        log.info("a child ended with %d: %s", done.returncode, done.stderr[-2000:])
        return Failure.ENDED
    return None
