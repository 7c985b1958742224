"""What the window reads: first pages, searches, counts and pages, over the whole workspace."""

from collections.abc import Mapping
from functools import partial
from random import Random
from typing import Final

from socialdesk.domain.queue.rows import ORDERS, Order, View
from socialdesk.store.file.reader import Readers
from socialdesk.store.file.sqlite import Connection
from socialdesk.store.queue import lists
from socialdesk.store.queue.rows import queue_rows
from tests.bench import data
from tests.bench.build import cached
from tests.bench.harness import Action, Bench, at_most, at_most_times, in_turn, p50, p95

NOW: Final = data.END_MS
SCREEN: Final = 200  # ids the window asks for first
PAGE: Final = 100  # rows it reads at a time, at most
IN_SIGHT: Final = 12  # rows it reads before its first paint (ui/inbox/model.py)
VECTOR_ROUNDS: Final = 5
# As perf/b2_query.py pages: eleven columns by keyset. Ids are in the order of time here, so that it
# needs no index of times.
_FLOOR: Final = (
    "SELECT id, network, author_id, substr(body, 1, 180), published_at, lang, role, kind, n_stars,"
    " n_reposts, checksum FROM mention WHERE id <= ? ORDER BY id DESC LIMIT ?"
)
# Each class of search by how many mentions it finds and how; `RANKED[n]`: the n-th commonest word.
SEARCHES: Final[Mapping[str, tuple[str, ...]]] = {
    "rare word": tuple(f'"{data.RANKED[rank]}"' for rank in (29_000, 28_000, 27_000)),
    "middling word": tuple(f'"{data.RANKED[rank]}"' for rank in (2_000, 2_500, 3_000)),
    "common word": ('"the"', '"order"', '"app"'),
    "beginning, 3 letters": ("ord", "del", "gro"),
    "beginning, 4 letters": ("deli", "frie", "refu"),
    "phrase, common": ('"to of"', '"the and"'),
    "rare and common word": (f'the "{data.RANKED[29_000]}"', f'app "{data.RANKED[28_000]}"'),
    "two common words": ('the "order"', 'app "refund"'),
    "Russian word": ('"возврат"', '"доставка"'),
    "Russian beginning": ("дост", "спас"),
    "Chinese, two characters": ("退款", "蛋糕"),
    "author": ("from:user17", 'from:"Author 5"'),
    "label": ('label:"crisis"', 'label:"praise"'),
    "network": ("network:feeds", "network:bluesky"),
    "word in one status": ("the status:new", "order status:snoozed"),
    "time and word": ("order before:2025-06-01", "the after:2026-05-01"),
}


def measure(bench: Bench) -> None:
    """Everything against 200 rows by keyset on the same connection, in turn."""
    readers = Readers(cached(bench.n, bench.folder))
    try:
        with readers.connection() as conn:
            reads = Reads(bench, conn)
            reads.first_pages()
            reads.searches()
            reads.badges()
            reads.paging()
            reads.vectors()
    finally:
        readers.close()


