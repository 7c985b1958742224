"""The gate for other words is asked when all that may take time is there, not before."""

from contextlib import contextmanager
from types import SimpleNamespace
from typing import cast

import pytest

from socialdesk.domain.crisis.refusal import CrisisRefusedError
from socialdesk.engine.commands import EditSent
from socialdesk.engine.errands.every import Errands


@pytest.mark.parametrize("waits_for", ["turn", "keyring"])
def test_an_incident_that_begins_while_it_waits_stops_the_edit(waits_for):
    locked, edited = [], []

    @contextmanager
    def turn(account, timeout_s):
        if waits_for == "turn":
            locked.append("declared")  # while a fetch held the account
        yield

    def connector(_):
        if waits_for == "keyring":
            locked.append("declared")  # while somebody unlocked it
        return SimpleNamespace(edit=lambda *words: edited.append(words))

    def submit(begin):
        """The gate is asked in the transaction in which the edit is begun."""
        if locked:
            raise CrisisRefusedError("R12")
        return SimpleNamespace(result=lambda: None)

    kit = SimpleNamespace(
        writer=SimpleNamespace(submit=submit),
        turns=SimpleNamespace(turn=turn),
        connections=SimpleNamespace(connector=connector),
    )  # fmt: skip
    row = SimpleNamespace(is_statement=False, remote_id="9", account=SimpleNamespace(id=1))
    errands = SimpleNamespace(_kit=kit, _sent=lambda _: row, _write=lambda *_: {})
    with pytest.raises(CrisisRefusedError):
        Errands._edit_sent(cast(Errands, errands), EditSent(1, "Other words."), "c")
    assert edited == []
