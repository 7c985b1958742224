"""Promise 48: sign-ins are listed and removed from inside; the data stay unless somebody asks, and
then nothing of the workspace is left, and nothing else is missing."""

import hashlib
import json
import sqlite3
from contextlib import closing
from pathlib import Path

import keyring
import pytest

from socialdesk.credentials import SecretStore
from socialdesk.domain.account import Secret
from socialdesk.domain.ids import AccountId
from socialdesk.engine.accounts.secrets import KeyringSecrets
from socialdesk.engine.commands.owning import ForgetSignIns, ListSignIns, RemoveWorkspace
from socialdesk.engine.errands import leaving
from socialdesk.engine.inline import InlineDesk
from socialdesk.engine.outside import Outside
from socialdesk.networks import http
from socialdesk.places import Workspace, data_folder, workspace
from tests.engine.pond import Pond, PondNetwork, pond_desk
from tests.fakes import HandClock
from tests.keyrings import FakeKeyring
from tests.promises.plugin import Trials

CANARY = "canary-sign-in"
N_ACCOUNTS = 5


def tree(root: Path) -> dict[str, str]:
    """Every file below, with what is in it."""
    return {
        str(path.relative_to(root)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(root.rglob("*")) if path.is_file()
    }  # fmt: skip


def a_workspace(name: str, ring: FakeKeyring) -> Workspace:
    """With accounts, a PIN, a log, a backup and secrets for all of them."""
    place = workspace(name)
    place.prepare()
    made = pond_desk(place.folder, PondNetwork(Pond()))
    made.desk.close()
    (place.logs / "engine.log").write_text("started\n")
    with closing(sqlite3.connect(place.database)) as conn, conn:
        for n in range(2, N_ACCOUNTS + 1):
            conn.execute("INSERT INTO account(id, network, name, added_at) VALUES (?, 'pond', ?,"
                         " 1)", (n, f"shop {n}"))  # fmt: skip
        (own,) = conn.execute("SELECT value FROM setting WHERE key = 'workspace_id'").fetchone()
    secrets = KeyringSecrets(SecretStore(backend=ring), own)
    for n in range(1, N_ACCOUNTS + 1):
        secrets.keep(AccountId(n), Secret(f"{CANARY}-{name}-{n}"))
    secrets.keep("pin-1", Secret(f"{CANARY}-{name}-pin"))
    return place


def desk_on(place: Workspace, ring: FakeKeyring) -> InlineDesk:
    store = SecretStore(backend=ring)
    outside = Outside(
        {"pond": PondNetwork(Pond())}, http.session, lambda name: KeyringSecrets(store, name)
    )
    return InlineDesk(place.database, place.backups, HandClock(), outside)


@pytest.fixture
def ring() -> FakeKeyring:
    made = FakeKeyring()
    keyring.set_keyring(made)  # conftest puts the old one back
    return made


def of(ring: FakeKeyring, name: str) -> int:
    return sum(f"{CANARY}-{name}-" in secret for secret in ring.entries.values())


@pytest.mark.promise(48)
def test_sign_ins_are_listed_and_removed_and_the_data_stay(
    ring: FakeKeyring, trials: Trials
) -> None:
    place = a_workspace("shop", ring)
    a_workspace("bakery", ring)
    n = N_ACCOUNTS + 1
    desk = desk_on(place, ring)
    try:
        entries = desk.do(ListSignIns()).result().answer["entries"]
        assert len(entries) == n and CANARY not in json.dumps(entries)
        before = {name for name in tree(place.folder) if name.endswith(".db")}
        desk.do(ForgetSignIns()).result()
        left = of(ring, "shop")
        assert before <= set(tree(place.folder))
    finally:
        desk.close()
    trials.add(n, failed=left)
    assert (left, of(ring, "bakery")) == (0, n)


@pytest.mark.promise(48)
def test_a_removed_workspace_leaves_nothing_and_takes_nothing_else(
    ring: FakeKeyring, trials: Trials, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = a_workspace("shop", ring)
    other = a_workspace("bakery", ring)
    before = tree(data_folder()) | {f"log {k}": v for k, v in tree(other.logs).items()}
    begun: list[Workspace] = []
    monkeypatch.setattr(leaving, "begin_removal", begun.append)
    desk = desk_on(place, ring)
    desk.do(RemoveWorkspace("SHOP")).result()
    desk.close()
    leaving.remove_workspace(begun[0])  # what the process that waits does
    after = tree(data_folder()) | {f"log {k}": v for k, v in tree(other.logs).items()}
    theirs = str(place.folder.relative_to(data_folder()))
    logs = str(place.logs.relative_to(data_folder()))
    expected = {k: v for k, v in before.items() if not k.startswith((f"{theirs}/", f"{logs}/"))}
    n_wrong = len(set(expected.items()) ^ set(after.items())) + of(ring, "shop")
    trials.add(len(before), failed=n_wrong)
    assert expected == after and not place.folder.exists() and not place.logs.exists()
    assert (of(ring, "shop"), of(ring, "bakery")) == (0, N_ACCOUNTS + 1)