class Reads:
    """Questions on one connection, as a reader thread asks them."""

    def __init__(self, bench: Bench, conn: Connection) -> None:
        self._bench, self._conn = bench, conn
        self._dice = Random("reads")
        self._all = lists.list_ids(conn, View.ALL, order=Order.NEWEST).ids
        self._n = bench.rounds(30)

    def floor_rows(self, n: int) -> None:
        """`n` rows by keyset from anywhere: the least that a page of a list costs."""
        place = self._all[self._dice.randrange(len(self._all) - n)]
        self._conn.execute(_FLOOR, (place, n)).fetchall()

    def first_pages(self) -> None:
        """Every view in every order: the ids for a screen, then a page of rows. Of these the window
        reads only what is in sight before it paints: shown beside it, the goal is of the page."""
        floor, taken = self._pages_of_views(PAGE)
        first = "needs_reply by need"
        self._bench.add(f"{SCREEN} rows by keyset", p50(floor), "ms")
        self._bench.add(f"first page, {first}, p50", p50(taken[first]), "ms", floor=p50(floor))
        worst = max(taken, key=lambda name: p95(taken[name]))
        self._bench.add(
            f"first page, slowest view ({worst}), p95", p95(taken[worst]), "ms",
            at_most_times(3), floor=p95(floor),
        )  # fmt: skip
        floor, taken = self._pages_of_views(IN_SIGHT)
        slowest = max(map(p95, taken.values()))
        self._bench.add(f"  its {IN_SIGHT} rows in sight alone", slowest, "ms", floor=p95(floor))

    def _pages_of_views(self, n_rows: int) -> tuple[list[float], dict[str, list[float]]]:
        cases = {
            f"{view.value} by {order.value}": partial(self._first_page, view, order, n_rows)
            for view, orders in ORDERS.items()
            for order in orders
        }
        taken = in_turn({"": partial(self.floor_rows, SCREEN), **cases}, self._n)
        return taken.pop(""), taken

    def searches(self) -> None:
        """The newest 200 of each class and the first page of their rows, as typed; the floor is 200
        rows by keyset."""
        floor = self._floor_p50()
        every: list[float] = []
        for name, texts in SEARCHES.items():
            taken = in_turn({t: partial(self._search, t) for t in texts}, self._n // len(texts) + 1)
            times = [ms for of_text in taken.values() for ms in of_text]
            every += times
            self._bench.add(f"search, {name}, p50", p50(times), "ms", at_most(5), floor=floor)
            self._bench.add(f"search, {name}, p95", p95(times), "ms", at_most(35))
        self._bench.add("search, every class, p95", p95(every), "ms", at_most(35))

    def badges(self) -> None:
        """All live counts of the side bar."""
        counters = partial(_fetch, self._conn, "SELECT key, n FROM counter")
        taken = in_turn(
            {"": counters, "ours": partial(lists.count_views, self._conn, NOW)}, self._n
        )
        self._bench.add("counts of all views, p50", p50(taken["ours"]), "ms", at_most(1),
                        floor=p50(taken[""]))  # fmt: skip

    def paging(self) -> None:
        """A page of rows from anywhere in the list of all mentions."""
        depths = {"the top": 0, "the middle": len(self._all) // 2, "the end": len(self._all) - PAGE}
        cases: dict[str, Action] = {d: partial(self._page, at) for d, at in depths.items()}
        cases["anywhere"] = lambda: self._page(self._dice.randrange(len(self._all) - PAGE))
        taken = in_turn({"": partial(self.floor_rows, PAGE), **cases}, self._n)
        floor = p50(taken.pop(""))
        for name, times in taken.items():
            self._bench.add(f"100 rows from {name}, p50", p50(times), "ms", at_most_times(1.5),
                            floor=floor)  # fmt: skip

    def vectors(self) -> None:
        """The whole list, which follows the first page."""
        cases: dict[str, Action] = {
            "ids of all that needs a reply": partial(lists.list_ids, self._conn),
            "ids of all mentions": partial(lists.list_ids, self._conn, View.ALL),
            "ids of every 'the'": partial(lists.list_ids, self._conn, View.ALL, '"the"'),
        }
        for name, times in in_turn(cases, self._bench.rounds(VECTOR_ROUNDS)).items():
            self._bench.add(name, p50(times), "ms")

    def _first_page(self, view: View, order: Order, n_rows: int) -> None:
        ids = lists.list_ids(self._conn, view, order=order, limit=SCREEN, now=NOW).ids
        queue_rows(self._conn, ids[:n_rows])

    def _search(self, text: str) -> None:
        ids = lists.list_ids(self._conn, View.ALL, text, Order.NEWEST, SCREEN, NOW).ids
        queue_rows(self._conn, ids[:PAGE])

    def _page(self, depth: int) -> None:
        queue_rows(self._conn, self._all[depth : depth + PAGE])

    def _floor_p50(self) -> float:
        return p50(in_turn({"": partial(self.floor_rows, SCREEN)}, self._n)[""])


def _fetch(conn: Connection, sql: str) -> object:
    return conn.execute(sql).fetchall()
