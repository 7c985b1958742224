"""kill -9 in the middle of ingest: nothing lost, nothing twice, the cursor never ahead."""

import random
import subprocess
import sys
from pathlib import Path

from socialdesk.store.copies import recovery
from socialdesk.store.copies.recovery import Condition
from socialdesk.store.file.reader import Readers
from tests.store.mentions.ingest_child import PER_PAGE

N_KILLS = 10


def kill_after(path: Path, word: str, n: int) -> None:
    """Run the child until it has said `word` `n` times, then kill it wherever it is."""
    command = [sys.executable, "-m", "tests.store.mentions.ingest_child", str(path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as child:
        assert child.stdout
        for line in child.stdout:
            n -= line.strip() == word
            if n <= 0:
                break
        child.kill()
    assert child.returncode == -9


def test_ten_kills_lose_nothing_double_nothing_and_the_cursor_is_never_ahead(tmp_path) -> None:
    path = tmp_path / "workspace.db"
    chance = random.Random(7)
    pages = 0
    for _ in range(N_KILLS):
        kill_after(path, chance.choice(["saved", "committed"]), chance.randint(1, 40))
        assert recovery.check(path).condition is Condition.OK
        readers = Readers(path)
        with readers.connection() as conn:
            cursor = int(conn.execute("SELECT cursor FROM watch").fetchone()[0] or 0)
            numbers = [
                int(uri.rsplit("/", 1)[1]) for (uri,) in conn.execute("SELECT uri FROM mention")
            ]
            versions = conn.execute("SELECT count(*) FROM mention_version").fetchone()[0]
            counted = conn.execute("SELECT n FROM counter WHERE key = 'status:0'").fetchone()
            (filed,) = conn.execute("SELECT count(*) FROM triage").fetchone()
            (found,) = conn.execute(
                "SELECT count(*) FROM mention_search WHERE mention_search MATCH 'post'"
            ).fetchone()
        readers.close()
        n = cursor * PER_PAGE
        assert sorted(numbers) == list(range(n))
        assert (versions, filed, found) == (max(0, n - PER_PAGE), n, n)
        assert (counted or (0,))[0] == n
        assert cursor >= pages
        pages = cursor
    assert pages > N_KILLS
