"""Starting a window from the engine: for a click on a notice while none is open."""

import logging
import queue
import subprocess
import threading

from socialdesk.engine.children import command_of
from socialdesk.engine.process.environ import window_environ

log = logging.getLogger(__name__)


class WindowStarter:
    """`arguments`: how this program is called (the workspace). Made before the engine steps back
    behind the window (`be_nice`): on Linux that is of each thread, and a child has what the thread
    had that started it."""

    def __init__(self, arguments: list[str]) -> None:
        self._command = command_of(*arguments)
        self._wanted: queue.SimpleQueue[None] = queue.SimpleQueue()
        threading.Thread(target=self._run, name="window-start", daemon=True).start()

    def open_window(self) -> None:
        """Returns at once. A second window of a workspace calls the first one to the front and
        ends."""
        self._wanted.put(None)

    def _run(self) -> None:
        while True:
            self._wanted.get()
            try:
                window = subprocess.Popen(
                    self._command, env=window_environ(), start_new_session=True,
                    stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                )  # fmt: skip
            except OSError as e:
                log.warning("no window could be started: %s", type(e).__name__)
                continue
            # Nothing is wanted of it but that it leaves no zombie behind.
            threading.Thread(target=window.wait, name="window-end", daemon=True).start()
