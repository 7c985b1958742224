"""Which run of the computer this is: monotonic times can be compared within one only."""

import uuid
from functools import cache
from pathlib import Path


@cache
def boot_id() -> str:
    """Linux tells; elsewhere one id per process, within which monotonic times compare as well."""
    try:
        return Path("/proc/sys/kernel/random/boot_id").read_text("ascii").strip()
    except OSError:
        return str(uuid.uuid4())
