"""Questions we know the answer to, and those that nobody has answered yet."""

import unicodedata
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from socialdesk.domain.changes import Area
from socialdesk.domain.errors import CommandError, CommandFault
from socialdesk.domain.replies.faq import FaqEntry, FaqGap, find
from socialdesk.store import journal
from socialdesk.store.file.sqlite import Connection

if TYPE_CHECKING:
    from socialdesk.store.file.transaction import Transaction

MAX_QUESTION_CHARS: Final = 500
MAX_ANSWER_CHARS: Final = 10_000
MAX_GAP_CHARS: Final = 500

_ENTRIES: Final = (
    "SELECT f.id, f.question, f.answer, f.lang, f.folder, coalesce(p.name, ''), f.changed_at,"
    " f.n_uses, f.is_archived FROM faq f LEFT JOIN person p ON p.id = f.person_id"
)


def list_entries(conn: Connection, *, with_archived: bool = False) -> list[FaqEntry]:
    """By folder and question."""
    rows = conn.execute(f"{_ENTRIES} WHERE f.is_archived <= ?", (int(with_archived),))
    found = [_entry(row) for row in rows]
    return sorted(found, key=lambda e: (e.folder.casefold(), e.question.casefold(), e.id))


def search(conn: Connection, typed: str, lang: str = "", limit: int = 8) -> list[FaqEntry]:
    """What fits the typed words best, see `domain.replies.faq.find`."""
    return find(list_entries(conn), typed, lang, limit)


def save(
    tx: "Transaction",
    *,
    question: str,
    answer: str,
    lang: str,
    person: int,
    folder: str = "",
    faq_id: int = 0,
    gap_id: int = 0,
) -> tuple[int, int]:
    """`faq_id` 0 makes a new entry; `gap_id`: the open question that it answers. Its id and the
    journal entry. Raises CommandError EMPTY, TOO_LONG (`n`), NOT_FOUND."""
    values = (
        _clean(" ".join(question.split()), MAX_QUESTION_CHARS), _clean(answer, MAX_ANSWER_CHARS),
        lang, " ".join(folder.split())[:80], person, tx.now,
    )  # fmt: skip
    if faq_id:
        sql = ("UPDATE faq SET question = ?, answer = ?, lang = ?, folder = ?, person_id = ?,"
               " changed_at = ? WHERE id = ?")  # fmt: skip
        if not tx.conn.execute(sql, (*values, faq_id)).rowcount:
            raise CommandError(CommandFault.NOT_FOUND)
    else:
        sql = ("INSERT INTO faq(question, answer, lang, folder, person_id, changed_at)"
               " VALUES(?, ?, ?, ?, ?, ?)")  # fmt: skip
        faq_id = int(tx.conn.execute(sql, values).lastrowid or 0)
    if gap_id:
        tx.conn.execute("UPDATE faq_gap SET faq_id = ? WHERE id = ?", (faq_id, gap_id))
    tx.touch(Area.FAQ)
    return faq_id, journal.append(tx, "faq_saved", {"faq": faq_id, "gap": gap_id}, person=person)


def archive(tx: "Transaction", faq_id: int, is_archived: bool, person: int) -> int:
    """Out of the search, or back. The journal entry. Raises CommandError NOT_FOUND."""
    sql = "UPDATE faq SET is_archived = ? WHERE id = ?"
    if not tx.conn.execute(sql, (int(is_archived), faq_id)).rowcount:
        raise CommandError(CommandFault.NOT_FOUND)
    tx.touch(Area.FAQ)
    kind = "faq_archived" if is_archived else "faq_brought_back"
    return journal.append(tx, kind, {"faq": faq_id}, person=person)


def count_use(tx: "Transaction", faq_id: int) -> None:
    """Its answer was put into a reply."""
    tx.conn.execute("UPDATE faq SET n_uses = n_uses + 1 WHERE id = ?", (faq_id,))
    tx.touch(Area.FAQ)


def list_gaps(conn: Connection, *, only_open: bool = True, limit: int = 500) -> list[FaqGap]:
    """Questions without an answer, newest first."""
    rows = conn.execute(
        "SELECT id, mention_id, words, at, faq_id FROM faq_gap WHERE faq_id = 0 OR NOT ?"
        " ORDER BY id DESC LIMIT ?",
        (int(only_open), limit),
    )
    return [FaqGap(*row) for row in rows]


def note_gap(tx: "Transaction", mention_id: int, words: str, person: int) -> tuple[int, int]:
    """A mention asks what no entry answers; once per mention, the newest words win. `words` "" =
    the mention's own. The gap's id and the journal entry. Raises CommandError NOT_FOUND."""
    row = tx.conn.execute("SELECT title, body FROM mention WHERE id = ?", (mention_id,)).fetchone()
    if row is None:
        raise CommandError(CommandFault.NOT_FOUND)
    said = " ".join((words or f"{row[0]} {row[1]}").split())[:MAX_GAP_CHARS]
    (gap_id,) = tx.conn.execute(
        "INSERT INTO faq_gap(mention_id, words, at) VALUES(?, ?, ?)"
        " ON CONFLICT(mention_id) DO UPDATE SET words = excluded.words, faq_id = 0 RETURNING id",
        (mention_id, said, tx.now),
    ).fetchone()
    tx.touch(Area.FAQ)
    return gap_id, journal.append(
        tx, "faq_gap_noted", {"gap": gap_id, "mention": mention_id}, person=person
    )


def drop_gap(tx: "Transaction", gap_id: int, person: int) -> int:
    """It needs no answer. The journal entry. Raises CommandError NOT_FOUND."""
    if not tx.conn.execute("DELETE FROM faq_gap WHERE id = ?", (gap_id,)).rowcount:
        raise CommandError(CommandFault.NOT_FOUND)
    tx.touch(Area.FAQ)
    return journal.append(tx, "faq_gap_dropped", {"gap": gap_id}, person=person)


def _clean(text: str, most: int) -> str:
    clean = unicodedata.normalize("NFC", text).strip()
    if not clean:
        raise CommandError(CommandFault.EMPTY)
    if len(clean) > most:
        raise CommandError(CommandFault.TOO_LONG, n=len(clean) - most)
    return clean


def _entry(row: tuple[Any, ...]) -> FaqEntry:
    entry = FaqEntry(*row)
    return replace(entry, is_archived=bool(entry.is_archived))
