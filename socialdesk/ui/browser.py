"""Opening an address in the person's own browser."""

import os
import sys

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices

from socialdesk.ui.plain import opened

# QDesktopServices hands the browser a frozen program's library path, which breaks browsers on
# other systems than the one it was built on.
_OURS = ("LD_LIBRARY_PATH", "LD_PRELOAD")


def open_url(url: str) -> bool:
    """Open a web or mail address; False when it is none, or no browser came."""
    if opened(url) is None:
        return False
    if sys.platform == "linux" and getattr(sys, "frozen", False):
        return _open_frozen(url)
    return QDesktopServices.openUrl(QUrl(url))


def _open_frozen(url: str) -> bool:
    import subprocess  # five modules that no start needs

    environment = dict(os.environ)
    for name in _OURS:
        environment.pop(name, None)
        original = environment.pop(f"{name}_ORIG", None)
        if original:
            environment[name] = original
    try:
        subprocess.Popen(
            ["xdg-open", url], env=environment, start_new_session=True, stdin=subprocess.DEVNULL
        )
    except OSError:
        return False
    return True
