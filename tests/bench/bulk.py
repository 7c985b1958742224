"""An act on 100,000 mentions: how long it takes, and what the window feels of it."""

from typing import Any, Final

from socialdesk.places import workspace
from tests.bench.build import cached
from tests.bench.children import environ_for, memory_mb, told
from tests.bench.harness import N_QUICK, Bench, at_most
from tests.bench.window import engine_at, make_todays_backup

LONGEST_S: Final = 120  # a job that takes longer is a failure of its own
NAMES: Final = {
    "label": "label all", "label_undo": "take the label back",
    "status": "status of all", "status_undo": "take the status back",
}  # fmt: skip


def measure(bench: Bench) -> None:
    """Labels everything in a real window, and takes it back; then the same with a status."""
    with bench.copy_of(cached(N_QUICK, bench.folder)) as path:
        place = workspace(str(path.parent))
        place.prepare()
        make_todays_backup(place)
        environ = environ_for(bench.folder, "offscreen")
        with engine_at(place, 0, environ) as engine:
            rss_before = memory_mb(str(engine.pid)).get("rss", 0.0)
            facts = told("tests.bench.window_probe", str(place.folder), "bulk", str(LONGEST_S),
                         environ=environ)  # fmt: skip
            rss = memory_mb(str(engine.pid)).get("rss")
    for key, name in NAMES.items():
        _add(bench, name, facts[key], facts["calm"])
    if rss is not None:
        before = facts["before"]["rss"]
        bench.add("window: RSS after it (floor: before)", facts["memory"]["rss"], "MB",
                  floor=before)  # fmt: skip
        bench.add("engine: RSS after it (floor: before)", rss, "MB", floor=rss_before)


def _add(bench: Bench, name: str, facts: dict[str, Any], calm: dict[str, Any]) -> None:
    """`calm`: the same window while nothing happens."""
    bench.add(f"{name}: {facts['n']:,} rows", facts["seconds"], "s")
    bench.add("  window late meanwhile, p99", facts["p99"], "ms", floor=calm["p99"])
    bench.add("  window late meanwhile, worst", facts["worst"], "ms", at_most(50),
              floor=calm["worst"])  # fmt: skip
    bench.add("  key → next card painted meanwhile, worst", facts["press"], "ms", at_most(100),
              floor=calm["press"])  # fmt: skip
