"""Promise 36: one person's data out of 200,000 mentions in ten seconds, and it opens again as it
lies in the file."""

import csv
import io
import json
import time
import zipfile
from pathlib import Path

import pytest

from socialdesk.domain.sheet import original_cell
from socialdesk.engine.people.person_file import write_person
from socialdesk.store.file.transaction import Transaction
from tests.makers import a_mention
from tests.promises.plugin import Trials
from tests.store.conftest import file  # noqa: F401
from tests.store.queue_file import QueueFile

N, OF_THEM = 200_000, 2_000
LIMIT_S = 10.0
BODIES = ("=1+1", "plain", "нан 🥐\nsecond", "'quoted", "\u202eover", "@sum")


def crowd(made: QueueFile) -> int:
    """As many mentions as promised, a hundredth of them by one person; their author's id."""
    made.save(*(a_mention(body, n=n, author="wanda") for n, body in enumerate(BODIES)))
    ((theirs,),) = made.sql("SELECT id FROM author WHERE name = 'Wanda'")

    def fill(tx: Transaction) -> None:
        tx.conn.execute(
            "INSERT INTO author(id, network, remote_id, handle, first_seen_at)"
            " VALUES (900, 'mastodon', 'crowd', '@crowd', 1)"
        )
        tx.conn.execute(
            "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?)"
            " INSERT INTO mention(id, network, uri, account_id, remote_id, author_id,"
            " conversation_id, role, kind, body, published_at, first_seen_at, checksum)"
            " SELECT i, 'mastodon', 'bulk:' || i, 1, 'b' || i,"
            " CASE WHEN i % 100 = 0 THEN ? ELSE 900 END, i, 0, 1, 'words ' || i, i, i, 0 FROM n",
            (N - len(BODIES), theirs),
        )

    made.write(fill)
    return int(theirs)


@pytest.mark.promise(36)
def test_a_persons_data_is_handed_out_whole_and_soon(
    file: QueueFile,  # noqa: F811
    tmp_path: Path,
    trials: Trials,
) -> None:
    author = crowd(file)
    stored = dict(file.sql("SELECT id, body FROM mention WHERE author_id = ?", author))
    assert len(stored) >= OF_THEM
    target = tmp_path / "wanda.zip"
    began = time.perf_counter()
    n = file.read(lambda conn: write_person(conn, 0, author, target, file.clock.now))
    took = time.perf_counter() - began
    with zipfile.ZipFile(target) as archive:
        told = json.loads(archive.read("person.json"))
        table = io.StringIO(archive.read("mentions.csv").decode("utf-8-sig"), newline="")
        page = archive.read("person.html").decode()
    in_json = {m["id"]: m["body"] for m in told["mentions"]}
    in_table = {int(r["id"]): original_cell(r["text"]) for r in csv.DictReader(table)}
    n_wrong = sum(in_json.get(id) != body or in_table.get(id) != body
                  for id, body in stored.items())  # fmt: skip
    trials.add(len(stored), failed=n_wrong)
    assert (n, len(in_json), len(in_table), n_wrong) == (len(stored),) * 3 + (0,)
    assert "words 100" in page and "<script" not in page
    assert took < LIMIT_S
