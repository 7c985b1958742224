"""Promise 38: what is deleted at the source is gone here within the network's term, and a reply to
it waits for a person."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from socialdesk.domain.mentions.mention import Author
from socialdesk.domain.queue.rows import Order, View
from socialdesk.domain.replies.reply import HoldReason, OutboxState
from socialdesk.engine.commands import FetchNow, SendNow, SendReply, SetSetting
from socialdesk.engine.queries import ListMentions, ListOutbox
from socialdesk.engine.words.phrases import reason
from socialdesk.networks.base import Keep
from tests.engine.pond import Pond, PondDesk, PondNetwork, pond_desk
from tests.promises.plugin import Trials

N_POSTS, N_ACCOUNTS, N_OTHERS = 1_000, 50, 40
TERM_H = 48  # as the strictest of the networks' terms
N_REPLIES = 10
HOUR_S = 3600.0


@pytest.fixture
def pond(tmp_path: Path) -> Iterator[PondDesk]:
    made = pond_desk(tmp_path, PondNetwork(Pond(), keep=Keep(hours=TERM_H, until_gone=True)))
    yield made
    made.desk.close()


def fill(pond: PondDesk) -> set[str]:
    """Posts of strangers, some of one-post accounts, and some that stay; which will go."""
    for n in range(N_POSTS + N_ACCOUNTS + N_OTHERS):
        uri = pond.pond.add(f"canary{n}y", pond.at(minutes_ago=n % 60))
        if n < N_POSTS:  # many of one person
            who = Author(f"p{n % 100}", f"many{n % 100}", f"Many {n % 100}")
            posts = pond.pond.posts
            posts[-1] = replace(posts[-1], author=who)
        assert uri
    pond.desk.do(FetchNow(wait=True)).result()
    return {post.uri for post in pond.pond.posts[: N_POSTS + N_ACCOUNTS]}


def counted(pond: PondDesk) -> tuple[int, int, int]:
    """Mentions with words that are gone there; authors of deleted accounts with a name; others."""
    with pond.desk._readers.connection() as conn:
        (words,) = conn.execute(
            "SELECT count(*) FROM mention WHERE body <> '' AND CAST(remote_id AS INTEGER) <= ?",
            (N_POSTS + N_ACCOUNTS,),
        ).fetchone()
        (names,) = conn.execute(
            "SELECT count(*) FROM author WHERE name LIKE 'Duck %' AND"
            " CAST(substr(remote_id, 2) AS INTEGER) BETWEEN ? AND ?",
            (N_POSTS + 1, N_POSTS + N_ACCOUNTS),
        ).fetchone()
        (others,) = conn.execute(
            "SELECT count(*) FROM mention WHERE body <> '' AND CAST(remote_id AS INTEGER) > ?",
            (N_POSTS + N_ACCOUNTS,),
        ).fetchone()
    return int(words), int(names), int(others)


@pytest.mark.promise(38)
def test_a_thousand_posts_and_fifty_accounts_go_within_the_term(
    pond: PondDesk, trials: Trials
) -> None:
    going = fill(pond)
    assert counted(pond) == (N_POSTS + N_ACCOUNTS, N_ACCOUNTS, N_OTHERS)
    for uri in going:
        pond.pond.remove(uri)
    pond.pond.posts = [post for post in pond.pond.posts if post.uri not in going]
    for _ in range(TERM_H + 1):
        pond.turn(HOUR_S)
        pond.turn(0, times=4)
    words, names, others = counted(pond)
    trials.add(N_POSTS + N_ACCOUNTS, failed=words + names)
    assert (words, names) == (0, 0)
    assert others == N_OTHERS  # what is there still was confirmed in time


@pytest.mark.promise(38)
def test_a_reply_that_waits_asks_when_its_post_is_gone(pond: PondDesk, trials: Trials) -> None:
    for n in range(N_REPLIES):
        pond.pond.add(f"canary{n}y", pond.at())
    pond.desk.do(FetchNow(wait=True)).result()
    pond.desk.do(SetSetting("sender", "off")).result()
    ids = pond.desk.ask(ListMentions(View.ALL, "", Order.NEWEST)).result().ids
    for n, number in enumerate(ids):
        pond.desk.do(SendReply(number, f"We look into it, {n}.", is_sure=True)).result()
    for post in list(pond.pond.posts)[: N_REPLIES // 2]:
        pond.pond.remove(post.uri)
    pond.turn(700, times=3)  # looked at again meanwhile
    pond.desk.do(SetSetting("sender", "on")).result()
    pond.turn(60, times=N_REPLIES + 2)
    rows = pond.desk.ask(ListOutbox(only_open=False)).result()
    asking = [row for row in rows if row.hold is HoldReason.ASK]
    sent = [row for row in rows if row.state is OutboxState.SENT]
    trials.add(N_REPLIES, failed=abs(len(asking) - N_REPLIES // 2) + len(pond.pond.replies)
               - len(sent))  # fmt: skip
    assert len(asking) == N_REPLIES // 2 and {row.reason for row in asking} == {"post_gone"}
    assert len(sent) == len(pond.pond.replies) == N_REPLIES - len(asking)


@pytest.mark.promise(38)
def test_a_scheduled_reply_says_why_it_asks_and_goes_when_a_person_wants_it(
    pond: PondDesk,
) -> None:
    uri = pond.pond.add("canary", pond.at())
    pond.desk.do(FetchNow(wait=True)).result()
    (mention,) = pond.desk.ask(ListMentions(View.ALL, "", Order.NEWEST)).result().ids
    send_at = pond.clock.now + 3_600_000
    pond.desk.do(SendReply(mention, "We look into it.", is_sure=True, send_at=send_at)).result()
    pond.pond.remove(uri)
    pond.turn(700, times=6)
    (row,) = pond.desk.ask(ListOutbox(only_open=False)).result()
    assert (row.hold, row.reason) == (HoldReason.ASK, "post_gone")
    assert reason(row.reason).text == "What it answers was deleted on the network."
    with pond.desk._readers.connection() as conn:
        codes = {code for (code,) in conn.execute("SELECT code FROM notice")}
    assert "reply_post_gone" in codes
    pond.desk.do(SendNow(row.id)).result()
    pond.turn(10, times=3)
    assert len(pond.pond.replies) == 1
