"""How the command line prints: lines for people, or one JSON value for programs."""

import json
import re
import sys
import unicodedata
from concurrent.futures import Future, wait
from datetime import UTC, datetime
from io import TextIOWrapper
from itertools import count
from typing import Any, Final, TypeVar

from socialdesk.i18n import trn

T = TypeVar("T")

BAR_CHARS: Final = 30
TICK_S: Final = 1.0
_HIDDEN: Final = {"Cc", "Cf", "Cs"}  # control, bidi and zero-width marks: a terminal obeys them
# What JSON lets through and a terminal obeys: DEL, C1, bidi and zero-width marks.
_OBEYED: Final = re.compile("[\x7f-\x9f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]")


class Output:
    """`as_json`: `say` is silent and `value` prints; else the other way round."""

    def __init__(self, *, as_json: bool) -> None:
        self.as_json = as_json
        self._progress = sys.stderr.isatty() and not as_json
        for stream in (sys.stdout, sys.stderr):
            if isinstance(stream, TextIOWrapper):
                stream.reconfigure(errors="replace")  # a terminal of fewer letters shows ?

    def say(self, text: str = "") -> None:
        """A line for a person."""
        if not self.as_json:
            print(text, flush=True)

    def value(self, value: Any) -> None:
        """The answer for a program; called once."""
        if self.as_json:
            print(as_json(value), flush=True)

    def fail(self, text: str) -> None:
        """What went wrong and what to do next; the answer, for a program."""
        if self.as_json:
            print(as_json({"error": text}), flush=True)
        else:
            print(text, file=sys.stderr, flush=True)

    def hint(self, text: str) -> None:
        """A line beside the answer; a program finds the same in the value."""
        if not self.as_json:
            print(text, file=sys.stderr, flush=True)

    def progress(self, done: int, total: int) -> None:
        """A bar on the error stream, where that is a terminal."""
        if self._progress and total > 0:
            filled = BAR_CHARS * done // total
            bar = "#" * filled + "." * (BAR_CHARS - filled)
            self._over(f"[{bar}] {done}/{total}", is_last=done >= total)

    def wait(self, future: "Future[T]") -> T:
        """The future's result; on a terminal the seconds are counted meanwhile."""
        if self._progress:
            for n in count():
                if wait([future], timeout=TICK_S).done:
                    if n:
                        self._over("", is_last=False)
                    break
                self._over(trn("{n} second …", "{n} seconds …", n + 1), is_last=False)
        return future.result()

    def _over(self, text: str, *, is_last: bool) -> None:
        """In place of the line the cursor is on."""
        print(f"\r{text:50}\r" if not is_last else f"\r{text:50}", end="\n" if is_last else "",
              file=sys.stderr, flush=True)  # fmt: skip


def as_json(value: Any) -> str:
    """One line of JSON that is safe to look at; it reads back as the same value."""
    text = json.dumps(value, ensure_ascii=False)
    return _OBEYED.sub(lambda m: f"\\u{ord(m[0]):04x}", text)


def visible(text: str) -> str:
    """A stranger's words on one line, without what a terminal would obey."""
    line = " ".join(text.split())
    return "".join(c for c in line if unicodedata.category(c) not in _HIDDEN)


def cut(text: str, width: int) -> str:
    """At most `width` characters."""
    return text if len(text) <= width else text[: width - 1] + "…"


def iso(ms: int, timespec: str = "minutes") -> str:
    """ISO date and time with its offset, in the local zone; "" for 0."""
    if not ms:
        return ""
    return datetime.fromtimestamp(ms / 1000, UTC).astimezone().isoformat(" ", timespec)
