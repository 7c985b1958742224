"""What lies in the keyring for a workspace, forgetting it, and removing the workspace itself."""

import logging
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Final

from socialdesk.credentials import SecretStore
from socialdesk.domain.account import AccountState
from socialdesk.domain.changes import Area
from socialdesk.domain.errors import CommandError, CommandFault, StoreError
from socialdesk.domain.ids import AccountId
from socialdesk.engine.accounts.secrets import KeyringSecrets, NoKeyring, Owner
from socialdesk.engine.commands.owning import ForgetSignIns, ListSignIns, RemoveWorkspace
from socialdesk.engine.crisis import notify, pins
from socialdesk.engine.kit import Kit
from socialdesk.engine.practice.end import end_engine, remove
from socialdesk.engine.work import here_of
from socialdesk.places import Workspace, data_folder, workspace
from socialdesk.store import accounts, commands, journal, people, settings
from socialdesk.store.crisis import audiences
from socialdesk.store.file.reader import Readers
from socialdesk.store.file.sqlite import Connection
from socialdesk.store.file.transaction import Transaction

ACCOUNT, PIN, NOTIFY = "account", "pin", "notify"

log = logging.getLogger(__name__)
Answer = dict[str, Any]
Entry = tuple[str, str, Owner]
"""Kind, name for people, and the name it has for the keyring."""


def owners(conn: Connection) -> list[Entry]:
    """Everything that may have a secret, in this workspace's order."""
    found: list[Entry] = [
        (ACCOUNT, f"{row.network} {row.name}", AccountId(row.id))
        for row in accounts.list_accounts(conn)
    ]
    everybody = people.list_people(conn, with_put_away=True)
    found += [(PIN, row.name, pins.name_of(row.id)) for row in everybody]
    found += [(NOTIFY, row.name, notify.name_of(row.id)) for row in audiences.list_audiences(conn)]
    return found


class Leaving:
    """`folder`: the workspace's. `work`: which command is done by what."""

    def __init__(self, kit: Kit, folder: Path) -> None:
        self._kit, self._folder = kit, folder
        self.work: Mapping[type, Callable[[Any, str], Answer]] = {
            ListSignIns: self._list,
            ForgetSignIns: self._forget,
            RemoveWorkspace: self._remove,
        }

    def _list(self, command: ListSignIns, _: str) -> Answer:
        secrets = self._kit.connections.secrets
        return {"entries": [
            [kind, name, secrets.is_session_only(owner)] for kind, name, owner in self._kept()
        ]}  # fmt: skip

    def _forget(self, command: ForgetSignIns, command_id: str) -> Answer:
        kept = self._kept()
        for kind, _, owner in kept:
            self._kit.connections.secrets.forget(owner)
            if kind == ACCOUNT and isinstance(owner, int):
                self._kit.connections.drop(owner)

        def write(tx: Transaction) -> int:
            for kind, _, owner in kept:
                if kind == ACCOUNT and isinstance(owner, int):
                    _wait_for_sign_in(tx, owner)
            seq = journal.append(tx, "sign_ins_forgotten", {"n": len(kept)}, person=here_of(tx))
            commands.remember(tx, command_id, seq, {"n": len(kept)})
            tx.touch(Area.ACCOUNTS)
            return seq

        return {"n": len(kept), "seq": self._kit.writer.submit(write).result()}

    def _remove(self, command: RemoveWorkspace, command_id: str) -> Answer:
        place = place_of(self._folder)
        if place.is_drill or not is_named(place, command.typed_name):
            raise CommandError(CommandFault.BAD_INPUT, what=command.typed_name[:80])
        self._forget(ForgetSignIns(), command_id)
        begin_removal(place)
        return {}

    def _kept(self) -> list[Entry]:
        """Those that have one. Raises CredentialError where the keyring does not answer."""
        secrets = self._kit.connections.secrets
        if isinstance(secrets, NoKeyring):
            return []
        entries = self._kit.readers.here(owners)
        return [entry for entry in entries if secrets.read(entry[2]) is not None]


def place_of(folder: Path) -> Workspace:
    """The workspace whose folder this is, by its name where it has one: then its logs lie apart."""
    is_named = folder.parent == data_folder() / "workspaces"
    return workspace(folder.name if is_named else str(folder))


def is_named(place: Workspace, typed: str) -> bool:
    """Whether somebody typed its name."""
    return typed.strip().casefold() == place.name.casefold()


def remove_workspace(place: Workspace) -> None:
    """The engine ends, the keyring's entries go, then folder and logs. Raises StoreError LOCKED
    where the engine does not end, CredentialError where the keyring does not answer: then nothing
    but the engine is gone."""
    end_engine(place)
    if place.database.exists() and not place.is_practice and not place.is_drill:
        _forget_all(place)
    remove(place)


def _forget_all(place: Workspace) -> None:
    readers, store = Readers(place.database), SecretStore()
    try:
        with readers.connection() as conn:
            names, workspace_id = owners(conn), settings.read(conn, "workspace_id")
        for _, _, owner in names:
            KeyringSecrets(store, workspace_id).forget(owner)
    except StoreError as e:
        log.warning("the file could not be asked whose sign-ins to forget: %s", e)
    finally:
        readers.close()
        store.close()


def begin_removal(place: Workspace) -> None:
    """A process of its own waits until window and engine have ended: neither can remove what it
    has open."""
    named = place.name if place == workspace(place.name) else str(place.folder)
    program = [sys.executable, *([] if getattr(sys, "frozen", False) else ["-m", "socialdesk"])]
    subprocess.Popen(
        [*program, "remove", "--workspace", named, "--confirm", place.name],
        stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        **_APART,
    )  # fmt: skip


_APART: Final[dict[str, Any]] = (
    {"creationflags": 0x00000208} if sys.platform == "win32" else {"start_new_session": True}
)  # Windows: DETACHED_PROCESS | CREATE_NEW_PROCESS_GROUP


def _wait_for_sign_in(tx: Transaction, account_id: int) -> None:
    spec = accounts.read_account(tx.conn, account_id)
    if spec is not None and spec.state is not AccountState.STOPPED:
        accounts.set_state(tx, account_id, AccountState.SIGN_IN, fault="AuthExpiredError")
