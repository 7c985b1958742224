"""A generated workspace for reports: mentions, decisions, replies, moods, labels, promises, hours
watched and not, by seed. Invented people; the same seed gives the same file."""

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from random import Random
from typing import Final

from socialdesk.domain.mentions.mention import mention_id
from socialdesk.domain.mentions.status import Disposition, Status
from socialdesk.store.file.checksum import mention_checksum
from socialdesk.store.file.transaction import Transaction
from socialdesk.store.mentions import counters, textindex
from tests.store.queue_file import HOUR_MS, QueueFile

DAY_MS: Final = 24 * HOUR_MS
MINUTE_MS: Final = 60_000
START: Final = int(datetime(2026, 10, 12, tzinfo=UTC).timestamp() * 1000)  # a Monday
LABELS: Final = ("delivery", "billing", "praise", 'it\'s "odd", <b>x</b>')
NETWORKS: Final = ("mastodon", "bluesky", "feeds")
TEMPLATES: Final = ("Opening hours", "We are sorry", "Thank you")
# Words of an ordinary week, then of the last one.
USUAL: Final = ("bread order friendly staff window", "cake was fine today",
                "where is my order", "open on sunday", "кофе хороший", "нан дәмді")  # fmt: skip
NEWS: Final = ("late delivery again", "the courier is rude, late delivery", "where is my refund")
TODAY: Final = "your card payment fails at the till, the card is fine"
STATES: Final = (
    (Status.NEW, Disposition.NONE), (Status.OPEN, Disposition.NONE),
    (Status.WAITING, Disposition.NONE), (Status.SNOOZED, Disposition.NONE),
    (Status.DONE, Disposition.REPLIED), (Status.DONE, Disposition.NO_REPLY_NEEDED),
    (Status.DONE, Disposition.MUTED), (Status.DONE, Disposition.HANDED_OVER),
    (Status.DONE, Disposition.BACKFILL), (Status.DONE, Disposition.QUIET),
    (Status.SPAM, Disposition.NONE),
)  # fmt: skip
WEIGHTS: Final = (6, 6, 20, 4, 8, 14, 3, 3, 6, 20, 5)
REPLIED: Final = {Status.WAITING, Status.DONE}


@dataclass(frozen=True, slots=True)
class World:
    """`end`: when the last mention came at most, ms UTC."""

    queue: QueueFile
    n: int
    end: int


def fill_world(queue: QueueFile, n: int, *, seed: int = 1, n_days: int = 42) -> World:
    """`n` mentions over `n_days` from START, busiest at noon; everything reports count."""
    queue.write(lambda tx: _Fill(tx, queue, Random(f"world/{seed}"), n_days).fill(n))
    return World(queue, n, START + n_days * DAY_MS)


