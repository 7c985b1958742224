"""The window's keeper of an engine, at the moments that two real processes seldom meet."""

from socialdesk.engine.process import supervisor
from socialdesk.engine.process.link import LinkedDesk
from socialdesk.engine.process.supervisor import Supervisor
from socialdesk.places import workspace
from socialdesk.store.file.reader import Readers
from tests.fakes import HandClock


def test_a_window_that_closes_while_it_looks_for_an_engine_starts_none(
    tmp_path, monkeypatch
) -> None:
    """Nobody would end it: the one that starts it is gone."""
    place = workspace(str(tmp_path))
    started: list[Supervisor] = []
    desk = LinkedDesk(Readers(place.database), HandClock())
    keeper = Supervisor(desk, place, HandClock(), [])

    def greet(_: object) -> None:
        keeper.close(end_engine=True)

    monkeypatch.setattr(supervisor, "greet", greet)
    monkeypatch.setattr(Supervisor, "_spawn", started.append)
    keeper.start()
    keeper._thread.join(60)
    assert not keeper._thread.is_alive() and started == []
