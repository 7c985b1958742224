"""The parts of the engine by which a workspace belongs to its people: copies, keeping, leaving."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from socialdesk.domain.changes import Changes
from socialdesk.engine.clockwork import Part
from socialdesk.engine.commands.owning import CheckComputer, ReadDisk
from socialdesk.engine.errands.backing_up import BackingUp
from socialdesk.engine.errands.full_export import FullExport
from socialdesk.engine.errands.keeping import KeepErrands
from socialdesk.engine.errands.leaving import Leaving
from socialdesk.engine.errands.restoring import Restoring
from socialdesk.engine.health import disk
from socialdesk.engine.kit import Kit
from socialdesk.engine.owning.retention import Retention
from socialdesk.i18n import in_language, language

Answer = dict[str, Any]


class Owning:
    """`parts`: of the clockwork; `work`: which command is done by what. `backups`: the folder, in
    the workspace's."""

    def __init__(
        self,
        kit: Kit,
        backups: Path,
        settings: Callable[[], Mapping[str, str]],
        tell: Callable[[Changes], None],
    ) -> None:
        self._kit, self._folder = kit, backups.parent
        backing_up = BackingUp(kit, backups)
        self.parts: tuple[Part, ...] = (
            backing_up, Retention(kit, self._folder / "reports", settings),
        )  # fmt: skip
        self.work: Mapping[type, Callable[[Any, str], Answer]] = {
            **backing_up.work,
            **KeepErrands(kit).work,
            **FullExport(kit).work,
            **Restoring(kit, backups, tell).work,
            **Leaving(kit, self._folder).work,
            ReadDisk: self._read_disk,
            CheckComputer: self._check,
        }

    def _read_disk(self, command: ReadDisk, _: str) -> Answer:
        found = disk.disk_of(self._folder)
        return {"state": found.state.value, "what": found.what}

    def _check(self, command: CheckComputer, _: str) -> Answer:
        from socialdesk.engine.health import doctor  # seldom asked for

        secrets = self._kit.connections.secrets

        def checks() -> list[list[Any]]:
            found = doctor.checks_inside(self._kit.readers, self._folder, secrets)
            return [[c.name, c.is_well, c.text, c.next_step] for c in found]

        return {"checks": in_language(command.language or language(), checks)}
