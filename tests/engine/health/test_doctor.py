"""What doctor calls well, and what it does not; it changes nothing on the way."""

import shutil
from collections import namedtuple
from dataclasses import replace
from datetime import date
from pathlib import Path

import keyring
import keyring.backends.fail
import pytest

from socialdesk.domain.account import AccountState, Watch, WatchKind
from socialdesk.domain.check import Check
from socialdesk.domain.errors import CredentialError, CredentialFault
from socialdesk.domain.queue.rows import AccountRow, OutboxRow, WatchHealth
from socialdesk.domain.replies.reply import HoldReason, OutboxState
from socialdesk.engine.commands.owning import CheckComputer
from socialdesk.engine.health import disk, doctor
from socialdesk.engine.health.disk import Disk, DiskState
from socialdesk.networks import registry
from socialdesk.networks.base import ApiVersion
from socialdesk.places import Workspace, workspace
from socialdesk.store import accounts
from tests.engine.pond import Pond, PondNetwork, pond_desk
from tests.keyrings import FakeKeyring, refusing
from tests.makers import a_mention
from tests.store.queue_file import QueueFile

ROW = OutboxRow(1, 2, OutboxState.QUEUED, "@shop@pond.example", "Ann", "From nine.", 0)
WATCH = WatchHealth(1, Watch(WatchKind.HASHTAG, "rye"), is_on=True, last_ok_at=1)
SHOP = AccountRow(1, "mastodon", "@shop", "pond.example", AccountState.ON, watches=(WATCH,))


@pytest.fixture(autouse=True)
def _encrypted(monkeypatch) -> None:
    """Whatever the disk of this machine is."""
    monkeypatch.setattr(disk, "disk_of", lambda _: Disk(DiskState.ENCRYPTED, "dm-crypt"))


@pytest.fixture
def place() -> Workspace:
    """A workspace with a whole file, closed."""
    made = workspace("shop")
    made.prepare()
    file = QueueFile(made.folder)
    file.save(*(a_mention(n=n) for n in range(3)))
    file.close()
    return made


def found(place: Workspace, *, is_practice: bool = True) -> dict[str, Check]:
    return {check.name: check for check in doctor.checks(place, is_practice=is_practice)}


def test_a_whole_workspace_is_well_and_is_not_touched(place) -> None:
    before = place.database.read_bytes()
    checks = found(place)
    assert all(check.is_well for check in checks.values())
    assert set(checks) == {"version", "folder", "file", "journal", "account", "outbox", "space",
                           "disk", "backups", "keyring"}  # fmt: skip
    assert place.database.read_bytes() == before


def test_a_place_without_a_file_is_well_and_none_is_made(tmp_path) -> None:
    place = workspace(str(tmp_path / "far" / "away"))
    checks = found(place)
    assert all(check.is_well for check in checks.values())
    assert "first start makes it" in checks["file"].text
    assert not (tmp_path / "far").exists()


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (lambda raw: b"Dear all, " * 1000, "not a SocialDesk workspace"),
        (lambda raw: raw[: len(raw) // 2], "damaged"),
        (lambda raw: raw[:4096] + b"\xa5" * (len(raw) - 4096), "damaged"),
    ],
)
def test_a_file_that_is_not_whole_has_a_next_step(place, spoil, said) -> None:
    raw = spoil(place.database.read_bytes())
    place.database.write_bytes(raw)
    checks = found(place)
    assert not checks["file"].is_well
    assert said in checks["file"].text and checks["file"].next_step
    assert "journal" not in checks  # nothing is claimed about what cannot be read
    assert place.database.read_bytes() == raw


def test_every_check_that_is_not_well_says_what_to_do() -> None:
    asks = replace(SHOP, state=AccountState.SIGN_IN)
    fails = replace(SHOP, watches=(replace(WATCH, fault="UnreachableError"),))
    bad = [
        doctor.journal_check(7),
        doctor.account_check(asks),
        doctor.account_check(fails),
        doctor.outbox_check([], is_sending=False),
        doctor.outbox_check([replace(ROW, state=OutboxState.FAILED)], is_sending=True),
    ]
    assert not any(check.is_well for check in bad)
    assert all(check.next_step for check in bad)
    assert "entry 7" in bad[0].text
    assert "hashtag #rye" in bad[2].text


@pytest.mark.parametrize("state", [AccountState.ON, AccountState.PAUSED, AccountState.STOPPED])
def test_what_a_person_chose_is_well(state: AccountState) -> None:
    assert doctor.account_check(replace(SHOP, state=state)).is_well


@pytest.mark.parametrize(
    ("row", "waits"),
    [
        (ROW, False),
        (replace(ROW, state=OutboxState.SENT), False),
        (replace(ROW, state=OutboxState.UNCERTAIN, next_at=9), False),
        (replace(ROW, state=OutboxState.HELD, hold=HoldReason.UNDO), False),
        (replace(ROW, state=OutboxState.HELD, hold=HoldReason.SCHEDULED), False),
        (replace(ROW, state=OutboxState.FAILED), True),
        (replace(ROW, state=OutboxState.UNCERTAIN), True),
        (replace(ROW, state=OutboxState.HELD, hold=HoldReason.ASK), True),
        (replace(ROW, state=OutboxState.HELD, hold=HoldReason.RESTORED), True),
    ],
)
def test_only_replies_that_wait_for_a_person_are_counted(row: OutboxRow, waits: bool) -> None:
    assert doctor.outbox_check([row], is_sending=True).is_well is not waits


