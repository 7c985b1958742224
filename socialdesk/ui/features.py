"""The window uses no `__feature__` of PySide6, and tells it so.

PySide6 looks for that word in the source of every module that is imported after it, and Python
keeps the lines of all those files (`linecache`). 2026-11: 20 ms before the first paint.
"""

import sys

import PySide6.QtCore  # noqa: F401  # it brings the module below


def use_none() -> None:
    """No source is read from now on. Where PySide6 does it in another way, it goes on doing so."""
    feature = sys.modules.get("shibokensupport.feature")
    if hasattr(feature, "_mod_uses_pyside"):
        vars(feature)["_mod_uses_pyside"] = lambda module: False
