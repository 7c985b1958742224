"""What is asked about the facts, statements and reply lines of an incident."""

from collections.abc import Callable, Iterator
from typing import Any, Final

from socialdesk.domain.crisis.crisis_rows import (
    CheckRow,
    FactRow,
    LineRow,
    StatementRow,
    VersionText,
)
from socialdesk.domain.crisis.statement import leaning_sentences
from socialdesk.domain.playbooks.playbook import COMMON_ID, LANGS, Line
from socialdesk.engine import playbooks
from socialdesk.engine.crisis.statement_drafts import playbook_of
from socialdesk.engine.queries import crisis as q
from socialdesk.store import approvals, people
from socialdesk.store.crisis import (
    cooldowns,
    facts,
    incidents,
    lines,
    looks,
    skips,
    statement_leaning,
    statements,
)
from socialdesk.store.crisis.lines import PreparedLine
from socialdesk.store.file.sqlite import Connection

APPROVED, NONE, ENDED = "approved", "none", "ended"  # states of a line


def list_facts(conn: Connection, asked: q.ListFacts, now: int) -> list[FactRow]:
    """By gate, and as they were made."""
    return [_fact(conn, fact_id) for fact_id in facts.ids_of(conn, asked.incident_id)]


def list_statements(conn: Connection, asked: q.ListStatements, now: int) -> list[StatementRow]:
    """Newest first, with the newest version of each language first."""
    found = (_statement(conn, id, now) for id in statements.ids_of(conn, asked.incident_id))
    return [row for row in found if row is not None]


def list_lines(conn: Connection, asked: q.ListLines, now: int) -> list[LineRow]:
    """The incident's own lines, then those all share; in quiet times those of every playbook that
    may be approved then."""
    if asked.lang not in LANGS:
        return []
    prepared = lines.list_prepared(conn, asked.incident_id, asked.lang)
    return [
        _line(conn, playbook, line, prepared, asked, now)
        for playbook, line in _known_lines(conn, asked.incident_id)
    ]


def _fact(conn: Connection, fact_id: int) -> FactRow:
    fact = facts.read(conn, fact_id)
    checks = conn.execute(
        "SELECT c.id, c.at, coalesce(p.name, ''), c.source_kind, c.source_ref, c.says"
        " FROM fact_check c LEFT JOIN person p ON p.id = c.person_id"
        " WHERE c.fact_id = ? AND c.id > ? ORDER BY c.id",
        (fact_id, fact.checks_after),
    )
    leaning = statement_leaning.published_on(conn, fact_id)
    said = [one for id in leaning
            for one in leaning_sentences(statements.read(conn, id).text, fact.claim)]  # fmt: skip
    return FactRow(
        fact.id, fact.key, fact.gate, fact.question, fact.answer, fact.claim, fact.state.value,
        fact.tally.n_yes, fact.n_needed, tuple(CheckRow(*row) for row in checks), leaning,
        tuple(dict.fromkeys(said)),
        statement_leaning.replies_on(conn, fact.incident_id, fact_id),
    )  # fmt: skip


def _statement(conn: Connection, statement_id: int, now: int) -> StatementRow | None:
    ids = statements.version_ids(conn, statement_id)
    if not ids:
        return None
    found = [statements.read(conn, id) for id in ids]
    newest = {version.lang: version.id for version in reversed(found)}
    found.sort(key=lambda v: (newest[v.lang] != v.id, -v.id))
    first = found[0]
    at, audience = conn.execute(
        "SELECT s.at, coalesce(a.name, '') FROM statement s"
        " LEFT JOIN audience a ON a.id = s.audience_id WHERE s.id = ?",
        (statement_id,),
    ).fetchone()
    return StatementRow(
        statement_id, first.kind.value, first.audience_id, audience, first.mention_id,
        first.supersedes_id, first.posture, at, first.dropped_at,
        tuple(_version(conn, version, now) for version in found),
    )  # fmt: skip


def _version(conn: Connection, version: statements.Version, now: int) -> VersionText:
    what = looks.written(conn, approvals.STATEMENT, version.id)
    given = looks.standing(conn, what, now)
    skipped = skips.ever(conn, version)
    return VersionText(
        version_id=version.id, n=version.n, lang=version.lang, text=version.text,
        hash=version.hash, blocks=version.blocks, values=version.values,
        accounts=version.accounts, facts=version.facts, next_update_at=version.next_update_at,
        person=people.name_of(conn, version.person_id), person_id=version.person_id,
        edited_at=version.edited_at, pictures=version.pictures,
        looks=looks.list_looks(conn, approvals.STATEMENT, version.id, what.hash, now),
        published=statements.posts_of(conn, version.id),
        cooled_at=now + cooldowns.left_now_ms(conn, what, given, now),
        skipped=tuple(sorted(skipped)),
    )  # fmt: skip


def _known_lines(conn: Connection, incident_id: int) -> Iterator[tuple[str, Line]]:
    common = playbooks.read_common(conn)
    if not incident_id:
        for book in playbooks.read_playbooks(conn):
            yield from ((book.id, line) for line in book.lines if _is_for_quiet(line))
        yield from ((COMMON_ID, line) for line in common.lines if _is_for_quiet(line))
        return
    incident = incidents.find(conn, incident_id)
    own = playbook_of(conn, incident) if incident else None
    if own is not None:
        yield from ((own.id, line) for line in own.lines)
    yield from ((COMMON_ID, line) for line in common.lines)


def _is_for_quiet(line: Line) -> bool:
    return line.is_safety or not line.is_claim


def _line(
    conn: Connection,
    playbook: str,
    line: Line,
    prepared: list[PreparedLine],
    asked: q.ListLines,
    now: int,
) -> LineRow:
    """With the prepared line that may be sent, else the newest; one of other words than the
    playbook has now counts as none."""
    text = line.text[asked.lang]
    known = [
        lines.with_missing(conn, one, now, asked.incident_id)
        for one in prepared
        if (one.playbook, one.key, one.text) == (playbook, line.key, text)
    ]
    best = next((one for one in known if not one.missing), known[0] if known else None)
    if best is None:
        missing = _missing_unprepared(conn, line, asked.incident_id)
        return LineRow(playbook, line.key, asked.lang, text, line.is_claim, line.is_safety,
                       missing=missing)  # fmt: skip
    given = looks.list_looks(conn, approvals.LINE, best.id, best.hash, now)
    what = looks.written(conn, approvals.LINE, best.id)
    is_seen = not best.missing or looks.has_enough(conn, what, now)
    state = APPROVED if is_seen else ENDED if given else NONE
    return LineRow(
        playbook, line.key, asked.lang, best.text, line.is_claim, line.is_safety, best.id,
        best.hash, state, best.missing, best.facts, given, best.at,
        people.name_of(conn, best.person_id), best.person_id,
        is_quiet=best.incident_id == 0 and asked.incident_id > 0,
    )  # fmt: skip


def _missing_unprepared(conn: Connection, line: Line, incident_id: int) -> str:
    if line.is_claim and incident_id:
        incident = incidents.find(conn, incident_id)
        if incident and incident.is_claim_locked:
            return "R11"
        return "R23"
    return "R25"


ANSWERS: Final[dict[type, Callable[[Connection, Any, int], Any]]] = {
    q.ListFacts: list_facts,
    q.ListStatements: list_statements,
    q.ListLines: list_lines,
}
