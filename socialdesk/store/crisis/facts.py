"""Facts of incidents and the checks that carry them.

A fact that stops being confirmed takes with it what was approved leaning on it: see
`statement_leaning.py`. Journal: fact_saved, fact_checked, fact_state.
"""

from collections.abc import Iterable
from typing import Final

from socialdesk.domain.changes import Area
from socialdesk.domain.crisis.approval import canonical_text
from socialdesk.domain.crisis.fact import (
    Check,
    FactState,
    Says,
    SourceKind,
    Tally,
    carries_proof,
    same_source,
    state_after,
    tally,
)
from socialdesk.domain.crisis.refusal import CrisisRefusedError
from socialdesk.domain.errors import CommandError, CommandFault
from socialdesk.domain.frozen import frozen
from socialdesk.domain.playbooks.playbook import GATES
from socialdesk.store import journal
from socialdesk.store.crisis import incident_moves, statement_leaning
from socialdesk.store.file.sqlite import Connection
from socialdesk.store.file.transaction import Transaction

MAX_CHARS: Final = 1_000  # of a question, an answer, a claim
MAX_REF: Final = 300
OWN: Final = "own:"  # key of a question of one's own


@frozen
class Fact:
    """One row, with the checks that count (oldest first) and how many its incident asks for now.
    `kept`: the state as the file has it; after a change of severity its checks may carry it no
    more, before anybody counted them anew."""

    id: int
    incident_id: int
    key: str
    gate: str
    question: str
    answer: str
    claim: str
    kept: FactState
    checks_after: int
    checks: tuple[Check, ...]
    n_needed: int

    @property
    def tally(self) -> Tally:
        return tally(self.checks)

    @property
    def state(self) -> FactState:
        is_carried = self.kept is not FactState.CONFIRMED or self.tally.confirms(self.n_needed)
        return self.kept if is_carried else FactState.OPEN

    @property
    def name(self) -> str:
        """What refusals and screens call it: our own words."""
        return self.claim or self.question

    def may_skip(self, skip: frozenset[str]) -> bool:
        """Whether it only lacks checks that a person broke the glass for: nobody said no since."""
        is_open = self.state is FactState.OPEN and "R24" in skip
        return is_open and self.tally.only_lacks_checks(self.n_needed)

    @property
    def has_proof(self) -> bool:
        return carries_proof(self.state, self.checks)


@frozen
class Moved:
    """What a change of a fact did. `ended`: statement versions whose approval ended; `held`: outbox
    rows that were stopped; `published`: versions that are out and lean on it."""

    fact_id: int
    state: FactState
    seq: int
    ended: tuple[int, ...] = ()
    held: tuple[int, ...] = ()
    published: tuple[int, ...] = ()


# --- read ---


def read(conn: Connection, fact_id: int) -> Fact:
    """Raises CommandError NOT_FOUND."""
    row = conn.execute(
        "SELECT id, incident_id, key, gate, question, answer, claim, state, checks_after"
        " FROM fact_item WHERE id = ?",
        (fact_id,),
    ).fetchone()
    if row is None:
        raise CommandError(CommandFault.NOT_FOUND)
    id, incident_id, key, gate, question, answer, claim, state, after = row
    n_needed = incident_moves.read(conn, incident_id).pace.n_checks
    checks = _checks(conn, fact_id, after)
    return Fact(
        id, incident_id, key, gate, question, answer, claim, FactState(state), after, checks,
        n_needed,
    )  # fmt: skip


def ids_of(conn: Connection, incident_id: int) -> list[int]:
    """By gate and then as they were made."""
    rows = conn.execute(
        "SELECT id FROM fact_item WHERE incident_id = ? ORDER BY gate <> 'holding', id",
        (incident_id,),
    )
    return [row[0] for row in rows]


def refuse_unconfirmed(
    conn: Connection, fact_ids: Iterable[int], incident_id: int, *, skip: frozenset[str]
) -> None:
    """Raises CrisisRefusedError R23 (with the names of all) or R24 (of the first that only lacks
    checks), and CommandError NOT_FOUND for a fact of another incident. `skip`: codes that were
    broken by hand."""
    found = [read(conn, fact_id) for fact_id in fact_ids]
    if any(fact.incident_id != incident_id for fact in found):
        raise CommandError(CommandFault.NOT_FOUND)
    loose = [fact for fact in found if fact.state is not FactState.CONFIRMED]
    few = [f for f in loose if f.state is FactState.OPEN and f.tally.only_lacks_checks(f.n_needed)]
    if bad := [fact for fact in loose if fact not in few]:
        names = ", ".join(f"«{fact.name}»" for fact in bad)
        raise CrisisRefusedError("R23", incident_id=incident_id, n=len(bad), list=names)
    if few and "R24" not in skip:
        first = few[0]
        raise CrisisRefusedError(
            "R24", incident_id=incident_id, fact=first.name, k=first.tally.n_yes, n=first.n_needed
        )


# --- write ---


