"""What the gate is told about a text beside its words: the lock, the line, the looks, the risks.

Read where it is asked, in the transaction that decides; nothing is remembered from before.
"""

import json
from collections.abc import Sequence
from typing import Final

from socialdesk.domain.crisis.approval import canonical_text
from socialdesk.domain.crisis.gate import Around, Facts, ReplyLine
from socialdesk.domain.crisis.incident import Category, Lock
from socialdesk.domain.crisis.risk import Asker, Limits, risks_of
from socialdesk.domain.frozen import frozen
from socialdesk.domain.mentions.insight import Intent
from socialdesk.domain.mentions.mention import Visibility
from socialdesk.store import approvals, settings
from socialdesk.store.crisis import lines, lock, look_ends, looks
from socialdesk.store.file.sqlite import Connection
from socialdesk.store.outbox import approval_hashes
from socialdesk.store.outbox.outbox_moves import Entry

MONEY_LIMIT: Final = 50  # default of setting risk_money, in whatever currency is written
REACH_LIMIT: Final = 10_000  # default of setting risk_reach, followers


@frozen
class Text:
    """A reply as somebody asks to send it. `account_id`: the one that will speak; `line`:
    "playbook/key", "" = none; `facts`: fact items it says it leans on; `has_more`: pictures or a
    warning of ours go with it; `visibility`: who will read it."""

    text: str
    mention_id: int = 0
    account_id: int = 0
    lang: str = ""
    line: str = ""
    facts: tuple[int, ...] = ()
    has_more: bool = False
    visibility: Visibility = Visibility.PUBLIC

    @property
    def is_private(self) -> bool:
        return self.visibility is Visibility.DIRECT


def answer_to(conn: Connection, mention_id: int, text: str, lang: str = "") -> Text:
    """These words as an answer to the mention, from the account that met it; as wide as that."""
    sql = "SELECT account_id, visibility FROM mention WHERE id = ?"
    account_id, seen_by = conn.execute(sql, (mention_id,)).fetchone() or (0, "public")
    return Text(text, mention_id, int(account_id), lang, visibility=Visibility(seen_by))


def around_text(conn: Connection, text: Text, now: int) -> Around:
    """Of a text that has no row yet, or other words for one that is out."""
    held_by = lock.lock_of(conn, text.account_id, text.mention_id, text.lang)
    line = _line(conn, text, held_by, now) if text.line else None
    light = lock.light_lock(conn, text.account_id, text.lang)
    return Around(
        lock=held_by, line=line, is_planned=not text.mention_id, light_lock=light,
        has_more=text.has_more, is_private=text.is_private,
        risks=() if held_by else risks(conn, text),
    )  # fmt: skip


def around_row(conn: Connection, row: Entry, now: int) -> Around:
    """Of a row of the outbox."""
    is_private = row.visibility == Visibility.DIRECT.value
    if row.statement_version_id:
        digest = approval_hashes.row_hash(conn, row)
        return Around(
            lock=lock.lock_of(conn, row.account_id, row.mention_id, row.lang),
            statement=looks.leaving_refusal(conn, row.statement_version_id, digest, now),
            is_private=is_private,
        )
    text = Text(
        row.text, row.mention_id, row.account_id, row.lang, row.line, fact_ids(row),
        has_more=bool(row.pictures), visibility=Visibility(row.visibility),
    )  # fmt: skip
    held_by = lock.lock_of(conn, row.account_id, row.mention_id, row.lang)
    if held_by is not None and not row.line and _has_look(conn, row, now):
        return Around(lock=held_by, has_look=True, is_private=is_private)
    return around_text(conn, text, now)


def fact_ids(row: Entry) -> tuple[int, ...]:
    """Fact items that a line with a claim leans on."""
    try:
        return tuple(int(one) for one in json.loads(row.facts or "[]"))
    except (ValueError, TypeError):
        return ()


def risks(conn: Connection, text: Text) -> tuple[str, ...]:
    """The flags of G2 for this text and whom it answers."""
    values = settings.read_all(conn)
    limits = Limits(
        _number(values.get("risk_money"), MONEY_LIMIT),
        _number(values.get("risk_reach"), REACH_LIMIT),
    )
    asker = _asker(conn, text) if text.mention_id else Asker()
    return risks_of(canonical_text(text.text), asker, limits)


