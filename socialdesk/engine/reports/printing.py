"""A page of HTML as PDF, by a short-lived child process that has Qt.

Laying out blocks, and the engine has no Qt; a page that crashes or hangs the layout kills nobody
but the child, and the asker is told why there is no PDF (desktop specification, section 6).
"""

import logging
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Final

from socialdesk.domain.errors import CommandError, CommandFault
from socialdesk.places import private_file

TIMEOUT_S: Final = 60.0  # a page with all its charts takes about a second
HEAD: Final = b"%PDF-"
log = logging.getLogger(__name__)


def child_command(source: Path, target: Path) -> list[str]:
    """How this program is called to print."""
    program = [sys.executable, *([] if getattr(sys, "frozen", False) else ["-m", "socialdesk"])]
    return [*program, "--pdf", str(source), str(target)]


def print_pdf(
    html: str, target: Path, *, timeout_s: float = TIMEOUT_S, command: list[str] | None = None
) -> None:
    """`target` is replaced when the PDF is whole, and not touched before. `command`: another
    child, for tests. Raises CommandError NOT_PRINTED, OSError."""
    draft = target.with_name(f"{target.name}.part")
    with tempfile.TemporaryDirectory(prefix="socialdesk-print-") as folder:
        source = Path(folder) / "page.html"
        private_file(source)
        source.write_text(html, encoding="utf-8")
        draft.unlink(missing_ok=True)
        private_file(draft)
        try:
            _run(command or child_command(source, draft), timeout_s)
            with open(draft, "rb") as file:
                if file.read(len(HEAD)) != HEAD:
                    raise CommandError(CommandFault.NOT_PRINTED, why="empty")
            draft.replace(target)
        finally:
            draft.unlink(missing_ok=True)


def _run(command: list[str], timeout_s: float) -> None:
    """Wait for the child; it is killed when its time is up."""
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    try:
        done = subprocess.run(
            command, env=environment, timeout=timeout_s, stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, check=False,
        )  # fmt: skip
    except subprocess.TimeoutExpired as e:
        raise CommandError(CommandFault.NOT_PRINTED, why="slow") from e
    if done.returncode:
        log.info("printing ended with %d: %s", done.returncode, done.stderr[-2000:])
        raise CommandError(CommandFault.NOT_PRINTED, why="ended")
