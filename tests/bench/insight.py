"""What understanding costs while mentions come in: the same pages with and without it.

What counts most is the time inside the transaction, for a person's click waits for it.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from socialdesk.domain.mentions.mention import Mention
from socialdesk.domain.mentions.status import Disposition, Status
from socialdesk.engine.insight.analyst import Analyst
from socialdesk.engine.insight.understanding import shipped_reader
from socialdesk.engine.intake import Finish
from socialdesk.store.file.reader import Readers
from socialdesk.store.file.transaction import Transaction
from socialdesk.store.file.writer import Priority, Writer
from socialdesk.store.mentions.pages import PageToSave, SavedPage, save_page
from tests.bench import data
from tests.bench.build import TARGET_MS
from tests.bench.harness import Bench
from tests.bench.ingest import Effort, _account
from tests.fakes import HandClock

PAGE: Final = 100  # mentions
N: Final = 4_000


def measure(bench: Bench) -> None:
    """Per mention, processor time: plain pages, the same with insight, and its two halves."""
    n = N // 2 if bench.is_quick else N
    until_ms = data.END_MS + int((n + 1) * data.STEP_S * 1000)
    posts = [m for _, m in data.mentions(n, seed=12, until_ms=until_ms, networks=("mastodon",))]
    plain, reading, both = Effort(), Effort(), Effort()
    with bench.scratch_file() as bare, bench.scratch_file() as path:
        _fill(bare, posts, plain, None)
        _fill(path, posts, both, reading)
    within = both.cpu_us - reading.cpu_us
    bench.add("reading the words of a page, before it is stored", reading.cpu_us, "µs/mention")
    bench.add("page with insight, inside the transaction", within, "µs/mention", floor=plain.cpu_us)
    bench.add("page with insight, all of it", both.cpu_us, "µs/mention", floor=plain.cpu_us)


def _nothing(tx: Transaction, saved: SavedPage) -> None:
    """Pages as an older program stored them."""


def _fill(path: Path, posts: Sequence[Mention], effort: Effort, reading: Effort | None) -> None:
    clock = HandClock()
    writer = Writer(path, clock=clock, announce=lambda changes: None)
    writer.start()
    readers = Readers(path)
    analyst = Analyst(readers, clock, lambda: shipped_reader(("kk", "ru", "en")), lambda: "lawyer")
    account, watch = writer.submit(_account).result()
    analyst.prepare("mastodon", posts[:1])  # loads the tables
    for start in range(0, len(posts), PAGE):
        part = posts[start : start + PAGE]

        def save(part: Sequence[Mention] = part) -> None:
            found: list[Finish] = [_nothing]
            if reading is not None:
                reading.spend(len(part), lambda: found.append(analyst.prepare("mastodon", part)))
            page = PageToSave(
                account, watch, "mastodon", part, lambda m: (Status.NEW, Disposition.NONE),
                lambda m: int(m.published_at.timestamp() * 1000) + TARGET_MS, finish=found[-1],
            )  # fmt: skip
            writer.submit(
                lambda tx: save_page(tx, page), priority=Priority.PAGE, durable=False
            ).result()

        effort.spend(len(part), save)
    readers.close()
    writer.close()
