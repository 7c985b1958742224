"""What the steps share: the desk, the practice brand's window, the source that was typed."""

from typing import Final
from urllib.parse import quote

from PySide6.QtCore import QObject, Signal

from socialdesk.domain.frozen import frozen
from socialdesk.engine.commands import SetSetting
from socialdesk.engine.desk import Desk
from socialdesk.engine.queries.first_run import FirstRunRow
from socialdesk.ui.first_run.practice_window import PracticeWindow
from socialdesk.ui.tasks import Waiter

FEEDS: Final = "feeds"  # the network that reads both


@frozen
class Source:
    """A first source without a key. `url`: as it was typed, or made of a tag and its server;
    `is_tag`: a public hashtag, which chooses by itself what is about the brand.

    It is not written down until the source is added: an address can be a secret.
    """

    url: str
    is_tag: bool = False

    @property
    def fields(self) -> tuple[tuple[str, str], ...]:
        return (("url", self.url),)

    def watch(self, brand_words: str) -> tuple[str, str, str]:
        """What is fetched first: kind, query, brand words."""
        return ("feed", "", "" if self.is_tag else brand_words)


def tag_source(tag: str, server: str) -> Source:
    """Mastodon has a feed of each public tag at /tags/TAG.rss, also for those not signed in."""
    host = server.strip().removeprefix("https://").removeprefix("http://").strip("/")
    return Source(f"https://{host}/tags/{quote(tag.strip().lstrip('#'))}.rss", is_tag=True)


class Around(QObject):
    """`place_asked(place)`: another screen of the window. `step_asked(FirstStep)`. `failed(error)`:
    what a step wanted to keep was not kept. `front_asked()`: the window shall come to the front."""

    place_asked = Signal(str)
    step_asked = Signal(object)
    failed = Signal(object)
    front_asked = Signal()

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self.desk = desk
        self.practice = PracticeWindow(self)
        self.source: Source | None = None
        self.brand_words, self.n_accounts = "", 0
        self._is_typed = False

    def take(self, row: FirstRunRow) -> None:
        """As the workspace has it. Words that were typed here are newer than what was read."""
        self.n_accounts = max(self.n_accounts, row.n_accounts)
        if not self._is_typed:
            self.brand_words = row.brand_words

    def keep_words(self, lines: str) -> None:
        """For the watches to come."""
        if lines == self.brand_words:
            return
        self.brand_words, self._is_typed = lines, True
        done = self.desk.do(SetSetting("brand_words", lines))
        Waiter(self, done, lambda _: None, self.failed.emit)
