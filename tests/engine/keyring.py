"""The system's keyring, in memory."""

from socialdesk.domain.account import Secret
from socialdesk.domain.errors import CredentialError, CredentialFault
from socialdesk.engine.accounts.secrets import Owner


class Keyring:
    """`kept`: by owner, also after a desk ended; `fault`: it refuses everything with it."""

    def __init__(self) -> None:
        self.kept: dict[Owner, Secret] = {}
        self.fault: CredentialFault | None = None

    def read(self, owner: Owner) -> Secret | None:
        self._ask()
        return self.kept.get(owner)

    def keep(self, owner: Owner, secret: Secret, *, session_only: bool = False) -> None:
        self._ask()
        self.kept[owner] = secret

    def forget(self, owner: Owner) -> None:
        self._ask()
        self.kept.pop(owner, None)

    def is_session_only(self, owner: Owner) -> bool:
        return False

    def keyring(self) -> str:
        self._ask()
        return "Fake"

    def give_up(self) -> None:
        pass

    def _ask(self) -> None:
        if self.fault is not None:
            raise CredentialError(self.fault)
