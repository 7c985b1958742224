"""Promise 42: nothing phones home. The window and its engine, as they are started, under a hook
that sees every connection of Python; no other network code in the tree; and every host it knows by
name.

That the whole suite of windows runs under such a trap is the conftest's work (`_no_network`)."""

import ast
import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from socialdesk.places import HOME_VARIABLE, PRACTICE_WORKSPACE, workspace
from tests.proof.conftest import end_engine, wait_until
from tests.test_layers import PROGRAM

LOOKED_ON_S = 4.0  # after everything is up: a first check or a ping would come now
HOOK = """
import os, sys
def hook(event, args, path=os.environ["SOCIALDESK_TRAP"]):
    if event in ("socket.connect", "socket.sendto", "socket.sendmsg"):
        said = args[1]
    elif event in ("socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr"):
        said = args[0]
    elif event == "urllib.Request":
        said = args[0]
    else:
        return
    with open(path, "a", encoding="utf-8") as file:
        file.write(f"{event} {said!r}\\n")
sys.addaudithook(hook)
with open(os.environ["SOCIALDESK_TRAP"], "a", encoding="utf-8") as file:
    file.write("begun\\n")
"""
QT_NETWORK = {"QNetworkAccessManager", "QTcpSocket", "QUdpSocket", "QSslSocket", "QWebSocket",
              "QHostInfo", "QDnsLookup"}  # fmt: skip
# Whoever imports one of these has a reason here.
SOCKETS = {"socket", "http.client", "urllib.request", "ftplib", "smtplib", "imaplib", "poplib",
           "xmlrpc", "aiohttp", "httpx", "telnetlib"}  # fmt: skip
SOCKET_FILES = {
    "socialdesk/networks/addresses.py": "looks names up and checks what they mean",
    "socialdesk/networks/pinned.py": "connects to the address that was checked",
    "socialdesk/networks/exchange.py": "errors of http.client",
    "socialdesk/networks/imap/dialling.py": "mail, to the server a person typed",
    "socialdesk/networks/imap/wire.py": "the same, once it is connected",
    "socialdesk/practice/adapter.py": "the words of status codes",
    "socialdesk/ui/signals.py": "a pair of sockets within the process wakes Qt on a signal",
    "socialdesk/engine/drills/guard.py": "forbids every connection in a drill",
    "socialdesk/engine/crisis/service_call.py": "errors of mail servers and of names",
    "socialdesk/engine/process/speaker.py": "cuts the pipe between window and engine",
}
HOST = re.compile(r"https?://([a-z0-9-]+(?:\.[a-z0-9-]+)+)", re.IGNORECASE)


@pytest.fixture
def trap(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where every process of this test notes its connections: Python runs the hook at its start."""
    (tmp_path / "hook").mkdir()
    (tmp_path / "hook" / "sitecustomize.py").write_text(HOOK, "utf-8")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path / "hook"))
    monkeypatch.setenv("SOCIALDESK_TRAP", str(tmp_path / "trap.txt"))
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
    return tmp_path / "trap.txt"


@pytest.mark.promise(42)
@pytest.mark.timeout(180)
@pytest.mark.parametrize("name", ["main", PRACTICE_WORKSPACE])
@pytest.mark.skipif(not hasattr(signal, "SIGTERM") or os.name == "nt", reason="ended by a signal")
def test_the_program_as_it_is_started_reaches_nobody(name: str, trap: Path, trials) -> None:
    assert os.environ[HOME_VARIABLE]
    place = workspace(name)
    command = [sys.executable, "-m", "socialdesk", "--workspace", name]
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    with subprocess.Popen(command, **quiet) as window:  # type: ignore[call-overload]
        try:
            wait_until(place.engine_address.exists, 90)
            with pytest.raises(subprocess.TimeoutExpired):
                window.wait(LOOKED_ON_S)
        finally:
            window.terminate()
            window.wait(30)
            end_engine(place)
    told = trap.read_text("utf-8").splitlines()
    assert told.count("begun") >= 2  # the window's process and the engine's
    assert [line for line in told if line != "begun" and not is_local(line)] == []
    trials.add(told.count("begun"))


def is_local(line: str) -> bool:
    """A path of this computer (the pipe between the two), or loopback."""
    said = line.partition(" ")[2]
    return said.startswith(("'/", "b'/", "'\\\\0", "b'\\\\x00", "('127.0.0.1'", "'localhost'"))


def test_the_trap_sees_a_connection(trap: Path) -> None:
    code = (
        "import socket; socket.socket(socket.AF_INET, socket.SOCK_DGRAM).connect(('192.0.2.1', 9))"
    )
    subprocess.run([sys.executable, "-c", code], check=False, timeout=50, capture_output=True)
    (line,) = [line for line in trap.read_text("utf-8").splitlines() if line != "begun"]
    assert not is_local(line)


@pytest.mark.promise(42)
def test_no_other_code_opens_connections(trials) -> None:
    reaching = set()
    for source in PROGRAM:
        names = {module for _, module in source.imports()}
        assert not {name for name in names if name.rpartition(".")[2] in QT_NETWORK}, source.name
        if names & SOCKETS:
            reaching.add(source.name)
        trials.add()
    assert reaching == set(SOCKET_FILES)


def hosts() -> Iterator[str]:
    for source in PROGRAM:
        if source.layer in ("networks", "engine", "ui", "cli", "app", "domain"):
            for node in source.nodes:
                if isinstance(node, ast.Constant) and isinstance(node.value, str):
                    yield from (host.lower() for host in HOST.findall(node.value))


DECLARED = """
127.0.0.1 account.apple.com account.mail.ru accounts.google.com admin.booking.com
api.content.tripadvisor.com api.hubapi.com api.instagram.com api.linkedin.com
api.stackexchange.com api.telegram.org api.trustpilot.com api.x.com api.yelp.com app.hubspot.com
appstoreconnect.apple.com biz.yelp.com bsky.app bsky.social business-api.tiktok.com
business.facebook.com business.google.com business.trustpilot.com businessapp.b2b.trustpilot.com
console.cloud.google.com console.x.com dev.vk.com developers.facebook.com graph.facebook.com
graph.instagram.com graph.threads.net hacker-news.firebaseio.com hn.algolia.com id.yandex.com
jsonfeed.org login.salesforce.com mail.google.com myaccount.google.com mybusiness.googleapis.com
mybusinessaccountmanagement.googleapis.com mybusinessbusinessinformation.googleapis.com
news.ycombinator.com oauth.reddit.com oauth2.googleapis.com play.google.com stackapps.com
support.google.com support.reddithelp.com t.co t.me threads.com vk.com web.telegram.org
www.facebook.com www.googleapis.com www.instagram.com www.linkedin.com www.reddit.com
www.threads.com www.tiktok.com www.tripadvisor.com www.trustpilot.com www.w3.org www.yelp.com
www.youtube.com x.com youtube.googleapis.com
""".split()


@pytest.mark.promise(42)
def test_every_host_that_is_known_by_name_is_declared(trials) -> None:
    found = {host for host in hosts() if not host.endswith((".example", ".test"))}
    assert found <= set(DECLARED)
    trials.add(len(found))
