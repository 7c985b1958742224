"""How a command is done once: its id, its handler, and the answer kept beside its effect."""

from collections.abc import Callable, Mapping
from typing import Any

from socialdesk.engine.commands import Command
from socialdesk.engine.desk import Done
from socialdesk.engine.settings import number_of
from socialdesk.store import commands, settings
from socialdesk.store.writer import Transaction

Outcome = tuple[int, dict[str, Any]]  # journal entry (0 = none) and the answer
Handler = Callable[[Transaction, Any, int], Outcome]
"""(transaction, command, id of the person at the keys) → outcome. Raises CommandError."""


def do_once(
    tx: Transaction, command_id: str, command: Command, handlers: Mapping[type, Handler]
) -> Done:
    """Run the handler, or give the answer of the first time. Raises CommandError."""
    before = commands.answered(tx, command_id)
    if before is not None:
        return Done(*before)
    seq, answer = handlers[type(command)](tx, command, here_of(tx))
    commands.remember(tx, command_id, seq, answer)
    return Done(seq, answer)


def here_of(tx: Transaction) -> int:
    """The id of the person at the keys."""
    return number_of(settings.read_all(tx.conn), "here")
