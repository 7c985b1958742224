"""A person may name a host of their own network; no feed and no redirect may."""

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

from socialdesk.domain.account import Secret
from socialdesk.domain.errors import RefusedError
from socialdesk.domain.queue.rows import View
from socialdesk.engine.accounts.connections import typed_private_hosts
from socialdesk.engine.accounts.secrets import NoKeyring
from socialdesk.engine.commands import AddAccount, FetchNow, TestFetch
from socialdesk.engine.inline import InlineDesk
from socialdesk.engine.outside import Outside
from socialdesk.engine.queries import ListMentions
from socialdesk.networks import http, registry
from tests.engine.keyring import Keyring
from tests.fakes import HandClock

TryFetch = TestFetch
del TestFetch  # pytest would take it for a test

FEED = b"""<rss version="2.0"><channel><title>Town news (invented)</title>
<item><guid>n-1</guid><title>A bakery opens</title><link>https://news.example/1</link></item>
</channel></rss>"""


@pytest.mark.parametrize(
    ("typed", "hosts"),
    [
        ("http://127.0.0.1:8765/rss.xml", {"127.0.0.1"}),
        ("http://localhost/feed", {"localhost"}),
        ("192.168.1.20", {"192.168.1.20"}),
        ("https://[fd00::1]/feed", {"fd00::1"}),
        ("https://news.example/feed", set()),
        ("intranet", set()),
        ("https://8.8.8.8/feed", set()),
        ("http://[broken", set()),
        ("", set()),
    ],
)
def test_only_what_is_literally_private_is_allowed(typed: str, hosts: set[str]) -> None:
    assert typed_private_hosts([typed]) == hosts


class _Feed(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        redirect = self.path == "/away"
        self.send_response(302 if redirect else 200)
        self.send_header("Location", f"http://127.0.0.2:{self.server.server_port}/rss")  # type: ignore[attr-defined]
        self.end_headers()
        self.wfile.write(b"" if redirect else FEED)

    def log_message(self, format: str, *args: object) -> None:
        pass


@pytest.fixture
def port() -> Iterator[int]:
    server = HTTPServer(("127.0.0.1", 0), _Feed)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server.server_port
    server.shutdown()
    server.server_close()


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[InlineDesk]:
    networks = dict(registry.networks())
    outside = Outside(networks, http.session, lambda _: NoKeyring(Secret("none")))
    made = InlineDesk(tmp_path / "w.db", tmp_path / "backups", HandClock(), outside)
    yield made
    made.close()


def test_a_feed_on_a_typed_address_of_this_machine_is_added_and_read(
    desk: InlineDesk, port: int
) -> None:
    fields = (("url", f"http://127.0.0.1:{port}/rss"),)
    assert desk.do(TryFetch("feeds", fields, ("feed", "", ""))).result().answer["n"] == 1
    desk.do(AddAccount("feeds", fields)).result()
    desk.do(FetchNow(wait=True)).result()
    assert len(desk.ask(ListMentions(View.ALL)).result().ids) == 1


def test_a_redirect_leads_to_no_other_private_address(desk: InlineDesk, port: int) -> None:
    with pytest.raises(RefusedError):
        desk.do(AddAccount("feeds", (("url", f"http://127.0.0.1:{port}/away"),))).result()


@pytest.mark.parametrize("is_old", [False, True])
def test_a_feed_whose_address_is_a_secret_is_read_after_a_restart(
    tmp_path: Path, port: int, monkeypatch: pytest.MonkeyPatch, is_old: bool
) -> None:
    monkeypatch.setattr("socialdesk.networks.feeds.network.is_secret", lambda url: True)
    kept = Keyring()
    networks = dict(registry.networks())
    hosts = frozenset({"127.0.0.1"})

    def opened() -> InlineDesk:
        outside = Outside(
            networks, lambda **_: http.session(allow_private_hosts=hosts), lambda _: kept
        )
        return InlineDesk(tmp_path / "s.db", tmp_path / "backups", HandClock(), outside)

    desk = opened()
    fields = (("url", f"http://127.0.0.1:{port}/rss.xml"),)
    desk.do(AddAccount("feeds", fields, (("feed", "", ""),))).result()
    if is_old:  # as the program wrote it before
        desk._writer.submit(lambda tx: tx.conn.execute("UPDATE account SET settings = '{}'"))
    desk.close()
    desk = opened()
    desk.do(FetchNow(wait=True)).result()
    assert desk.ask(ListMentions(View.ALL)).result().n_total == 1
    desk.close()
