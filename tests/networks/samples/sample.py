"""What a test needs to run any connector without knowing which it is."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from socialdesk.domain.account import Secret, Watch, WatchKind
from socialdesk.networks.base import Connector, Network
from socialdesk.networks.scripted import ScriptedServer, session_with


@dataclass(frozen=True, slots=True)
class Sample:
    """`new_server`: an invented network in this process. `settings`, `secret`: an account signed in
    there. `canaries`: every secret text in them, tokens and client secrets each by itself.
    `typed`: what a person types to sign in (SignIn.PASSWORD and NONE), {} where the browser does
    it. `limited`, `expired`, `no_credit`: how this network says "slow down", "sign in again", "your
    quota or money is used up": (status, body, headers); None where it has no such answer."""

    network: Network
    new_server: Callable[[], ScriptedServer]
    settings: Mapping[str, str]
    secret: Secret | None
    canaries: tuple[str, ...]
    watch: Watch = field(default_factory=lambda: Watch(WatchKind.MENTIONS))
    typed: Mapping[str, str] = field(default_factory=dict)
    limited: tuple[int, bytes, Mapping[str, str]] | None = (429, b"{}", {})
    expired: tuple[int, bytes, Mapping[str, str]] | None = (401, b"{}", {})
    no_credit: tuple[int, bytes, Mapping[str, str]] | None = None

    @property
    def key(self) -> str:
        return self.network.info.key

    def connect(self, server: ScriptedServer) -> Connector:
        """A connector of the account, at `server`."""
        return self.network.connect(
            session_with(server), self.settings, self.secret, lambda secret: None
        )
