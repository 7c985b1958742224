"""The desk with everything in this process: the engine itself, the command line, tests."""

import logging
import threading
import uuid
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import TypeVar

from socialdesk.domain.changes import Area, Changes
from socialdesk.domain.crisis.refusal import CrisisRefusedError
from socialdesk.domain.errors import StoreError, StoreFault
from socialdesk.domain.queue.rows import QueueRow
from socialdesk.domain.times.clock import Clock
from socialdesk.engine.accounts.connections import Connections
from socialdesk.engine.accounts.spending import Purses
from socialdesk.engine.alerts.watching import Alerts
from socialdesk.engine.answers.every import answer
from socialdesk.engine.clockwork import Clockwork
from socialdesk.engine.commands import Command
from socialdesk.engine.commands.crisis import Declare
from socialdesk.engine.crisis.incidents import Incidents
from socialdesk.engine.crisis.notify import Notify
from socialdesk.engine.crisis.pins import Pins
from socialdesk.engine.crisis.promises import Promises
from socialdesk.engine.crm import CrmPusher
from socialdesk.engine.desk import Done, EngineState, Listener, Notice
from socialdesk.engine.drills.running import drills_of
from socialdesk.engine.errands.after_action import AfterActionErrands
from socialdesk.engine.errands.bulk import Bulk
from socialdesk.engine.errands.crm import CrmErrands
from socialdesk.engine.errands.every import Errands
from socialdesk.engine.errands.mention_files import MentionImport
from socialdesk.engine.errands.owning import Owning
from socialdesk.engine.errands.people import People
from socialdesk.engine.errands.settings_files import SettingsErrands
from socialdesk.engine.errands.statement_looks import Looks
from socialdesk.engine.errands.weekly_report import Weekly
from socialdesk.engine.fetching.cards import Cards
from socialdesk.engine.fetching.keeping import Keeping
from socialdesk.engine.fetching.news import News
from socialdesk.engine.fetching.poller import Poller
from socialdesk.engine.fetching.rechecker import Rechecker
from socialdesk.engine.fetching.seeing import Seeing
from socialdesk.engine.handlers import HANDLERS
from socialdesk.engine.insight.understanding import Understanding
from socialdesk.engine.intake import Intake
from socialdesk.engine.kit import Kit
from socialdesk.engine.memory import AfterFlood
from socialdesk.engine.notices.telling import Notices, NoticeStep
from socialdesk.engine.outside import Outside
from socialdesk.engine.owning.upkeep import Upkeep
from socialdesk.engine.panels import Panels
from socialdesk.engine.pausing import Pausable
from socialdesk.engine.people.cleaner import Cleaner
from socialdesk.engine.people.putting_away import PuttingAway
from socialdesk.engine.practice.end import PracticeEnd
from socialdesk.engine.queries.base import Query
from socialdesk.engine.releases import Releases
from socialdesk.engine.rules.on_pages import RuleStep, zone_of
from socialdesk.engine.sending.sender import Sender
from socialdesk.engine.settings import value_of
from socialdesk.engine.targets import Targets
from socialdesk.engine.turns import Turns
from socialdesk.engine.versions import Versions
from socialdesk.engine.work import do_once, failed, raised
from socialdesk.i18n import tr
from socialdesk.store import people, settings
from socialdesk.store.copies import recovery
from socialdesk.store.copies.recovery import Condition
from socialdesk.store.file.reader import Readers
from socialdesk.store.file.writer import Priority, Transaction, Writer
from socialdesk.store.queue.rows import queue_rows

T = TypeVar("T")
KEYRING_PATIENCE_S = 1.0
N_JOBS = 4  # networks talked to at the same time
PROGRESS = frozenset({Area.JOBS, Area.QUEUE})  # of a long act: 200 times in two seconds

log = logging.getLogger(__name__)


