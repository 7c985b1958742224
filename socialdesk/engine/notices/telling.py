"""Telling: what the engine finds worth a notice, when, and through what it reaches a person.

2026-11: on Linux the engine itself speaks to the desktop over D-Bus, so that notices come while the
window is closed; elsewhere, and where no notification server answers, the window is told over the
link and shows them. What is told is written down first: after a crash it may stand in the list
without having been shown, but nothing is shown twice.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Protocol

from socialdesk.domain import notices as kinds
from socialdesk.domain.mentions.mention import Mention
from socialdesk.domain.notices import NoticeLine, Popup, Quiet, plan
from socialdesk.domain.queue.rows import View
from socialdesk.engine import desk
from socialdesk.engine.clockwork import TICK_S
from socialdesk.engine.commands import Command
from socialdesk.engine.commands.notices import (
    ListCountries,
    SeeNotices,
    ShowTestNotice,
    TakeClick,
)
from socialdesk.engine.commands.triage import Snooze
from socialdesk.engine.intake import Finish
from socialdesk.engine.kit import Kit
from socialdesk.engine.notices.clicks import Clicks
from socialdesk.engine.notices.told import Told
from socialdesk.engine.settings import number_of, value_of
from socialdesk.engine.words import notices as notice_words
from socialdesk.i18n import set_language
from socialdesk.store.file.transaction import Transaction
from socialdesk.store.file.writer import Priority
from socialdesk.store.mentions.pages import SavedPage
from socialdesk.store.notices import notices
from socialdesk.store.triage import targets

MINUTE_MS, DAY_MS = 60_000, 86_400_000
FIND_EVERY_MS = 10_000  # the engine's heart beats at every commit; nobody waits that closely
SNOOZE_MS = 60 * MINUTE_MS  # by the button of a notice
OPEN, SNOOZE, SEEN = "default", "snooze", "seen"  # what a notice offers; the first by a click on it

Settings = Callable[[], Mapping[str, str]]


class Desktop(Protocol):
    """A notification server and a launcher. Every call returns at once."""

    def listen(self, on_action: Callable[[Told, str], None]) -> None:
        """`on_action(told, action)`: a person clicked; on any thread."""
        ...

    def show(self, told: Told, failed: Callable[[Told], None]) -> None:
        """`failed` is called, on any thread, when nobody is there to show it."""
        ...

    def hide(self, kind: str) -> None:
        """Somebody has seen it elsewhere."""
        ...

    def count(self, n: int) -> None:
        """The number on the launcher's icon; 0 = none."""
        ...

    def close(self) -> None: ...


class NoticeStep:
    """The last step of the intake: what just came, and is worth telling."""

    def __init__(self, settings: Settings, started_at: int) -> None:
        self._settings, self._started_at = settings, started_at

    def prepare(self, network: str, mentions: Sequence[Mention]) -> Finish:
        """Old mentions, and those of the gap while the program was closed, are no news."""

        def finish(tx: Transaction, saved: SavedPage) -> None:
            if saved.new_ids:
                now = self._settings()
                notices.tell_new(
                    tx, saved.new_ids, self._started_at,
                    danger=value_of(now, "notice_danger") == "yes",
                    vip=value_of(now, "notice_vip") == "yes", reach=number_of(now, "notice_reach"),
                )  # fmt: skip

        return finish


