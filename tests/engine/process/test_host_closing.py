"""An engine that ends: nobody is let in who would not be told of it."""

from collections.abc import Callable
from multiprocessing.connection import answer_challenge
from pathlib import Path
from typing import Any, cast

from socialdesk.engine.desk import Desk
from socialdesk.engine.process import host
from socialdesk.engine.process.host import Host
from socialdesk.engine.process.supervisor import greet
from socialdesk.places import Workspace


class NoDesk:
    """Announces nothing."""

    def listen(self, listener: object) -> Callable[[], None]:
        return lambda: None


def test_who_is_let_in_while_it_closes_is_not_served(tmp_path: Path, monkeypatch) -> None:
    """It would be answered that the desk is closed, as if that were the end of it."""
    place = Workspace("a", tmp_path / "a", tmp_path / "logs")
    place.prepare()
    listening = Host(cast(Desk, NoDesk()), place, on_quit=lambda: None)

    def close_meanwhile(connection: Any, key: bytes) -> None:
        answer_challenge(connection, key)
        listening.close()

    monkeypatch.setattr(host, "answer_challenge", close_meanwhile)
    listening.start()
    assert greet(place) is None
