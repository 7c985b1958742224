"""Kills a process again and again while it saves pages, and looks at the file after each kill.

    python -m tests.soak.ingest_kills N SEED

prints one JSON line: kills, and how many of them left mentions lost, doubled, a cursor ahead of its
rows, or a file that is not whole. Each life is a fork of this process, which starts no thread. One
life in two dies at a statement inside a transaction, the others at any moment.
"""

import json
import os
import random
import select
import signal
import sys
import tempfile
from collections import Counter
from pathlib import Path
from typing import Final

from socialdesk.store.file import writer
from socialdesk.store.file.migrations import open_current
from socialdesk.store.file.sqlite import Connection, open_reader
from tests.fakes import NOON
from tests.lives import let_live
from tests.store.mentions import ingest_child
from tests.store.mentions.ingest_child import PER_PAGE

N_LIVES: Final = 40  # on one file: what is looked through after each kill must stay small
LIFE_S: Final = (0.0, 0.08)
STATEMENTS: Final = (20, 900)  # of a life that dies at one
BIRTH_S: Final = 30.0


def live(path: Path, die_at: int, born: int) -> None:
    """Save pages until killed. `die_at`: the statement to die at, 0 = somebody else kills."""
    n = 0

    def trace(_: str) -> None:
        nonlocal n
        n += 1
        if n == die_at:
            os.kill(os.getpid(), signal.SIGKILL)

    def traced(path: Path, now_ms: int) -> Connection:
        conn = open_current(path, now_ms)
        os.write(born, b"!")
        if die_at:
            conn.set_trace_callback(trace)
        return conn

    vars(writer)["open_current"] = traced
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    ingest_child.main(path)


def kill_one(path: Path, dice: random.Random) -> None:
    """One life. Raises RuntimeError when it ended by itself."""
    die_at = dice.randrange(*STATEMENTS) if dice.random() < 0.5 else 0
    news, child_news = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            live(path, die_at, child_news)
        finally:
            os._exit(1)
    os.close(child_news)
    select.select([news], [], [], BIRTH_S)
    if not die_at:
        os.read(news, 1)
        let_live(child, news, dice.uniform(*LIFE_S))
        os.kill(child, signal.SIGKILL)
    os.close(news)
    _, status = os.waitpid(child, 0)
    if not os.WIFSIGNALED(status):
        raise RuntimeError("a life ended by itself")


def faults(path: Path) -> Counter[str]:
    """What is wrong with the file: each key 0 or 1. And its cursor, as "n_pages"."""
    conn = open_reader(path)
    try:
        (check,) = conn.execute("PRAGMA integrity_check").fetchone()
        row = conn.execute("SELECT cursor FROM watch WHERE id = 1").fetchone()
        n_pages = int(row[0] or 0) if row else 0
        uris = [uri for (uri,) in conn.execute("SELECT uri FROM mention")]
        sides = {conn.execute(sql).fetchone()[0] for sql in _EACH_ONCE}
    finally:
        conn.close()
    numbers = {int(uri.rsplit("/", 1)[1]) for uri in uris}
    told = set(range(n_pages * PER_PAGE))
    return Counter(
        n_lost=bool(told - numbers),
        n_doubled=len(uris) != len(numbers),
        n_ahead=bool(numbers - told) or sides != {len(uris)},
        n_broken=check != "ok",
        n_pages=n_pages,
    )


_EACH_ONCE: Final = (
    "SELECT count(*) FROM triage",
    "SELECT coalesce((SELECT n FROM counter WHERE key = 'status:0'), 0)",
    "SELECT count(*) FROM mention_search WHERE mention_search MATCH 'post'",
)


def main(n_kills: int, seed: int) -> str:
    """One line of JSON."""
    dice, found = random.Random(seed), Counter[str]()
    for start in range(0, n_kills, N_LIVES):
        with tempfile.TemporaryDirectory(prefix="ingest-kills-") as folder:
            path = Path(folder) / "workspace.db"
            open_current(path, NOON).close()
            n_before = 0
            for _ in range(min(N_LIVES, n_kills - start)):
                kill_one(path, dice)
                after = faults(path)
                found["n_behind"] += after["n_pages"] < n_before
                n_before = after.pop("n_pages")
                found += after
            found["n_pages"] += n_before
    names = ("n_lost", "n_doubled", "n_ahead", "n_behind", "n_broken", "n_pages")
    return json.dumps({"n_kills": n_kills, **{name: found[name] for name in names}})


if __name__ == "__main__":
    sys.stdout.write(main(int(sys.argv[1]), int(sys.argv[2])) + "\n")
