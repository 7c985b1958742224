"""An engine without networks, told of mentions by hand, on a desktop that keeps what it gets."""

from functools import partial

import requests

from socialdesk.domain.account import Secret
from socialdesk.domain.mentions.status import Disposition, Status
from socialdesk.engine.accounts.secrets import NoKeyring
from socialdesk.engine.commands import SetSetting
from socialdesk.engine.desk import Notice
from socialdesk.engine.inline import InlineDesk
from socialdesk.engine.notices.told import Told
from socialdesk.engine.outside import Outside
from socialdesk.store.mentions.pages import PageToSave, save_page


class FakeDesktop:
    """Keeps what it was told; `is_gone`: nobody shows anything."""

    def __init__(self) -> None:
        self.shown: list[Told] = []
        self.hidden: list[str] = []
        self.badge = -1
        self.is_gone = False

    def listen(self, on_action):
        self.click = on_action

    def show(self, told, failed):
        failed(told) if self.is_gone else self.shown.append(told)

    def hide(self, kind):
        self.hidden.append(kind)

    def count(self, n):
        self.badge = n

    def close(self):
        pass


class Engine:
    """An engine without networks on a file; mentions are put in as a page would bring them."""

    def __init__(self, folder, clock):
        self.clock, self.desktop = clock, FakeDesktop()
        self.n_windows = 0  # opened for a click
        outside = Outside(
            {}, requests.Session, lambda _: NoKeyring(Secret("none")), desktop=lambda: self.desktop,
            open_window=self._open_window,
        )  # fmt: skip
        self.desk = InlineDesk(folder / "workspace.db", folder / "backups", clock, outside)
        self.told: list[Notice] = []
        self.desk.listen(self._hear)

    def _open_window(self) -> None:
        self.n_windows += 1

    def _hear(self, news: object) -> None:
        if isinstance(news, Notice):
            self.told.append(news)

    def bring(self, *posts, status=Status.NEW):
        """A page of new mentions, with what the engine does with each page; their ids."""
        account, watch = self.desk._readers.here(
            lambda c: c.execute("SELECT account_id, id FROM watch").fetchone()
        )
        intake = self.desk.poller._intake
        page = PageToSave(
            account_id=account, watch_id=watch, network="mastodon", mentions=posts,
            filing=lambda m: (status, Disposition.NONE), due_at=intake.due_on("mastodon"),
            finish=intake.prepare("mastodon", posts),
        )  # fmt: skip
        return self.desk._writer.submit(partial(save_page, page=page)).result().new_ids

    def turn(self, seconds=0.0):
        """Time passes in the steps of the engine's heart, at most half a minute each."""
        self.desk.clockwork.turn()
        while seconds > 0:
            step = min(seconds, 30.0)
            self.clock.advance(step)
            seconds -= step
            self.desk.clockwork.turn()

    def do(self, command):
        answer = self.desk.do(command).result().answer
        self.settle()
        return answer

    def settle(self):
        """What was written before is announced, too: the writer does one thing after the other."""
        self.desk._writer.submit(lambda tx: None).result()

    def set(self, **values):
        for key, value in values.items():
            self.do(SetSetting(key, value))

    def titles(self):
        return [told.title for told in self.desktop.shown]
