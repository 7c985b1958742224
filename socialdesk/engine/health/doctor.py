"""What is well and what is not, in sentences: for `doctor` and for the window."""

import shutil
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from socialdesk import __version__
from socialdesk.credentials import SecretStore
from socialdesk.domain.account import AccountState
from socialdesk.domain.check import Check
from socialdesk.domain.errors import CredentialError, StoreError, StoreFault
from socialdesk.domain.price import dollars
from socialdesk.domain.queue.rows import AccountRow, OutboxRow
from socialdesk.domain.replies.reply import HoldReason, OutboxState
from socialdesk.domain.spend import Spend
from socialdesk.engine import versions
from socialdesk.engine.accounts.secrets import KeyringSecrets, Secrets
from socialdesk.engine.health import disk
from socialdesk.engine.settings import value_of
from socialdesk.engine.words.keeping import rests_words
from socialdesk.engine.words.messages import credential, fault, sentence
from socialdesk.engine.words.phrases import account_state, watch_name
from socialdesk.engine.words.versions import ending_soon
from socialdesk.i18n import tr, trn
from socialdesk.networks import registry
from socialdesk.places import Workspace
from socialdesk.store import accounts, journal, settings, spend
from socialdesk.store.copies import backup_list, backups, recovery
from socialdesk.store.copies.backup_list import Copy, Reason
from socialdesk.store.copies.recovery import Condition
from socialdesk.store.file.reader import Readers
from socialdesk.store.file.sqlite import SQLITE_VERSION, Connection
from socialdesk.store.outbox import outbox_rows

LOW_SPACE_BYTES: Final = 500 * 1024 * 1024
BYTES_PER_MB: Final = 1024 * 1024


def checks(place: Workspace, *, is_practice: bool) -> Iterator[Check]:
    """Everything that can be looked at without a network; changes nothing. For a process that has
    not opened the workspace."""
    yield from _program(place.folder)
    yield from _file(place)
    yield from _disk(place.folder)
    yield from _backups(place.backups)
    yield keyring_check(_no_keyring if is_practice else _probe)


def checks_inside(readers: Readers, folder: Path, secrets: Secrets) -> Iterator[Check]:
    """The same for the engine, which has the file open: it is asked through SQLite alone, because
    any other handle on it would drop SQLite's locks as it closes. `folder`: the workspace's."""
    yield from _program(folder)
    try:
        yield from readers.here(_open_file)
    except StoreError as e:
        yield _refused(e)
    yield from _disk(folder)
    yield from _backups(folder / "backups")
    yield keyring_check(secrets.keyring)


def _program(folder: Path) -> Iterator[Check]:
    yield Check("version", True, tr("SocialDesk {version}, SQLite {sqlite}", version=__version__,
                                    sqlite=SQLITE_VERSION))  # fmt: skip
    yield Check("folder", True, tr("The workspace lies in {path}", path=folder))


def _disk(folder: Path) -> Iterator[Check]:
    yield _space(folder)
    yield disk_check(disk.disk_of(folder))
    if kind := disk.drive_of(folder):
        yield Check("drive", False, disk.drive_words(kind), disk.drive_step())


def _open_file(conn: Connection) -> list[Check]:
    if damage := recovery.damage(conn):
        return [_refused(StoreError(StoreFault.DAMAGED, damage))]
    return [_whole(), *_inside(conn)]


def _whole() -> Check:
    return Check("file", True, tr("The workspace file is whole."))


def _file(place: Workspace) -> Iterator[Check]:
    health = recovery.check(place.database)
    if health.condition is Condition.MISSING:
        yield Check("file", True, tr("There is no workspace file yet; the first start makes it."))
        return
    if health.condition is not Condition.OK:
        yield _refused(health.error())
        return
    yield _whole()
    readers = Readers(place.database)
    try:
        yield from readers.here(_inside)
    except StoreError as e:
        yield _refused(e)
    finally:
        readers.close()


def _refused(error: StoreError) -> Check:
    if error.fault is StoreFault.OLDER and error.detail.startswith("version"):
        return Check(
            "file", True, tr("The file was written by an earlier SocialDesk. The next start makes "
                             "a backup and brings it up to date."),
        )  # fmt: skip
    said = sentence(error)
    return Check("file", False, said.text, said.next_step)


def _inside(conn: Connection) -> list[Check]:
    """What the rows themselves tell, as of one commit."""
    is_sending = value_of(settings.read_all(conn), "sender") == "on"
    return [
        journal_check(journal.verify(conn)),
        *(account_check(account) for account in accounts.list_accounts(conn)),
        *_spending(conn),
        *_versions(conn),
        outbox_check(outbox_rows.list_outbox(conn), is_sending=is_sending),
    ]


def journal_check(broken: int | None) -> Check:
    """The sentence for the first broken entry; None = whole."""
    if broken is None:
        return Check("journal", True, tr("The journal is whole."))
    return Check(
        "journal", False, tr("The journal was changed: entry {n} does not fit.", n=broken),
        tr("Compare it with a backup"),
    )  # fmt: skip


def log_check(path: Path) -> Check:
    """Whether the entries of an exported log follow each other, on any machine."""
    from socialdesk.engine.after_action.log_file import LogFileError, broken_line

    try:
        broken = broken_line(path)
    except (LogFileError, UnicodeDecodeError) as e:
        return Check(
            "journal", False, tr("This log cannot be read: {where}.", where=e),
            tr("Export it again"),
        )  # fmt: skip
    if broken is None:
        return Check("journal", True, tr("The log is whole: each entry follows from the last."))
    return Check(
        "journal", False, tr("The log was changed: entry {n} does not fit.", n=broken),
        tr("Export it again from the workspace and compare"),
    )  # fmt: skip


