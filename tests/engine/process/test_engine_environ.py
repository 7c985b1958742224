"""What the engine's process is given beside what the window's has, and the other way round."""

import pytest

from socialdesk.engine.process.environ import engine_environ, window_environ


def test_few_heaps_so_that_a_busy_minute_is_not_kept_for_ever(monkeypatch) -> None:
    monkeypatch.delenv("MALLOC_ARENA_MAX", raising=False)
    monkeypatch.setenv("POND", "frogs")
    assert engine_environ()["MALLOC_ARENA_MAX"] == "2"
    assert engine_environ()["POND"] == "frogs"


@pytest.mark.parametrize("own", ["1", "8"])
def test_what_the_person_chose_stays(own: str, monkeypatch) -> None:
    monkeypatch.setenv("MALLOC_ARENA_MAX", own)
    assert engine_environ()["MALLOC_ARENA_MAX"] == own


def test_a_window_that_the_engine_starts_is_as_one_that_a_person_starts(monkeypatch) -> None:
    for name, value in engine_environ().items():
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("POND", "frogs")
    assert window_environ().get("MALLOC_ARENA_MAX") != "2"
    assert window_environ()["POND"] == "frogs"
