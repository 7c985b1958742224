"""An engine that is brought streams of mentions, with hours that somebody watched."""

from collections.abc import Iterable
from typing import Any

from socialdesk.domain.crisis.alert import Alert
from socialdesk.domain.crisis.incident import Incident
from socialdesk.domain.mentions.mention import Mention
from socialdesk.practice.content import Content, Line
from socialdesk.store.crisis import alerts, incidents
from tests.engine.notices.notice_bench import Engine
from tests.makers import a_mention, an_author

MINUTE = 60
HOUR_MS, DAY_MS = 3_600_000, 86_400_000
SAD = "Terrible, horrible bread"  # too short to be a copy of another


class AlertBench(Engine):
    """Time passes by `go_to`; every hour of it is watched."""

    def go_to(self, at: int) -> None:
        """To that moment (ms UTC), a look an hour and one at its end."""
        while self.clock.now < at:
            step = min(at, self.clock.now - self.clock.now % HOUR_MS + HOUR_MS)
            self.clock.advance((step - self.clock.now) / 1000)
            self.watch_hour()
            self.desk.clockwork.turn()

    def watch_hour(self) -> None:
        """Something was fetched in this hour."""
        self.desk._writer.submit(
            lambda tx: (
                tx.conn.execute(
                    "INSERT OR IGNORE INTO coverage(account_id, hour, n_fetched)"
                    " SELECT id, ?, 1 FROM account",
                    (tx.now - tx.now % HOUR_MS,),
                ).rowcount
            )
        ).result()

    def watched(self, days: int) -> None:
        """The last days were watched, and nothing was written."""
        first = self.clock.now - self.clock.now % HOUR_MS - days * DAY_MS
        hours = [(first + n * HOUR_MS,) for n in range(24 * days)]
        self.desk._writer.submit(
            lambda tx: (
                tx.conn.executemany(
                    "INSERT OR IGNORE INTO coverage(account_id, hour, n_fetched)"
                    " SELECT id, ?, 1 FROM account",
                    hours,
                ).rowcount
            )
        ).result()

    def play(self, content: Content, lines: Iterable[tuple[int, Line]]) -> None:
        """Each line at its moment (ms UTC), as a page of its own."""
        followers = {person.key: person.n_followers for person in content.people.values()}
        for at, line in lines:
            self.go_to(at)
            author = an_author(line.by, n_followers=followers.get(line.by))
            self.bring(a_mention(line.text, author=author, at=at))
            self.desk.clockwork.turn()

    def say(self, body: str = SAD, *, by: str, **facts: Any) -> tuple[int, ...]:
        """One mention, now; the engine looks at it."""
        ids: tuple[int, ...] = self.bring(self.mention(body, by=by, **facts))
        self.desk.clockwork.turn()
        return ids

    def mention(self, body: str = SAD, *, by: str, **facts: Any) -> Mention:
        return a_mention(body, author=an_author(by, **facts), at=self.clock.now - 1000)

    def alerts(self) -> list[Alert]:
        """All of them, open ones first."""
        return self.desk._readers.here(lambda conn: alerts.newest(conn, 1_000))

    def incidents(self) -> list[Incident]:
        return self.desk._readers.here(incidents.list_incidents)


def complain(bench: AlertBench, n: int, *, first: int = 0, body: str = SAD) -> None:
    """By `n` different people, a minute apart."""
    for number in range(first, first + n):
        bench.turn(MINUTE)
        bench.say(body, by=f"person{number}")
