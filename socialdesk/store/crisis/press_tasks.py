"""A question of the press or of an authority is a task of the spokesperson: under a lock it is
handed to them, and stands among what is theirs. What somebody has already stays with them.

Source: crisis-mode specification, section 7. Journal: press_handed.
"""

import json
from collections.abc import Sequence
from typing import Final

from socialdesk.domain.crisis.incident import Category, Incident, IncidentState, Role
from socialdesk.domain.mentions.status import NEEDS_REPLY
from socialdesk.store.crisis import incident_moves
from socialdesk.store.file.transaction import Transaction
from socialdesk.store.triage import triage

THEIRS: Final = (Category.PRESS, Category.AUTHORITY)
SHOWN_IDS: Final = 100  # named in an event; the rest is a number


def hand_over(
    tx: Transaction,
    incident: Incident,
    person: int | None,
    mentions: Sequence[int] | None = None,
    before: int = 0,
) -> int:
    """Those of these (None = of all its mentions) that wait for an answer and are nobody's, or were
    of the spokesperson `before`. How many. Without a lock, or a spokesperson: none."""
    speaker = incident.roles.get(Role.SPOKESPERSON.value, 0)
    is_led = incident.is_locking or incident.state is IncidentState.STAND_DOWN
    if not speaker or not is_led:
        return 0
    asked = {
        "incident": incident.id, "before": before, "is_all": mentions is None,
        "ids": json.dumps(list(mentions or ())),
        "theirs": json.dumps([category.value for category in THEIRS]),
        "waiting": json.dumps([status.value for status in NEEDS_REPLY]),
    }  # fmt: skip
    found = [mention for (mention,) in tx.conn.execute(_FOUND, asked)]
    if found:
        triage.assign(tx, None, found, speaker)
        incident_moves.note(
            tx, incident, "press_handed", person, n=len(found), ids=found[:SHOWN_IDS], to=speaker
        )
    return len(found)


_FOUND: Final = """
SELECT l.mention_id FROM incident_mention l JOIN triage t ON t.mention_id = l.mention_id
WHERE l.incident_id = :incident AND l.category IN (SELECT value FROM json_each(:theirs))
  AND l.outbox_id = 0 AND t.status IN (SELECT value FROM json_each(:waiting))
  AND t.assignee_id IN (0, :before)
  AND (:is_all OR l.mention_id IN (SELECT value FROM json_each(:ids)))
ORDER BY l.mention_id"""
