"""Looking for a new version, on a loopback server: only when asked, or weekly with consent."""

import json
from collections.abc import Callable, Iterator
from functools import partial
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest

from socialdesk import __version__
from socialdesk.domain.errors import CommandError
from socialdesk.engine.accounts.secrets import NoKeyring
from socialdesk.engine.commands import SetSetting
from socialdesk.engine.commands.releases import CheckRelease
from socialdesk.engine.desk import Notice
from socialdesk.engine.inline import InlineDesk
from socialdesk.engine.outside import Outside
from socialdesk.engine.queries import ReadSettings
from socialdesk.engine.release_feed import Seen, Shipped, read_seen
from socialdesk.engine.release_words import told
from socialdesk.engine.releases import Releases, quiet_session
from socialdesk.networks import http
from tests.fakes import HandClock

HOUR_S, DAY_S, WEEK_S = 3600, 86_400, 7 * 86_400
PAGE = "https://127.0.0.1/new"


def a_feed(**other: Any) -> bytes:
    return json.dumps(
        {"socialdesk_release": 1, "version": "99.1", "page": PAGE, **other}
    ).encode()  # fmt: skip


class Server:
    """Serves `body` and keeps what was asked: path and headers."""

    def __init__(self) -> None:
        self.body, self.status = a_feed(), 200
        self.more: dict[str, str] = {}
        self.asked: list[tuple[str, dict[str, str]]] = []
        server = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                server.asked.append((self.path, dict(self.headers)))
                self.send_response(server.status)
                for name, value in server.more.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(server.body)))
                self.end_headers()
                self.wfile.write(server.body)

            def log_message(self, format: str, *args: object) -> None:
                pass

        self._http = HTTPServer(("127.0.0.1", 0), Handler)
        self.address = f"http://127.0.0.1:{self._http.server_port}/feed.json"
        self._thread = Thread(target=self._http.serve_forever, kwargs={"poll_interval": 0.01})
        self._thread.start()

    def close(self) -> None:
        self._http.shutdown()
        self._thread.join()
        self._http.server_close()


@pytest.fixture
def server() -> Iterator[Server]:
    made = Server()
    yield made
    made.close()


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


@pytest.fixture
def desk(tmp_path: Path, clock: HandClock) -> Iterator[InlineDesk]:
    outside = Outside({}, http.session, lambda _: NoKeyring(""))  # type: ignore[arg-type]
    made = InlineDesk(tmp_path / "workspace.db", tmp_path / "backups", clock, outside)
    yield made
    made.close()


Look = Callable[..., Releases]


@pytest.fixture
def releases(desk: InlineDesk, server: Server) -> Releases:
    return made_for(desk, Shipped(server.address, PAGE))


def made_for(desk: InlineDesk, built: Shipped) -> Releases:
    """With the loopback server as a host a person allowed; everything else as it ships."""
    kit = desk.notices._kit
    session = partial(quiet_session, frozenset({"127.0.0.1"}))
    return Releases(kit, lambda: settings_of(desk), desk.tell, session, built)


def settings_of(desk: InlineDesk) -> dict[str, str]:
    return desk.ask(ReadSettings()).result()


def check(releases: Releases) -> Seen:
    return Seen(**releases.work[CheckRelease](CheckRelease(), ""))


def pass_time(desk: InlineDesk, releases: Releases, clock: HandClock, seconds: float) -> None:
    """Hour by hour, as the clockwork would."""
    for _ in range(round(seconds / HOUR_S)):
        clock.advance(HOUR_S)
        releases.step()
        assert desk.settle()


@pytest.mark.promise(42)
def test_without_consent_nobody_is_ever_asked(
    desk: InlineDesk, releases: Releases, server: Server, clock: HandClock
) -> None:
    pass_time(desk, releases, clock, 15 * DAY_S)
    assert server.asked == []


@pytest.mark.promise(42)
def test_with_consent_it_is_asked_once_a_week(
    desk: InlineDesk, releases: Releases, server: Server, clock: HandClock
) -> None:
    heard: list[Any] = []
    desk.listen(heard.append)
    desk.do(SetSetting("release_check", "weekly")).result()
    pass_time(desk, releases, clock, 15 * DAY_S)
    assert len(server.asked) == 3  # at once, and after each week
    texts = [n.facts["text"] for n in heard if isinstance(n, Notice) and n.code == "release"]
    assert len(texts) == 3 and "99.1" in texts[0]
    desk.do(SetSetting("release_check", "off")).result()
    pass_time(desk, releases, clock, 15 * DAY_S)
    assert len(server.asked) == 3


