"""Run the named test tiers one after another and close with one line of counts.

Usage: run_tiers.py TIER... ; `fast` is all tests without a mark. A tier that lacks a program
on this machine says so in one sentence; in CI (the variable CI is set) that is a failure.

With the variable RERUN_FAILED set, as in CI, a few tests that failed are run once more, alone: what
passes then is named as unstable, a fault to be mended, and does not fail the run.
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ET
from collections import Counter
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).parents[2]
FAILED, NO_TESTS = 1, 5  # pytest's exit codes: some tests failed; nothing was selected
MOST_AGAIN = 3  # more failed tests than these are no accident


@dataclass(frozen=True, slots=True)
class Tier:
    """How one tier is started. `needs`: programs without which it cannot run."""

    name: str
    needs: tuple[str, ...] = ()
    wrapper: tuple[str, ...] = ()
    environ: dict[str, str] = field(default_factory=dict)
    extra: tuple[str, ...] = ()
    beside: tuple[tuple[str, ...], ...] = ()

    def commands(self, reports: Path) -> list[list[str]]:
        """The pytest calls, inside the tier's wrapper, to be run at the same time: one for each
        group of folders in `beside`, and before them one for all else. Part n leaves in `reports`
        its JUnit counts as n.xml, and what failed in the folder n."""
        chosen = () if self.name == "fast" else ("-m", self.name)
        pytest = (*self.wrapper, sys.executable, "-m", "pytest", "-q", *chosen, *self.extra)
        groups = [[one for one in group if (ROOT / one).is_dir()] for group in self.beside]
        rest = [f"--ignore={folder}" for group in groups for folder in group]
        parts = [rest, *(group for group in groups if group)]
        outcomes = [
            (f"--junitxml={reports / f'{n}.xml'}", f"-ocache_dir={reports / f'{n}'}")
            for n in range(len(parts))
        ]
        return [[*pytest, *part, *left] for part, left in zip(parts, outcomes, strict=True)]


# Half of the work: several processes end sooner, and smaller heaps are collected faster. The last
# two folders keep whole windows open, and who changes the theme dresses every window there is.
WINDOWS = (("tests/ui",), ("tests/accessibility", "tests/languages"))
OFFSCREEN = {"QT_QPA_PLATFORM": "offscreen"}
LOUD = ("-s", "-p", "no:randomly")  # figures are for reading, in a fixed order
TIERS = {
    tier.name: tier
    for tier in (
        Tier("fast", environ=OFFSCREEN, beside=WINDOWS),
        Tier(
            "keyring",
            needs=("gnome-keyring-daemon", "dbus-run-session"),
            wrapper=("sh", "tests/with_keyring.sh"),
            environ={**OFFSCREEN, "SOCIALDESK_REAL_KEYRING": "1"},
        ),
        Tier(
            "realwindow",
            needs=("xvfb-run", "xauth"),
            wrapper=("xvfb-run", "-a", "-s", "-screen 0 1400x900x24"),
            environ={"QT_QPA_PLATFORM": "xcb"},
        ),
        Tier("realserver", environ=OFFSCREEN),
        Tier("corpus", environ=OFFSCREEN),
        Tier(
            "soak",
            environ={**OFFSCREEN, "SOCIALDESK_PROMISES": "tests/output/promises.md"},
            extra=(*LOUD, "-o", "timeout=0", "--durations=30"),
        ),
        Tier("bench", environ=OFFSCREEN, extra=(*LOUD, "-o", "timeout=0")),
        Tier("eval", environ=OFFSCREEN, extra=(*LOUD, "-o", "timeout=0")),
    )
}


def run(tier: Tier) -> Counter[str]:
    """The tier's counts: passed, failed, skipped; `failed` is at least 1 when pytest failed."""
    missing = [program for program in tier.needs if shutil.which(program) is None]
    if missing:
        print(f"The {tier.name} tests did not run: {', '.join(missing)} not found here.")
        return Counter(failed=int(bool(os.environ.get("CI"))))
    print(f"== {tier.name} tests", flush=True)
    environ, runs_again = os.environ | tier.environ, bool(os.environ.get("RERUN_FAILED"))
    with tempfile.TemporaryDirectory() as folder:
        reports = Path(folder)
        commands = tier.commands(reports)
        codes = run_together(commands, environ)
        counts = sum((read_counts(one) for one in reports.glob("*.xml")), Counter[str]())
        if runs_again and (names := unstable(commands, codes, reports, environ)):
            print("\nUnstable: failed, and passed when run again alone:", *names, sep="\n  ")
            passed = counts["passed"] + counts["failed"]
            return Counter(passed=passed, skipped=counts["skipped"], unstable=len(names))
    if set(codes) == {NO_TESTS}:
        print(f"There are no {tier.name} tests.")
    elif set(codes) - {0, NO_TESTS} and not counts["failed"]:
        counts["failed"] = 1
    return counts


