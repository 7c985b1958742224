"""A long list that is gone leaves nothing behind in the process."""

import platform
import subprocess
import sys

import pytest

LEFT_MB = 1.5

# A block that raises glibc's own threshold, then one below it that something small lies above.
LISTS = """
import re, sys
from pathlib import Path
from socialdesk.ui.memory import give_back_large

def resident_mb():
    text = Path("/proc/self/smaps_rollup").read_text()
    return int(re.search(r"Rss: +(\\d+)", text)[1]) / 1024

if sys.argv[1] == "told":
    give_back_large()
before = resident_mb()
long = bytearray(8 << 20)
del long
shorter, above = bytearray(6 << 20), [bytes(1_000) for _ in range(100)]
del shorter
print(resident_mb() - before)
"""


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="it is glibc that is told")
@pytest.mark.parametrize("told", ["told", "untold"])
def test_what_a_long_list_took_goes_back(told: str) -> None:
    done = subprocess.run(
        [sys.executable, "-c", LISTS, told], capture_output=True, text=True, check=True
    )
    assert (float(done.stdout) < LEFT_MB) == (told == "told")