def save(
    tx: Transaction,
    incident_id: int,
    person: int,
    *,
    fact_id: int = 0,
    question: str = "",
    answer: str = "",
    claim: str = "",
    gate: str = "serious",
    state: str = "",
) -> Moved:
    """A new question, or other words or another state of one that is there.

    Other words than those that were checked have no checks: the earlier ones count no more. Raises
    CommandError NOT_FOUND, EMPTY, BAD_INPUT (gate, state).
    """
    incident_moves.read(tx.conn, incident_id)
    words = [canonical_text(text)[:MAX_CHARS] for text in (question, answer, claim)]
    if gate not in GATES:
        raise CommandError(CommandFault.BAD_INPUT, what="gate")
    if state not in ("", "open", "false", "unknowable"):
        raise CommandError(CommandFault.BAD_INPUT, what="state")
    if not fact_id:
        fact_id = _insert(tx, incident_id, gate, *words)
    before = read(tx.conn, fact_id)
    if before.incident_id != incident_id:
        raise CommandError(CommandFault.NOT_FOUND)
    after_checks = _newest_check(tx.conn) if _says_otherwise(before, *words[1:]) else 0
    tx.conn.execute(
        "UPDATE fact_item SET question = ?, answer = ?, claim = ?, checks_after = max(?, "
        "checks_after) WHERE id = ?",
        (words[0] or before.question, *words[1:], after_checks, fact_id),
    )
    data = {"fact": fact_id, "key": before.key, "question": words[0] or before.question,
            "answer": words[1], "claim": words[2]}  # fmt: skip
    seq = journal.append(tx, "fact_saved", data, person=person, incident=incident_id)
    return _settle(tx, before, FactState(state) if state else None, person, seq)


def check(
    tx: Transaction, fact_id: int, source_kind: str, source_ref: str, says: str, person: int
) -> tuple[int, Moved]:
    """One look at a fact: its id, and what it did. Raises CommandError NOT_FOUND, EMPTY (no
    source), BAD_INPUT."""
    ref = " ".join(source_ref.split())[:MAX_REF]
    if not same_source(ref):
        raise CommandError(CommandFault.EMPTY)
    try:
        kind, said = SourceKind(source_kind), Says(says)
    except ValueError as e:
        raise CommandError(CommandFault.BAD_INPUT, what=f"{source_kind} {says}"[:60]) from e
    before = read(tx.conn, fact_id)
    made = tx.conn.execute(
        "INSERT INTO fact_check(fact_id, at, person_id, source_kind, source_ref, says)"
        " VALUES (?, ?, ?, ?, ?, ?)",
        (fact_id, tx.now, person, kind.value, ref, said.value),
    ).lastrowid
    data = {"fact": fact_id, "key": before.key, "check": made, "source_kind": kind.value,
            "says": said.value}  # fmt: skip
    seq = journal.append(tx, "fact_checked", data, person=person, incident=before.incident_id)
    return int(made or 0), _settle(tx, before, None, person, seq)


def recount(tx: Transaction, incident_id: int, person: int | None) -> list[Moved]:
    """The severity changed, and with it how many checks a fact needs. What moved."""
    moved = [
        _settle(tx, read(tx.conn, fact_id), None, person, 0)
        for fact_id in ids_of(tx.conn, incident_id)
    ]
    return [one for one in moved if one.seq]


# --- inside ---


def _insert(
    tx: Transaction, incident_id: int, gate: str, question: str, answer: str, claim: str
) -> int:
    if not (question or claim).strip():
        raise CommandError(CommandFault.EMPTY)
    made = tx.conn.execute(
        "INSERT INTO fact_item(incident_id, key, gate, question, answer, claim)"
        " SELECT ?1, ?2 || (count(*) + 1), ?3, ?4, ?5, ?6 FROM fact_item"
        " WHERE incident_id = ?1 AND key LIKE ?2 || '%'",
        (incident_id, OWN, gate, question or claim, answer, claim),
    ).lastrowid
    return int(made or 0)


def _says_otherwise(before: Fact, answer: str, claim: str) -> bool:
    """Words that were there when it was checked are others now."""
    pairs = ((before.answer, answer), (before.claim, claim))
    return any(old and old != new for old, new in pairs)


def _newest_check(conn: Connection) -> int:
    (found,) = conn.execute("SELECT coalesce(max(id), 0) FROM fact_check").fetchone()
    return int(found)


def _settle(
    tx: Transaction, before: Fact, wanted: FactState | None, person: int | None, seq: int
) -> Moved:
    """The state as it is now, with its event when it moved; away from confirmed it stops what leans
    on it (R27)."""
    tx.touch(Area.INCIDENTS)
    fact = read(tx.conn, before.id)
    state = wanted or state_after(fact.kept, fact.checks, fact.n_needed)
    has_other_words = fact.checks_after > before.checks_after
    if state is not before.kept:
        tx.conn.execute("UPDATE fact_item SET state = ? WHERE id = ?", (state.value, fact.id))
        data = {"fact": fact.id, "key": fact.key, "from": before.kept.value, "to": state.value,
                "n_checks": fact.tally.n_yes, "n_needed": fact.n_needed}  # fmt: skip
        moved_seq = journal.append(tx, "fact_state", data, person=person,
                                   incident=fact.incident_id)  # fmt: skip
        seq = seq or moved_seq
    elif not has_other_words:
        return Moved(fact.id, state, seq)
    if state is FactState.CONFIRMED:
        return Moved(fact.id, state, seq)
    stopped = statement_leaning.stop(tx, fact.incident_id, fact.id, state.value, person)
    return Moved(fact.id, state, seq, stopped.ended, stopped.held, stopped.published)


def _checks(conn: Connection, fact_id: int, after: int) -> tuple[Check, ...]:
    rows = conn.execute(
        "SELECT source_kind, source_ref, says FROM fact_check WHERE fact_id = ? AND id > ?"
        " ORDER BY id",
        (fact_id, after),
    )
    return tuple(Check(SourceKind(kind), ref, Says(says)) for kind, ref, says in rows)
