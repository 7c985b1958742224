"""Dovecot (Debian) and pymap (PyPI) as processes of ours on loopback."""

import getpass
import imaplib
import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

TLS = Path(__file__).parents[2] / "fixtures/tls"
START_S = 30  # measured: 0.1 s for Dovecot, 2.7 s for pymap

CONFIG = """\
protocols = imap
listen = 127.0.0.1
base_dir = {folder}/run
state_dir = {folder}/state
log_path = {folder}/dovecot.log
default_internal_user = {internal}
default_internal_group = {internal_group}
default_login_user = {internal}
ssl = yes
ssl_cert = <{tls}/good.pem
ssl_key = <{tls}/good.pem
disable_plaintext_auth = no
auth_failure_delay = 0
mail_location = maildir:{folder}/mail/%u
first_valid_uid = 1
passdb {{
  driver = static
  args = password=secret
}}
userdb {{
  driver = static
  args = uid={owner} gid={group} home={folder}/mail/%u
}}
service imap-login {{
  chroot =
  inet_listener imap {{
    address = 127.0.0.1
    port = {port}
  }}
  inet_listener imaps {{
    address = 127.0.0.1
    port = {secure_port}
  }}
}}
service anvil {{
  chroot =
}}
service stats {{
  chroot =
}}
"""


@dataclass(frozen=True)
class MailServer:
    """A running server and one person on it. `secure_port`: with TLS from the start, 0 = none.
    `numbers_otherwise`: pymap calls the first part of an attached letter what RFC 3501 §6.4.5
    calls its whole body."""

    port: int
    user: str
    password: str
    secure_port: int = 0
    numbers_otherwise: bool = False

    @contextmanager
    def client(self) -> Iterator[imaplib.IMAP4]:
        """Signed in by the standard library: not through our connector."""
        client = imaplib.IMAP4("127.0.0.1", self.port, timeout=20)
        try:
            client.login(self.user, self.password)
            yield client
        finally:
            client.logout()

    def deliver(self, folder: str, *letters: bytes) -> None:
        """Put letters into a folder, which is made where it is missing."""
        with self.client() as client:
            client.create(folder)
            for letter in letters:
                status, said = client.append(folder, "", "", letter)
                assert status == "OK", said

    def drop(self, folder: str) -> None:
        """Delete a folder with all that is in it."""
        with self.client() as client:
            status, said = client.delete(folder)
            assert status == "OK", said

    def snapshot(self, folder: str) -> dict[bytes, Any]:
        """Every letter's flags (but Recent, which belongs to a session) and bytes, by UID."""
        with self.client() as client:
            client.select(folder, readonly=True)
            _, parts = client.uid("FETCH", "1:*", "(UID FLAGS BODY.PEEK[])")
        found = [part for part in parts if isinstance(part, tuple)]
        return {_known(head): (_flags(head), body) for head, body in found}


def _known(head: bytes) -> bytes:
    return head.split(b"UID ")[1].split()[0].rstrip(b")")


def _flags(head: bytes) -> frozenset[bytes]:
    listed = head.partition(b"FLAGS (")[2].partition(b")")[0]
    return frozenset(listed.split()) - {rb"\Recent"}


def missing(name: str) -> str:
    """Why a server cannot be started here, "" when it can."""
    if name == "pymap":
        return "" if find_spec("pymap") else "pymap is not installed (dependency group dev)"
    return "" if _dovecot() else "Dovecot is not installed (Debian: dovecot-imapd)"


@contextmanager
def dovecot() -> Iterator[MailServer]:
    """Until the end of the block. Its folder is not pytest's: what pytest makes for root is closed
    to everybody else, and Dovecot serves no mail as root."""
    is_root = os.getuid() == 0
    owner, group = ("nobody", "nogroup") if is_root else (getpass.getuser(), str(os.getgid()))
    internal = ("dovecot", "dovecot") if is_root else (owner, group)
    with TemporaryDirectory(prefix="sd-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        folder.chmod(0o755)
        (folder / "mail").mkdir()
        if is_root:
            shutil.chown(folder / "mail", owner, group)
        port, secure_port = _free_port(), _free_port()
        config = folder / "dovecot.conf"
        config.write_text(
            CONFIG.format(
                folder=folder, tls=TLS, owner=owner, group=group, port=port,
                secure_port=secure_port, internal=internal[0], internal_group=internal[1],
            )
        )  # fmt: skip
        with _process([_dovecot(), "-F", "-c", str(config)], port, folder / "dovecot.log"):
            yield MailServer(port, "ann@shop.example", "secret", secure_port)


@contextmanager
def pymap(folder: Path) -> Iterator[MailServer]:
    """Until the end of the block. `folder`: empty, for its log."""
    port = _free_port()
    run = [str(Path(sys.executable).with_name("pymap")), "--host", "127.0.0.1",
           "--port", str(port), "--no-tls", "--no-service", "admin", "--no-service", "managesieve",
           "dict", "--demo-data"]  # fmt: skip
    with _process(run, port, folder / "pymap.log"):
        yield MailServer(port, "demouser", "demopass", numbers_otherwise=True)


@contextmanager
def _process(command: list[str], port: int, log: Path) -> Iterator[None]:
    """A process of ours that listens on `port`, ended with its children at the end of the block."""
    with (log.parent / "output.log").open("wb") as output:
        process = subprocess.Popen(command, stdout=output, stderr=subprocess.STDOUT)
        try:
            _wait_until_open(port, process, log)
            yield
        finally:
            process.terminate()
            try:
                process.wait(15)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def _wait_until_open(port: int, process: Any, log: Path) -> None:
    """Raises RuntimeError when the process ends first or START_S have passed."""
    end = time.monotonic() + START_S
    while not _is_open(port):
        try:
            process.wait(0.1)
        except subprocess.TimeoutExpired:
            if time.monotonic() < end:
                continue
        said = [file.read_text("utf-8", "replace") for file in (log, log.parent / "output.log")
                if file.exists()]  # fmt: skip
        raise RuntimeError(f"did not start: {process.args[0]}\n{''.join(said)}")


def _is_open(port: int) -> bool:
    with socket.socket() as probe:
        probe.settimeout(1)
        return probe.connect_ex(("127.0.0.1", port)) == 0


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _dovecot() -> str:
    """Debian keeps it in a folder that is in root's PATH only."""
    return shutil.which("dovecot", path=f"{os.environ.get('PATH', '')}:/usr/sbin") or ""
