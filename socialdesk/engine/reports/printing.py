"""A page of HTML as PDF, by the printing child."""

import tempfile
from pathlib import Path
from typing import Final

from socialdesk.domain.errors import CommandError, CommandFault
from socialdesk.engine.children import command_of, run_child
from socialdesk.places import private_file

TIMEOUT_S: Final = 60.0  # a page with all its charts takes about a second
HEAD: Final = b"%PDF-"


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
            words = command or command_of("--pdf", str(source), str(draft))
            if (failure := run_child(words, timeout_s)) is not None:
                raise CommandError(CommandFault.NOT_PRINTED, why=failure.value)
            with open(draft, "rb") as file:
                if file.read(len(HEAD)) != HEAD:
                    raise CommandError(CommandFault.NOT_PRINTED, why="empty")
            draft.replace(target)
        finally:
            draft.unlink(missing_ok=True)
