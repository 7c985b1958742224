"""VK keeps the contract of connectors: its events with a service key, and its search."""

from typing import ClassVar

import pytest

from socialdesk.domain.account import Watch, WatchKind
from socialdesk.networks.testing import ConnectorContract
from tests.networks.fake_vk import KEY, FakeVk
from tests.networks.vk_kit import connected


class TestVk(ConnectorContract):
    secret = KEY

    @pytest.fixture
    def server(self):
        return FakeVk()

    @pytest.fixture
    def connector(self, server):
        return connected(server)


class SearchedVk(FakeVk):
    """Where people write of the brand on its own wall, and VK tells by search alone."""

    def add_mention(self, text):
        return super().add_mention(f"{text} #чай")

    def add_bad_item(self):
        super().add_bad_item()
        self.posts[-1]["text"] += " #чай"


class TestVkSearch(TestVk):
    watch: ClassVar[Watch] = Watch(WatchKind.HASHTAG, "чай")

    @pytest.fixture
    def server(self):
        return SearchedVk()


@pytest.mark.soak
class TestVkLong(TestVk):
    n_mutations = 2000