class Notices:
    """A part of the clockwork. `tell`: to the window; `do`: a command, as a person's click;
    `desktop` None: the window shows everything. `open_window`: for a click while none is there."""

    def __init__(
        self,
        kit: Kit,
        settings: Settings,
        *,
        tell: Callable[[desk.Notice], None],
        do: Callable[[Command], Any],
        desktop: Desktop | None,
        open_window: Callable[[], None] = lambda: None,
    ) -> None:
        self._kit, self._settings = kit, settings
        self._tell, self._do, self._desktop = tell, do, desktop
        self._clicks = Clicks(kit.clock, tell, open_window)
        self._told_at: dict[str, int] = {}
        self._on_desktop: dict[str, tuple[int, ...]] = {}  # ids of what stands there, by kind
        self._badge, self._language = -1, value_of(settings(), "language")
        self._found_at = self._tidied_at = 0
        if desktop is not None:
            desktop.listen(self._on_action)

    def after_jump(self) -> None:
        """What was told lies in the file; the next turn looks at what is due now."""
        self._told_at.clear()
        self._found_at = 0

    def step(self) -> float:
        """Find what is due, tell what may be told; seconds until the next thing."""
        clicked_s = self._clicks.step()
        next_s = self._step()
        return next_s if clicked_s is None else min(next_s, clicked_s)

    def _step(self) -> float:
        self._follow_language()
        self._find()
        self._show_badge()
        self._take_away()
        now = self._kit.clock.now_ms()
        first = self._kit.readers.here(notices.next_at)
        if first is None or first > now:
            return FIND_EVERY_MS / 1000
        return self._tell_due(now)

    @property
    def errands(self) -> dict[type, Callable[[Any, str], dict[str, Any]]]:
        """What takes longer than a transaction."""
        return {
            ShowTestNotice: self._test,
            ListCountries: self._list_countries,
            TakeClick: self._take_click,
        }

    def _take_click(self, command: TakeClick, _: str) -> dict[str, Any]:
        told = self._clicks.take()
        if told is None:
            return {}
        return {"mention": told.mention_id, "place": told.place, "ids": list(told.ids)}

    def _list_countries(self, command: ListCountries, _: str) -> dict[str, Any]:
        from socialdesk.engine import holidays

        return {"countries": {code: list(parts) for code, parts in holidays.countries().items()}}

    def _test(self, command: ShowTestNotice, _: str) -> dict[str, Any]:
        popup = Popup(kinds.TEST, kinds.TEST, (kinds.Notice(0, 0, kinds.TEST),))
        self._show(NoticeLine(popup))
        return {"way": "window" if self._desktop is None else "desktop"}

    def _follow_language(self) -> None:
        """What the engine says is said as the window says it."""
        wanted = value_of(self._settings(), "language")
        if wanted != self._language:
            self._language = wanted
            set_language(None if wanted == "system" else wanted)

    def _find(self) -> None:
        now, readers = self._kit.clock.now_ms(), self._kit.readers
        if 0 <= now - self._found_at < FIND_EVERY_MS:
            return
        self._found_at = now
        settings = self._settings()
        overdue = value_of(settings, "notice_overdue") == "yes"
        due_soon = value_of(settings, "notice_due_soon") == "yes"
        if readers.here(lambda c: notices.is_due(c, now, overdue=overdue, due_soon=due_soon)):
            self._write(lambda tx: notices.find_due(tx, overdue=overdue, due_soon=due_soon))
        if readers.here(notices.needs_sign_in):
            self._write(notices.find_sign_ins)
        if now >= self._tidied_at + DAY_MS or now < self._tidied_at:
            self._tidied_at = now
            self._write(notices.forget_old)

    def _tell_due(self, now: int) -> float:
        self._write(notices.drop_moot)
        due = self._kit.readers.here(lambda conn: notices.due(conn, now))
        settings = self._settings()
        if value_of(settings, "notices") == "off":
            self._write(lambda tx: notices.note_told(tx, due, 0))
            return TICK_S
        made = plan(due, now, self._told_at, self._quiet(settings))
        again_at = now + number_of(settings, "notice_repeat_min") * MINUTE_MS
        found = self._kit.readers.here(lambda conn: notices.lines(conn, made.popups))
        if found:
            told = [n for popup in made.popups for n in popup.notices]
            self._write(lambda tx: notices.note_told(tx, told, again_at))
        for line in found:
            self._told_at |= {n.kind: now for n in line.popup.notices}
            self._show(line)
        return min(TICK_S, max(0.5, (made.waiting_until - now) / 1000)) if made.waiting_until else 1

    def _show(self, line: NoticeLine) -> None:
        mentions = line.popup.mentions
        told = Told(
            line.popup.kind, notice_words.title(line), notice_words.body(line),
            tuple(n.id for n in line.popup.notices), mentions[0] if len(mentions) == 1 else 0,
            notice_words.place(line), line.popup.is_urgent,
        )  # fmt: skip
        if self._desktop is None:
            self._through_window(told)
        else:
            self._on_desktop[told.kind] = told.ids
            self._desktop.show(told, self._through_window)

    def _take_away(self) -> None:
        """What was seen in the window does not stand on the desktop any longer."""
        ids = [id for told in self._on_desktop.values() for id in told]
        if not ids or self._desktop is None:
            return
        unseen = self._kit.readers.here(lambda conn: notices.unseen_among(conn, ids))
        for kind, told in list(self._on_desktop.items()):
            if unseen.isdisjoint(told):
                del self._on_desktop[kind]
                self._desktop.hide(kind)

    def _through_window(self, told: Told) -> None:
        text = ": ".join(filter(None, (told.title, told.body)))
        self._tell(desk.Notice("told", {
            "text": text, "title": told.title, "body": told.body, "place": told.place,
            "mention": str(told.mention_id), "urgent": "1" if told.is_urgent else "",
        }))  # fmt: skip

    def _on_action(self, told: Told, action: str) -> None:
        """A click on the desktop. The window goes there, and says that it was seen."""
        if action == SNOOZE and told.mention_id:
            self._do(Snooze((told.mention_id,), self._kit.clock.now_ms() + SNOOZE_MS))
        elif action == OPEN:
            self._clicks.put(told)
            self._kit.done()  # the heart looks again, whether a window has taken it
        elif told.ids:
            self._do(SeeNotices(told.ids))

    def _quiet(self, settings: Mapping[str, str]) -> Quiet:
        packed = value_of(settings, "quiet_hours")
        hours = targets.hours_in(packed, "") if packed else None
        return Quiet(
            None if hours is None or hours.is_always else hours,
            value_of(settings, "quiet_urgent") == "yes",
            number_of(settings, "notices_paused_until"),
        )

    def _show_badge(self) -> None:
        chosen, now = value_of(self._settings(), "badge"), self._kit.clock.now_ms()
        n = 0
        if chosen != "off":
            view = View(chosen)
            n = self._kit.readers.here(lambda conn: notices.count_open(conn, view, now))
        if n != self._badge and self._desktop is not None:
            self._desktop.count(n)
        self._badge = n

    def _write(self, write: Callable[[Transaction], None]) -> None:
        self._kit.writer.submit(write, priority=Priority.SEND, durable=False).result()
