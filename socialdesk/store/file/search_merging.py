"""How late the full-text index merges its parts. FTS5 keeps the number in the file, so that a file
of an earlier release gets it when it is opened.

2026-11, a million mentions in pages of 100: with 8 the index takes 19.8 µs a mention and answers as
fast as with FTS5's own 4, which takes 23.7. With 16 it takes 17.7, but a search 0.6 ms more.
"""

import logging
from typing import Final

from socialdesk.store.file.sqlite import DAMAGE_ERRORS, Connection

MERGED_AT: Final = 8  # parts of one size; source: FTS5, "automerge"

log = logging.getLogger(__name__)


def merge_late(conn: Connection) -> None:
    """Outside a transaction. Only a matter of pace: a full disk or a damaged index is for those to
    tell of who need the room or the index."""
    try:
        held = conn.execute("SELECT v FROM mention_search_config WHERE k = 'automerge'").fetchone()
        if held != (MERGED_AT,):
            conn.execute(
                "INSERT INTO mention_search(mention_search, rank) VALUES ('automerge', ?)",
                (MERGED_AT,),
            )
    except DAMAGE_ERRORS as e:
        log.warning("The search index merges as before: %s", type(e).__name__)
