"""Promise 22: a thousand answers of "slow down" and "not now", with every Retry-After there is: no
question comes before its time, the wait is shown, other accounts go on, and no reply is dropped."""

from collections.abc import Iterator
from datetime import timedelta
from email.utils import format_datetime
from pathlib import Path
from random import Random
from urllib.parse import urlsplit

import pytest
from requests import PreparedRequest

from socialdesk.domain.account import AccountState
from socialdesk.domain.queue.rows import Order, View
from socialdesk.domain.replies.reply import OutboxState
from socialdesk.engine.commands import SendReply
from socialdesk.engine.queries import ListMentions, ListOutbox
from socialdesk.engine.words.messages import fault
from socialdesk.networks.scripted import Scripted
from socialdesk.networks.waits import MAX_RETRY_AFTER_S, MIN_WAIT_S
from tests.engine.street import Street
from tests.networks.samples import mastodon

N_ANSWERS = 1000
STEP_S = 1200.0
DAY_S = 86_400.0


class Storm:
    """Answers everything with 429 or 503, and notes who came back too soon."""

    def __init__(self, street: Street) -> None:
        self.street, self.dice, self.n = street, Random(22), 0
        self.too_soon: list[str] = []
        self._not_before: dict[str, float] = {}

    def handle(self, request: PreparedRequest) -> Scripted:
        key = f"{request.method} {urlsplit(str(request.url)).path}"
        now = self.street.clock.now / 1000
        if now < self._not_before.get(key, 0.0):
            self.too_soon.append(key)
        self.n += 1
        status = self.dice.choice((429, 429, 503))
        header, wait_s = self._retry_after()
        self._not_before[key] = now + (wait_s if status == 429 else MIN_WAIT_S)
        return Scripted(status, b"{}", {"Retry-After": header} if header else {})

    def _retry_after(self) -> tuple[str, float]:
        """A header as networks send it, and how long it binds us."""
        seconds = self.dice.randrange(5, 900)
        later = format_datetime(self.street.server.now + timedelta(seconds=seconds), usegmt=True)
        return self.dice.choice((
            (f"{seconds}", float(seconds)), (later, float(seconds)), ("-30", MIN_WAIT_S),
            ("1000000000", MAX_RETRY_AFTER_S), ("", MIN_WAIT_S), ("soon", MIN_WAIT_S),
        ))  # fmt: skip


def pass_time(street: Street) -> None:
    street.clock.advance(STEP_S)
    street.server.now = street.clock.utc
    street.desk.clockwork.turn()
    street.desk.settle()


@pytest.fixture
def street(tmp_path: Path) -> Iterator[Street]:
    """Somebody asked something, and it is answered just before the storm."""
    made = Street(tmp_path, mastodon.SAMPLE)
    made.turn(1, times=2)
    made.server.add_mention("Are you open on Sunday?")
    made.turn(90, times=2)
    yield made
    made.desk.close()


@pytest.mark.promise(22)
@pytest.mark.timeout(300)
def test_a_thousand_answers_of_slow_down(street: Street, trials) -> None:
    (mention,) = street.desk.ask(ListMentions(View.ALL, "", Order.NEWEST)).result().ids
    storm = Storm(street)
    street.server.handle = storm.handle  # type: ignore[method-assign]
    street.desk.do(SendReply(mention, "Yes, from nine.", is_sure=True)).result()
    n_turns, n_elsewhere = 0, street.pond.n_fetched
    while storm.n < N_ANSWERS:
        n_turns += 1
        pass_time(street)
        watch = street.row.watches[0]
        assert street.row.state is AccountState.ON and watch.is_on
        assert not watch.fault or fault(watch.fault, watch.detail).text
    assert storm.too_soon == []
    trials.add(storm.n)
    assert street.pond.n_fetched - n_elsewhere >= n_turns - 1  # the other account goes on
    (row,) = street.desk.ask(ListOutbox(only_open=False)).result()
    assert row.state in (OutboxState.QUEUED, OutboxState.SENDING, OutboxState.UNCERTAIN)
    del street.server.handle
    street.turn(DAY_S, times=2)
    (row,) = street.desk.ask(ListOutbox(only_open=False)).result()
    assert row.state in (OutboxState.SENT, OutboxState.UNCERTAIN)  # the last asks a person
    assert street.server.n_posted("Yes, from nine.") == int(row.state is OutboxState.SENT)
    assert not street.row.watches[0].fault
