"""Promise 35: of a person who was erased no byte is left: not in a table, the index, the WAL, free
pages, pictures; and no restore brings them back."""

from pathlib import Path

import pytest

from socialdesk.store.copies import backups, recovery
from socialdesk.store.erasing import erasing
from tests.promises.plugin import Trials
from tests.store.conftest import file  # noqa: F401
from tests.store.erasing.test_erasing import TRACES, clean, full  # noqa: F401
from tests.store.queue_file import QueueFile

FORMS = ("utf-8", "utf-16-le", "utf-16-be")


def found_in(folder: Path) -> list[tuple[str, str]]:
    """Traces in any file of the folder, but the backups, which are told apart."""
    kept = folder / "backups"
    files = [p for p in folder.rglob("*") if p.is_file() and not p.is_relative_to(kept)]
    raw = b"\0".join(p.read_bytes() for p in files).lower()
    return [(t, form) for t in TRACES for form in FORMS if t.lower().encode(form) in raw]


@pytest.mark.promise(35)
def test_no_byte_of_an_erased_person_is_left_nor_comes_back(
    full: tuple[QueueFile, int, list[int], list[int]],  # noqa: F811
    trials: Trials,
) -> None:
    made, author, _, _ = full
    folder = made.path.parent
    backup = made.readers.here(
        lambda conn: backups.back_up(conn, folder / "backups", made.clock.now)
    )
    assert len(found_in(folder)) >= len(TRACES) - 1  # the search finds what is there; one is packed
    made.write(lambda tx: erasing.erase(tx, 0, author, 1))
    clean(made)
    erased = found_in(folder)
    made.close()
    recovery.restore(backup.path, made.path, made.clock)
    (kept,) = folder.glob("kept-*")
    restored = found_in(folder)
    assert [p.name for p in kept.iterdir()] != []
    trials.add(2 * len(TRACES) * len(FORMS), failed=len(erased) + len(restored))
    assert erased == [] and restored == []
    made.open()
