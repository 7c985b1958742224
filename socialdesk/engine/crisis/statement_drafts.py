"""How a statement is made from what a person wrote and what is prepared: the playbook's blocks, the
words for a missed promise, the times, and a ready correction of what turned out wrong."""

from typing import Final

from socialdesk.domain.crisis.incident import Incident
from socialdesk.domain.crisis.statement import (
    LATE,
    NEXT_UPDATE,
    PROMISING,
    StatementKind,
    leaning_sentences,
    needs_reason,
    text_of,
)
from socialdesk.domain.errors import CommandError, CommandFault
from socialdesk.domain.playbooks.playbook import LANGS, Common, Playbook, blocks_of
from socialdesk.domain.replies.placeholder import clean_value, fill, placeholders
from socialdesk.engine import playbooks
from socialdesk.engine.words.statements import time_in
from socialdesk.store.crisis import facts, incident_dues, incident_moves, statements
from socialdesk.store.crisis.facts import Moved
from socialdesk.store.crisis.statements import NewVersion, Pairs
from socialdesk.store.file.sqlite import Connection
from socialdesk.store.file.transaction import Transaction

TIME: Final = "time"
LATE_KINDS: Final = (PROMISING - {StatementKind.FIRST}) | {StatementKind.RESOLUTION}
"""Texts that begin with the words for a promise that was missed."""


def playbook_of(conn: Connection, incident: Incident) -> Playbook | None:
    """The one it was declared with; None for a suspicion or an unknown type."""
    return playbooks.read_playbook_of(conn, incident.playbook, incident.playbook_version)


def with_words(conn: Connection, new: NewVersion, now: int) -> NewVersion:
    """With its prepared blocks where a person wrote nothing, its times filled in the language of
    the text, and the whole text. Raises CommandError EMPTY (no words, and none are prepared)."""
    incident = incident_moves.read(conn, new.incident_id)
    common = playbooks.read_common(conn)
    blocks = new.blocks
    if not blocks and not new.text.strip():
        blocks = _prepared(conn, incident, common, new.kind, new.lang)
        if not blocks:
            raise CommandError(CommandFault.EMPTY)
    late = _late_block(conn, new, blocks, common, now)
    if blocks and late:
        blocks = (late, *blocks)
    values = _values(new, blocks, now)
    text = new.text if new.text.strip() else text_of(blocks, dict(values))
    if late and late not in blocks:
        text = f"{late[1]} {text}"
    return NewVersion(
        new.incident_id, new.kind, new.lang, text, new.statement_id, blocks, values, new.accounts,
        new.facts, new.pictures, new.next_update_at, new.audience_id, new.mention_id,
        new.supersedes_id, new.posture, new.posture_reason.strip(),
    )  # fmt: skip


def check_posture(conn: Connection, new: NewVersion) -> None:
    """Raises CommandError BAD_INPUT (posture_reason) where the posture asks for a written one."""
    playbook = playbook_of(conn, incident_moves.read(conn, new.incident_id))
    has_proof = any(facts.read(conn, fact).has_proof for fact in new.facts)
    avoid = playbook.avoid if playbook else ()
    if new.posture and needs_reason(new.posture, avoid, has_proof=has_proof):
        if not new.posture_reason.strip():
            raise CommandError(CommandFault.BAD_INPUT, what="posture_reason")


def draft_corrections(tx: Transaction, moved: Moved, person: int) -> list[int]:
    """A ready correction for every published text that leans on a fact which is confirmed no more;
    version ids. What is right stays to be filled in. One that is there is not made again."""
    fact = facts.read(tx.conn, moved.fact_id)
    common = playbooks.read_common(tx.conn)
    made = []
    for version_id in moved.published:
        version = statements.read(tx.conn, version_id)
        known = statements.correction_of(tx.conn, version.statement_id, version.lang)
        if known:
            made.append(known)
        elif version.lang in LANGS and version.kind is not StatementKind.CORRECTION:
            made.append(_draft_correction(tx, version, fact.claim, common, person))
    return made


def _draft_correction(
    tx: Transaction, wrong: statements.Version, claim: str, common: Common, person: int
) -> int:
    said = claim or " ".join(leaning_sentences(wrong.text, claim))
    values = (("wrong", clean_value("wrong", said).rstrip(".")),)
    blocks = (("correction", common.correction[wrong.lang]),)
    new = NewVersion(
        wrong.incident_id, StatementKind.CORRECTION, wrong.lang, text_of(blocks, dict(values)),
        blocks=blocks, values=values, accounts=wrong.accounts, audience_id=wrong.audience_id,
        mention_id=wrong.mention_id, supersedes_id=wrong.statement_id,
        statement_id=_correction_statement(tx.conn, wrong),
    )  # fmt: skip
    return statements.save(tx, new, person).version_id


def _correction_statement(conn: Connection, wrong: statements.Version) -> int:
    """The correction that was begun in another language; 0 = none."""
    row = conn.execute(
        "SELECT id FROM statement WHERE supersedes_id = ? AND kind = 'correction'"
        " AND dropped_at = 0 ORDER BY id DESC",
        (wrong.statement_id,),
    ).fetchone()
    return int(row[0]) if row else 0


def _prepared(
    conn: Connection, incident: Incident, common: Common, kind: StatementKind, lang: str
) -> Pairs:
    playbook = playbook_of(conn, incident)
    if playbook is None or lang not in LANGS:
        return ()
    return blocks_of(kind.value, lang, playbook, common)


def _late_block(
    conn: Connection, new: NewVersion, blocks: Pairs, common: Common, now: int
) -> tuple[str, str] | None:
    """The words for a missed promise, its `{time}` filled: that of the update is another. Put
    before the first version of a language only; a person may take them out again."""
    if new.kind not in LATE_KINDS or new.audience_id or new.lang not in LANGS:
        return None
    if any(key == LATE for key, _ in blocks):
        return None
    if new.statement_id and statements.newest(conn, new.statement_id, new.lang):
        return None
    missed = incident_dues.late_due_at(conn, new.incident_id)
    if not missed:
        return None
    return LATE, fill(common.latepromise[new.lang], {TIME: time_in(missed, now, new.lang)})


def _values(new: NewVersion, blocks: Pairs, now: int) -> Pairs:
    """What was filled in, cleaned; the next update is the time that was chosen, whatever was typed,
    and `{time}` is now where nobody said otherwise."""
    wanted = [name for _, text in blocks for name in placeholders(text)]
    given = {name: clean_value(name, value) for name, value in new.values if name in wanted}
    if TIME in wanted and not given.get(TIME):
        given[TIME] = time_in(now, now, new.lang)
    if NEXT_UPDATE in wanted:
        given.pop(NEXT_UPDATE, None)
        if new.next_update_at:
            given[NEXT_UPDATE] = time_in(new.next_update_at, now, new.lang)
    return tuple(sorted((name, value) for name, value in given.items() if value))
