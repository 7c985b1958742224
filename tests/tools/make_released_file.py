"""Makes tests/store/released/schema-N.db, one small file of the schema as released.

Run once when a schema version is released: `python -m tests.tools.make_released_file`; a file that
is there is never made anew, because it stands for what people have on their disks.
"""

import sys
from pathlib import Path

from socialdesk.store.file import schema
from socialdesk.store.file.transaction import Transaction
from socialdesk.store.mentions.textindex import reindexed
from tests.makers import a_mention, an_author
from tests.store.queue_file import QueueFile

FOLDER = Path(__file__).parents[1] / "store" / "released"


def fill(file: QueueFile) -> None:
    """A few rows in every table that holds what cannot be fetched again."""
    first = a_mention("Жақсы нан 面包 🥐", n=1, author=an_author("li", name="李", n_followers=9))
    (id,) = file.save(first)
    file.save(a_mention("teh reply", n=2, parent_uri=first.uri))
    file.save(a_mention("the reply", n=2, parent_uri=first.uri))
    file.save(a_mention(n=3, repost_of=first.uri), a_mention(n=4, is_own=True))

    def ours(tx: Transaction) -> None:
        with reindexed(tx, [id]):
            tx.conn.execute("INSERT INTO note VALUES(NULL, ?, 1, 1, 'a note')", (id,))
            tx.conn.execute("INSERT INTO label VALUES(1, 'refund')")
            tx.conn.execute("INSERT INTO mention_label VALUES(1, ?)", (id,))
        tx.conn.execute(
            "INSERT INTO draft(mention_id, text, person_id, at) VALUES(?, 'd', 1, 1)", (id,)
        )
        tx.conn.execute(
            "INSERT INTO outbox(mention_id, account_id, state, text, hash, person_id, made_at,"
            " dedupe_key, checksum) VALUES(?, 1, 'queued', 'Yes', 'h', 1, 1, 'key', 0)",
            (id,),
        )

    file.write(ours)


def main() -> int:
    """The path of the new file; 1 when there is one already."""
    target = FOLDER / f"schema-{schema.VERSION}.db"
    if target.exists():
        sys.stderr.write(f"{target} is there already\n")
        return 1
    FOLDER.mkdir(parents=True, exist_ok=True)
    file = QueueFile(FOLDER)
    fill(file)
    file.write(lambda tx: tx.conn.execute("PRAGMA user_version"))
    file.close()
    file.path.replace(target)
    return 0


if __name__ == "__main__":
    sys.exit(main())
