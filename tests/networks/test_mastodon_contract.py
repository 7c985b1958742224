"""The contract of all connectors, on every dialect of Mastodon's API."""

import json
import os
from dataclasses import replace

import pytest

from socialdesk.domain.account import Secret, Watch, WatchKind
from socialdesk.networks.base import Connector
from socialdesk.networks.mastodon import NETWORK
from socialdesk.networks.testing import ConnectorContract, session_with
from socialdesk.networks.testing_pictures import PictureContract
from tests.networks.fake_mastodon import (
    AKKOMA,
    ANN,
    BRAND,
    GOTOSOCIAL,
    HOST,
    MASTODON,
    PIXELFED,
    TAKAHE,
    Dialect,
    FakeMastodon,
)

HUNTS = os.environ.get("HYPOTHESIS_PROFILE") == "hunt"
SECRET = "canary-token-7d41"


def connect(server: FakeMastodon, secret: str = SECRET) -> Connector:
    settings = {
        "base": f"https://{HOST}",
        "host": HOST,
        "software": server.dialect.software,
        "own_id": str(BRAND["id"]),
    }
    packed = Secret(json.dumps({"token": secret}))
    return NETWORK.connect(session_with(server), settings, packed, lambda _: None)


class TestMastodon(ConnectorContract):
    secret = SECRET
    dialect = MASTODON
    n_mutations = 2000 if HUNTS else 300

    @pytest.fixture
    def server(self) -> FakeMastodon:
        return FakeMastodon(self.dialect, SECRET)

    @pytest.fixture
    def connector(self, server: FakeMastodon) -> Connector:
        return connect(server)


class TestMastodonPictures(PictureContract):
    @pytest.fixture
    def server(self) -> FakeMastodon:
        return FakeMastodon(MASTODON, SECRET)

    @pytest.fixture
    def connector(self, server: FakeMastodon) -> Connector:
        return connect(server)


class TestGoToSocial(TestMastodon):
    dialect = GOTOSOCIAL
    n_mutations = 2000 if HUNTS else 50


class TestAkkoma(TestGoToSocial):
    dialect = AKKOMA


class TestPixelfed(TestGoToSocial):
    dialect = PIXELFED


class TestTakahe(TestGoToSocial):
    dialect = TAKAHE


class TaggedMastodon(FakeMastodon):
    """What the contract adds is found by a hashtag or a keyword, not by a notification."""

    def add_mention(self, text: str) -> str:
        return str(self.post(ANN, f"#tea {text}")["uri"])

    def add_bad_item(self) -> None:
        self.post(ANN, "#tea broken")["created_at"] = "yesterday"


class TestHashtag(TestMastodon):
    watch = Watch(WatchKind.HASHTAG, "tea")
    n_mutations = 100

    @pytest.fixture
    def server(self) -> FakeMastodon:
        return TaggedMastodon(self.dialect, SECRET)


class TestKeyword(TestHashtag):
    n_mutations = 100
    watch = Watch(WatchKind.KEYWORD, "tea")


class TestShortPages(TestMastodon):
    """So short that every walk takes several."""

    dialect: Dialect = replace(MASTODON, page=2)
    n_mutations = 50
