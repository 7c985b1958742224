"""Asks a public database for known holes in what is pinned: `make audit`.

pip-audit is fetched into an environment of its own (.cache/audit), only now: it is no part of the
program or of its tests. Without a network it says that it could not ask, and ends with 3; known
holes end with 1. Packages are asked about by name and version, nothing else is told.
"""

import json
import os
import subprocess
import sys
import venv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

ROOT: Final = Path(__file__).parents[2]
HOME: Final = ROOT / ".cache" / "audit"
VERSION: Final = "2.10.0"
CLEAN, HOLES, NOT_ASKED = 0, 1, 3


@dataclass(frozen=True, slots=True)
class Hole:
    """One that is known. `fixed_in`: versions without it."""

    package: str
    version: str
    name: str
    fixed_in: tuple[str, ...]


def holes_in(report: dict[str, Any]) -> Iterator[Hole]:
    """What pip-audit's JSON tells."""
    for one in report["dependencies"]:
        for found in one.get("vulns", ()):
            yield Hole(one["name"], one["version"], found["id"], tuple(found["fix_versions"]))


def unknown_in(report: dict[str, Any]) -> list[str]:
    """Packages the database had no answer for: pip-audit leaves them out and calls all well."""
    return [one["name"] for one in report["dependencies"] if "skip_reason" in one]


def audit(lock: Path) -> int:
    """Prints what is known of the pins in `lock`; one of CLEAN, HOLES, NOT_ASKED."""
    try:
        report = json.loads(_asked(lock))
    except (subprocess.SubprocessError, OSError, ValueError) as e:
        print(f"The database of known holes could not be asked here ({type(e).__name__}).")
        print("Nothing is known about the pins. Run `make audit` where there is a network.")
        return NOT_ASKED
    return judge(report)


def judge(report: dict[str, Any]) -> int:
    """Says what pip-audit's JSON tells; one of CLEAN, HOLES, NOT_ASKED."""
    holes, unknown = list(holes_in(report)), unknown_in(report)
    for hole in holes:
        better = ", ".join(hole.fixed_in) or "no version yet"
        print(f"{hole.package} {hole.version}: {hole.name}, mended in {better}")
    n = len(report["dependencies"])
    print(f"{n - len(unknown)} of {n} pins asked about, {len(holes)} known holes")
    if unknown:
        print(f"Nothing is known about the others ({', '.join(unknown[:5])} ...).")
        print("Run `make audit` where the public database can be reached.")
    return HOLES if holes else NOT_ASKED if unknown else CLEAN


def _asked(lock: Path) -> str:
    """pip-audit's answer. Raises OSError, subprocess.SubprocessError."""
    python = HOME / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    if not python.exists():
        venv.create(HOME, with_pip=True)
    install = (python, "-m", "pip", "install", "-q", f"pip-audit=={VERSION}")
    subprocess.run(install, check=True, capture_output=True, timeout=600)
    ask = (python, "-m", "pip_audit", "-r", lock, "--require-hashes", "--disable-pip",
           "--progress-spinner", "off", "-f", "json")  # fmt: skip
    done = subprocess.run(ask, capture_output=True, text=True, timeout=600)
    if done.returncode not in (0, 1) or not done.stdout:
        raise subprocess.SubprocessError(done.stderr[-500:])
    return done.stdout


if __name__ == "__main__":
    sys.exit(audit(ROOT / "requirements.lock"))
