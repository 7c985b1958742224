"""What a workspace's figures are counted by: its zone, its business hours, its target."""

import os
from datetime import UTC, datetime, tzinfo
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from socialdesk.engine.reports.counting import Terms
from socialdesk.engine.settings import number_of
from socialdesk.store import settings
from socialdesk.store.file.sqlite import Connection
from socialdesk.store.triage import targets

_LOCALTIME: Final = Path("/etc/localtime")  # Linux and macOS: a link into the zone database


def read_terms(conn: Connection, now: int) -> Terms:
    """As the settings stand. Without business hours a shop that never closes, in the zone of this
    computer. `now`: ms UTC, for a computer that does not name its zone."""
    known = settings.read_all(conn)
    hours = targets.read_hours(conn)
    if known.get(targets.HOURS):
        return Terms(hours.zone, hours.zone.key, number_of(known, "target_min"), hours.between)
    zone, name = system_zone(now)
    return Terms(zone, name, number_of(known, "target_min"), hours.between)


def system_zone(now: int) -> tuple[tzinfo, str]:
    """This computer's zone and its name; where it does not name one, its offset now."""
    for name in _names():
        try:
            return ZoneInfo(name), name
        except (ZoneInfoNotFoundError, ValueError, OSError):
            continue
    offset = datetime.fromtimestamp(now / 1000, UTC).astimezone()
    return offset.tzinfo or UTC, f"UTC{offset:%z}"


def _names() -> list[str]:
    """What may be the zone's name, the surest first."""
    found = [os.environ.get("TZ", "").removeprefix(":")]
    if _LOCALTIME.is_symlink():
        _, marked, name = os.path.realpath(_LOCALTIME).partition("zoneinfo/")
        found.append(name if marked else "")
    return [name for name in found if name]
