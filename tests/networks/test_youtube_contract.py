"""YouTube keeps the contract of connectors."""

from typing import ClassVar

import pytest

from socialdesk.domain.account import Watch, WatchKind
from socialdesk.networks.testing import ConnectorContract
from tests.networks.fake_google import ACCESS
from tests.networks.fake_youtube import ANN, FakeYouTube
from tests.networks.youtube_kit import connected


class TestYouTube(ConnectorContract):
    secret = ACCESS

    @pytest.fixture
    def server(self):
        return FakeYouTube()

    @pytest.fixture
    def connector(self, server):
        return connected(server)


@pytest.mark.soak
class TestYouTubeLong(TestYouTube):
    n_mutations = 2000


class SearchedYouTube(FakeYouTube):
    """Where people name the brand in videos of their own."""

    def add_mention(self, text):
        return f"youtube:video/{self.upload(ANN, f'Tea House: {text}', text)}"

    def add_bad_item(self):
        video = self.upload(ANN, "Tea House", "bad")
        self.videos[video] = (ANN, None, "tea house", self.now)

    def check_answer(self, request, answer):
        if all(title for _, title, _, _ in self.videos.values()):
            super().check_answer(request, answer)

    def remove(self, uri):
        del self.videos[uri.rpartition("/")[2]]


class TestYouTubeSearch(TestYouTube):
    watch: ClassVar[Watch] = Watch(WatchKind.KEYWORD, '"tea house" | tea')

    @pytest.fixture
    def server(self):
        server = SearchedYouTube()
        server.videos.clear()
        return server
