"""What the engine's process is given beside what the window's has."""

import pytest

from socialdesk.engine.process.supervisor import engine_environ


def test_few_heaps_so_that_a_busy_minute_is_not_kept_for_ever(monkeypatch) -> None:
    monkeypatch.delenv("MALLOC_ARENA_MAX", raising=False)
    monkeypatch.setenv("POND", "frogs")
    assert engine_environ()["MALLOC_ARENA_MAX"] == "2"
    assert engine_environ()["POND"] == "frogs"


@pytest.mark.parametrize("own", ["1", "8"])
def test_what_the_person_chose_stays(own: str, monkeypatch) -> None:
    monkeypatch.setenv("MALLOC_ARENA_MAX", own)
    assert engine_environ()["MALLOC_ARENA_MAX"] == own
