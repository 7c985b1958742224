"""A process that fetches and saves pages until it is killed: `python -m … FILE`.

Page n (the cursor that follows it is n + 1) has the posts 20n … 20n + 19, some of them replies,
and every post of the page before once more, edited: what a killed fetch would be told again.
"""

import sys
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from socialdesk.domain.mentions.mention import Mention
from socialdesk.domain.mentions.status import Disposition, Status
from socialdesk.store.file.transaction import Transaction
from socialdesk.store.file.writer import Priority, Writer
from socialdesk.store.mentions.pages import PageToSave, save_page
from tests.fakes import NOON, HandClock
from tests.makers import a_mention

PER_PAGE = 20


def page_of(n: int) -> list[Mention]:
    """The posts of page `n`, oldest first."""
    new = [_post(i) for i in range(n * PER_PAGE, (n + 1) * PER_PAGE)]
    if not n:
        return new
    edited_at = datetime(2026, 11, 21, tzinfo=UTC)
    before = [_post(i) for i in range((n - 1) * PER_PAGE, n * PER_PAGE)]
    return [replace(p, body=p.body + " edited", edited_at=edited_at) for p in before] + new


def _post(i: int) -> Mention:
    parent = f"https://pond.example/posts/{i - 3}" if i % 5 == 3 else ""
    return a_mention(
        f"post {i} 面包", n=i, at=NOON - 10**9 + i * 700, author=f"p{i % 7}", parent_uri=parent
    )


def main(path: Path) -> None:
    writer = Writer(path, clock=HandClock(), announce=lambda changes: None)
    writer.start()
    cursor = writer.submit(_cursor).result()
    while True:
        page = PageToSave(
            1, 1, "mastodon", page_of(cursor), lambda m: (Status.NEW, Disposition.NONE),
            lambda m: NOON, cursor=str(cursor + 1),
        )  # fmt: skip

        def write(tx: Transaction, page: PageToSave = page) -> None:
            save_page(tx, page)
            print("saved", flush=True)  # and not yet committed

        writer.submit(write, priority=Priority.PAGE, durable=False).result()
        print("committed", flush=True)
        cursor += 1


def _cursor(tx: Transaction) -> int:
    row = tx.conn.execute("SELECT cursor FROM watch WHERE id = 1").fetchone()
    if row is None:
        tx.conn.execute(
            "INSERT INTO account(id, network, name, added_at) VALUES(1, 'mastodon', 'a', 0)"
        )
        tx.conn.execute(
            "INSERT INTO watch(id, account_id, kind, since, added_at)"
            " VALUES(1, 1, 'mentions', 0, 0)"
        )
        return 0
    return int(row[0] or 0)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
