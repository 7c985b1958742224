"""What the command line needs from outside its layer; `__main__` puts it together."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Protocol

from socialdesk.domain.check import Check
from socialdesk.domain.frozen import frozen
from socialdesk.engine.desk import Desk
from socialdesk.places import Workspace


class OpenDesk(Protocol):
    """The running engine, else this process becomes it. Raises StoreError."""

    def __call__(self, place: Workspace, speed: float = 1.0) -> AbstractContextManager[Desk]: ...


class Restored(Protocol):
    """What came back, how many replies now wait for a person, and where the old file is kept."""

    @property
    def n_mentions(self) -> int: ...
    @property
    def n_pictures(self) -> int: ...

    @property
    def n_held(self) -> int: ...

    @property
    def kept(self) -> Path | None: ...


@frozen
class Tools:
    """`window`: opens it, with its own options. `checks`: what `doctor` finds. `restore`: a backup
    in place of the file. `verify_journal`: of one file."""

    desk_of: OpenDesk
    window: Callable[[list[str]], int]
    checks: Callable[[Workspace], Iterator[Check]]
    restore: Callable[[Workspace, Path], Restored]
    verify_journal: Callable[[Path], Check]
