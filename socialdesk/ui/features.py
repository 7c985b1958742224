"""The window uses no `__feature__` of PySide6, and therefore Python's own import.

PySide6 puts its own before that: it looks for the word in every import statement, and in the source
of every module that is imported after it, of which Python then keeps the lines (`linecache`).
2026-11: of the time to the first paint 20 ms for the sources, and 4 ms for 1,150 statements.
"""

import builtins

import PySide6.QtCore  # noqa: F401  # it puts its import there


def use_none() -> None:
    """From now on, in the whole process. Where PySide6 does it in another way, it goes on so."""
    names = vars(builtins)
    if "__orig_import__" in names:
        names["__import__"] = names["__orig_import__"]
