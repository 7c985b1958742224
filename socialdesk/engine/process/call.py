"""A command-line call's engine: the one that runs, else this process; and again when that one ends.

The engine that a call finds may be another call's, which ends with it. The desk then finds the next
one, or this process becomes it and is linked to itself; either way what was not answered is asked
again under the same ids, and is done once.
"""

import logging
import threading
from collections.abc import Callable
from contextlib import AbstractContextManager, ExitStack
from types import TracebackType
from typing import Any, Final, Protocol

from socialdesk.domain.errors import EngineLostError, SocialDeskError, StoreError, StoreFault
from socialdesk.domain.times.clock import Clock
from socialdesk.engine.desk import Desk
from socialdesk.engine.process.link import LinkedDesk
from socialdesk.engine.process.supervisor import greet
from socialdesk.places import Workspace
from socialdesk.store.file.reader import Readers

TRIES: Final = 30  # an engine that is starting or ending holds the file and does not answer
LOCK_WAIT_S: Final = 1.0  # in each
MAX_LOSSES: Final = 6  # engines that may end before one call has its answers

log = logging.getLogger(__name__)


class Engine(Desk, Protocol):
    """A desk that fetches and sends, once it is told to."""

    def work(self) -> None:
        """Begin."""


class Call:
    """As a context it gives the desk; StoreError where there is none. `become`: this process as the
    engine, for as long as that context lasts; StoreError LOCKED where another is it for as many
    seconds as it is given."""

    def __init__(
        self,
        place: Workspace,
        clock: Clock,
        become: Callable[[float], AbstractContextManager[Engine]],
    ) -> None:
        self._place, self._clock, self._engine_for = place, clock, become
        self._linked: LinkedDesk | None = None
        self._engine: Engine | None = None
        self._own = ExitStack()  # what this process is the engine with
        self._finding = threading.Lock()
        self._is_over = threading.Event()
        self._n_lost = 0

    def __enter__(self) -> Desk:
        connection = self._find()
        if self._engine is not None:
            return self._engine
        desk = self._linked = LinkedDesk(Readers(self._place.database), self._clock)
        desk.on_lost(lambda: self._find_again(desk))
        desk.attach(connection)
        return desk

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._is_over.set()
        if self._linked is not None:
            self._linked.close()
        with self._finding:
            self._own.__exit__(kind, error, trace)

    def _find_again(self, desk: LinkedDesk) -> None:
        """On the link's thread, which has ended with its pipe. An engine that nobody needs any more
        is not looked for: the call is about to end."""
        if not desk.wait_needed():
            return
        try:
            with self._finding:
                connection = self._next()
        except SocialDeskError as e:
            desk.give_up(e)
        except Exception:
            log.exception("no engine was found after the last one")
            desk.give_up(EngineLostError("the next engine met a bug"))
        else:
            desk.attach(connection)

    def _next(self) -> Any:
        """A pipe to it. Raises EngineLostError, StoreError."""
        self._n_lost += 1
        if self._n_lost > MAX_LOSSES:
            raise EngineLostError("one engine after the other ended")
        connection = self._find(is_again=True) or greet(self._place)
        if connection is None:
            raise EngineLostError("this process does not answer itself")
        return connection

    def _find(self, *, is_again: bool = False) -> Any:
        """A pipe to the engine that runs; None where this process became it."""
        for tries_left in reversed(range(TRIES)):
            connection = greet(self._place)
            if connection is not None:
                return connection
            if self._is_over.is_set() or (is_again and not self._place.database.exists()):
                raise EngineLostError("the call is over, or the workspace was removed")
            try:
                self._become()
            except StoreError as e:
                if e.fault is not StoreFault.LOCKED or not tries_left:
                    raise
            else:
                break
        return None

    def _become(self) -> None:
        """The engine, whom other askers find. Raises StoreError."""
        from socialdesk.engine.process.host import Host

        with ExitStack() as stack:
            self._engine = engine = stack.enter_context(self._engine_for(LOCK_WAIT_S))
            host = Host(engine, self._place, on_quit=lambda: None)
            stack.callback(host.close)
            host.start()
            engine.work()
            self._own = stack.pop_all()
