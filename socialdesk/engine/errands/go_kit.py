"""The go-kit as a file. On a thread of the engine's errands; a PDF takes the printing child."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Final

from socialdesk.domain.errors import CommandError, CommandFault
from socialdesk.engine.commands.playbooks import ExportGoKit
from socialdesk.engine.go_kit.paper import page, read_kit
from socialdesk.engine.kit import Kit
from socialdesk.engine.reports import printing
from socialdesk.engine.whole_files import whole_text

SHAPES: Final = ("html", "pdf")


class GoKitErrands:
    """`work`: what does which command."""

    def __init__(self, kit: Kit) -> None:
        self._kit = kit
        self.work: Mapping[type, Callable[[Any, str], dict[str, Any]]] = {ExportGoKit: self._export}

    def _export(self, command: ExportGoKit, _: str) -> dict[str, Any]:
        target = Path(command.path)
        if command.shape not in SHAPES or not target.is_absolute():
            raise CommandError(CommandFault.BAD_INPUT, what=command.shape)
        now = self._kit.clock.now_ms()
        found = self._kit.readers.here(lambda conn: read_kit(conn, now))
        try:
            if command.shape == "pdf":
                printing.print_pdf(page(found, for_paper=True), target)
            else:
                with whole_text(target) as file:
                    file.write(page(found))
        except OSError as e:
            why = e.strerror or type(e).__name__
            raise CommandError(CommandFault.NOT_WRITTEN, file=target.name, why=why) from e
        return {"files": [str(target)]}
