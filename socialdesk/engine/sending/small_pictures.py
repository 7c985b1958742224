"""Pictures made smaller, for a network or to be shown, by the picture child."""

import os
import re
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

from socialdesk.engine.children import command_of, run_child

TIMEOUT_S: Final = 30.0  # a photo of 24 million pixels takes half a second
LEFT_S: Final = 3_600.0  # a passing picture that nobody took for so long never will be
_PASSING: Final = re.compile(r"socialdesk-passing-[0-9a-f]{32}\.png")


@contextmanager
def fitted(source: Path, max_bytes: int) -> Iterator[Path | None]:
    """A JPEG of at most so many bytes, as long as the block lasts. None: it may go as it is, or
    cannot be made so small. `max_bytes`: 0 = any."""
    if not max_bytes or bytes_of(source) <= max_bytes:
        yield None
        return
    with tempfile.TemporaryDirectory(prefix="socialdesk-picture-") as folder:
        target = Path(folder) / "fitted.jpg"
        yield target if _made("fit", source, target, max_bytes) else None


def thumbnail(source: Path, side: int) -> bytes:
    """A PNG of at most `side` px in each direction; b"" of what is no picture."""
    with tempfile.TemporaryDirectory(prefix="socialdesk-picture-") as folder:
        target = Path(folder) / "thumbnail.png"
        return target.read_bytes() if _made("thumbnail", source, target, side) else b""


def passing_name() -> str:
    """For a file in the temporary folder: a PNG on its way from the window to the engine."""
    return f"socialdesk-passing-{os.urandom(16).hex()}.png"


def is_passing(path: Path) -> bool:
    """Whether it is such a picture: who takes it removes it."""
    return _PASSING.fullmatch(path.name) is not None


def remove_passing(taken: Path) -> None:
    """The one that was taken, and those beside it whose window or engine ended before: what
    somebody pasted is not to lie about."""
    with suppress(OSError):
        left_before = taken.stat().st_mtime - LEFT_S
        for other in filter(is_passing, taken.parent.iterdir()):
            if other.stat().st_mtime < left_before:
                other.unlink()
    taken.unlink(missing_ok=True)


def _made(what: str, source: Path, target: Path, size: int) -> bool:
    command = command_of("--picture", what, str(source), str(target), str(size))
    return run_child(command, TIMEOUT_S) is None and target.is_file()


def bytes_of(path: Path) -> int:
    """How large the file is; 0 of what is none: a pipe or a device would never end."""
    try:
        return path.stat().st_size if path.is_file() else 0
    except OSError:
        return 0
