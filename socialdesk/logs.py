"""Each process writes its own rotating log. No secret, no stranger's words above DEBUG."""

import faulthandler
import logging
import re
import sys
import threading
from logging.handlers import RotatingFileHandler
from pathlib import Path
from types import TracebackType

from socialdesk.places import private_file

MAX_BYTES, N_FILES = 1_000_000, 9
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]")
_SECRET = re.compile(
    r"(?i)(bearer\s+|(?:access_|refresh_)?token[=:]\s*|password[=:]\s*|secret[=:]\s*|[?&](?:code|key)=)"
    r"[^\s&,;\"']+"
)

log = logging.getLogger(__name__)


class SafeFormatter(logging.Formatter):
    """One entry, one place: control characters are shown, what looks like a secret is cut, and only
    a new entry begins at the left: the lines of a traceback stand in from it.

    The second line of defence: secrets do not get as far as a log call (`field(repr=False)`).
    """

    def format(self, record: logging.LogRecord) -> str:
        text = _SECRET.sub(r"\1***", super().format(record))
        shown = _CONTROL.sub(lambda m: f"\\x{ord(m[0]):02x}", text)
        return shown.replace("\n", "\n    ")


def start_log(path: Path, level: int = logging.INFO) -> None:
    """Log to `path` (10 files of 1 MB), faults and unhandled errors included. Of a crash only the
    places in the code are kept, never the memory."""
    dump_no_core()
    private_file(path)
    handler = RotatingFileHandler(path, maxBytes=MAX_BYTES, backupCount=N_FILES, encoding="utf-8")
    handler.setFormatter(SafeFormatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    logging.basicConfig(level=level, handlers=[handler], force=True)
    logging.captureWarnings(True)
    sys.excepthook = _unhandled
    threading.excepthook = lambda a: _unhandled(a.exc_type, a.exc_value, a.exc_traceback)
    crash = path.with_suffix(".crash")  # stderr may be missing in a windowed program
    private_file(crash)
    faulthandler.enable(crash.open("a", encoding="utf-8"))


def dump_no_core() -> None:
    """A dump of the engine's memory would hold tokens. Windows writes none by itself."""
    try:
        import resource

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    except (ImportError, OSError, ValueError):
        return


def _unhandled(
    kind: type[BaseException], error: BaseException | None, trace: TracebackType | None
) -> None:
    if error is not None and not issubclass(kind, KeyboardInterrupt):
        log.critical("unhandled %s", kind.__name__, exc_info=(kind, error, trace))
