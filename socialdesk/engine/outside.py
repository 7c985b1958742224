"""What the engine reaches beyond its file: networks, the keyring, the desktop."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, TypeVar

from socialdesk.domain.frozen import frozen
from socialdesk.domain.times.clock import Clock
from socialdesk.engine.accounts.connections import NewSession
from socialdesk.engine.accounts.secrets import Secrets
from socialdesk.engine.desk import Desk
from socialdesk.engine.insight.understanding import NewReader, shipped_reader
from socialdesk.engine.notices.telling import Desktop
from socialdesk.engine.releases import quiet_session
from socialdesk.networks.base import Network

if TYPE_CHECKING:
    from requests import Session

D_co = TypeVar("D_co", bound=Desk, covariant=True)


@frozen
class Outside:
    """`pace` scales polling intervals (practice). `speed`: of a drill's clock; `watch_sends` is
    given whom to tell what a drill kept here. `open_window` opens a window of this workspace, or
    brings the one there is to the front; returns at once."""

    networks: Mapping[str, Network]
    new_session: NewSession
    secrets_for: Callable[[str], Secrets]  # by the workspace's lasting id
    pace: float = 1.0
    new_reader: NewReader = shipped_reader
    desktop: "Callable[[], Desktop | None]" = lambda: None  # who shows notices; None = the window
    open_window: Callable[[], None] = lambda: None
    speed: float = 1.0
    watch_sends: Callable[[Callable[[str], None]], None] = lambda told: None
    release_session: "Callable[[], Session]" = quiet_session


class OpenDesk(Protocol[D_co]):
    """How a desk is opened: handed to a drill, which has one of its own and is itself a part of
    the desk."""

    def __call__(self, database: Path, backups: Path, clock: Clock, outside: Outside) -> D_co:
        """Raises StoreError."""
        ...