def account_check(account: AccountRow) -> Check:
    """One account: not well when it waits for a person, or when one of its watches fails."""
    name = f"{account.network} {account.name}"
    if account.state is AccountState.SIGN_IN:
        said = fault("AuthExpiredError")
        return Check("account", False, f"{name}: {said.text}", said.next_step)
    failing = [w for w in account.watches if w.fault]
    if failing and account.state is AccountState.ON:
        said = fault(failing[0].fault, failing[0].detail)
        text = f"{name}, {watch_name(failing[0])}: {said.text}"
        return Check("account", False, text, said.next_step)
    return Check("account", True, f"{name}: {account_state(account)}")


def _spending(conn: Connection) -> Iterator[Check]:
    """What each priced account has cost this month."""
    now = round(datetime.now(UTC).timestamp() * 1000)
    for account in accounts.list_accounts(conn):
        if account.is_priced:
            month = spend.read(conn, account.id, now)
            yield spend_check(f"{account.network} {account.name}", month)


def spend_check(name: str, month: Spend) -> Check:
    """Well until less than a tenth of the cap is left: then what is found by searches waits."""
    text = trn(
        "{name}: {spent} of {cap} spent this month, in {n} call.",
        "{name}: {spent} of {cap} spent this month, in {n} calls.",
        month.n_calls, name=name, spent=dollars(month.micros), cap=dollars(month.cap),
    )  # fmt: skip
    if month.cap and month.left() * 10 < month.cap:
        return Check("spend", False, text, tr("Raise the cap, or wait for the next month"))
    return Check("spend", True, text)


def _versions(conn: Connection) -> Iterator[Check]:
    """Versions of networks' APIs in use that end soon."""
    today = datetime.now(UTC).date()
    for one in versions.endings(accounts.list_accounts(conn), registry.networks(), today):
        until = one.version.good_until.isoformat()
        yield Check(
            "ending", False, ending_soon(one.network, one.version.name, until),
            tr("Look for a newer SocialDesk"),
        )  # fmt: skip


def outbox_check(rows: list[OutboxRow], *, is_sending: bool) -> Check:
    """Whether replies can leave, and whether one waits for a person's decision. `rows`: open."""
    n = sum(map(waits_for_person, rows))
    waiting = trn("{n} reply waits for your decision.", "{n} replies wait for your decision.", n)
    if not is_sending:
        text = tr("Sending is off, as it is after a restore.")
        return Check("outbox", False, f"{text} {waiting}" if n else text,
                     tr("Look at the outbox, then switch sending on"))  # fmt: skip
    if n:
        return Check("outbox", False, waiting, tr("Look at the outbox"))
    return Check("outbox", True, tr("No reply waits for a decision."))


def waits_for_person(row: OutboxRow) -> bool:
    """Nothing more happens to it by itself."""
    match row.state:
        case OutboxState.FAILED:
            return True
        case OutboxState.UNCERTAIN:
            return not row.next_at
        case OutboxState.HELD:
            return row.hold in (HoldReason.ASK, HoldReason.RESTORED)
        case _:
            return False


def disk_check(found: disk.Disk) -> Check:
    """Not well when a thief of this computer could read the workspace, or when it goes with the
    power. What cannot be known is no fault."""
    step = disk.step(found)
    return Check("disk", not step, disk.words(found), step)


def _space(folder: Path) -> Check:
    there = next(path for path in (folder, *folder.parents) if path.exists())
    try:
        free = shutil.disk_usage(there).free
    except OSError as e:
        why = e.strerror or type(e).__name__
        return Check(
            "space", False, tr("The disk's free space cannot be told ({why}).", why=why),
            tr("Check that the disk is there"),
        )  # fmt: skip
    n_mb = free // BYTES_PER_MB
    if free < LOW_SPACE_BYTES:
        return Check(
            "space", False, tr("Only {n} MB of disk are left.", n=n_mb), tr("Free some space")
        )
    return Check("space", True, tr("{n} MB of disk are free.", n=n_mb))


def _backups(folder: Path) -> Iterator[Check]:
    copies = backup_list.list_copies(folder)
    if not copies:
        yield Check("backups", True, tr("No backup yet; the first is made while the program runs."))
        return
    n, newest = len(copies), _day(copies[0].at)
    yield Check(
        "backups", True,
        trn("{n} copy is kept, the newest of {day}.", "{n} copies are kept, the newest of {day}.",
            n, day=newest),
    )  # fmt: skip
    yield Check("rests", True, _rests(copies))


def _rests(copies: Sequence[Copy]) -> str:
    """`copies`: at least one, newest first."""
    rotating = [c.at for c in copies if c.reason in (Reason.DAILY, Reason.WEEKLY)]
    until = _day(rotating[0] + backups.LONGEST_MS) if rotating else ""
    return rests_words(until, len(copies) - len(rotating))


def _day(at: int) -> str:
    return datetime.fromtimestamp(at / 1000, UTC).date().isoformat()


def keyring_check(ask: Callable[[], str]) -> Check:
    """`ask`: the keyring's name, "" where none is used. Raises CredentialError."""
    try:
        name = ask()
    except CredentialError as e:
        said = credential(e.fault)
        return Check("keyring", False, said.text, said.next_step)
    if not name:
        return Check("keyring", True, tr("The practice brand needs no keyring."))
    return Check("keyring", True, tr("The system keyring answers ({name}).", name=name))


def _no_keyring() -> str:
    return ""


def _probe() -> str:
    store = SecretStore()
    try:
        return KeyringSecrets(store, "").keyring()
    finally:
        store.close()
