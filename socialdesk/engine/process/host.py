"""The engine's side of the link: listens on a local pipe, does commands, announces changes.

Never `send`/`recv` of multiprocessing: they pickle. JSON by `send_bytes` only.
"""

import json
import logging
import os
import queue
import secrets
import shutil
import sys
import tempfile
import threading
from collections.abc import Callable
from concurrent.futures import Future
from contextlib import suppress
from functools import partial
from multiprocessing import AuthenticationError
from multiprocessing.connection import (
    Connection,
    Listener,
    answer_challenge,
    deliver_challenge,
)
from pathlib import Path
from typing import Any

from socialdesk import __version__
from socialdesk.domain.changes import Changes
from socialdesk.domain.errors import EngineMuteError
from socialdesk.engine.commands import Quit
from socialdesk.engine.desk import Desk, Done, EngineState, Notice
from socialdesk.engine.process import codec
from socialdesk.engine.process.speaker import GOODBYE_S, shut
from socialdesk.places import Workspace, private_opener
from socialdesk.store.file.file_kind import VERSION as SCHEMA
from socialdesk.store.file.short_turns import SHORT_TURNS

MAX_MESSAGE_BYTES = 32 * 1024 * 1024
MAX_UNREAD = 10_000  # announcements an asker may leave unread
BACKLOG = 16  # callers who wait to be let in; Listener's own is 1

log = logging.getLogger(__name__)


class Host:
    """`desk` does the commands. `on_quit`: somebody asked the engine to end. `on_alone`: the last
    link ended."""

    def __init__(
        self,
        desk: Desk,
        workspace: Workspace,
        *,
        on_quit: Callable[[], None],
        on_alone: Callable[[], None] = lambda: None,
    ) -> None:
        self._desk, self._workspace = desk, workspace
        self._on_quit, self._on_alone = on_quit, on_alone
        self._key = secrets.token_bytes(32)
        self._links: set[_Link] = set()
        self._lock = threading.Lock()
        self._folder: Path | None = None
        self._listener: Listener | None = None
        self._closing = threading.Event()
        self._stop_listening: Callable[[], None] = lambda: None

    def start(self) -> None:
        """Listen, then write the address: whoever reads it can connect at once."""
        if sys.platform == "win32":
            address = rf"\\.\pipe\socialdesk-{secrets.token_hex(8)}"
        else:
            # An own 0700 folder; a socket's path must end at 107 bytes, a workspace's may not.
            self._folder = Path(tempfile.mkdtemp(prefix="sdk-"))
            address = str(self._folder / "engine")
        self._listener = Listener(address, backlog=BACKLOG)
        self._stop_listening = self._desk.listen(self._announce)
        threading.Thread(
            target=self._accept, args=(self._listener,), name="link-accept", daemon=True
        ).start()
        where = {"address": address, "key": self._key.hex(), "pid": os.getpid()}
        _write_whole(self._workspace.engine_address, json.dumps({**where, "version": __version__}))

    def n_links(self) -> int:
        with self._lock:
            return len(self._links)

    def close(self) -> None:
        """Say goodbye to everybody and take the address away."""
        self._stop_listening()
        with self._lock:
            self._closing.set()  # who is being let in just now is not
        self._workspace.engine_address.unlink(missing_ok=True)
        for link in self._all():
            link.say_goodbye()
        if self._listener is not None:
            self._listener.close()
        if self._folder is not None:
            shutil.rmtree(self._folder, ignore_errors=True)

    def _accept(self, listener: Listener) -> None:
        while not self._closing.is_set():
            try:
                connection = listener.accept()
            except (OSError, EOFError):  # closed, or too many open files
                self._closing.wait(0.1)
                continue
            # Greeted on a thread of its own: one who says nothing keeps nobody else waiting.
            threading.Thread(
                target=self._greet, args=(connection,), name="link", daemon=True
            ).start()

    def _greet(self, connection: "Connection[Any, Any]") -> None:
        """As Listener does with a key: each side proves that it knows it."""
        try:
            deliver_challenge(connection, self._key)
            answer_challenge(connection, self._key)
        except (OSError, EOFError, AssertionError, ValueError, AuthenticationError) as e:
            log.warning("somebody came and was not let in (%s)", type(e).__name__)
            connection.close()
            return
        link = _Link(self, connection)
        with self._lock:
            is_late = self._closing.is_set()  # it would be told that the desk is closed
            if not is_late:
                self._links.add(link)
        if is_late:
            connection.close()
        else:
            link.serve()

    def _announce(self, news: Changes | Notice | EngineState) -> None:
        message = _news(news)
        for link in self._all():
            link.send(message)

    def _all(self) -> list["_Link"]:
        with self._lock:
            return list(self._links)

    def do(self, link: "_Link", message: dict[str, Any]) -> None:
        """One command; its answer goes to the link it came from."""
        command_id = str(message["id"])
        try:
            command = codec.command_from_json(message["do"])
        except ValueError as e:
            link.answer({"id": command_id, "error": "ValueError", "detail": str(e)})
            return
        if isinstance(command, Quit):
            link.answer({"id": command_id, "seq": 0, "answer": {}})
            self._on_quit()
            return
        future = self._desk.do(command, command_id)
        future.add_done_callback(partial(_answer, link, command_id))

    def ended(self, link: "_Link") -> None:
        with self._lock:
            self._links.discard(link)
            is_alone = not self._links
        if is_alone:
            self._on_alone()


