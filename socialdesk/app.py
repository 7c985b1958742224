"""The composition root: the one file that sees every layer and puts the parts together."""

import argparse
import logging
import os
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache, partial
from typing import TYPE_CHECKING

from socialdesk.domain.changes import Area, Changes
from socialdesk.domain.errors import StoreError, StoreFault
from socialdesk.i18n import set_language, tr
from socialdesk.places import DEFAULT_WORKSPACE, Workspace, keep_to_owner, resource, workspace

if TYPE_CHECKING:
    from pathlib import Path

    from requests import Session

    from socialdesk.domain.check import Check
    from socialdesk.domain.times.clock import Clock
    from socialdesk.engine.desk import Desk
    from socialdesk.engine.inline import InlineDesk
    from socialdesk.engine.notices.telling import Desktop
    from socialdesk.engine.outside import Outside
    from socialdesk.engine.owning.recovering import Recovering
    from socialdesk.engine.process.supervisor import Supervisor
    from socialdesk.store.copies.recovery import Restored

LOCK_WAIT_S = 5.0
UNCLAIMED_S = 60.0  # an engine that nobody links to in this time ends
LINGER_S = 1.0  # after its last link: on a slow machine the same window may be on its way back
log = logging.getLogger(__name__)


class SystemClock:
    """The computer's own clocks."""

    def now_ms(self) -> int:
        return time.time_ns() // 1_000_000

    def monotonic_ms(self) -> int:
        return time.monotonic_ns() // 1_000_000


def outside_of(
    place: Workspace, speed: float, open_window: Callable[[], None] = lambda: None
) -> "Outside":
    """What the engine of this workspace reaches: the internet and the keyring, or practice."""
    from socialdesk.engine.outside import Outside
    from socialdesk.networks import http, registry

    networks = registry.networks()
    if not place.is_practice:
        from socialdesk.credentials import SecretStore
        from socialdesk.engine.accounts.secrets import KeyringSecrets

        store = SecretStore()
        return Outside(
            networks, http.session, lambda name: KeyringSecrets(store, name), desktop=desktop,
            open_window=open_window,
        )  # fmt: skip

    from socialdesk.engine.accounts.secrets import PracticeSecrets
    from socialdesk.practice import brand
    from socialdesk.practice.adapter import PracticeAdapter
    from socialdesk.practice.content import load_content
    from socialdesk.practice.session import mount

    content = load_content(resource("practice"))
    now_ms = SystemClock().now_ms
    adapter = PracticeAdapter(place.practice_posts, content, now_ms=now_ms, speed=speed)

    def session() -> "Session":
        http_session = http.session()
        mount(http_session, adapter)
        return http_session

    return Outside(
        {"mastodon": networks["mastodon"]},
        session,
        lambda name: PracticeSecrets(brand.account_secret()),
        pace=PRACTICE_PACE / max(speed, 1.0),
        # no desktop: an invented complaint shows in its own window only, where it is marked
    )


def desktop() -> "Desktop | None":
    """Who shows notices while the window is closed: Linux has D-Bus; elsewhere the window's tray
    shows them."""
    if sys.platform != "linux" or not os.environ.get("DBUS_SESSION_BUS_ADDRESS"):
        return None
    from socialdesk.engine.notices.desktop_bus import DesktopBus

    return DesktopBus()


PRACTICE_PACE = 0.05  # a real server is asked once a minute, the practice one every 3 s


@contextmanager
def engine_of(
    place: Workspace,
    speed: float = 1.0,
    lock_wait_s: float = LOCK_WAIT_S,
    open_window: Callable[[], None] = lambda: None,
) -> "Iterator[InlineDesk]":
    """This process as the engine of a workspace. `open_window`: for a click on a notice. Raises
    StoreError (LOCKED: another one is)."""
    from socialdesk.engine.inline import InlineDesk
    from socialdesk.engine.practice.begin import set_up

    place.prepare()
    with engine_lock(place, lock_wait_s):
        if place.is_drill:
            with drill_engine_of(place) as desk:
                yield desk
            return
        outside = outside_of(place, speed, open_window)
        desk = InlineDesk(place.database, place.backups, SystemClock(), outside)
        try:
            if place.is_practice:
                set_up(desk)
            yield desk
        finally:
            desk.close()


