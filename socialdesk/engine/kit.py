"""What every part of the engine works with."""

from collections.abc import Callable
from concurrent.futures import Executor

from socialdesk.domain.frozen import frozen
from socialdesk.domain.times.clock import Clock
from socialdesk.engine.accounts.connections import Connections
from socialdesk.engine.turns import Turns
from socialdesk.store.file.reader import Readers
from socialdesk.store.file.writer import Writer


@frozen
class Kit:
    """`pool` runs jobs that talk to networks, one at a time per account (`turns`). `done` is called
    after each: something else may be due now."""

    writer: Writer
    readers: Readers
    connections: Connections
    pool: Executor
    turns: Turns
    clock: Clock
    done: Callable[[], None]
