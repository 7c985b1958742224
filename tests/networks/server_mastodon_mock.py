"""mastodon-mock (PyPI, MIT): a server process with Mastodon's API, on a free loopback port."""

import json
import os
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.util import find_spec
from typing import Any

import pytest


@dataclass(frozen=True)
class MastodonMock:
    """A running server with the demo people; a token is `NAME_token`."""

    url: str

    def ask(self, method: str, path: str, body: Any = None, token: str = "") -> Any:
        """Ask as somebody, without any code of ours."""
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(f"{self.url}{path}", data, method=method)
        request.add_header("Content-Type", "application/json")
        if token:
            request.add_header("Authorization", f"Bearer {token}")
        with urllib.request.urlopen(request, timeout=20) as answer:
            return json.loads(answer.read() or b"null")

    def fault(self, methods: list[str], path: str, **effect: Any) -> None:
        """The next such request meets it, once."""
        rule = {"match": {"methods": methods, "path": path}, "effect": effect, "count": 1}
        self.ask("POST", "/api/v1/_mock/faults", rule)

    def no_faults(self) -> None:
        """Forget all faults."""
        self.ask("DELETE", "/api/v1/_mock/faults")


@contextmanager
def mastodon_mock() -> Iterator[MastodonMock]:
    """Start it, wait until it listens, stop it."""
    if find_spec("mastodon_mock") is None:
        reason = "mastodon-mock is not installed (dependency group dev)"
        (pytest.fail if os.environ.get("CI") else pytest.skip)(reason)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "mastodon_mock", "serve", "--in-memory", "--demo"]
    command += ["--host", "127.0.0.1", "--port", str(port), "--log-level", "info"]
    with subprocess.Popen(
        command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True
    ) as process:
        assert process.stderr is not None
        said = []
        for line in process.stderr:
            said.append(line)
            if "running on" in line:
                break
        try:
            assert process.poll() is None, "".join(said)
            yield MastodonMock(f"http://127.0.0.1:{port}")
        finally:
            process.kill()  # asked politely, it waits for connections that hang on purpose
            process.stderr.close()
