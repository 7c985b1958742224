"""How the command line prints: lines for people, or one JSON value for programs."""

import json
import sys
import unicodedata
from datetime import UTC, datetime
from typing import Any

_HIDDEN = {"Cc", "Cf", "Cs"}  # control, bidi and zero-width marks: a terminal would obey them


class Output:
    """`as_json`: `say` is silent and `value` prints; else the other way round."""

    def __init__(self, *, as_json: bool) -> None:
        self.as_json = as_json
        self._progress = sys.stderr.isatty() and not as_json

    def say(self, text: str = "") -> None:
        """A line for a person."""
        if not self.as_json:
            print(text, flush=True)

    def value(self, value: Any) -> None:
        """The answer for a program."""
        if self.as_json:
            print(json.dumps(value, ensure_ascii=False), flush=True)

    def fail(self, text: str) -> None:
        """What went wrong and what to do next."""
        if self.as_json:
            print(json.dumps({"error": text}, ensure_ascii=False), flush=True)
        else:
            print(text, file=sys.stderr, flush=True)

    def progress(self, done: int, total: int) -> None:
        """A bar on the error stream, where that is a terminal."""
        if self._progress and total > 0:
            filled = 30 * done // total
            end = "\n" if done >= total else ""
            print(f"\r[{'#' * filled}{'.' * (30 - filled)}] {done}/{total}", end=end,
                  file=sys.stderr, flush=True)  # fmt: skip


def visible(text: str) -> str:
    """A stranger's words on one line, without what a terminal would obey."""
    line = " ".join(text.split())
    return "".join(c for c in line if unicodedata.category(c) not in _HIDDEN)


def cut(text: str, width: int) -> str:
    """At most `width` characters."""
    return text if len(text) <= width else text[: width - 1] + "…"


def iso(ms: int) -> str:
    """ISO date and time, local zone; "" for 0."""
    if not ms:
        return ""
    return datetime.fromtimestamp(ms / 1000, UTC).astimezone().isoformat(" ", "minutes")