def _has_look(conn: Connection, row: Entry, now: int) -> bool:
    """A person decided to keep it, after a second look newer than the hold."""
    return row.decision == "keep" and looks.reply_may_leave(conn, row.id, now)


def _line(conn: Connection, text: Text, held_by: Lock | None, now: int) -> ReplyLine:
    """As it was prepared; without that it had no look."""
    incident = held_by.incident_id if held_by else 0
    found = lines.line_for(conn, incident, text.line, _lang(conn, text), now)
    if found is None:
        return ReplyLine(text.line, text.text, missing="R25")
    leaning = (*found.facts, *text.facts)
    loose = _unconfirmed(conn, leaning)
    missing = found.missing or ("R23" if loose else "")
    facts: Facts = (("n", len(loose)), ("list", ", ".join(loose))) if missing == "R23" else ()
    if missing == "R27":
        facts = _ended(conn, found.id)
    return ReplyLine(found.name, found.text, found.is_claim, missing, facts)


def _lang(conn: Connection, text: Text) -> str:
    """The line's language; where none was said, the mention's own."""
    if text.lang:
        return text.lang
    row = conn.execute("SELECT lang FROM mention WHERE id = ?", (text.mention_id,)).fetchone()
    return str(row[0]) if row else ""


def _unconfirmed(conn: Connection, fact_ids: Sequence[int]) -> list[str]:
    rows = conn.execute(
        "SELECT coalesce(nullif(claim, ''), question) FROM fact_item "
        "WHERE state <> 'confirmed' AND id IN (SELECT value FROM json_each(?)) ORDER BY id",
        (json.dumps(sorted(set(fact_ids))),),
    )
    return [f"«{words}»" for (words,) in rows]


def _ended(conn: Connection, line_id: int) -> Facts:
    """When the approval of a line ended, and why, for R27."""
    found = look_ends.given_to(conn, looks.written(conn, approvals.LINE, line_id))
    if not found:
        return ()
    newest = found[0]
    why, _, rest = newest.ended_why.partition(":")
    at = newest.ended_at or newest.ends_at
    hours = round((newest.ends_at - newest.at) / 3_600_000)
    match why:
        case "fact":
            return (("time", at), ("why", "fact"), ("f", rest), ("state", ""))
        case "state":
            return (("time", at), ("why", "state"), ("state", rest))
        case _:
            return (("time", at), ("why", "old"), ("h", hours))


def _asker(conn: Connection, text: Text) -> Asker:
    row = conn.execute(_ASKER, (text.mention_id,)).fetchone()
    if row is None:
        return Asker()
    alarming, intent, reach, handle, category = row
    in_press = (Category.PRESS.value, Category.AUTHORITY.value)
    return Asker(
        is_safety=bool(alarming) or category == Category.SAFETY.value,
        is_press=intent == Intent.PRESS.value or category in in_press,
        reach=reach,
        handles=(handle, handle.partition("@")[2]) if handle else (),
        is_elsewhere=_is_elsewhere(conn, text),
    )


def _is_elsewhere(conn: Connection, text: Text) -> bool:
    """The mention belongs to an open incident that does not lock this answer: another account or
    language. A suspicion locks nothing and flags nothing."""
    found = conn.execute(
        "SELECT 1 FROM incident_mention l JOIN incident i ON i.id = l.incident_id "
        "WHERE l.mention_id = ? AND i.state IN ('declared', 'holding', 'responding', 'stand_down')",
        (text.mention_id,),
    ).fetchone()
    return found is not None


def _number(text: str | None, default: int) -> int:
    return int(text) if text and text.isdecimal() else default


_ASKER: Final = """
SELECT t.is_alarming,
  CASE coalesce(i.own_intent, 0) WHEN 0 THEN coalesce(i.intent, 0) ELSE i.own_intent END,
  t.reach, a.handle,
  coalesce((SELECT l.category FROM incident_mention l JOIN incident n ON n.id = l.incident_id
    WHERE l.mention_id = m.id AND n.state NOT IN ('closed', 'dismissed')
    ORDER BY l.category <> 'safety' LIMIT 1), '')
FROM mention m LEFT JOIN triage t ON t.mention_id = m.id
LEFT JOIN insight i ON i.mention_id = m.id JOIN author a ON a.id = m.author_id
WHERE m.id = ? AND t.mention_id IS NOT NULL"""
