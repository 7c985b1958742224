"""kill -9 at any moment of making cases, per kind of CRM; 200 each: `make soak`."""

import json
import os
import subprocess
import sys

import pytest

from tests.engine.crm_kills import Kind

pytestmark = pytest.mark.skipif(
    not hasattr(os, "fork"), reason="each killed engine is a fork; this system has none"
)


def run(kind: Kind, n_kills: int, timeout_s: float) -> dict[str, int]:
    done = subprocess.run(
        [sys.executable, "-m", "tests.engine.crm_kills", kind.value, str(n_kills), "11"],
        capture_output=True, text=True, timeout=timeout_s, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-2000:]
    found: dict[str, int] = json.loads(done.stdout.splitlines()[-1])
    return found


def check(found: dict[str, int], kind: Kind) -> None:
    """What must hold after any number of kills."""
    assert found["n_doubled"] == 0
    assert found["n_missing"] == 0
    assert found["n_unsettled"] == 0
    assert found["n_uncertain"] <= found["n_kills"]
    assert found["n_sent"] <= found["n_there"] <= found["n_sent"] + found["n_uncertain"]
    assert found["n_there"] > 0
    if kind is Kind.HONOURS_KEY:
        assert found["n_uncertain"] == 0


@pytest.mark.timeout(120)
@pytest.mark.parametrize("kind", list(Kind))
def test_kills_double_no_case(kind: Kind) -> None:
    check(run(kind, 10, 110), kind)


@pytest.mark.soak
@pytest.mark.timeout(3600)
@pytest.mark.parametrize("kind", list(Kind))
def test_200_kills_double_no_case(kind: Kind) -> None:
    found = run(kind, 200, 3000)
    print(f"{kind.value}: {found}")
    check(found, kind)
