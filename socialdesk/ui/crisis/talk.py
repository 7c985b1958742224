"""How a pane speaks with the desk: questions whose newest answer counts, commands one after the
other, and what was refused told in place."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QWidget

from socialdesk.domain.errors import SocialDeskError
from socialdesk.domain.refusal import CrisisRefusedError
from socialdesk.engine.desk import Desk, Done
from socialdesk.engine.messages import sentence
from socialdesk.engine.queries.base import Query
from socialdesk.ui.crisis.words import missing_word, unpacked, waits_words
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
        self.notice.tell_sentence(sentence(in_words(error)))


def in_words(error: SocialDeskError) -> SocialDeskError:
    """What a refusal lists as keys (R01, R30, R31), in the language in use."""
    if not isinstance(error, CrisisRefusedError) or error.code not in ("R01", "R30", "R31"):
        return error
    waits = unpacked(str(error.facts.get("list", "")))
    named = [missing_word(key) for key, _ in waits] if error.code == "R01" else waits_words(waits)
    facts = {**error.facts, "list": ", ".join(named)}
    return CrisisRefusedError(error.code, incident_id=error.incident_id, **facts)
