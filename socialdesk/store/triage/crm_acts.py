"""Making a case as an act that undo finds, for as long as nothing of it has left."""

from socialdesk.domain.people.crm import CrmCase
from socialdesk.store.crm import crm_cases
from socialdesk.store.file.transaction import Transaction
from socialdesk.store.triage import acts


def make(
    tx: Transaction, *, account_id: int, mention_id: int, case: CrmCase, person: int, leaves_at: int
) -> tuple[int, int]:
    """A new case, which leaves at `leaves_at` (ms UTC); its id and journal entry."""
    entry = crm_cases.add(
        tx, account_id=account_id, mention_id=mention_id, case=case, person=person,
        leaves_at=leaves_at,
    )  # fmt: skip
    act = acts.begin(tx, acts.CASE_KIND, person, crm_cases.facts(entry))
    acts.record(tx, act, acts.CASE_TABLE, entry.id, [], [entry.id])
    return entry.id, act.seq
