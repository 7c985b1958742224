"""Promise 36, of a whole workspace: everything of 200,000 mentions in one file, in flat memory."""

import resource
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from socialdesk.engine.commands.owning import ExportAll
from socialdesk.store.file.transaction import Transaction
from tests.engine.pond import Pond, PondDesk, PondNetwork, pond_desk
from tests.promises.plugin import Trials

N = 200_000
LIMIT_MB = 60


@pytest.fixture
def pond(tmp_path: Path) -> Iterator[PondDesk]:
    made = pond_desk(tmp_path, PondNetwork(Pond()))
    made.desk._writer.submit(fill).result()
    yield made
    made.desk.close()


def fill(tx: Transaction) -> None:
    tx.conn.execute(
        "INSERT INTO author(id, network, remote_id, handle, first_seen_at)"
        " VALUES (900, 'pond', 'crowd', '@crowd', 1)"
    )
    tx.conn.execute(
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?)"
        " INSERT INTO mention(id, network, uri, account_id, remote_id, author_id,"
        " conversation_id, role, kind, body, published_at, first_seen_at, checksum)"
        " SELECT i, 'pond', 'bulk:' || i, 1, 'b' || i, 900, i, 0, 1,"
        " 'Words of an ordinary length about kettles, number ' || i, i, i, 0 FROM n",
        (N,),
    )


def peak_mb() -> float:
    """The most this process ever had; macOS counts bytes, Linux KiB."""
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most / (1024 * 1024 if sys.platform == "darwin" else 1024)


@pytest.mark.soak
@pytest.mark.promise(36)
@pytest.mark.timeout(600)
def test_everything_of_a_large_workspace_goes_into_one_file(
    pond: PondDesk, tmp_path: Path, trials: Trials
) -> None:
    target, before = tmp_path / "all.zip", peak_mb()
    told = pond.desk.do(ExportAll(str(target))).result().answer
    grown = peak_mb() - before
    with zipfile.ZipFile(target) as archive, archive.open("tables/mention.jsonl") as rows:
        n_rows = sum(1 for _ in rows)
    trials.add(N, failed=abs(N - n_rows))
    assert told["n_mentions"] == n_rows == N
    assert grown < LIMIT_MB
    print(f"grown by {grown:.1f} MB; {target.stat().st_size / 1e6:.1f} MB of file")
