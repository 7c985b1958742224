"""What every artefact of a release shares: its version, its date, its names.

The version is the one of `socialdesk/__init__.py`. The date is SOURCE_DATE_EPOCH, the commit's time
(`make` sets it), so that a second build gives the same bytes.
"""

import os
import subprocess
import sys
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from resources.installer.owners import Kind, Owner
from socialdesk import __version__

ROOT: Final = Path(__file__).parents[2]
HERE: Final = Path(__file__).parent
EPOCH_VARIABLE: Final = "SOURCE_DATE_EPOCH"
NAME: Final = f"socialdesk-{__version__}"
PROGRAM: Final = Owner(Kind.PROGRAM, "socialdesk", __version__)


def epoch() -> int:
    """Seconds since 1970 that all files of a release bear. Raises KeyError where it is not set."""
    return int(os.environ[EPOCH_VARIABLE])


def day() -> str:
    """The release's date, as "2026-11-22"."""
    return datetime.fromtimestamp(epoch(), UTC).date().isoformat()


def filled(template: Path, values: Mapping[str, object]) -> str:
    """The text of `template` with each @NAME@ replaced. Raises ValueError when one is left."""
    text = template.read_text("utf-8")
    for name, value in values.items():
        text = text.replace(f"@{name}@", str(value))
    if "@" in text.replace("<socialdesk@", ""):
        raise ValueError(f"{template.name} has a place that nothing fills")
    return text


def metainfo() -> str:
    """The AppStream file of this version."""
    return filled(HERE / "metainfo.xml", {"VERSION": __version__, "DATE": day()})


def machine() -> str:
    """This machine's architecture as Debian calls it."""
    done = subprocess.run(
        ["dpkg", "--print-architecture"], capture_output=True, text=True, check=True
    )
    return done.stdout.strip()


def run(build: Callable[[Path, Path], Path]) -> None:
    """Of a program with the arguments BUNDLE OUT: build it, and say how large it became."""
    bundle, out = map(Path, sys.argv[1:])
    target = build(bundle, out)
    sys.stdout.write(f"{target} {target.stat().st_size / 1e6:.1f} MB\n")