class InlineDesk:
    """Opens (and migrates) the file; raises StoreError. `work` starts fetching and sending."""

    def __init__(self, database: Path, backups: Path, clock: Clock, outside: Outside) -> None:
        self._clock, self.backups = clock, backups
        self._listeners: list[Listener] = []
        self._is_open = self._waits_for_keyring = self._told_keyring_wait = False
        health = recovery.check(database)
        if health.condition not in (Condition.OK, Condition.MISSING):
            raise health.error()
        self._writer = Writer(database, clock=clock, announce=self._announce)
        self._writer.start()
        self._readers = Readers(database)
        self._settings = self._readers.here(settings.read_all)
        self._writer.submit(lambda tx: people.make_first(tx, tr("Owner"))).result()
        workspace_id = self._writer.submit(settings.workspace_id).result()
        self._pool = ThreadPoolExecutor(N_JOBS, thread_name_prefix="network")
        self._turns = Turns()
        self._secrets = outside.secrets_for(workspace_id)
        self.connections = Connections(
            outside.networks, outside.new_session, self._secrets,
            self._on_secret_wait, Purses(self._writer, self._readers, clock),
        )  # fmt: skip
        kit = Kit(
            self._writer, self._readers, self.connections, self._pool, self._turns, clock,
            done=self.wake,
        )  # fmt: skip
        rules = RuleStep(self._readers, lambda: zone_of(self._settings))  # last: they see all else
        self.targets = Targets(kit)
        self.understanding = Understanding(kit, lambda: self._settings, outside.new_reader)
        told = NoticeStep(lambda: self._settings, clock.now_ms())
        self.alerts = Alerts(kit, lambda: self._settings, lambda: zone_of(self._settings))
        led = Incidents(kit)
        keeping = Keeping(kit, outside.networks)
        intake = Intake(
            self.targets.due_on,
            [self.understanding.analyst, led, keeping, rules, told, self.alerts],
        )
        self.news = News(kit, self._is_fetching)
        imports = MentionImport(kit, intake, lambda: zone_of(self._settings))
        self.poller = Poller(kit, intake, outside.pace, self.news.hears)
        self.sender = Sender(kit, self.poller.account_dead)
        rechecker = Rechecker(kit, self.poller.account_dead, keeping, outside.pace)
        self.bulk = Bulk(kit)
        self._errands = Errands(kit, self.poller, self.bulk, self.wake, keeping.confirm)
        upkeep = Upkeep(kit, lambda: self._settings)
        weekly = Weekly(kit, backups.parent / "reports", lambda: self._settings, self.tell)
        promises, cards = Promises(kit, lambda: self._settings), Cards(kit)
        self._desktop = outside.desktop()
        self.notices = Notices(
            kit, lambda: self._settings, tell=self.tell, do=self.do, desktop=self._desktop,
            open_window=outside.open_window,
        )  # fmt: skip
        self._errands.also(self.notices.errands)
        self._drills = drills = drills_of(kit, backups.parent, self.tell, InlineDesk)
        self._errands.also(drills.errands)
        outside.watch_sends(drills.note_send)
        self.listen(drills.take)
        after_flood = AfterFlood(kit)
        self.listen(after_flood.take)
        cleaner = Cleaner(kit)
        self._errands.also(People(kit, backups, cleaner).work)
        owning = Owning(kit, backups, lambda: self._settings, self.tell)
        self._errands.also(owning.work)
        self.pins = Pins(kit)
        self._errands.also(self.pins.work)
        self._errands.also(PuttingAway(kit).work)
        self._errands.also(Looks(kit, self.pins.check).work)
        self._errands.also(Notify(kit).work)
        self._errands.also(imports.work)
        self._errands.also(AfterActionErrands(kit).work)
        self.crm_pusher = CrmPusher(kit, self.poller.account_dead, self.tell)
        self._errands.also(CrmErrands(kit, self.crm_pusher).work)
        self._errands.also(PracticeEnd(backups.parent).work)
        self._errands.also(Panels(kit, self.poller.account_dead).work)
        self._errands.also(SettingsErrands(kit).work)
        releases = Releases(kit, lambda: self._settings, self.tell, outside.release_session)
        self._errands.also(releases.work)
        self.clockwork = Clockwork(
            [
                self.sender,
                self.crm_pusher,
                Pausable(rechecker, self._is_fetching),
                Pausable(self.poller, self._is_fetching),
                self.news,
                upkeep,
                keeping,
                *owning.parts,
                Pausable(Seeing(kit), self._is_fetching),
                Versions(kit, lambda: outside.networks),
                weekly,
                promises,
                cards,
                self.bulk,
                self.targets,
                *self.understanding.parts,
                self.alerts,
                led,
                self.notices,
                cleaner,
                drills,
                releases,
                after_flood,
            ],
            clock,
            outside.speed,
        )
        self._is_open = True

    def work(self) -> None:
        """Look for what was on the wire, then fetch and send until closed."""
        self.sender.recover()
        self.crm_pusher.recover()
        self.clockwork.start()

    def ask(self, query: Query[T]) -> "Future[T]":
        now = self._clock.now_ms()
        return self._readers.run(lambda conn: answer(conn, query, now))

    def rows(self, ids: Sequence[int]) -> list[QueueRow]:
        return self._readers.here(lambda conn: queue_rows(conn, ids))

    def do(self, command: Command, command_id: str = "") -> "Future[Done]":
        if not self._is_open:
            return failed(StoreError(StoreFault.CLOSED))
        command_id = command_id or uuid.uuid4().hex
        if type(command) in HANDLERS:
            urgent = type(command) is Declare  # before every page and reply that waits
            done = self._writer.submit(
                lambda tx: self._done(tx, command_id, command),
                priority=Priority.URGENT if urgent else Priority.COMMAND,
            )
            return raised(done)
        return self._errands.do(self._drills.marked(command), command_id)

    def listen(self, listener: Listener) -> Callable[[], None]:
        self._listeners.append(listener)

        def stop() -> None:
            if listener in self._listeners:
                self._listeners.remove(listener)

        return stop

    def tell(self, news: Changes | Notice | EngineState) -> None:
        """To every listener. One that fails is logged and does not stop the others; one that wanted
        to read while the desk closed has nothing to follow any more."""
        for listener in list(self._listeners):
            try:
                listener(news)
            except StoreError as e:
                if e.fault is not StoreFault.CLOSED or self._is_open:
                    log.exception("a listener failed")
            except Exception:
                log.exception("a listener failed")

    def setting(self, key: str) -> str:
        """A setting as it stands in the file: the last command may not have been announced yet."""
        return value_of(self._readers.here(settings.read_all), key)

    def _is_fetching(self) -> bool:
        return value_of(self._settings, "fetching") == "on"

    def wake(self) -> None:
        """Something may be due: look now."""
        self.clockwork.wake()

    def settle(self, timeout_s: float = 60.0) -> bool:
        """Wait until no call is on the wire; False when the time ran out first."""
        return self._turns.wait_free(timeout_s)

    def close(self, wire_timeout_s: float = 40.0) -> None:
        """Finish the calls on the wire, then close the file. Idempotent."""
        if not self._is_open:
            return
        self._is_open = False
        patience = threading.Timer(KEYRING_PATIENCE_S, self._give_up_keyring)
        patience.start()
        self.news.close()
        self.clockwork.stop()
        self._errands.close()
        if self._desktop is not None:
            self._desktop.close()
        self._turns.close()
        self._turns.wait_free(wire_timeout_s)
        patience.cancel()
        self._pool.shutdown(wait=False, cancel_futures=True)
        self._readers.close()
        self._writer.close()

    def _done(
        self, tx: Transaction, command_id: str, command: Command
    ) -> Done | CrisisRefusedError:
        return do_once(tx, command_id, command, HANDLERS)

    def _announce(self, changes: Changes) -> None:
        """On the writer's thread. The desk may close at any line of it: what would have been read
        or begun is not needed then, but whoever listens still hears what was written."""
        if not self._is_open:
            return
        try:
            self._follow(changes)
        except StoreError as e:
            if e.fault is not StoreFault.CLOSED or self._is_open:
                raise
        self.tell(changes)
        if changes.added or changes.updated or changes.areas - PROGRESS:
            self.wake()

    def _follow(self, changes: Changes) -> None:
        if changes.areas & {Area.SETTINGS, Area.ALL}:
            self._settings = self._readers.here(settings.read_all)
        if Area.JOBS in changes.areas:
            self.bulk.step()

    def _on_secret_wait(self, waiting: bool) -> None:
        """Told after a second only: an unlocked keyring answers in milliseconds."""
        self._waits_for_keyring = waiting
        if waiting:
            threading.Timer(KEYRING_PATIENCE_S, self._tell_keyring_wait).start()
        elif self._told_keyring_wait:
            self._told_keyring_wait = False
            self.tell(EngineState.READY)

    def _give_up_keyring(self) -> None:
        """The desk closes, and an unlock window may stay open for hours. A keyring that is open has
        answered by now."""
        if self._waits_for_keyring:
            self._secrets.give_up()

    def _tell_keyring_wait(self) -> None:
        if self._waits_for_keyring and self._is_open:
            self._told_keyring_wait = True
            self.tell(EngineState.WAITING_KEYRING)
