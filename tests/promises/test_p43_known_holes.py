"""Promise 43: no part with a known hole is shipped.

Whether a hole is known is asked of a public database by `make audit`, which says where it could
not ask. Without a network it is held that what is asked about is what is installed: every part is
pinned by version and hash, and no part runs that is not pinned.
"""

import re
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import pytest
from packaging.utils import canonicalize_name

from tests.promises.plugin import Trials
from tests.soak.audit import CLEAN, HOLES, NOT_ASKED, judge
from tests.test_licenses import runtime_packages

pytestmark = pytest.mark.promise(43)
LOCK = Path(__file__).parents[2] / "requirements.lock"
PIN = re.compile(r"^([A-Za-z0-9._-]+)(?:\[[^]]*\])?==(\S+)")
HASH = re.compile(r"--hash=sha256:[0-9a-f]{64}")


def pins() -> dict[str, tuple[set[str], int]]:
    """By canonical name: its versions (one per system, at times), and how many hashes it has."""
    found: dict[str, tuple[set[str], int]] = {}
    for entry in LOCK.read_text("utf-8").replace("\\\n", " ").splitlines():
        if pin := PIN.match(entry.strip()):
            name = canonicalize_name(pin[1])
            versions, n = found.get(name, (set(), 0))
            found[name] = (versions | {pin[2]}, n + len(HASH.findall(entry)))
    return found


def test_every_pin_has_its_hashes(trials: Trials) -> None:
    found = pins()
    trials.add(len(found))
    assert len(found) > 40
    assert [name for name, (_, n) in found.items() if not n] == []


def test_what_runs_is_what_is_pinned(trials: Trials) -> None:
    found = pins()
    for name in runtime_packages():
        trials.add()
        assert name in found, f"{name} runs and is not pinned"
        try:
            assert version(name) in found[name][0]
        except PackageNotFoundError:
            continue  # one that only another system needs


def test_holes_are_told_with_the_versions_that_mend_them(capsys) -> None:
    hole = {"id": "PYSEC-1", "fix_versions": ["2.1"]}
    asked = [{"name": "pond", "version": "2.0", "vulns": [hole]}]
    assert judge({"dependencies": asked}) == HOLES
    assert "pond 2.0: PYSEC-1, mended in 2.1" in capsys.readouterr().out
    assert judge({"dependencies": [{"name": "pond", "version": "2.1", "vulns": []}]}) == CLEAN


def test_a_part_nobody_answers_for_is_not_called_clean(capsys) -> None:
    """pip-audit leaves out what the index does not know, and says that no hole is known."""
    asked = [{"name": "pond", "skip_reason": "not found"}]
    assert judge({"dependencies": asked}) == NOT_ASKED
    assert "0 of 1 pins asked about" in capsys.readouterr().out