@pytest.mark.promise(42)
def test_what_is_sent_names_nobody_and_nothing(releases: Releases, server: Server) -> None:
    check(releases)
    ((path, headers),) = server.asked
    assert path == "/feed.json"
    assert headers["User-Agent"] == "SocialDesk"
    assert headers.keys() <= {"Host", "User-Agent", "Accept", "Accept-Encoding", "Connection"}
    assert __version__ not in str(headers)


@pytest.mark.promise(42)
def test_a_build_without_an_address_asks_nobody(
    desk: InlineDesk, server: Server, clock: HandClock
) -> None:
    plain = made_for(desk, Shipped())
    desk.do(SetSetting("release_check", "weekly")).result()
    pass_time(desk, plain, clock, DAY_S)
    assert check(plain).state == "unset"
    assert server.asked == []


@pytest.mark.promise(42)
@pytest.mark.parametrize("address", ["http://desk.example/feed", "https://a:b@desk.example/"])
def test_only_https_without_a_sign_in_can_be_set(desk: InlineDesk, address: str) -> None:
    with pytest.raises(CommandError):
        desk.do(SetSetting("release_feed", address)).result()


@pytest.mark.promise(42)
def test_a_shipped_address_without_tls_is_not_asked(desk: InlineDesk, server: Server) -> None:
    strict = Releases(
        desk.notices._kit, lambda: settings_of(desk), desk.tell, built=Shipped(server.address)
    )
    assert check(strict).state == "unsafe"
    assert server.asked == []


def test_a_newer_version_is_told_with_its_page_and_kept(
    desk: InlineDesk, releases: Releases, server: Server
) -> None:
    server.body = a_feed(summary="Mends the clock.", date="2026-12-01")
    seen = check(releases)
    assert (seen.state, seen.version, seen.page) == ("newer", "99.1", PAGE)
    assert read_seen(settings_of(desk)) == seen
    assert "99.1" in told(seen) and __version__ in told(seen)


@pytest.mark.parametrize("version", [__version__, "0.0.1"])
def test_the_same_or_an_older_one_is_no_news(
    desk: InlineDesk, releases: Releases, server: Server, version: str
) -> None:
    server.body = a_feed(version=version)
    assert check(releases).state == "same"


@pytest.mark.parametrize(
    ("body", "status", "state"),
    [
        (b"<html>", 200, "malformed"),
        (a_feed(page="https://elsewhere.example/"), 200, "malformed"),
        (b"", 404, "unreachable"),
        (b"", 503, "unreachable"),
        (b" " * 70_000, 200, "unsafe"),
    ],
)
def test_a_bad_answer_ends_in_a_sentence(
    releases: Releases, server: Server, body: bytes, status: int, state: str
) -> None:
    server.body, server.status = body, status
    seen = check(releases)
    assert seen.state == state
    assert told(seen).endswith(".")


def test_a_redirect_out_of_the_allowed_hosts_is_refused(releases: Releases, server: Server) -> None:
    server.status, server.more = 302, {"Location": "http://127.0.0.2:9/feed.json"}
    assert check(releases).state == "unsafe"


def test_after_a_failure_it_is_tried_again_the_next_day(
    desk: InlineDesk, releases: Releases, server: Server, clock: HandClock
) -> None:
    server.status = 503
    desk.do(SetSetting("release_check", "weekly")).result()
    pass_time(desk, releases, clock, 3 * DAY_S)
    assert len(server.asked) == 3


def test_a_clock_that_was_set_back_does_not_stop_it(
    desk: InlineDesk, releases: Releases, server: Server, clock: HandClock
) -> None:
    desk.do(SetSetting("release_check", "weekly")).result()
    pass_time(desk, releases, clock, HOUR_S)
    clock.jump(-400 * DAY_S)
    pass_time(desk, releases, clock, HOUR_S)
    assert len(server.asked) == 2


@pytest.mark.promise(42)
def test_a_whole_desk_opens_no_session_without_consent(tmp_path: Path, clock: HandClock) -> None:
    opened: list[int] = []

    def session() -> Any:
        opened.append(clock.now)
        return quiet_session()

    outside = Outside({}, http.session, lambda _: NoKeyring(""), release_session=session)  # type: ignore[arg-type]
    whole = InlineDesk(tmp_path / "a.db", tmp_path / "b", clock, outside)
    feed = "https://desk.example/feed.json"
    whole.do(SetSetting("release_feed", feed)).result()
    for _ in range(20):
        clock.advance(DAY_S)
        whole.clockwork.turn()
        assert whole.settle()
    assert opened == []
    whole.close()


def test_a_whole_desk_answers_the_command(desk: InlineDesk) -> None:
    assert desk.do(CheckRelease()).result().answer["state"] == "unset"
