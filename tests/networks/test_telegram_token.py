"""The bot's token stands in every address: no fault, log line, repr or mention shows it."""

import logging

import pytest
import requests

from socialdesk.domain.account import Secret
from socialdesk.domain.errors import ConnectorError, UnreachableError
from socialdesk.networks.http import session
from socialdesk.networks.scripted import everything
from socialdesk.networks.telegram import NETWORK
from socialdesk.networks.testing import Scripted
from tests.networks.fake_telegram import BOT, TOKEN, FakeTelegram, written_updates
from tests.networks.loopback_server import loopback_server, whole
from tests.networks.telegram_kit import MENTIONS, WITH_CHANNEL, a_reply, connected, fetched

SECRET_PART = TOKEN.partition(":")[2]


class Leaky(FakeTelegram):
    """A line that fails in all ways whose texts quote the whole address."""

    def __init__(self, fault):
        super().__init__()
        self.fault = fault

    def send(self, request, *args, **kwargs):
        if isinstance(self.fault, Scripted):
            return self._response(request, self.fault)
        raise self.fault(request)


def leaks():
    url = f"https://api.telegram.org/bot{TOKEN}/getUpdates"
    words = f"Max retries exceeded with url: /bot{TOKEN}/getMe"
    yield lambda request: requests.ConnectionError(words, request=request)
    yield lambda request: requests.ReadTimeout(words, request=request)
    yield lambda request: requests.exceptions.ProxyError(words, request=request)
    yield lambda request: requests.exceptions.InvalidURL(request.url)
    for status in (301, 302, 303, 307, 308):
        for target in (url, f"http://api.telegram.org/bot{TOKEN}/x", f"//evil.example/{TOKEN}"):
            yield Scripted(status, b"", {"Location": target})
    for status in (200, 400, 401, 403, 404, 409, 418, 422, 429, 500, 502):
        yield Scripted(status, {"ok": False, "description": TOKEN, "error": TOKEN,
                                "message": SECRET_PART, "error_code": status})  # fmt: skip


@pytest.mark.parametrize("fault", list(leaks()))
def test_no_fault_tells_the_token(fault, caplog):
    caplog.set_level(logging.DEBUG)
    connector = connected(Leaky(fault), WITH_CHANNEL)
    shown = [repr(connector), repr(vars(connector))]
    calls = (
        lambda: fetched(connector),
        lambda: connector.wait(MENTIONS, None, lambda: False),
        lambda: connector.reply(a_reply("5001:11")),
        lambda: connector.edit("5001:11", "words"),
        lambda: connector.delete("5001:11"),
        lambda: connector.profile(str(BOT["id"])),
        connector.card,
    )
    n_faults = 0
    for call in calls:
        try:
            shown.append(repr(call()))
        except ConnectorError as e:
            n_faults += 1
            shown.append(everything(e))
    assert n_faults == len(calls)
    assert SECRET_PART not in "\n".join([*shown, caplog.text])


def test_no_mention_holds_the_token():
    server = FakeTelegram()
    for update in written_updates().values():
        server.tell(update)
    assert SECRET_PART not in repr(fetched(connected(server)))


# --- over real sockets: what urllib3 and requests say of them ---


def slow(handler):
    """Takes the request and hangs up."""
    handler.close_connection = True


def garbled(handler):
    handler.wfile.write(f"SPAM /bot{TOKEN}\r\n\r\n".encode())
    handler.close_connection = True


def redirecting(target):
    return lambda handler: whole(handler, 302, b"", {"Location": target})


ROUTES = {
    "hangs up": slow,
    "speaks no HTTP": garbled,
    "redirects home": redirecting(f"/bot{TOKEN}/getUpdates"),
    "redirects away": redirecting(f"https://127.0.0.1:1/bot{TOKEN}/getUpdates"),
    "quotes the address": lambda handler: whole(handler, 500, handler.path.encode(), {}),
}


@pytest.fixture
def connector(monkeypatch):
    """Over real sockets, at a server whose routes the test gives."""
    with loopback_server() as server:
        monkeypatch.setattr("socialdesk.networks.telegram.api.HOST", server.url)
        http = session(allow_private_hosts=frozenset({"127.0.0.1"}), total_s=5)
        made = NETWORK.connect(http, WITH_CHANNEL, Secret(TOKEN), lambda secret: None)
        yield server, made


@pytest.mark.parametrize("way", ROUTES)
def test_no_library_says_the_address_to_the_log(connector, way, caplog):
    server, telegram = connector
    caplog.set_level(logging.DEBUG)
    for method in ("getUpdates", "sendMessage", "getMe"):
        server.routes[f"/bot{TOKEN}/{method}"] = ROUTES[way]
    shown = []
    for call in (
        lambda: fetched(telegram),
        lambda: telegram.reply(a_reply("5001:11")),
        telegram.card,
    ):
        with pytest.raises(ConnectorError) as caught:
            call()
        shown.append(everything(caught.value))
    assert server.seen
    assert SECRET_PART not in "\n".join([*shown, caplog.text])


def test_no_library_says_the_address_of_a_server_that_is_not_there(monkeypatch, caplog):
    monkeypatch.setattr("socialdesk.networks.telegram.api.HOST", "http://127.0.0.1:1")
    caplog.set_level(logging.DEBUG)
    http = session(allow_private_hosts=frozenset({"127.0.0.1"}), total_s=5)
    telegram = NETWORK.connect(http, WITH_CHANNEL, Secret(TOKEN), lambda secret: None)
    with pytest.raises(UnreachableError) as caught:
        telegram.reply(a_reply("5001:11"))
    assert not caught.value.maybe_done
    assert SECRET_PART not in everything(caught.value) + caplog.text
