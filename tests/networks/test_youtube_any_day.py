"""Whatever people write in whatever order, and wherever a look is broken off: no comment is lost,
and none is handed over again and again."""

from datetime import timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from socialdesk.domain.errors import ConnectorError
from tests.networks.fake_youtube import ANN, BOB, FakeYouTube
from tests.networks.youtube_kit import COMMENTS, LONG_AGO, connected, walk

ACTS = st.one_of(
    st.tuples(st.just("write"), st.integers(1, 45)),
    st.tuples(st.just("reply"), st.integers(0, 200)),
    st.tuples(st.just("long"), st.integers(0, 200)),
    st.tuples(st.just("hold"), st.just(0)),
    st.tuples(st.just("wait"), st.integers(1, 40)),
    st.tuples(st.just("look"), st.integers(1, 4)),
    st.tuples(st.just("die"), st.just(0)),
    st.tuples(st.just("break"), st.integers(1, 3)),
)


class Day:
    """A channel on one day, and what our looks brought."""

    def __init__(self) -> None:
        self.server = FakeYouTube()
        self.connector = connected(self.server)
        self.cursor = None
        self.seen: dict[str, int] = {}

    def play(self, act: str, n: int) -> None:
        comments = self.server.comments.values()
        heads = [c.id for c in comments if not c.parent and c.status == "published"]
        if act == "write":
            for i in range(n):
                self.server.write(ANN, f"number {i}")
        elif act in ("reply", "long") and heads:
            for _ in range(1 if act == "reply" else 7):
                self.server.write(BOB, "me too", parent=heads[-1 - n % min(len(heads), 90)])
        elif act == "hold":
            self.server.write(BOB, "held", status="heldForReview")
        elif act == "wait":
            self.server.now += timedelta(minutes=n)
        elif act in ("look", "break"):
            self.look(n, is_broken=act == "break")
        elif act == "die":
            self.server.dead_tokens = True
            self.look(2)
            self.server.dead_tokens = False

    def look(self, n_pages: int, *, is_broken: bool = False) -> None:
        """At most so many pages; a broken one ends in an error and keeps its cursor."""
        for _ in range(n_pages):
            page = self.connector.fetch(COMMENTS, self.cursor, since=LONG_AGO)
            self.cursor = page.cursor
            self.note(page.mentions)
            if not page.more:
                return
        if is_broken:
            self.server.cut()
            try:
                self.connector.fetch(COMMENTS, self.cursor, since=LONG_AGO)
            except ConnectorError:
                self.server.recover()

    def note(self, mentions) -> None:
        for mention in mentions:
            self.seen[mention.uri] = self.seen.get(mention.uri, 0) + 1

    def whole_look(self):
        """A thorough one, to its end; what it brought."""
        self.server.now += timedelta(minutes=16)
        mentions, self.cursor = walk(self.connector, self.cursor)
        self.note(mentions)
        return mentions


@settings(deadline=None, max_examples=settings().max_examples // 2)
@given(st.lists(ACTS, max_size=14))
def test_every_comment_is_met_and_then_left_alone(acts):
    day = Day()
    for act, n in acts:
        day.play(act, n)
    day.whole_look()
    day.whole_look()  # the first may have ended a look that began before the last act
    comments = day.server.comments.values()
    newest = sorted((c for c in comments if not c.parent), key=lambda c: c.at)[-100:]
    heads = {c.id for c in newest}
    wanted = {f"youtube:comment/{c.id}" for c in comments if c.id in heads or c.parent in heads}
    assert wanted <= day.seen.keys()
    held = {f"youtube:comment/{c.id}" for c in comments if c.status != "published"}
    assert {m.uri for m in day.whole_look()} <= held
