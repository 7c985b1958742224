"""How a command is done once: its id, its handler, and the answer kept beside its effect."""

from collections.abc import Callable, Mapping
from concurrent.futures import Future
from typing import Any

from socialdesk.domain.crisis.refusal import CrisisRefusedError
from socialdesk.engine.commands import Command
from socialdesk.engine.desk import Done
from socialdesk.engine.settings import number_of
from socialdesk.store import commands, journal, settings
from socialdesk.store.file.savepoint import savepoint
from socialdesk.store.file.writer import Transaction

_REFUSED = "refused by"  # in a kept answer: the code
Outcome = tuple[int, dict[str, Any]]  # journal entry (0 = none) and the answer
Handler = Callable[[Transaction, Any, int], Outcome]
"""(transaction, command, id of the person at the keys) → outcome. Raises CommandError."""


def do_once(
    tx: Transaction, command_id: str, command: Command, handlers: Mapping[type, Handler]
) -> Done | CrisisRefusedError:
    """Run the handler, or give the answer of the first time. What crisis mode refuses leaves its
    event in the journal and nothing else. Raises CommandError."""
    before = commands.answered(tx, command_id)
    if before is not None:
        return _as_before(*before)
    person = here_of(tx)
    try:
        with savepoint(tx):
            seq, answer = handlers[type(command)](tx, command, person)
    except CrisisRefusedError as e:
        commands.remember(tx, command_id, note_refusal(tx, e, command, person), _refused(e))
        return e
    commands.remember(tx, command_id, seq, answer)
    return Done(seq, answer)


def raised(future: "Future[Done | CrisisRefusedError]") -> "Future[Done]":
    """The same, failing with what was refused: its event is in the file by then."""
    out: Future[Done] = Future()

    def settle(done: "Future[Done | CrisisRefusedError]") -> None:
        error = done.exception()
        result = error or done.result()
        if isinstance(result, Done):
            out.set_result(result)
        else:
            out.set_exception(result)

    future.add_done_callback(settle)
    return out


def failed(error: Exception) -> "Future[Done]":
    """Of a command that is not even begun."""
    future: Future[Done] = Future()
    future.set_exception(error)
    return future


def note_refusal(
    tx: Transaction, error: CrisisRefusedError, command: Command, person: int | None
) -> int:
    """The `refused` event; its journal entry."""
    data = {"code": error.code, "command": type(command).__name__, "facts": dict(error.facts)}
    return journal.append(
        tx, "refused", data, person=person, incident=error.incident_id or None
    )  # fmt: skip


def here_of(tx: Transaction) -> int:
    """The id of the person at the keys."""
    return number_of(settings.read_all(tx.conn), "here")


def _refused(error: CrisisRefusedError) -> dict[str, Any]:
    return {_REFUSED: error.code, "incident_id": error.incident_id, "facts": dict(error.facts)}


def _as_before(seq: int, answer: dict[str, Any]) -> Done | CrisisRefusedError:
    if _REFUSED in answer:
        return CrisisRefusedError(
            answer[_REFUSED], incident_id=answer["incident_id"], **answer["facts"]
        )
    return Done(seq, answer)
