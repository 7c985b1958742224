"""What an act is about: the current mention, some, or all that match."""

from typing import TYPE_CHECKING

from socialdesk.domain.frozen import frozen
from socialdesk.domain.queue.rows import View
from socialdesk.domain.rules.step import Step
from socialdesk.engine.commands.bulk import ActOnAll
from socialdesk.ui.plain import isolated
from socialdesk.ui.words import mentions

if TYPE_CHECKING:
    from socialdesk.engine.commands import Command

MANY = 500  # more than this goes in slices, with progress


@frozen
class Aim:
    """`ids`: those in the list. `author`: of the current one. `is_all`: all `n` that match `search`
    in `view`, of which `ids` are shown; n 0 = not counted yet."""

    ids: tuple[int, ...]
    author: str = ""
    is_all: bool = False
    view: View = View.ALL
    search: str = ""
    n: int = 0

    def whose(self) -> str:
        """The author of the one mention, or how many mentions."""
        if len(self.ids) == 1 and not self.is_all and self.author:
            return isolated(self.author)
        return mentions(self.n or len(self.ids))

    def command(self, small: "Command", step: Step) -> "Command":
        """The command that does `step` here; `small` does it to a few."""
        values = (step.kind.value, step.text, step.number, step.disposition)
        if self.is_all:
            return ActOnAll(*values, view=self.view.value, search=self.search)
        return ActOnAll(*values, ids=self.ids) if len(self.ids) > MANY else small
