"""The start once more, frozen: dist/socialdesk beside the floor window frozen the same way.

On Linux only: what is measured is a copy of the frozen program with another entry script.
"""

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import partial
from hashlib import sha256
from itertools import chain
from pathlib import Path
from typing import Any, Final

from tests.bench.build import cached
from tests.bench.children import ROOT, environ_for, told_by, x_server
from tests.bench.harness import Bench, at_most
from tests.bench.startup import Start, compare

DIST: Final = ROOT / "dist"
PROGRAM: Final = DIST / "socialdesk"
RECIPE: Final = ROOT / "tests" / "bench" / "floor.spec"
MB: Final = 1e6


def measure(bench: Bench) -> None:
    """Warm on each platform there is here, then with the files of the program evicted."""
    if sys.platform != "linux" or not (PROGRAM / "socialdesk").exists():
        print("  dist/socialdesk is not here (`make freeze` makes it on Linux): no frozen figures.")
        return
    _add_sizes(bench)
    os.sync()  # what was just written could not be evicted
    floor = _frozen_floor(bench.folder)
    large, empty = cached(bench.n, bench.folder), cached(0, bench.folder)
    with (
        bench.copy_of(large) as full, bench.copy_of(empty) as none, _probe(bench.folder) as probe,
        x_server() as display,
    ):  # fmt: skip
        for platform in ("offscreen", "xcb") if display else ("offscreen",):
            environ = environ_for(bench.folder, platform, display)
            start = partial(partial, told_by, environ=environ)
            cases: dict[str, Start] = {
                "floor": start(str(floor)),
                "0": start(str(probe), str(none.parent)),
                f"{bench.n:,}": start(str(probe), str(full.parent)),
            }
            compare(bench, cases, f"frozen, {platform}")
            del cases["0"]
            folders = (floor.parent, PROGRAM, probe.parent)
            evicted = {name: partial(_cold, case, folders) for name, case in cases.items()}
            compare(bench, evicted, f"frozen, evicted, {platform}", n=5, limit=1.6)


def _cold(start: Start, folders: Iterable[Path]) -> dict[str, Any]:
    """A start of what is in no cache."""
    _evict(folders)
    return start()


def _add_sizes(bench: Bench) -> None:
    files = [path for path in PROGRAM.rglob("*") if path.is_file() and not path.is_symlink()]
    size = sum(path.stat().st_size for path in files)
    bench.add("folder of the frozen program", size / MB, "MB", at_most(160))
    for package in DIST.glob("*.deb"):
        bench.add("package of it, .deb", package.stat().st_size / MB, "MB", at_most(60))


def _frozen_floor(folder: Path) -> Path:
    """The frozen floor window's program, made where it is not in `folder` yet (half a minute)."""
    parts = (RECIPE, RECIPE.with_name("floor_window.py"), ROOT / "resources/installer/bundle.py")
    digest = sha256(b"".join(part.read_bytes() for part in parts)).hexdigest()[:12]
    made = folder / f"floor-{digest}"
    if not (made / "floor" / "floor").exists():
        command = [sys.executable, "-m", "PyInstaller", "--noconfirm", "--log-level", "ERROR"]
        places = ["--distpath", str(made), "--workpath", str(made / "work")]
        subprocess.run([*command, *places, str(RECIPE)], cwd=ROOT, check=True)
    return made / "floor" / "floor"


@contextmanager
def _probe(folder: Path) -> Iterator[Path]:
    """The frozen program, told to start as `start_probe` does; its parts are those in dist/."""
    from tests.bench.frozen_copy import copy_with_entry  # imports PyInstaller

    with tempfile.TemporaryDirectory(dir=folder) as place:
        probe = Path(place, PROGRAM.name)
        probe.with_name("_internal").symlink_to(PROGRAM / "_internal")
        copy_with_entry(PROGRAM / PROGRAM.name, probe)
        yield probe


def _evict(folders: Iterable[Path]) -> None:
    """Out of the system's cache with their files, as after a cold start (perf/cold.py)."""
    for path in chain.from_iterable(folder.rglob("*") for folder in folders):
        if path.is_file():
            with path.open("rb") as file:
                os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
