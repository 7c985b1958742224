"""Versions of networks' APIs that end: told before they do, because only a newer program helps."""

from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, date, datetime
from typing import Final

from socialdesk.domain.account import AccountState
from socialdesk.domain.frozen import frozen
from socialdesk.domain.queue.rows import AccountRow
from socialdesk.engine.kit import Kit
from socialdesk.networks.base import ApiVersion, Network
from socialdesk.store import accounts
from socialdesk.store.file.writer import Priority
from socialdesk.store.notices import version_notices

WARN_DAYS: Final = (60, 14, 0)  # told once at each
DAY_S: Final = 86_400.0
DAY_MS: Final = 86_400_000


@frozen
class Ending:
    """A version in use that ends soon, or has ended (`n_days` negative)."""

    network: str  # its label
    version: ApiVersion
    n_days: int

    @property
    def phase(self) -> int:
        """The tightest of WARN_DAYS that is reached."""
        return min(days for days in WARN_DAYS if self.n_days <= days)


def endings(
    rows: Iterable[AccountRow], networks: Mapping[str, Network], today: date
) -> list[Ending]:
    """Of the networks of accounts that are not disconnected; the first to end first."""
    used = {row.network for row in rows if row.state is not AccountState.STOPPED}
    found = [
        Ending(networks[key].info.label, version, (version.good_until - today).days)
        for key in sorted(used & networks.keys())
        for version in networks[key].info.versions
    ]
    ending = [one for one in found if one.n_days <= WARN_DAYS[0]]
    return sorted(ending, key=lambda one: one.n_days)


class Versions:
    """A part of the clockwork: looks at the start and then daily."""

    def __init__(self, kit: Kit, networks: Callable[[], Mapping[str, Network]]) -> None:
        self._kit, self._networks, self._next_at = kit, networks, 0

    def after_jump(self) -> None:
        """It may be another day."""
        self._next_at = 0

    def step(self) -> float:
        now = self._kit.clock.now_ms()
        if now < self._next_at:
            return (self._next_at - now) / 1000
        today = datetime.fromtimestamp(now / 1000, UTC).date()
        rows = self._kit.readers.here(accounts.list_accounts)
        for one in endings(rows, self._networks(), today):
            self._tell(one)
        self._next_at = now + DAY_MS
        return DAY_S

    def _tell(self, ending: Ending) -> None:
        name, phase = ending.version.name, ending.phase
        if not self._kit.readers.here(lambda conn: version_notices.is_told(conn, name, phase)):
            until = ending.version.good_until.isoformat()
            self._kit.writer.submit(
                lambda tx: version_notices.tell(tx, ending.network, name, until, phase),
                priority=Priority.BACKGROUND,
            )
