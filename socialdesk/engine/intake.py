"""What happens to the mentions of a page beside being stored: understood, timed, ruled, told.

A step prepares outside the transaction (it may take its time: parsing, counting) and finishes
inside it, so that a mention is never seen without what belongs to it.
"""

from collections.abc import Callable, Sequence
from typing import Protocol

from socialdesk.domain.frozen import frozen
from socialdesk.domain.mentions.mention import Mention
from socialdesk.store.file.transaction import Transaction
from socialdesk.store.mentions.pages import SavedPage

Finish = Callable[[Transaction, SavedPage], None]


class Step(Protocol):
    """One thing that is done with every page, in the order of `Intake.steps`."""

    def prepare(self, network: str, mentions: Sequence[Mention]) -> Finish:
        """On the thread that fetched. What it gives runs in the page's transaction, once."""
        ...


@frozen
class Intake:
    """`due_on(network)`: when a mention from there is due, ms UTC, 0 = never."""

    due_on: Callable[[str], Callable[[Mention], int]]
    steps: Sequence[Step] = ()

    def prepare(self, network: str, mentions: Sequence[Mention]) -> Finish:
        """Every step, in order."""
        prepared = [step.prepare(network, mentions) for step in self.steps]

        def finish(tx: Transaction, saved: SavedPage) -> None:
            for done in prepared:
                done(tx, saved)

        return finish
