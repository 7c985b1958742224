"""The ways back from a damaged file: what is told, what lies in the folder afterwards."""

import queue
from pathlib import Path

import pytest

from socialdesk.engine.desk import EngineState, Notice
from socialdesk.engine.owning.recovering import Recovering
from socialdesk.places import Workspace
from socialdesk.store.copies import backup_list, backups, recovery
from socialdesk.store.file.reader import Readers
from tests.fakes import NOON, HandClock
from tests.makers import a_mention
from tests.store.queue_file import QueueFile

WAIT_S = 20
AGAIN = "again"


class Told:
    """What the window would hear, in order; the last of it is a state or `AGAIN`."""

    def __init__(self) -> None:
        self.queue: queue.Queue[object] = queue.Queue()

    def until(self, end: object) -> list[object]:
        found = [self.queue.get(timeout=WAIT_S)]
        while found[-1] != end:
            found.append(self.queue.get(timeout=WAIT_S))
        return found

    def notice(self, end: object) -> str:
        return next(x.facts["text"] for x in self.until(end) if isinstance(x, Notice))


@pytest.fixture
def place(tmp_path: Path) -> Workspace:
    made = QueueFile(tmp_path)
    made.save(*(a_mention(f"post {n}", n=n, at=NOON - 1000 + n) for n in range(9)))
    made.close()
    return Workspace("main", tmp_path, tmp_path / "logs")


@pytest.fixture
def told() -> Told:
    return Told()


@pytest.fixture
def recovering(place: Workspace, told: Told) -> Recovering:
    return Recovering(
        place,
        Readers(place.database),
        HandClock(),
        tell=told.queue.put,
        again=lambda: told.queue.put(AGAIN),
    )


def names(place: Workspace) -> set[str]:
    return {path.name for path in place.folder.iterdir()}


def test_a_file_with_nothing_left_to_read_says_so_and_leaves_nothing_behind(
    place, recovering, told, expect_log
) -> None:
    expect_log("recovery failed: damaged")
    rubbish = b"\xa5" * 40_000
    place.database.write_bytes(rubbish)
    recovering.salvage()
    assert told.notice(EngineState.DAMAGED) == (
        "Nothing in it could be read. Restore a backup or start a new file."
    )
    assert place.database.read_bytes() == rubbish
    assert names(place) == {"workspace.db"}


def test_what_can_be_read_is_put_in_place_and_the_old_file_is_named(
    place, recovering, told
) -> None:
    before = place.database.read_bytes()
    recovering.salvage()
    kept = Path(told.notice(AGAIN).removeprefix("The old file is kept as it was: "))
    assert kept.read_bytes() == before
    assert recovery.check(place.database).condition is recovery.Condition.OK
    assert names(place) == {"workspace.db", kept.parent.name}


def test_a_new_file_begins_beside_the_old_one_which_is_named(place, recovering, told) -> None:
    before = place.database.read_bytes()
    recovering.start_new()
    kept = Path(told.notice(AGAIN).removeprefix("The old file is kept as it was: "))
    assert kept.read_bytes() == before
    assert names(place) == {kept.parent.name}


def test_a_backup_that_is_damaged_is_told_in_its_own_words(
    place, recovering, told, expect_log
) -> None:
    expect_log("recovery failed: ")
    backup = place.folder / "backup.db"
    backup.write_bytes(b"\xa5" * 40_000)
    before = place.database.read_bytes()
    recovering.restore(str(backup))
    said = told.notice(EngineState.DAMAGED)
    assert said and "Nothing in it could be read" not in said
    assert place.database.read_bytes() == before


def test_copies_to_choose_come_with_what_was_counted(place, recovering) -> None:
    readers = Readers(place.database)
    made = readers.here(lambda conn: backups.back_up(conn, place.backups, NOON))
    readers.close()
    backup_list.note(place.backups, made)
    (place.backups / "before-update-from-3-1790000000000.db").touch()
    found = [(Path(one.path).name, one.n_mentions) for one in recovering.backups()]
    assert found == [(made.path.name, 9), ("before-update-from-3-1790000000000.db", -1)]
