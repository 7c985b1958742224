"""What is well and what is not, in sentences: for `doctor` and for the support screen."""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from socialdesk import __version__
from socialdesk.credentials import SecretStore
from socialdesk.domain.errors import CredentialError, StoreError
from socialdesk.engine.messages import credential, sentence
from socialdesk.i18n import tr
from socialdesk.places import Workspace
from socialdesk.store import backups, journal, recovery
from socialdesk.store.reader import Readers
from socialdesk.store.recovery import Condition
from socialdesk.store.sqlite import SQLITE_VERSION

LOW_SPACE_BYTES = 500 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Check:
    """`name`: a code for programs. `text`: a sentence; `next_step`: what to do unless `is_well`."""

    name: str
    is_well: bool
    text: str
    next_step: str = ""


def checks(place: Workspace, *, is_practice: bool) -> Iterator[Check]:
    """Everything that can be looked at without a network."""
    yield Check("version", True, tr("SocialDesk {version}, SQLite {sqlite}", version=__version__,
                                    sqlite=SQLITE_VERSION))  # fmt: skip
    yield Check("folder", True, tr("The workspace lies in {path}", path=place.folder))
    yield from _file(place)
    yield _space(place.folder)
    yield _backups(place)
    if is_practice:
        yield Check("keyring", True, tr("The practice brand needs no keyring."))
    else:
        yield _keyring()


def _file(place: Workspace) -> Iterator[Check]:
    if not place.database.exists():
        yield Check("file", True, tr("There is no workspace file yet; the first start makes it."))
        return
    health = recovery.check(place.database)
    if health.condition is not Condition.OK:
        said = sentence(health.error())
        yield Check("file", False, said.text, said.next_step)
        return
    yield Check("file", True, tr("The workspace file is whole."))
    yield _journal(place.database)


def _journal(database: Path) -> Check:
    readers = Readers(database)
    try:
        broken = readers.here(journal.verify)
    except StoreError as e:
        said = sentence(e)
        return Check("journal", False, said.text, said.next_step)
    finally:
        readers.close()
    return journal_check(broken)


def journal_check(broken: int | None) -> Check:
    """The sentence for the first broken entry; None = whole."""
    if broken is None:
        return Check("journal", True, tr("The journal is whole."))
    return Check(
        "journal", False, tr("The journal was changed: entry {n} does not fit.", n=broken),
        tr("Compare it with a backup"),
    )  # fmt: skip


def _space(folder: Path) -> Check:
    free = shutil.disk_usage(folder if folder.exists() else folder.anchor).free
    n_mb = free // (1024 * 1024)
    if free < LOW_SPACE_BYTES:
        return Check(
            "space", False, tr("Only {n} MB of disk are left.", n=n_mb), tr("Free some space")
        )
    return Check("space", True, tr("{n} MB of disk are free.", n=n_mb))


def _backups(place: Workspace) -> Check:
    n = len(backups.list_backups(place.backups))
    if n:
        return Check("backups", True, tr("Backups kept: {n}.", n=n))
    return Check("backups", True, tr("No backup yet; the first is made while the program runs."))


def _keyring() -> Check:
    store = SecretStore()
    try:
        status = store.wait(store.status())
        fault = status.fault
    except CredentialError as e:
        status, fault = None, e.fault
    finally:
        store.close()
    if fault is None:
        name = status.backend if status else ""
        return Check("keyring", True, tr("The system keyring answers ({name}).", name=name))
    said = credential(fault)
    return Check("keyring", False, said.text, said.next_step)
