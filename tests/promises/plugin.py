"""Counts what the marked tests tried, and prints "promise | tried | failed" at the end.

A test that makes many trials takes the fixture `trials` and reports each; a property counts by its
examples, any other test as one trial. The table is printed where SOCIALDESK_PROMISES is set (`make
soak` sets it), and goes to that file as well when it is a path, under the day and the kind of
machine.
"""

import os
import re
from collections import Counter
from collections.abc import Generator, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import pluggy
import pytest

from tests.bench.harness import machine
from tests.promises.table import PROMISES

VARIABLE = "SOCIALDESK_PROMISES"


@dataclass(slots=True)
class Trials:
    """What one test tried. `passed` and `failed` count; a test without a count is one trial."""

    n_tried: int = 0
    n_failed: int = 0
    notes: list[str] = field(default_factory=list)

    def add(self, n: int = 1, *, failed: int = 0) -> None:
        """`n` trials were made, of which `failed` broke the promise."""
        self.n_tried += n
        self.n_failed += failed


TRIED = pytest.StashKey[Trials]()


@dataclass(slots=True)
class Tally:
    """Trials and failures by the promise's number."""

    tried: Counter[int] = field(default_factory=Counter)
    failed: Counter[int] = field(default_factory=Counter)

    def take(self, item: pytest.Item, passed: bool) -> None:
        trials = item.stash.get(TRIED, Trials())
        n_tried = max(trials.n_tried, n_examples(item), 1)
        n_failed = trials.n_failed if passed else max(trials.n_failed, 1)
        for mark in item.iter_markers("promise"):
            self.tried[mark.args[0]] += n_tried
            self.failed[mark.args[0]] += n_failed

    def lines(self) -> Iterator[str]:
        yield "| # | promise | tried | failed |"
        yield "| --- | --- | ---: | ---: |"
        for promise in PROMISES:
            n = promise.number
            if self.tried[n]:
                yield f"| {n} | {promise.text} | {self.tried[n]:,} | {self.failed[n]:,} |"


def n_examples(item: pytest.Item) -> int:
    """How many examples hypothesis gave to a property; 0 for any other test."""
    said = getattr(item, "hypothesis_statistics", "")  # "    - 97 passing examples, 0 failing …"
    return sum(int(n) for n in re.findall(r"(\d+) passing", said))


@pytest.fixture
def trials(request: pytest.FixtureRequest) -> Trials:
    """Where a test says how much it tried."""
    node: pytest.Item = request.node
    return node.stash.setdefault(TRIED, Trials())


class PromisePlugin:
    """Collects the counts of one run."""

    def __init__(self) -> None:
        self.tally = Tally()

    @pytest.hookimpl(hookwrapper=True)
    def pytest_runtest_makereport(
        self, item: pytest.Item, call: pytest.CallInfo[None]
    ) -> Generator[None, pluggy.Result[pytest.TestReport], None]:
        report = (yield).get_result()
        if report.when == "call" and not report.skipped:
            self.tally.take(item, report.passed)

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        target = os.environ.get(VARIABLE)
        if not target or not self.tally.tried:
            return
        lines = list(self.tally.lines())
        terminalreporter.section("promises")
        for line in lines:
            terminalreporter.line(line)
        if target != "1":
            head = f"{datetime.now(UTC):%Y-%m-%d}, {machine()}."
            path = Path(target)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text("\n".join([head, "", *lines]) + "\n", encoding="utf-8")


def pytest_configure(config: pytest.Config) -> None:
    config.pluginmanager.register(PromisePlugin(), "socialdesk-promises")