def test_a_disk_that_is_nearly_full_or_gone_is_told(place, monkeypatch) -> None:
    usage = namedtuple("usage", "total used free")
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage(0, 0, 3 * 1024 * 1024))
    low = found(place)["space"]
    assert not low.is_well and "Only 3 MB" in low.text

    def gone(_: Path) -> None:
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(shutil, "disk_usage", gone)
    broken = found(place)["space"]
    assert not broken.is_well and "Input/output error" in broken.text


@pytest.mark.parametrize(
    ("state", "what", "is_well", "step"),
    [
        (DiskState.ENCRYPTED, "dm-crypt", True, ""),
        (DiskState.UNKNOWN, "btrfs", True, ""),
        (DiskState.PLAIN, "ext4", False, "LUKS"),
        (DiskState.PLAIN, "BitLocker", False, "BitLocker"),
        (DiskState.PLAIN, "FileVault", False, "FileVault"),
        (DiskState.MEMORY, "tmpfs", False, "move the workspace"),
    ],
)
def test_a_disk_that_a_thief_can_read_is_not_called_well(state, what, is_well, step) -> None:
    check = doctor.disk_check(Disk(state, what))
    assert check.is_well is is_well and step in check.next_step
    assert bool(check.next_step) is not is_well


def test_the_disk_is_looked_at_with_the_rest(place, monkeypatch) -> None:
    monkeypatch.setattr(disk, "disk_of", lambda _: Disk(DiskState.PLAIN, "ext4"))
    check = found(place)["disk"]
    assert not check.is_well and "not encrypted (ext4)" in check.text


def test_backups_are_counted(place) -> None:
    assert "No backup yet" in found(place)["backups"].text
    (place.backups / "backup-20261121-120000.db").touch()
    checks = found(place)
    assert checks["backups"].text == "1 copy is kept, the newest of 2026-11-21."
    assert "goes by 2026-12-26" in checks["rests"].text
    assert "until you delete" not in checks["rests"].text
    (place.backups / "before-update-from-3-1795000000000.db").touch()
    assert "1 copy from an update or a restore stays" in found(place)["rests"].text


def test_the_keyring_is_tried_and_what_is_wrong_is_told(place) -> None:
    keyring.set_keyring(FakeKeyring())  # conftest puts the old one back
    assert "FakeKeyring" in found(place, is_practice=False)["keyring"].text
    keyring.set_keyring(keyring.backends.fail.Keyring())
    none = found(place, is_practice=False)["keyring"]
    assert not none.is_well and "no keyring" in none.text and "Install" in none.next_step
    broken = FakeKeyring()
    broken.before_call = refusing(keyring.errors.PasswordSetError)
    keyring.set_keyring(broken)
    refused = found(place, is_practice=False)["keyring"]
    assert not refused.is_well and refused.next_step


def test_a_version_that_ends_soon_is_told(place, monkeypatch) -> None:
    pond = PondNetwork(Pond(), versions=(ApiVersion("Pond API v3", date(2026, 1, 1)),))
    monkeypatch.setattr(registry, "networks", lambda: {"pond": pond})
    in_pond = [replace(SHOP, network="pond")]
    monkeypatch.setattr(accounts, "list_accounts", lambda conn: in_pond)
    check = found(place)["ending"]
    assert not check.is_well and "Pond API v3" in check.text and check.next_step


def test_the_engine_checks_its_own_open_file_and_keyring(tmp_path) -> None:
    pond = pond_desk(tmp_path, PondNetwork(Pond()))
    answer = pond.desk.do(CheckComputer()).result().answer
    found = {check.name: check for check in (Check(*one) for one in answer["checks"])}
    assert {"version", "file", "journal", "account", "outbox", "space", "keyring"} <= set(found)
    assert "whole" in found["file"].text and found["journal"].is_well
    assert found["folder"].text.endswith(str(tmp_path))
    before = pond.desk.do(CheckComputer()).result()
    assert before.seq == 0  # nothing is written
    pond.desk.close()


def test_the_engines_check_speaks_the_language_of_who_asks(tmp_path) -> None:
    pond = pond_desk(tmp_path, PondNetwork(Pond()))

    def words_in(language: str) -> str:
        answer = pond.desk.do(CheckComputer(language)).result().answer
        return str({name: text for name, _, text, _ in answer["checks"]}["file"])

    assert words_in("ru") != words_in("kk") != words_in("") == words_in("en")
    assert "whole" in words_in("")
    pond.desk.close()


def test_a_keyring_that_refuses_is_told_with_what_to_do() -> None:
    def refuse() -> str:
        raise CredentialError(CredentialFault.LOCKED)

    check = doctor.keyring_check(refuse)
    assert not check.is_well and check.next_step
    assert "Fake" in doctor.keyring_check(lambda: "Fake").text
