"""Reading a mention's words: time beside VADER alone, memory, size on disk, time to load.

The goal of performance.md, section 6, is without telling the language; the whole has a limit of
our own.
"""

import subprocess
import sys
import tomllib
from collections.abc import Callable, Sequence
from typing import Any, Final

from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

from socialdesk.analysis.reader import TableReader
from socialdesk.places import resource
from tests.bench.children import ROOT
from tests.bench.harness import Bench, at_most, in_turn, p50

ROUNDS: Final = 9
TIMES: Final = 20  # that the practice texts are repeated within a round
LANGUAGES: Final = ("en", "kk", "ru")

# In a process of its own: what reading adds there, in MB, and the first text's time in ms.
PROBE: Final = """
import sys, time
from pathlib import Path
from socialdesk.places import resource
def used():
    status = Path("/proc/self/status")
    lines = status.read_text().splitlines() if status.exists() else []
    return next((int(s.split()[1]) / 1024 for s in lines if s.startswith("VmRSS")), 0.0)
before, began = used(), time.perf_counter()
from socialdesk.analysis.reader import TableReader
reader = TableReader(resource("models"))
for text in sys.argv[1:]: reader.read(text)
print(used() - before, (time.perf_counter() - began) * 1000)
"""
FIRST: Final = {
    "en": "Half loaf tomorrow, possible? Queue too long.",
    "ru": "Подскажите, хлеб ржаной закончился?",
    "kk": "Нан бар ма, калган жок па?",
}


def measure(bench: Bench) -> None:
    """The practice brand's texts, a language at a time, then what a new process pays."""
    reader = TableReader(resource("models"))
    for lang in LANGUAGES:
        _time(bench, reader, lang, practice_texts(reader, lang))
    for what, texts in (("en", [FIRST["en"]]), ("en, ru and kk", [*FIRST.values()])):
        memory_mb, load_ms = _in_a_new_process(texts)
        bench.add(f"understanding, memory with {what}", memory_mb, "MB", at_most(15))
        bench.add(f"understanding, first text in {what}", load_ms, "ms", at_most(100))
    sizes = [path.stat().st_size for path in resource("models").glob("moods-*.model")]
    bench.add("largest table of moods on disk", max(sizes) / 1e6, "MB", at_most(1))


def _time(bench: Bench, reader: TableReader, lang: str, texts: Sequence[str]) -> None:
    """Two lines; the floor is VADER's own program on the same texts, whatever their language."""
    told = _Told(lang)
    taken = in_turn(
        {
            "all": _over(reader.read, texts),
            "told": _over(told.read, texts),
            "floor": _over(SentimentIntensityAnalyzer().polarity_scores, texts),
        },
        bench.rounds(ROUNDS),
    )
    n = TIMES * len(texts)
    every, without, floor = (p50(taken[key]) / n * 1000 for key in ("all", "told", "floor"))
    bench.add(f"understanding a mention, {lang}, p50", every, "µs", at_most(300), floor=floor)
    bench.add("  without telling its language", without, "µs", at_most(120), floor=floor)


class _Told(TableReader):
    """Knows the language beforehand, and stands for its own `Languages`."""

    def __init__(self, lang: str) -> None:
        super().__init__(resource("models"))
        self._lang = lang

    def _languages(self) -> Any:
        return self

    def of(self, text: str, hint: str = "") -> str:
        return self._lang


def _over(read: Callable[[str], object], texts: Sequence[str]) -> Callable[[], None]:
    def run() -> None:
        for _ in range(TIMES):
            for text in texts:
                read(text)

    return run


def practice_texts(reader: TableReader, lang: str) -> list[str]:
    """What the practice brand's people write in a language."""
    lines = tomllib.loads(resource("practice", "streams", "first-run.toml").read_text("utf-8"))
    texts = [line["text"] for line in lines["line"] if "text" in line]
    return [text for text in texts if reader.read(text).lang == lang]


def _in_a_new_process(texts: Sequence[str]) -> tuple[float, float]:
    """MB that reading these texts adds, and ms until they are read, loading included."""
    done = subprocess.run(
        [sys.executable, "-c", PROBE, *texts], cwd=ROOT, capture_output=True, text=True, check=True
    )
    memory_mb, load_ms = map(float, done.stdout.split())
    return memory_mb, load_ms
