"""A storm of every fault at once: no mention lost, no reply there twice.

The sender here is the plain rule of the outbox (`after_look`) and nothing of the engine.
"""

from datetime import UTC, datetime, timedelta

import pytest

from socialdesk.domain.account import Watch, WatchKind
from socialdesk.domain.errors import (
    AuthExpiredError,
    BadAnswerError,
    ConnectorError,
    RateLimitedError,
    RefusedError,
    UnreachableError,
)
from socialdesk.domain.ids import Cursor
from socialdesk.domain.replies.reply import NextStep, Outgoing, after_look
from socialdesk.networks.mastodon import NETWORK
from socialdesk.practice.brand import account_fields
from socialdesk.practice.faults import Fault, Trouble
from socialdesk.practice.kinds import Kind

N_ROUNDS = 40
ROUND_S = 10
SHARE = 0.03  # of the requests, for each of 14 troubles before and after the act
MENTIONS = Watch(WatchKind.MENTIONS)


class Sending:
    """One reply on its way. `fate`: new, doubt, sent, ask or failed."""

    def __init__(self, outgoing: Outgoing) -> None:
        self.outgoing, self.fate, self.n_looks = outgoing, "new", 0

    def go_on(self, connector, now: datetime, repeat_safe_s: int) -> None:
        """One step: send, or look first where an earlier try may have worked."""
        if self.fate == "doubt" and not self._may_send(connector, now, repeat_safe_s):
            return
        try:
            connector.reply(self.outgoing)
            self.fate = "sent"
        except UnreachableError as e:
            self.fate = "doubt" if e.maybe_done else self.fate
        except BadAnswerError:
            self.fate = "doubt"  # who cannot read the answer cannot know
        except (RateLimitedError, AuthExpiredError):
            pass  # turned away at the door: it was not stored this time
        except RefusedError:
            self.fate = "failed"  # a person is told; never repeated

    def _may_send(self, connector, now: datetime, repeat_safe_s: int) -> bool:
        try:
            found = connector.find_reply(self.outgoing)
        except ConnectorError:
            return False
        self.n_looks += 1
        age_s = (now - self.outgoing.made_at).total_seconds()
        step = after_look(
            found=found is not None, n_looks=self.n_looks, age_s=age_s, repeat_safe_s=repeat_safe_s
        )
        self.fate = {NextStep.SENT: "sent", NextStep.ASK: "ask"}.get(step, "doubt")
        return step is NextStep.REPEAT


class Desk:
    """Fetches and answers through the storm, and keeps what it must keep."""

    def __init__(self, world) -> None:
        self.world = world
        signed = NETWORK.sign_in(world.http, account_fields())
        self.connector = NETWORK.connect(world.http, signed.settings, signed.secret, lambda s: None)
        self.repeat_safe_s = signed.card.repeat_safe_s
        self.cursor: Cursor | None = None
        self.met: dict[str, str] = {}
        self.sending: dict[str, Sending] = {}

    def now(self) -> datetime:
        return datetime.fromtimestamp(self.world.now_ms / 1000, UTC)

    def round(self) -> None:
        self.world.pass_s(ROUND_S)
        try:
            page = self.connector.fetch(MENTIONS, self.cursor, since=self.now() - timedelta(7))
        except ConnectorError:
            page = None
        if page is not None:
            self.cursor = page.cursor
            self.met |= {mention.uri: mention.remote_id for mention in page.mentions}
        for uri, remote_id in list(self.met.items())[: len(self.sending) + 1]:
            if uri not in self.sending:
                text = f"Answer {len(self.sending)}, thank you."
                key = f"key-{len(self.sending)}"
                self.sending[uri] = Sending(Outgoing(remote_id, uri, text, key, self.now()))
        for one in self.sending.values():
            if one.fate in ("new", "doubt"):
                one.go_on(self.connector, self.now(), self.repeat_safe_s)


@pytest.mark.parametrize("kind", list(Kind))
def test_nothing_is_lost_and_nothing_doubled_in_a_storm(make_world, kind: Kind):
    weather_a_storm(make_world(kind, seed=1), N_ROUNDS)


@pytest.mark.soak
@pytest.mark.parametrize("seed", range(2, 27))
@pytest.mark.parametrize("kind", list(Kind))
def test_nothing_is_lost_and_nothing_doubled_in_a_long_storm(make_world, kind: Kind, seed: int):
    weather_a_storm(make_world(kind, seed=seed), 4 * N_ROUNDS)


def weather_a_storm(world, n_rounds: int) -> None:
    desk = Desk(world)
    world.adapter.faults.add(
        *(
            Fault(trouble, remaining=None, share=SHARE, is_stored=is_stored)
            for trouble in Trouble
            for is_stored in (False, True)
        )
    )
    for _ in range(n_rounds):
        desk.round()
    assert world.adapter.faults.n_hits > n_rounds
    world.adapter.faults.clear()
    for _ in range(12):
        desk.round()
    assert {one["status"]["uri"] for one in world.all_mentions()} <= set(desk.met)
    check_replies(world, desk)


def check_replies(world, desk: Desk) -> None:
    """Each at most once; what counts as sent is there."""
    n_there = {one.outgoing.text: 0 for one in desk.sending.values()}
    for post in world.adapter.posts_by_us():
        said = next(text for text in n_there if post.now.text.endswith(text))
        n_there[said] += 1
    fates = [one.fate for one in desk.sending.values()]
    assert max(n_there.values()) == 1
    assert fates.count("sent") >= 15
    assert all(n_there[s.outgoing.text] for s in desk.sending.values() if s.fate == "sent")
    if world.adapter.kind is Kind.HONOURS_KEY:
        assert "ask" not in fates
