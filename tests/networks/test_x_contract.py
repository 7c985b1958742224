"""X keeps the contract of connectors."""

from typing import ClassVar

import pytest

from socialdesk.domain.account import Watch, WatchKind
from socialdesk.networks.base import Connector
from socialdesk.networks.testing import ConnectorContract
from tests.networks.fake_x import FakeX, id_of
from tests.networks.samples.x import SAMPLE


class TestX(ConnectorContract):
    secret = "access-canary-0"

    @pytest.fixture
    def server(self) -> FakeX:
        return FakeX()

    @pytest.fixture
    def connector(self, server: FakeX) -> Connector:
        return SAMPLE.connect(server)


class RenamedX(FakeX):
    """X once it speaks of posts only."""

    def __init__(self) -> None:
        super().__init__()
        self.dialect = "post"


class TestXRenamed(TestX):
    @pytest.fixture
    def server(self) -> FakeX:
        return RenamedX()


class SearchedX(FakeX):
    """Where a search finds what names the brand."""

    def add_mention(self, text: str) -> str:
        uri = super().add_mention(text)
        self.hits.add(id_of(uri))
        return uri


class TestXSearch(TestX):
    watch: ClassVar[Watch] = Watch(WatchKind.KEYWORD, "acme")

    @pytest.fixture
    def server(self) -> FakeX:
        return SearchedX()


@pytest.mark.soak
class TestXLong(TestX):
    n_mutations = 2000
