"""The real window under a stop watch: prints one JSON line of figures.

    python -m tests.bench.window_probe WORKSPACE_FOLDER hands|calm|flood|bulk ROUNDS

`hands`: scrolls, types and decides as an operator does. `calm` and `flood`: lies there for ROUNDS
seconds with one key press a quarter of a second, and notes how late its own timer comes. `bulk`:
labels all that match and takes it back, and notes the same meanwhile. An engine must be running on
the workspace already.
"""

import sys
from pathlib import Path

from socialdesk.app import run_window


def main(folder: str, what: str, rounds: str) -> int:
    """The program's window, measured from within."""
    from socialdesk.ui import features

    features.use_none()  # as the program does; else it keeps the source of every module: 5 MB
    from tests.bench import window_watch

    window_watch.install(Path(folder), what, int(rounds))
    return run_window(["--workspace", folder])


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
