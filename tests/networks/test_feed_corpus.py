"""feedparser's own test feeds through our connector: no crash, every refusal a typed error."""

import os
import time
from collections import Counter
from datetime import timedelta
from pathlib import Path

import pytest

from socialdesk.domain.account import Watch, WatchKind
from socialdesk.domain.errors import BadAnswerError, ConnectorError, RefusedError
from socialdesk.networks.feeds import NETWORK
from socialdesk.networks.testing import START, Scripted, ScriptedServer, session_with

URL = "https://blog.example/feed"
ALL = Path(__file__).parents[2] / ".cache" / "feedparser"
SOME = Path(__file__).parents[1] / "fixtures/third_party/feedparser"
SLOW_S = 2.0


class Shelf(ScriptedServer):
    """Gives the one document that lies on it, as servers send most feeds."""

    body = b""

    def handle(self, request):
        return Scripted(200, self.body, {"Content-Type": "text/xml"})


def outcome(body):
    """What the connector makes of a document; anything but a ConnectorError is let out."""
    shelf = Shelf()
    shelf.body = body
    connector = NETWORK.connect(session_with(shelf), {"url": URL}, None, lambda secret: None)
    try:
        page = connector.fetch(Watch(WatchKind.FEED, URL), None, since=START - timedelta(days=7))
    except ConnectorError as e:
        return type(e)
    for mention in page.mentions:
        assert mention.uri and mention.published_at.utcoffset() == timedelta(0)
        assert "\x00" not in mention.body and isinstance(mention.title, str)
    return "entries" if page.mentions else "rejects" if page.rejects else "empty"


@pytest.mark.parametrize("path", sorted(SOME.glob("*.xml")), ids=lambda path: path.name)
def test_a_test_feed_is_read_or_refused(path):
    result = outcome(path.read_bytes())
    assert result in {"entries", "rejects", "empty", BadAnswerError, RefusedError}


@pytest.mark.corpus
@pytest.mark.timeout(900)
def test_all_test_feeds_are_read_or_refused():
    paths = sorted(ALL.rglob("*.xml"))
    if not paths:
        assert not os.environ.get("CI"), "the test feeds are missing: make feed-corpus"
        pytest.skip("feedparser's test feeds are not here: make feed-corpus")
    counts: Counter[object] = Counter()
    refused: Counter[str] = Counter()
    slowest = (0.0, "")
    for path in paths:
        began = time.perf_counter()
        result = outcome(path.read_bytes())
        slowest = max(slowest, (time.perf_counter() - began, path.name))
        counts[result] += 1
        if isinstance(result, type):
            refused[path.relative_to(ALL).parts[0]] += 1
    print({getattr(key, "__name__", key): n for key, n in counts.items()}, dict(refused), slowest)
    assert sum(counts.values()) == len(paths) == 2242
    assert set(counts) <= {"entries", "rejects", "empty", BadAnswerError, RefusedError}
    assert slowest[0] < SLOW_S
