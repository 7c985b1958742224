"""A checked post is kept in the journal: by its hash, never with a stranger's words."""

import hashlib
from typing import Any, Final

from socialdesk.domain.crisis.approval import canonical_text
from socialdesk.domain.crisis.refusal import CrisisRefusedError
from socialdesk.domain.errors import CommandError, CommandFault
from socialdesk.domain.temperature import MAX_REASON, Temperature
from socialdesk.engine.commands import temperature as c
from socialdesk.engine.temperature import check
from socialdesk.engine.work import Handler, Outcome
from socialdesk.store import journal
from socialdesk.store.crisis import incidents
from socialdesk.store.file.writer import Transaction

KIND: Final = "temperature_checked"  # of the journal entry


def keep_check(tx: Transaction, command: c.KeepCheck, person: int) -> Outcome:
    text, reason = canonical_text(command.text), command.reason.strip()[:MAX_REASON]
    if not text:
        raise CommandError(CommandFault.EMPTY)
    found = check(tx.conn, text, command.account_id, command.at, tx.now)
    if found.lock:
        raise CrisisRefusedError(
            "R13", incident_id=found.lock_id, account=found.account, id=found.lock
        )
    if found.needs_reason and not reason:
        raise CommandError(CommandFault.BAD_INPUT, what="reason")
    seq = journal.append(
        tx, KIND, _facts(command, text, found, reason), person=person,
        incident=_incident(tx, found),
    )  # fmt: skip
    return seq, {"verdict": found.verdict.value}


def _facts(command: c.KeepCheck, text: str, found: Temperature, reason: str) -> dict[str, Any]:
    return {
        "hash": hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest(),
        "account": command.account_id,
        "at": command.at,
        "verdict": found.verdict.value,
        "grounds": [ground.value for ground in found.grounds],
        "flags": [flag.value for flag in found.flags],
        "incidents": [code for code, _ in found.incidents],
        "reason": reason,
        **found.figures,
    }


def _incident(tx: Transaction, found: Temperature) -> int | None:
    """The worst open one: its log shows what was posted beside it."""
    codes = {code for code, _ in found.incidents}
    return next((one.id for one in incidents.open_incidents(tx.conn) if one.code in codes), None)


HANDLERS: Final[dict[type, Handler]] = {c.KeepCheck: keep_check}
