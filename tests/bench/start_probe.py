"""Starts the real window without its engine, prints one JSON line about the start, and ends.

BENCH_T0=<unix time of the exec> python -m tests.bench.start_probe WORKSPACE_FOLDER
"""

import sys

from socialdesk.app import run_window


def main(folder: str) -> int:
    """The window on a workspace's folder, imported as in `app.run_window`: what PySide6 does to
    each module that is imported after it counts, and that nobody looks for garbage meanwhile."""
    from socialdesk.ui import garbage

    with garbage.by_hand():
        from socialdesk.engine.process.link import LinkedDesk  # noqa: F401
        from socialdesk.store.file.reader import Readers  # noqa: F401
        from socialdesk.ui import features

        features.use_none()
        from tests.bench import start_watch

        start_watch.install()
        return run_window(["--workspace", folder])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