@contextmanager
def drill_engine_of(place: Workspace) -> "Iterator[InlineDesk]":
    """The engine of a drill, its lock already held: no keyring, no network but the invented one, a
    clock of its own. The drill is over when it ends. Raises StoreError."""
    from socialdesk.engine.commands.drills import EndDrill
    from socialdesk.engine.drills.stage import prepare, stage_of
    from socialdesk.engine.inline import InlineDesk

    prepare(place, SystemClock(), InlineDesk)
    stage = stage_of(place, SystemClock())
    desk = stage.open(place, InlineDesk)
    try:
        yield desk
        desk.do(EndDrill("gone")).result()
    finally:
        desk.close()
        stage.network.shut_down()


@contextmanager
def engine_lock(place: Workspace, wait_s: float = LOCK_WAIT_S) -> Iterator[None]:
    """Only one process is the engine of a workspace. Raises StoreError LOCKED."""
    from filelock import FileLock, Timeout

    lock = FileLock(place.engine_lock, mode=0o600)
    try:
        lock.acquire(timeout=wait_s)
    except Timeout as e:
        raise StoreError(StoreFault.LOCKED, "another engine has this workspace") from e
    try:
        yield
    finally:
        lock.release()


@contextmanager
def desk_of(place: Workspace, speed: float = 1.0) -> "Iterator[Desk]":
    """For one command-line call: the running engine, else this process becomes it, and other
    askers find it while it lasts. Raises StoreError."""
    from socialdesk.engine.process.call import Call

    with Call(place, SystemClock(), partial(engine_of, place, speed)) as desk:
        yield desk


def engine_arguments() -> argparse.ArgumentParser:
    """How a window calls its engine."""
    parser = argparse.ArgumentParser(prog="socialdesk --engine")
    parser.add_argument("--workspace", default="main")
    parser.add_argument("--speed", type=float, default=1.0)
    return parser


def run_engine(args: list[str]) -> int:
    """The engine process: until it is told to end, or its last window is gone."""
    from socialdesk.engine.process.supervisor import EXIT_DAMAGED, EXIT_LOCKED, EXIT_NEWER, be_nice
    from socialdesk.engine.process.window_start import WindowStarter
    from socialdesk.logs import start_log

    options = engine_arguments().parse_args(args)
    place = workspace(options.workspace)
    if place.is_drill:  # before anything is imported that could open a socket
        from socialdesk.engine.drills import guard as drill_guard

        drill_guard.install()
    keep_to_owner()
    place.prepare()
    start_log(place.engine_log)
    starter = WindowStarter(["--workspace", options.workspace])
    be_nice()
    ending = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: ending.set())
    code = 0
    try:
        _serve(place, options.speed, ending, starter.open_window)
    except StoreError as e:
        log.error("the engine cannot use the workspace: %s", e)
        code = {StoreFault.DAMAGED: EXIT_DAMAGED, StoreFault.FOREIGN: EXIT_DAMAGED,
                StoreFault.NEWER: EXIT_NEWER, StoreFault.LOCKED: EXIT_LOCKED,
                }.get(e.fault, 1)  # fmt: skip
    except Exception:
        log.exception("the engine met a bug")
        code = 1
    logging.shutdown()
    # A call stuck in a keyring prompt would keep Python from exiting (measured): the file is closed
    # and the log flushed, so end here.
    os._exit(code)


def _serve(
    place: Workspace, speed: float, ending: threading.Event, open_window: Callable[[], None]
) -> None:
    """Be the engine and listen, until `ending` is set or the last window is gone."""
    from socialdesk.engine.process.host import Host

    with engine_of(place, speed, open_window=open_window) as desk:
        speak(desk)
        desk.listen(lambda news: speak(desk) if tells_settings(news) else None)

        def end_if_alone() -> None:
            if not host.n_links():
                ending.set()

        def on_alone() -> None:
            if ending.is_set():  # the file is being closed: there is nothing more to ask it
                return
            if desk.setting("keep_watching") == "no":
                lingering = threading.Timer(LINGER_S, end_if_alone)
                lingering.daemon = True
                lingering.start()

        host = Host(desk, place, on_quit=ending.set, on_alone=on_alone)
        host.start()
        try:
            desk.work()
            if not ending.wait(UNCLAIMED_S) and not host.n_links():
                on_alone()  # whoever started us died before it came
            ending.wait()
        finally:
            host.close()


