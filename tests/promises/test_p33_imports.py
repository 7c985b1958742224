"""Promise 33: a file that is brought in is taken whole or not at all, and the line is told.

10,000 files with faults in `soak`: mentions, people, packs of templates, backups.
"""

import os
import random
from collections import Counter
from contextlib import closing
from pathlib import Path

import pytest

from socialdesk.domain.errors import CommandError
from socialdesk.engine.commands.mention_files import PreviewMentions
from socialdesk.store.copies import recovery
from socialdesk.store.copies.recovery import Condition
from tests.bench.build import build
from tests.engine.pond import Pond, PondNetwork, pond_desk
from tests.promises.plugin import Trials
from tests.soak.hostile_files import FORMS, Restorer, bring_in, with_faults

pytestmark = pytest.mark.promise(33)
WRONG = ("n_crashed", "n_half", "n_no_line")


def bring_in_many(folder: Path, n: int, seed: int, trials: Trials) -> Counter[str]:
    dice, found = random.Random(seed), Counter[str]()
    with closing(pond_desk(folder, PondNetwork(Pond())).desk) as desk:
        for number in range(n):
            form = FORMS[number % len(FORMS)]
            path = folder / f"file.{form.ending}"
            path.write_bytes(with_faults(form.make(number), dice))
            try:
                found += bring_in(desk, form, path)
            except Exception as e:
                found["n_crashed"] += 1
                print(f"{number} {form.ending}: {type(e).__name__}: {e!s:.300}")
    check(found, n, trials)
    return found


def restore_many(folder: Path, n: int, seed: int, trials: Trials) -> None:
    dice, found, restorer = random.Random(seed), Counter[str](), Restorer(folder)
    for _ in range(n):
        found += restorer.try_once(dice)
    check(found, n, trials)


def check(found: Counter[str], n: int, trials: Trials) -> None:
    print(dict(found))
    trials.add(n, failed=sum(found[name] for name in WRONG))
    assert not any(found[name] for name in WRONG), found
    assert found["n_refused"] > n // 10 and found["n_taken"] > n // 10


def test_sixty_files_are_taken_whole_or_not_at_all(tmp_path: Path, trials: Trials) -> None:
    bring_in_many(tmp_path, 60, 33, trials)


def test_twelve_backups_are_restored_whole_or_not_at_all(tmp_path: Path, trials: Trials) -> None:
    restore_many(tmp_path, 12, 33, trials)


def test_what_is_no_file_is_refused(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with closing(pond_desk(tmp_path, PondNetwork(Pond())).desk) as desk:
        for path in ("/dev/zero", str(tmp_path), str(tmp_path / "pipe"), str(tmp_path / "none")):
            with pytest.raises(CommandError):
                desk.do(PreviewMentions(path)).result()


@pytest.mark.soak
@pytest.mark.timeout(7_200)
def test_nine_thousand_files_are_taken_whole_or_not_at_all(tmp_path: Path, trials: Trials) -> None:
    bring_in_many(tmp_path, 9_000, 34, trials)


@pytest.mark.soak
@pytest.mark.timeout(7_200)
def test_a_thousand_backups_are_restored_whole_or_not_at_all(
    tmp_path: Path, trials: Trials
) -> None:
    restore_many(tmp_path, 1_000, 34, trials)


def test_a_backup_whose_letters_are_said_to_be_others_is_damaged(tmp_path: Path) -> None:
    """Four bytes of the header; SQLite itself opens such a file, and then mixes two encodings."""
    build(5, path := tmp_path / "workspace.db")
    whole = path.read_bytes()
    path.write_bytes(whole[:56] + (2).to_bytes(4, "big") + whole[60:])
    assert recovery.check(path).condition is Condition.DAMAGED
