"""What a disk may hold after a power cut: all that was synced, and of the rest anything.

Each write that was not synced is there, is not there, or is torn: some of its sectors are new and
the others old. Sectors of 512 bytes are written whole, as SQLite expects of disks
(sqlite.org/psow.html). A name that was deleted may be there still, until SQLite syncs the folder:
it does so with the first sync of a WAL or a journal it has made.
"""

import random
from itertools import pairwise
from pathlib import Path
from typing import Final

from tests.soak.disk_log import Act, Cut, Deleted, Synced, Wrote

SECTOR: Final = 512
STORED: Final = 0.4  # of the writes that were not synced; as many are lost, the rest torn


class LossyDisk:
    """Files by name: `safe` is what was synced, `loose` what came after it."""

    def __init__(self) -> None:
        self._safe: dict[str, bytearray] = {}
        self._loose: dict[str, list[Wrote | Cut]] = {}
        self._ghosts: dict[str, bytearray] = {}  # deleted, and perhaps not

    def take(self, act: Act) -> None:
        match act:
            case Wrote() | Cut():
                self._loose.setdefault(act.name, []).append(act)
            case Synced(name):
                if name not in self._safe and name.endswith(("-wal", "-journal")):
                    self._ghosts.clear()
                file = self._safe.setdefault(name, bytearray())
                for one in self._loose.pop(name, ()):
                    _apply(file, one)
                self._ghosts.pop(name, None)
            case Deleted(name):
                self._ghosts[name] = self._safe.pop(name, bytearray())
                self._loose.pop(name, None)

    def cut_power(self, folder: Path, dice: random.Random) -> int:
        """Leave in `folder` what may be there; how many writes were lost or torn."""
        n = 0
        for name in self._safe.keys() | self._loose.keys():
            file = bytearray(self._safe.get(name, b""))
            is_calm = dice.random() < 0.1  # the system had written all of it by itself
            for one in self._loose.get(name, ()):
                fate = 0.0 if is_calm else dice.random()
                n += fate >= STORED
                if fate < STORED:
                    _apply(file, one)
                elif fate > 2 * STORED and isinstance(one, Wrote):
                    for part in _torn(one, dice):
                        _apply(file, part)
            (folder / name).write_bytes(file)
        for name, content in self._ghosts.items():
            if content and dice.random() < 0.5 and not (folder / name).exists():
                (folder / name).write_bytes(content)
        return n


def _apply(file: bytearray, act: Wrote | Cut) -> None:
    if isinstance(act, Cut):
        del file[act.size :]
        return
    if len(file) < act.at:
        file.extend(bytes(act.at - len(file)))
    file[act.at : act.at + len(act.data)] = act.data


def _torn(act: Wrote, dice: random.Random) -> list[Wrote]:
    """Some of its sectors."""
    end = act.at + len(act.data)
    bounds = [act.at, *range(act.at // SECTOR * SECTOR + SECTOR, end, SECTOR), end]
    parts = pairwise(bounds)
    return [
        Wrote(act.name, at, act.data[at - act.at : to - act.at])
        for at, to in parts
        if dice.random() < 0.5
    ]