class _Fill:
    def __init__(self, tx: Transaction, queue: QueueFile, dice: Random, n_days: int) -> None:
        self.tx, self.conn, self.dice = tx, tx.conn, dice
        self.account, self.people = queue.account, (queue.ann, queue.ben)
        self.n_days, self.used = n_days, set[int]()
        self.n_replies = 0

    def fill(self, n: int) -> None:
        self.conn.execute("UPDATE account SET added_at = ?", (START - DAY_MS,))
        self._people_and_templates()
        ids = sorted(self._mention() for _ in range(n))
        textindex.add(self.conn, textindex.current_rows(self.conn, ids))
        self._coverage()
        counters.recount(self.tx)

    def _people_and_templates(self) -> None:
        authors = [
            (i, "mastodon", f"https://pond.example/users/u{i}", f"@u{i}@pond.example", f"User {i}",
             self.dice.choice((None, 12, 340, 51_000)), START)
            for i in range(1_001, 1_201)
        ]  # fmt: skip
        self.conn.executemany(
            "INSERT INTO author(id, network, remote_id, handle, name, n_followers, first_seen_at)"
            " VALUES(?, ?, ?, ?, ?, ?, ?)", authors,
        )  # fmt: skip
        for number, name in enumerate(LABELS, 1):
            self.conn.execute("INSERT INTO label(id, name) VALUES(?, ?)", (number, name))
        for number, name in enumerate(TEMPLATES, 1):
            self.conn.execute(
                "INSERT INTO template(id, name, added_at) VALUES(?, ?, ?)", (number, name, START)
            )
            for lang, version in (("en", number * 10), ("ru", number * 10 + 1)):
                self.conn.execute(
                    "INSERT INTO template_version(id, template_id, n, lang, body, person_id, at,"
                    " hash) VALUES(?, ?, 1, ?, 'x', 1, ?, ?)",
                    (version, number, lang, START, f"h{version}"),
                )

    def _came(self) -> int:
        """A time, more often by day; rarely in the hours nobody watched."""
        day = self.dice.randrange(self.n_days)
        hour = min(23.9, max(0.0, self.dice.gauss(12.5, 4)))
        return START + day * DAY_MS + int(hour * HOUR_MS) // 1000 * 1000

    def _mention(self) -> int:
        came, dice = self._came(), self.dice
        number = 0
        while (id := mention_id(came // 1000, number)) in self.used:
            number += 1
        self.used.add(id)
        is_news = came >= START + (self.n_days - 7) * DAY_MS and dice.random() < 0.3
        is_today = came >= START + (self.n_days - 1) * DAY_MS and dice.random() < 0.25
        body = TODAY if is_today else dice.choice(NEWS if is_news else USUAL)
        author = dice.randrange(1_001, 1_201)
        lang = dice.choice(("en", "en-GB", "ru", "kk", ""))
        uri, who = f"https://pond.example/p/{id}", f"https://pond.example/users/u{author}"
        self.conn.execute(
            "INSERT INTO mention(id, network, uri, account_id, remote_id, author_id,"
            " conversation_id, role, kind, body, lang, published_at, first_seen_at, checksum)"
            " VALUES(?, ?, ?, ?, ?, ?, ?, 0, 1, ?, ?, ?, ?, ?)",
            (id, dice.choice(NETWORKS), uri, self.account, str(id), author, id, body, lang, came,
             came + 30_000, mention_checksum(uri, who, "", body, "", came)),
        )  # fmt: skip
        self._triage(id, came, author)
        self._insight(id)
        for label in dice.sample(range(1, 5), dice.choice((0, 0, 0, 1, 2))):
            self.conn.execute("INSERT INTO mention_label VALUES(?, ?)", (label, id))
        return id

    def _triage(self, id: int, came: int, author: int) -> None:
        dice = self.dice
        status, disposition = dice.choices(STATES, WEIGHTS)[0]
        due = 0 if disposition is Disposition.BACKFILL else came + 60 * MINUTE_MS
        first_reply = decided = 0
        if status in REPLIED and disposition in (Disposition.NONE, Disposition.QUIET):
            first_reply = came + int(dice.expovariate(1 / 50) * MINUTE_MS) + 1
        if status is not Status.NEW:
            decided = max(first_reply, came + dice.randrange(1, 3 * DAY_MS))
        (reach,) = self.conn.execute(
            "SELECT coalesce(n_followers, -1) FROM author WHERE id = ?", (author,)
        ).fetchone()
        self.conn.execute(
            "INSERT INTO triage(mention_id, status, disposition, need_at, due_at, reach,"
            " decided_at, first_reply_at) VALUES(?, ?, ?, ?, ?, ?, ?, ?)",
            (id, status.value, disposition.value, due, due, reach, decided, first_reply),
        )
        if first_reply:
            self._reply(id, first_reply)
        elif dice.random() < 0.05:
            self._seen_on_network(id, came)

    def _reply(self, id: int, at: int) -> None:
        dice = self.dice
        self.n_replies += 1
        version = dice.choice((0, 0, 10, 11, 20, 31))
        more = json.dumps([30]) if version and dice.random() < 0.2 else ""
        by_hand = "by_hand" if dice.random() < 0.06 else ""
        self.conn.execute(
            "INSERT INTO outbox(id, mention_id, account_id, state, text, hash, person_id, made_at,"
            " dedupe_key, checksum, sent_at, version_id, more_versions, n_edited, reason, uri)"
            " VALUES(?, ?, ?, 'sent', 'On its way, sorry', 'h', ?, ?, ?, 0, ?, ?, ?, ?, ?, ?)",
            (self.n_replies, id, self.account, dice.choice(self.people), at, f"k{id}", at, version,
             more, dice.randrange(40) if version else -1, by_hand,
             f"https://pond.example/own/{id}"),
        )  # fmt: skip
        if dice.random() < 0.1:
            state = dice.choice(("kept", "kept", "open", "dropped"))
            due = at + DAY_MS
            ended = 0 if state == "open" else due + dice.randrange(-HOUR_MS, HOUR_MS)
            self.conn.execute(
                "INSERT INTO promise(mention_id, outbox_id, due_at, state, person_id, made_at,"
                " ended_at) VALUES(?, ?, ?, ?, 1, ?, ?)",
                (id, self.n_replies, due, state, at, ended),
            )

    def _seen_on_network(self, id: int, came: int) -> None:
        """Somebody of the brand answered there, not from here."""
        own = mention_id(came // 1000 + 7_200, 900_000 + len(self.used))
        self.used.add(own)
        self.conn.execute(
            "INSERT INTO mention(id, network, uri, account_id, remote_id, author_id,"
            " conversation_id, role, kind, body, published_at, first_seen_at, checksum)"
            " VALUES(?, 'mastodon', ?, ?, ?, 1001, ?, 1, 2, 'answered there', ?, ?, 0)",
            (own, f"https://pond.example/there/{own}", self.account, str(own), id,
             came + 2 * HOUR_MS, came + 2 * HOUR_MS),
        )  # fmt: skip

    def _insight(self, id: int) -> None:
        dice = self.dice
        if dice.random() < 0.15:
            return  # not read yet
        mood = dice.choices((0, 1, 2, 3, 4), (30, 10, 25, 20, 15))[0]
        own = dice.choice((2, 4)) if dice.random() < 0.05 else 0
        intent = dice.choices((0, 1, 2, 3, 4, 5, 7), (20, 20, 25, 10, 5, 1, 19))[0]
        own_intent = 1 if dice.random() < 0.03 else 0
        self.conn.execute(
            "INSERT INTO insight(mention_id, version, lang, sentiment, intent, own_lang,"
            " own_sentiment, own_intent) VALUES(?, 1, ?, ?, ?, ?, ?, ?)",
            (id, dice.choice(("en", "ru", "kk", "")), mood, intent,
             "kk" if dice.random() < 0.03 else "", own, own_intent),
        )  # fmt: skip

    def _coverage(self) -> None:
        """Every hour but the small ones of Sundays, and failures only on one Tuesday morning."""
        for hour in range(-24, self.n_days * 24):
            start = START + hour * HOUR_MS
            weekday, clock = hour // 24 % 7, hour % 24
            if weekday == 6 and 2 <= clock < 7:
                continue
            is_down = hour // 24 == self.n_days - 6 and 3 <= clock < 5
            self.conn.execute(
                "INSERT OR REPLACE INTO coverage(account_id, hour, n_fetched, n_failed)"
                " VALUES(?, ?, ?, ?)",
                (self.account, start, 0 if is_down else 30, 30 if is_down else 0),
            )
