"""The practice day in the terminal: fetch, decide, answer; each line is what the desk really did.

It ends by itself: after three answers and a moment in which nobody wrote, at the latest after DAY_S
seconds.
"""

import time
from datetime import datetime, timedelta
from typing import Final

from socialdesk.cli.answering import author_values, choose_version, send, wait_for_fate
from socialdesk.cli.exit_codes import NETWORK, OK
from socialdesk.cli.news import News
from socialdesk.cli.output import Output, cut, visible
from socialdesk.domain.errors import CommandError, CommandFault
from socialdesk.domain.mentions.status import Disposition, Status
from socialdesk.domain.queue.rows import Badge, Order, OutboxRow, QueueRow, View
from socialdesk.domain.replies.reply import OutboxState
from socialdesk.engine.commands import AddLabel, Command, FetchNow, SetStatus, Snooze, Undo
from socialdesk.engine.desk import Desk
from socialdesk.engine.queries import CountViews, ListMentions, ListTemplates, ReadDetail, ReadRows
from socialdesk.engine.words.phrases import act, outbox_state
from socialdesk.i18n import tr, trn

DAY_S: Final = 40.0  # with the last answer and the closing still well within a minute
QUIET_S: Final = 3.0  # the day's work is done when nothing happened for so long
FATE_S: Final = 10.0
N_REPLIES: Final = 3
N_ROWS: Final = 50
SMALL_REACH: Final = 5  # followers: who has fewer and posts a link is taken for a spammer
MORNING_HOUR: Final = 9
LEFT_LABEL: Final = "to read"
SEEN_LABEL: Final = "seen"


class Day:
    """`now`: aware, in the zone the person lives in."""

    def __init__(self, desk: Desk, out: Output, *, now: datetime, day_s: float = DAY_S) -> None:
        self._desk, self._out, self._now = desk, out, now
        self._ends = time.monotonic() + day_s
        self._quiet_since = time.monotonic()
        self._decided: set[int] = set()
        self._replies: list[OutboxRow] = []

    def play(self) -> int:
        """The exit code: OK unless an answer did not reach the network."""
        with News(self._desk) as news:
            self._desk.do(FetchNow(wait=True)).result()
            while not self._is_over():
                self._say_fetched(len(news.take_added()))
                self._decide_all()
                news.wait(min(QUIET_S, self._ends - time.monotonic()))
        self._undo_last()
        return self._close()

    def _is_over(self) -> bool:
        now = time.monotonic()
        return now >= self._ends or (self._has_answered() and now >= self._quiet_since + QUIET_S)

    def _has_answered(self) -> bool:
        return len(self._replies) >= N_REPLIES

    def _say_fetched(self, n: int) -> None:
        if n:
            self._quiet_since = time.monotonic()
            self._out.say(trn("fetched {n} mention", "fetched {n} mentions", n))

    def _decide_all(self) -> None:
        for row in self._waiting():
            if time.monotonic() > self._ends:
                return
            self._decided.add(row.id)
            self._out.say(f"  {visible(row.author)} ({visible(row.handle)}): {_short(row.body)}")
            self._decide(row)

    def _waiting(self) -> list[QueueRow]:
        """What needs a reply and was not looked at yet, today or on a day before; soonest first."""
        ids = self._desk.ask(ListMentions(View.NEEDS_REPLY, "", Order.NEED)).result().ids
        fresh = [id for id in ids if id not in self._decided][:N_ROWS]
        rows = self._desk.ask(ReadRows(tuple(fresh))).result()
        return [row for row in rows if LEFT_LABEL not in row.labels]

    def _decide(self, row: QueueRow) -> None:
        """A few plain rules, as an operator in a hurry has them."""
        if "http" in row.body and row.reach < SMALL_REACH:
            self._do(tr("spam"), SetStatus((row.id,), Status.SPAM.value))
        elif "?" in row.body:
            if self._has_answered() or not self._answer(row):
                until = tomorrow_morning(self._now)
                self._do(tr("snoozed until tomorrow"), Snooze((row.id,), _ms(until)))
        elif row.body.startswith("@"):
            self._do(tr("left for you to read"), AddLabel((row.id,), LEFT_LABEL))
        else:
            no_reply = Disposition.NO_REPLY_NEEDED.value
            self._do(
                tr("done, no reply needed"),
                AddLabel((row.id,), SEEN_LABEL),
                SetStatus((row.id,), Status.DONE.value, no_reply),
            )

    def _do(self, decision: str, *commands: Command) -> None:
        for command in commands:
            self._desk.do(command).result()
        self._out.say(tr("    decided: {decision}", decision=decision))

    def _answer(self, row: QueueRow) -> bool:
        """By the first approved template whose slots are all known; False when there is none, or
        when it was answered already."""
        detail = self._desk.ask(ReadDetail(row.id)).result()
        if detail is None:
            return False
        for template in self._desk.ask(ListTemplates()).result():
            try:
                version = choose_version(template, detail.lang)
                outbox_id = send(self._desk, row.id, version, author_values(row.author))
            except CommandError as e:
                if e.fault in (CommandFault.SLOT_EMPTY, CommandFault.NOT_APPROVED):
                    continue
                return False
            decision = tr("reply with «{name}»", name=visible(template.name))
            self._out.say(tr("    decided: {decision}", decision=decision))
            self._tell(wait_for_fate(self._desk, outbox_id, FATE_S))
            return True
        return False

    def _tell(self, sent: OutboxRow) -> None:
        self._replies.append(sent)
        self._out.say(f"    “{_short(sent.text)}”")
        self._out.say(f"    {outbox_state(sent)} {visible(sent.url)}".rstrip())

    def _undo_last(self) -> None:
        """One step back, because everything can be taken back."""
        if not self._decided:
            return
        try:
            done = self._desk.do(Undo()).result()
        except CommandError:
            return  # the last act was an answer, and it has left
        self._out.say(tr("undone: the last decision ({kind})", kind=act(str(done.answer["kind"]))))

    def _close(self) -> int:
        badges = self._desk.ask(CountViews()).result()
        counts = {badge.key: badge.n for badge in badges}
        if not self._decided:
            self._out.say(tr("Nothing new came, and nothing waits for a decision."))
        sent = [r for r in self._replies if r.state is OutboxState.SENT]
        self._out.say(
            tr("The day ends: {replies}, {waiting}, {done}.", replies=_replies(len(sent)),
               waiting=_waiting(_count(badges, View.NEEDS_REPLY)),
               done=_done(_count(badges, View.DONE)))
        )  # fmt: skip
        self._out.value({"sent": [r.url for r in sent], "decided": len(self._decided),
                         "counts": counts})  # fmt: skip
        return OK if len(sent) == len(self._replies) else NETWORK


def tomorrow_morning(now: datetime) -> datetime:
    """09:00 of the next day, where `now` is."""
    return (now + timedelta(days=1)).replace(hour=MORNING_HOUR, minute=0, second=0, microsecond=0)


def _ms(moment: datetime) -> int:
    return round(moment.timestamp() * 1000)


def _short(text: str) -> str:
    return cut(visible(text), 140)


def _count(badges: list[Badge], view: View) -> int:
    return next((badge.n for badge in badges if badge.key == view.value), 0)


def _replies(n: int) -> str:
    return trn("{n} reply sent", "{n} replies sent", n)


def _waiting(n: int) -> str:
    return trn("{n} mention waits for you", "{n} mentions wait for you", n)


def _done(n: int) -> str:
    return trn("{n} done", "{n} done", n)