def run_together(commands: list[list[str]], environ: dict[str, str]) -> list[int]:
    """The exit codes. The first speaks as it goes, the others when they have ended."""
    first, *others = commands
    with ExitStack() as stack:
        waiting = []
        for command in others:
            said = stack.enter_context(tempfile.TemporaryFile("w+", errors="replace"))
            waiting.append((subprocess.Popen(
                command, cwd=ROOT, env=environ, stdout=said, stderr=subprocess.STDOUT), said)
            )  # fmt: skip
        codes = [subprocess.run(first, cwd=ROOT, env=environ).returncode]
        for process, said in waiting:
            codes.append(process.wait())
            said.seek(0)
            print(said.read(), flush=True)
    return codes


def unstable(
    commands: list[list[str]], codes: list[int], reports: Path, environ: dict[str, str]
) -> list[str]:
    """The tests that failed, where they are few and each passes when it is run again without the
    others; otherwise none. A part that did not come to its end has no such tests."""
    failed = {n: failed_in(reports / str(n)) for n, code in enumerate(codes) if code == FAILED}
    names = [name for part in failed.values() for name in part]
    if set(codes) - {0, FAILED, NO_TESTS} or not 0 < len(names) <= MOST_AGAIN:
        return []
    again = [[*commands[n], "--last-failed", "--last-failed-no-failures=none"] for n in failed]
    passed = all(subprocess.run(one, cwd=ROOT, env=environ).returncode == 0 for one in again)
    return names if passed else []


def failed_in(cache: Path) -> list[str]:
    """The tests that failed, by pytest's own list; none where it died before it could write it."""
    kept = cache / "v" / "cache" / "lastfailed"
    return list(json.loads(kept.read_text("utf-8"))) if kept.exists() else []


def read_counts(report: Path) -> Counter[str]:
    """Counts of one JUnit file as pytest writes it."""
    counts: Counter[str] = Counter()
    for suite in ET.parse(report).getroot().iter("testsuite"):
        n_failed = int(suite.get("failures", 0)) + int(suite.get("errors", 0))
        n_skipped = int(suite.get("skipped", 0))
        n_passed = int(suite.get("tests", 0)) - n_failed - n_skipped
        counts += Counter(passed=n_passed, failed=n_failed, skipped=n_skipped)
    return counts


def main(names: list[str]) -> int:
    """Run the tiers; 0 when tests ran and none failed."""
    if not names or set(names) - TIERS.keys():
        print(f"usage: run_tiers.py TIER...; tiers: {' '.join(TIERS)}")
        return 2
    counts = sum((run(TIERS[name]) for name in names), Counter[str]())
    odd = f", {counts['unstable']} unstable" if counts["unstable"] else ""
    print(f"{counts['passed']} passed, {counts['failed']} failed, {counts['skipped']} skipped{odd}")
    return int(counts["failed"] > 0 or counts["passed"] == 0)


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
