"""The one door. Everything a user can do goes through `ask` and `do`, with or without Qt.

2026-11: two bodies behind one contract: `InlineDesk` (everything in this process) and `LinkedDesk`
(the window: own read-only connection, commands over the link to the engine process).
"""

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future
from dataclasses import field
from enum import Enum
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from socialdesk.domain.changes import Changes
from socialdesk.domain.frozen import frozen
from socialdesk.domain.queue.rows import QueueRow
from socialdesk.engine.queries.base import Query

if TYPE_CHECKING:
    from socialdesk.engine.commands import Command  # no window needs them for its first paint

T = TypeVar("T")


@frozen
class Done:
    """What a command left behind. `seq`: its journal entry, 0 when it has none. `answer`: plain
    JSON values, named in the command's docstring."""

    seq: int = 0
    answer: Mapping[str, Any] = field(default_factory=dict)


class EngineState(Enum):
    """How the engine is, as the window shows it."""

    STARTING = "starting"
    READY = "ready"
    LOST = "lost"  # being started again
    STOPPED = "stopped"  # died too often: Try again
    UPDATING = "updating"  # the file is being migrated
    WAITING_KEYRING = "waiting_keyring"
    DAMAGED = "damaged"  # the file: the recovery screen
    NEWER = "newer"  # the file was written by a later program


@frozen
class Notice:
    """Something the engine tells at once, beside Changes. `code`: of `engine/words/messages.py`."""

    code: str
    facts: Mapping[str, str] = field(default_factory=dict)


Listener = Callable[[Changes | Notice | EngineState], None]


class Desk(Protocol):
    """Thread-safe. Futures fail with a SocialDeskError (CommandError for a refused command,
    EngineLostError when it could not be told whether it was done)."""

    def ask(self, query: Query[T]) -> "Future[T]":
        """Answered on a reader thread of this process."""
        ...

    def rows(self, ids: Sequence[int]) -> list[QueueRow]:
        """At most 100 rows by id, at once, on the caller's thread: the one read a screen may
        wait for (under 1 ms warm)."""
        ...

    def do(self, command: "Command", command_id: str = "") -> "Future[Done]":
        """Done once per id, whatever dies meanwhile; "" = a new id is made here."""
        ...

    def listen(self, listener: Listener) -> Callable[[], None]:
        """Called on any thread after each commit and at each change of state; the answer ends
        it. A listener only hands over and returns."""
        ...

    def close(self) -> None:
        """Finish what is on the wire, close the file. Idempotent."""
        ...
