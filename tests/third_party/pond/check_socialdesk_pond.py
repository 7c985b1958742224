"""The contract kit on the sample, as its own package runs it."""

from datetime import timedelta

import pytest
from socialdesk_pond import NETWORK

from socialdesk.domain.account import Secret
from socialdesk.networks.testing import (
    START,
    ConnectorContract,
    Scripted,
    ScriptedServer,
    session_with,
)


class FakePond(ScriptedServer):
    """The invented network: a list that is read on from a number."""

    def __init__(self):
        super().__init__()
        self.items = []

    def handle(self, request):
        if request.headers["Authorization"] != "Bearer pond-key-1":
            return Scripted(401, {"error": "who are you?"})
        if request.url.endswith("/me"):
            return Scripted(200, {"id": "own", "name": "shop"})
        after = int(request.url.partition("after=")[2].partition("&")[0] or 0)
        return Scripted(200, {"items": self.items[after:], "next": str(len(self.items))})

    def add_mention(self, text):
        n = len(self.items)
        url, at = f"https://pond.example/{n}", (START + timedelta(seconds=n)).isoformat()
        duck = {"id": f"d{n}", "name": "Duck"}
        self.items.append({"id": n, "url": url, "by": duck, "at": at, "words": text})
        return url

    def add_bad_item(self):
        self.items.append({"id": None})


class TestPond(ConnectorContract):
    secret = "pond-key-1"

    @pytest.fixture
    def server(self):
        return FakePond()

    @pytest.fixture
    def connector(self, server):
        secret = Secret(self.secret)
        return NETWORK.connect(session_with(server), {}, secret, lambda rotated: None)
