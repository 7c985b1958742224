"""The wall around a drill's engine: tried from inside, in a process of its own (an audit hook
cannot be taken out again)."""

import json
import subprocess
import sys

import pytest

TRY = """
import http.client, json, os, socket, tempfile
from socialdesk.engine.drills import guard as drill_guard
drill_guard.install()

def tried(act):
    try:
        act()
        return "done"
    except drill_guard.DrillGuardError:
        return "refused"
    except Exception as e:
        return type(e).__name__

def pipe():
    from multiprocessing.connection import Client, Listener
    listener = Listener(os.path.join(tempfile.mkdtemp(), "p"))
    Client(listener.address).close()
    listener.close()

def fetched():
    import requests
    requests.get("http://127.0.0.1:9/", timeout=1)

print(json.dumps({
    "tcp": tried(lambda: socket.socket(socket.AF_INET, socket.SOCK_STREAM)),
    "udp": tried(lambda: socket.socket(socket.AF_INET, socket.SOCK_DGRAM)),
    "six": tried(lambda: socket.socket(socket.AF_INET6)),
    "default": tried(socket.socket),
    "lookup": tried(lambda: socket.getaddrinfo("shop.example", 443)),
    "name": tried(lambda: socket.gethostbyname("localhost")),
    "connect": tried(lambda: socket.create_connection(("127.0.0.1", 9), timeout=1)),
    "http": tried(http.client.HTTPConnection("127.0.0.1", 9).connect),
    "requests": tried(fetched),
    "pipe": tried(pipe),
}))
"""


@pytest.fixture(scope="module")
def tried() -> dict[str, str]:
    done = subprocess.run([sys.executable, "-c", TRY], capture_output=True, text=True, timeout=50)
    assert done.returncode == 0, done.stderr
    return dict(json.loads(done.stdout))


@pytest.mark.parametrize(
    "way", ["tcp", "udp", "six", "default", "lookup", "name", "connect", "http"]
)
def test_no_internet_socket_is_made_and_no_name_is_looked_up(tried: dict[str, str], way: str):
    assert tried[way] == "refused"


def test_a_connector_sees_a_network_that_cannot_be_reached(tried: dict[str, str]):
    assert tried["requests"] == "ConnectionError"


@pytest.mark.skipif(sys.platform == "win32", reason="a named pipe is no socket there")
def test_the_local_pipe_remains(tried: dict[str, str]):
    assert tried["pipe"] == "done"
