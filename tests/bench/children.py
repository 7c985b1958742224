"""Programs that are measured from outside: how they are started, and an X server for them."""

import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

ROOT: Final = Path(__file__).parents[2]
LIMIT_S: Final = 300
T0: Final = "BENCH_T0"  # variable: unix time of the exec
FLAG: Final = "flood"  # a file in the workspace's folder: it opens the gates of flood_engine


def environ_for(scratch: Path, platform: str, display: str = "") -> dict[str, str]:
    """What a measured program inherits. It finds its bytecode, as an installed one does."""
    environ = os.environ | {
        "QT_QPA_PLATFORM": platform,
        "PYTHONPYCACHEPREFIX": str(scratch / "bytecode"),
    }
    environ.pop("PYTHONDONTWRITEBYTECODE", None)
    return environ | {"DISPLAY": display} if display else environ


def told(module: str, *args: str, environ: Mapping[str, str]) -> dict[str, Any]:
    """Runs `module` to its end; the JSON line it printed. Raises RuntimeError."""
    return told_by(sys.executable, "-m", module, *args, environ=environ)


def told_by(program: str, *args: str, environ: Mapping[str, str]) -> dict[str, Any]:
    """The same of a program."""
    done = subprocess.run(
        [program, *args],
        cwd=ROOT,
        env={**environ, T0: repr(time.time())},
        capture_output=True,
        text=True,
        timeout=LIMIT_S,
    )
    if done.returncode or not done.stdout:
        raise RuntimeError(f"{[program, *args]} ended with {done.returncode}:\n{done.stderr}")
    facts: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return facts


@contextmanager
def x_server() -> Iterator[str]:
    """The display of an X server of our own without a screen; "" where there is none."""
    program = shutil.which("Xvfb")
    if program is None:
        yield ""
        return
    server = subprocess.Popen(
        [program, "-displayfd", "1", "-screen", "0", "1400x900x24", "-nolisten", "tcp"],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    try:
        assert server.stdout is not None
        yield f":{server.stdout.readline().strip()}"
    finally:
        server.terminate()
        server.wait()


def memory_mb(pid: str = "self") -> dict[str, float]:
    """Resident and proportional size of a process, MB; {} where the system does not say."""
    try:
        text = Path(f"/proc/{pid}/smaps_rollup").read_text()
    except OSError:
        return {}
    sizes = {line.split()[0]: int(line.split()[1]) / 1024 for line in text.splitlines()[1:]}
    return {"rss": sizes["Rss:"], "pss": sizes["Pss:"]}
