"""Hiding on our side: only insults, threats and private data, each one logged; never criticism.

The words stay readable under Muted. The log keeps their checksum and the mention, no word of them.
"""

from typing import Final

from socialdesk.domain.crisis.incident import Category
from socialdesk.domain.errors import CommandError, CommandFault
from socialdesk.domain.mentions.insight import Intent
from socialdesk.domain.mentions.status import Disposition, Status
from socialdesk.store.crisis import incident_moves
from socialdesk.store.file.transaction import Transaction
from socialdesk.store.triage import acts, triage

REASONS: Final = frozenset({"insult", "threat", "private"})
# What somebody says who has something to say to us; an insult in it can be hidden once a person
# has said that it is nothing else (category troll).
CRITICISM: Final = frozenset(
    {Category.SAFETY.value, Category.PRESS.value, Category.AUTHORITY.value,
     Category.COMPLAINT.value, Category.QUESTION.value, Category.WRONG_FACTS.value}
)  # fmt: skip


def hide(tx: Transaction, mention_id: int, reason: str, incident_id: int, person: int) -> int:
    """Filed as done under Muted; Undo brings it back. The journal entry. Raises CommandError
    BAD_INPUT (`what`: reason, criticism), NOT_FOUND."""
    if reason not in REASONS:
        raise CommandError(CommandFault.BAD_INPUT, what="reason")
    row = tx.conn.execute(
        "SELECT m.checksum, m.url, m.uri FROM mention m JOIN triage t ON t.mention_id = m.id "
        "WHERE m.id = ?",
        (mention_id,),
    ).fetchone()
    if row is None:
        raise CommandError(CommandFault.NOT_FOUND)
    if _is_criticism(tx, mention_id):
        raise CommandError(CommandFault.BAD_INPUT, what="criticism")
    facts = {"mention": mention_id, "reason": reason, "words": row[0]}
    act = acts.begin(tx, "mention_hidden", person, facts)
    triage.set_status(tx, act, [mention_id], Status.DONE, Disposition.MUTED)
    for incident in _incidents(tx, mention_id, incident_id):
        incident_moves.note(tx, incident_moves.read(tx.conn, incident), "mention_hidden", person,
                            **facts)  # fmt: skip
    return act.seq


def _is_criticism(tx: Transaction, mention_id: int) -> bool:
    """By what it is in an incident, else as it was read."""
    linked = [
        category
        for (category,) in tx.conn.execute(
            "SELECT category FROM incident_mention WHERE mention_id = ?", (mention_id,)
        )
    ]
    if linked:
        return any(category in CRITICISM for category in linked)
    found = tx.conn.execute(
        "SELECT 1 FROM triage t LEFT JOIN insight i ON i.mention_id = t.mention_id "
        "WHERE t.mention_id = ? AND (t.is_alarming = 1 OR CASE coalesce(i.own_intent, 0) WHEN 0 "
        f"THEN i.intent ELSE i.own_intent END IN ({Intent.COMPLAINT.value}, "
        f"{Intent.QUESTION.value}, {Intent.PRESS.value}))",
        (mention_id,),
    ).fetchone()
    return found is not None


def _incidents(tx: Transaction, mention_id: int, asked: int) -> list[int]:
    rows = tx.conn.execute(
        "SELECT l.incident_id FROM incident_mention l JOIN incident i ON i.id = l.incident_id "
        "WHERE l.mention_id = ? AND i.state NOT IN ('closed', 'dismissed')",
        (mention_id,),
    )
    return sorted({incident for (incident,) in rows} | ({asked} - {0}))
