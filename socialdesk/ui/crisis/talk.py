"""How a pane speaks with the desk: questions whose newest answer counts, commands one after the
other, and what was refused told in place."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QWidget

from socialdesk.domain.errors import SocialDeskError
from socialdesk.engine.desk import Desk, Done
from socialdesk.engine.queries.base import Query
from socialdesk.engine.words.messages import sentence
from socialdesk.ui.tasks import Latest, Waiter

if TYPE_CHECKING:
    from socialdesk.engine.commands import Command
    from socialdesk.ui.compose.parts import NoticeBar


def _nothing(_answer: object) -> None:
    """For commands whose announcement says enough."""


class Talk:
    """Of one pane, `owner`. `notice`: where a refusal is shown; it goes with the next act that is
    done."""

    def __init__(self, desk: Desk, owner: QWidget, notice: "NoticeBar") -> None:
        self.desk, self._owner, self.notice = desk, owner, notice
        self._latest: dict[type, Latest] = {}

    def ask(self, query: Query[Any], done: Callable[[Any], None]) -> None:
        """Of questions of one kind only the newest one's answer counts."""
        latest = self._latest.setdefault(type(query), Latest(self._owner))
        latest.wait(self.desk.ask(query), done, self.fail)

    def do(
        self,
        command: "Command",
        done: Callable[[Done], None] = _nothing,
        failed: Callable[[SocialDeskError], None] | None = None,
    ) -> None:
        """`failed`: instead of telling it."""

        def on_done(answer: Done) -> None:
            self.notice.clear()
            done(answer)

        Waiter(self._owner, self.desk.do(command), on_done, failed or self.fail)

    def fail(self, error: SocialDeskError) -> None:
        """Told in place; the pane stays as it is."""
        self.notice.tell_sentence(sentence(error))