def speak(desk: "InlineDesk") -> None:
    """Notices and reports are written in the workspace's language, also once it changed."""
    language = desk.setting("language")
    set_language(None if language == "system" else language)


def tells_settings(news: object) -> bool:
    """Whether an announcement is about the settings."""
    return isinstance(news, Changes) and bool(news.areas & {Area.SETTINGS, Area.ALL})


def window_arguments() -> argparse.ArgumentParser:
    """How a person starts the window; wrong words are told in the system's language."""
    from socialdesk.cli.parsing import Parser, speed

    set_language()
    parser = Parser(prog="socialdesk")
    parser.add_argument("--workspace", default="main", metavar=tr("NAME"))
    parser.add_argument("--speed", type=speed, default=1.0, metavar=tr("NUMBER"))
    return parser


def run_window(args: list[str]) -> int:
    """The window, and beside it the engine process. Raises PlaceError."""
    from socialdesk.ui import garbage

    with garbage.by_hand():
        return _run_window(args)


def _run_window(args: list[str]) -> int:
    from socialdesk.engine.process.link import LinkedDesk
    from socialdesk.logs import start_log
    from socialdesk.store.file.reader import Readers

    options = window_arguments().parse_args(args)
    place = workspace(options.workspace)
    keep_to_owner()
    place.prepare()
    start_log(place.window_log)
    clock = clock_of(place)
    readers = Readers(place.database)
    desk = LinkedDesk(readers, clock)
    call = ["--workspace", options.workspace, "--speed", str(options.speed)]
    supervisor: list[Supervisor] = []

    def engine() -> "Supervisor":
        from socialdesk.engine.process.supervisor import Supervisor

        supervisor.append(Supervisor(desk, place, clock, call))
        desk.on_lost(supervisor[0].lost)
        return supervisor[0]

    @cache
    def recovering() -> "Recovering":
        from socialdesk.engine.owning.recovering import Recovering

        return Recovering(
            place, readers, clock, tell=desk.tell, again=lambda: supervisor[0].try_again()
        )

    from socialdesk.ui import features

    features.use_none()  # before the rest of the window is imported
    from socialdesk.ui import application

    return application.run(place, desk, engine, recovering, partial(title_of, place), clock.now_ms)


def clock_of(place: Workspace) -> "Clock":
    """What the window goes by: in a drill the drill's own time."""
    if not place.is_drill:
        return SystemClock()
    from socialdesk.engine.drills.mark import DrillClock

    return DrillClock(SystemClock(), place.drill_mark)


def title_of(place: Workspace, brand: str) -> str:
    """What the window calls this workspace. `brand`: its name as the settings have it, "" = none
    yet; then "" too where nobody chose a name for the workspace."""
    if place.is_drill:
        return tr("DRILL · {name}", name=brand or place.folder.parent.parent.name)
    if place.is_practice:
        return tr("Practice brand")
    return brand or ("" if place.name == DEFAULT_WORKSPACE else place.name)


def checks(place: Workspace) -> "Iterator[Check]":
    """What `doctor` finds."""
    from socialdesk.engine.health import doctor

    return doctor.checks(place, is_practice=place.is_practice or place.is_drill)


def restore(place: Workspace, backup: "Path") -> "Restored":
    """A backup in place of the file. Raises StoreError, changing nothing."""
    from socialdesk.store.copies import recovery

    place.prepare()
    with engine_lock(place):
        return recovery.restore(backup, place.database, SystemClock())


def verify_journal(database: "Path") -> "Check":
    """Whether the hash chain of one file is whole: a workspace's, or a log that was exported.
    Raises StoreError."""
    from socialdesk.engine.after_action.log_file import is_log
    from socialdesk.engine.health.doctor import journal_check, log_check

    if is_log(database):
        return log_check(database)
    from socialdesk.store import journal
    from socialdesk.store.file.reader import Readers

    readers = Readers(database)
    try:
        return journal_check(readers.here(journal.verify))
    finally:
        readers.close()
