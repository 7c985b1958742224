"""How long a process lives that a test kills: so long that it came to do something."""

import math
import os
import select
import time
from typing import Final

CPU_SHARE: Final = 0.4  # of its life, on a machine at rest
PATIENCE_S: Final = 6.0  # the longest life


def let_live(child: int, news: int, seconds: float) -> None:
    """Until it is dead, or has lived so long; longer where the machine is busy with others and gave
    it no time to do anything. `news` ends when it is dead."""
    end = time.monotonic() + PATIENCE_S
    wanted_s = cpu_s(child) + seconds * CPU_SHARE
    while not (select.select([news], [], [], seconds)[0] and not os.read(news, 1)):
        if cpu_s(child) >= wanted_s or time.monotonic() > end:
            return
        seconds = 0.05


def cpu_s(pid: int) -> float:
    """Of the processor, so far; without end where the system does not say it of another process.
    Source: the Linux kernel's posix-timers.h, MAKE_PROCESS_CPUCLOCK."""
    try:
        return time.clock_gettime((~pid << 3) | 2)
    except OSError:
        return math.inf
