"""The receipt of an erasing: what went, when, by whom, and which backups still hold it.

It names nobody: counts, and salted digests by which the workspace can show that this very person
is not stored again. It is made of the journal's entry, so it can be made once more.
"""

import json
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from socialdesk.domain.errors import CommandError, CommandFault, StoreError
from socialdesk.domain.frozen import frozen
from socialdesk.engine.whole_files import write_whole
from socialdesk.i18n import tr, trn
from socialdesk.store.copies import backups
from socialdesk.store.erasing import erasing
from socialdesk.store.file.sqlite import DAMAGE_ERRORS, Connection, open_untouched

KEPT_DAYS: Final = backups.LONGEST_MS // backups.DAY_MS
DAY_MS: Final = 86_400_000
FORMAT: Final = "socialdesk erasing receipt 1"


@frozen
class Holder:
    """A backup that holds the person. `until`: ms UTC, when it goes by itself; 0 = it stays."""

    path: Path
    n_mentions: int
    until: int


def holders(folder: Path, authors: Sequence[tuple[str, str]]) -> list[Holder]:
    """Backups of this workspace, and files kept by a restore, with one of these (network, remote
    id) in them. A file that cannot be read is named too: it may hold them."""
    rotated = {b.path: b.at + KEPT_DAYS * DAY_MS for b in backups.list_backups(folder)}
    others = [*folder.glob("*.db"), *folder.parent.glob("kept-*/*.db")]
    found = []
    for path in sorted({*rotated, *others}):
        try:
            n = _count_in(path, authors)
        except (StoreError, *DAMAGE_ERRORS):
            n = -1
        if n:
            found.append(Holder(path, max(n, 0), rotated.get(path, 0)))
    return found


def _count_in(path: Path, authors: Sequence[tuple[str, str]]) -> int:
    """Their mentions in it, at least 1 when their name is."""
    conn = open_untouched(path)
    try:
        n = 0
        for network, remote_id in authors:
            row = conn.execute(
                "SELECT 1 + (SELECT count(*) FROM mention WHERE author_id = a.id) FROM author a"
                " WHERE network = ? AND remote_id = ?",
                (network, remote_id),
            ).fetchone()
            n += row[0] if row else 0
        return n
    finally:
        conn.close()


def receipt_facts(conn: Connection, seq: int) -> dict[str, Any]:
    """What the journal says of an erasing. Raises CommandError NOT_FOUND."""
    row = conn.execute(
        "SELECT j.at, coalesce(p.name, ''), j.data, j.hash FROM journal j"
        " LEFT JOIN person p ON p.id = j.person WHERE j.seq = ? AND j.kind = ?",
        (seq, erasing.KIND),
    ).fetchone()
    if row is None:
        raise CommandError(CommandFault.NOT_FOUND)
    at, person, data, digest = row
    counts = json.loads(data)
    digests = counts.pop("digests", [])
    return {"journal_seq": seq, "journal_hash": digest, "at": _iso(at), "by": person,
            "erased": counts, "digests": digests}  # fmt: skip


def write_receipt(
    target: Path, facts: Mapping[str, Any], held: Sequence[Holder], *, is_clean: bool
) -> None:
    """JSON to `target`, and the same in words beside it (.txt). Raises CommandError."""
    whole = {
        "format": FORMAT, **facts, "file_overwritten": is_clean,
        "backups": [
            {"file": str(h.path), "mentions": h.n_mentions, "until": _iso(h.until) or None}
            for h in held
        ],
    }  # fmt: skip
    text = json.dumps(whole, ensure_ascii=False, indent=2) + "\n"
    write_whole(target, lambda file: _put(file, text))
    words = "\n".join(_in_words(whole, held, is_clean=is_clean)) + "\n"
    write_whole(target.with_suffix(".txt"), lambda file: _put(file, words))


def _put(file: Any, text: str) -> None:
    file.write(text.encode())


def _in_words(whole: Mapping[str, Any], held: Sequence[Holder], *, is_clean: bool) -> list[str]:
    counts: Mapping[str, int] = whole["erased"]
    lines = [
        tr("Receipt: a person was erased from this workspace"),
        "",
        tr("When: {at}", at=whole["at"]),
        tr("By: {person}", person=whole["by"] or tr("the program")),
        tr("Journal entry: {n}, {hash}", n=whole["journal_seq"], hash=whole["journal_hash"]),
        "",
    ]
    lines += [f"- {text}" for text in count_words(counts)]
    lines += [
        "",
        tr("Replies to them keep when and by whom they were sent; their words are gone."),
        tr("Posts of theirs that come later are not stored."),
        tr("What stands on the networks themselves is not touched."),
        tr("The file was written anew: the words are not in it any more.")
        if is_clean
        else tr("The words are deleted; the file is written anew as soon as it can be."),
        "",
    ]
    if not held:
        return [*lines, tr("No backup of this workspace holds them.")]
    lines.append(tr("These backups still hold them:"))
    for h in held:
        until = tr("until {day} at the latest", day=_iso(h.until)[:10]) if h.until else tr(
            "until somebody deletes it")  # fmt: skip
        lines.append(f"- {h.path.name}: {until}")
    return lines


def count_words(counts: Mapping[str, int]) -> list[str]:
    """What went, line by line; what was none of is left out."""

    def n(key: str) -> int:
        return counts.get(key, 0)

    said = {
        "mentions": trn("{n} mention with all its versions",
                        "{n} mentions with all their versions", n("mentions")),
        "authors": trn("{n} author on a network", "{n} authors on networks", n("authors")),
        "contacts": trn("{n} contact", "{n} contacts", n("contacts")),
        "notes": trn("{n} note", "{n} notes", n("notes")),
        "replies": trn("the words of {n} reply to them", "the words of {n} replies to them",
                       n("replies")),
        "pictures": trn("{n} picture of ours for them", "{n} pictures of ours for them",
                        n("pictures")),
        "own_posts": trn("{n} post of ours that answers them",
                         "{n} posts of ours that answer them", n("own_posts")),
        "rejects": trn("{n} set-aside item", "{n} set-aside items", n("rejects")),
        "struck": trn("their handle in {n} text of others",
                      "their handle in {n} texts of others", n("struck")),
    }  # fmt: skip
    return [words for key, words in said.items() if n(key)]


def _iso(ms: int) -> str:
    return datetime.fromtimestamp(ms / 1000, UTC).isoformat(timespec="seconds") if ms else ""