class _Link:
    """One asker's end of the pipe. What it is told waits in a queue of its own: an asker that does
    not read (a stopped process) must not hold up the writer's thread, which announces."""

    def __init__(self, host: Host, connection: "Connection[Any, Any]") -> None:
        self._host, self._connection = host, connection
        self._to_say: queue.Queue[dict[str, Any] | None] = queue.Queue(MAX_UNREAD)
        self._is_lost = False
        self._lock = threading.Lock()  # guards _is_over against an answer at the same moment
        self._is_over = False
        self._speaker = threading.Thread(target=self._speak, name="link-speak", daemon=True)

    def serve(self) -> None:
        """Until the asker is gone, or speaks another language."""
        self._speaker.start()
        self.send({"hello": {"version": __version__, "schema": SCHEMA, "pid": os.getpid()}})
        try:
            while True:
                message = codec.from_bytes(self._connection.recv_bytes(MAX_MESSAGE_BYTES))
                if "bye" in message:
                    break
                self._host.do(self, message)
        except (OSError, EOFError):
            pass
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as e:
            log.warning("a link ended: what came was no message (%s)", type(e).__name__)
        finally:
            self._lose()
            self._speaker.join(GOODBYE_S)
            self._connection.close()
            self._end()
            self._host.ended(self)

    def send(self, message: dict[str, Any] | None) -> bool:
        """Whether it stands in the queue: a link whose asker reads nothing is ended."""
        try:
            self._to_say.put_nowait(message)
            return True
        except queue.Full:
            if not self._is_lost:
                log.warning("a link ended: nobody reads what it is told")
            self._lose()
            return False

    def answer(self, message: dict[str, Any]) -> None:
        """To a command: whoever waits for it comes first until it is on the wire."""
        with self._lock:
            if not self._is_over:
                SHORT_TURNS.begin()
                if not self.send(message):
                    SHORT_TURNS.end()

    def say_goodbye(self) -> None:
        """The last words; waits a moment until they are out."""
        self.send({"bye": True})
        self.send(None)
        self._speaker.join(GOODBYE_S)

    def _speak(self) -> None:
        try:
            while (message := self._to_say.get()) is not None:
                try:
                    if raw := _written(message):
                        self._connection.send_bytes(raw)
                finally:
                    _end_turn(message)
        except (OSError, ValueError):
            self._lose()

    def _end(self) -> None:
        """Nothing more is said: nobody waits for the answers that are left."""
        with self._lock:
            self._is_over = True
        with suppress(queue.Empty):
            while True:
                _end_turn(self._to_say.get_nowait())

    def _lose(self) -> None:
        """Wake both threads."""
        self._is_lost = True
        shut(self._connection)
        with suppress(queue.Full):
            self._to_say.put_nowait(None)


def _written(message: dict[str, Any]) -> bytes:
    """For the wire. What cannot be written, or is longer than an asker takes, is a bug that may end
    nobody's link: an answer becomes an error, an announcement nothing at all."""
    try:
        raw = codec.to_bytes(message)
        if len(raw) <= MAX_MESSAGE_BYTES:
            return raw
        why = f"{len(raw)} bytes"
    except (TypeError, ValueError, RecursionError) as e:
        why = type(e).__name__
    log.error("a message cannot be written (%s): %s", ", ".join(message), why)
    if "id" not in message:
        return b""
    return codec.to_bytes({"id": message["id"], **codec.error_to_json(EngineMuteError())})


def _end_turn(message: dict[str, Any] | None) -> None:
    if message is not None and "id" in message:
        SHORT_TURNS.end()


def _write_whole(path: Path, text: str) -> None:
    """For its owner only; a reader sees the old file or the new one, never half of it."""
    draft = path.with_name(path.name + ".new")
    with open(draft, "w", encoding="utf-8", opener=private_opener) as f:
        f.write(text)
    draft.replace(path)


def _answer(link: _Link, command_id: str, future: "Future[Done]") -> None:
    error = future.exception()
    if error is not None:
        link.answer({"id": command_id, **codec.error_to_json(error)})
        return
    done = future.result()
    link.answer({"id": command_id, "seq": done.seq, "answer": dict(done.answer)})


def _news(news: Changes | Notice | EngineState) -> dict[str, Any]:
    match news:
        case Changes():
            return {"changes": codec.changes_to_json(news)}
        case Notice():
            return {"notice": news.code, "facts": dict(news.facts)}
        case EngineState():
            return {"state": news.value}
