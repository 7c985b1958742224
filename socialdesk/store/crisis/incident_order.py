"""Where an incident's mentions stand in "Needs reply" while it locks.

The rule is `domain.mentions.need`'s. Whoever links, unlinks, answers or sorts a mention of an
incident, and whoever moves its lock, calls one of these in the same transaction.
"""

from collections.abc import Sequence

from socialdesk.domain.crisis.incident import Incident
from socialdesk.store.file.transaction import Transaction
from socialdesk.store.mentions import need_order


def place_linked(tx: Transaction, incident: Incident) -> None:
    """The lock came or went: every linked mention stands anew."""
    rows = tx.conn.execute(
        "SELECT mention_id FROM incident_mention WHERE incident_id = ?", (incident.id,)
    )
    need_order.place_anew(tx, [mention for (mention,) in rows])


def place(tx: Transaction, mentions: Sequence[int]) -> None:
    """These were linked, unlinked or sorted otherwise."""
    need_order.place_anew(tx, mentions)
