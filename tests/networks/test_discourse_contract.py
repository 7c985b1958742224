"""Discourse keeps the contract of connectors."""

from typing import ClassVar

import pytest

from socialdesk.domain.account import Watch, WatchKind
from socialdesk.domain.errors import AuthExpiredError
from socialdesk.domain.replies.reply import Outgoing
from socialdesk.networks.testing import STATUS_ERRORS, ConnectorContract
from tests.networks.discourse_kit import connected
from tests.networks.fake_discourse import ANN, KEY, FakeDiscourse


class TestDiscourse(ConnectorContract):
    secret = KEY
    # a key that the forum does not know, and "who am I" refused too
    status_errors: ClassVar = {**STATUS_ERRORS, 403: AuthExpiredError}

    @pytest.fixture
    def server(self):
        return FakeDiscourse()

    @pytest.fixture
    def connector(self, server):
        return connected(server)

    def _outgoing(self, server, connector, text):
        """Forums take nothing under 20 characters."""
        return self._longer(super()._outgoing(server, connector, text))

    def _longer(self, outgoing):
        text = outgoing.text + " " + "Best wishes from the tea house."
        return Outgoing(
            outgoing.parent_remote_id, outgoing.parent_uri, text, "k1", outgoing.made_at
        )


class SearchedForum(FakeDiscourse):
    """Where people write of the brand without naming its account."""

    def add_mention(self, text):
        topic = next(iter(self.topics), 0) or self.topic()
        return self.uri(self.write(ANN, f"teahouse {text}", topic))

    def add_bad_item(self):
        post = self.write(ANN, "teahouse broken", self.topic())
        self.posts[post]["cooked"] = 7 if self.hits_have_words else None


class TestDiscourseSearch(TestDiscourse):
    watch: ClassVar[Watch] = Watch(WatchKind.KEYWORD, "teahouse")

    @pytest.fixture
    def server(self):
        forum = SearchedForum()
        forum.hits_have_words = False
        return forum


class TestDiscourseSearchWithWords(TestDiscourseSearch):
    @pytest.fixture
    def server(self):
        return SearchedForum()
