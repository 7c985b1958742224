"""Commands that talk to a network, ask the keyring or take long: done on threads of their own.

Each checks first whether it was done already under its id, and leaves its journal entry in the
transaction of its effect.
"""

import logging
import threading
from collections.abc import Callable, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

from socialdesk.domain.account import Can, Watch, WatchKind
from socialdesk.domain.crisis.approval import canonical_text
from socialdesk.domain.crisis.refusal import CrisisRefusedError
from socialdesk.domain.errors import (
    CommandError,
    CommandFault,
    ConnectorError,
    EngineLostError,
    StoreError,
    StoreFault,
)
from socialdesk.domain.mentions.mention import Author, Mention
from socialdesk.engine import commands as c
from socialdesk.engine.commands import Command
from socialdesk.engine.commands.bulk import ActOnAll
from socialdesk.engine.desk import Done
from socialdesk.engine.errands import templates as template_files
from socialdesk.engine.errands.bulk import Bulk
from socialdesk.engine.errands.go_kit import GoKitErrands
from socialdesk.engine.errands.media import MediaErrands
from socialdesk.engine.errands.reports import ReportErrands
from socialdesk.engine.errands.rules import RuleRuns
from socialdesk.engine.errands.sign_in import SignIns
from socialdesk.engine.fetching.keeping import Confirm
from socialdesk.engine.fetching.poller import Poller
from socialdesk.engine.kit import Kit
from socialdesk.engine.work import failed, here_of, note_refusal
from socialdesk.networks.base import Connector, Network, NetworkInfo, ShowsPanel, SignIn
from socialdesk.store import accounts, commands
from socialdesk.store.file.writer import Priority, Transaction
from socialdesk.store.mentions import authors, pages
from socialdesk.store.outbox import outbox_sent
from socialdesk.store.queue import detail
from socialdesk.store.replies import reply_gate

N_THREADS = 4
TURN_TIMEOUT_S = 60.0
N_EXAMPLES = 3

Answer = dict[str, Any]
log = logging.getLogger(__name__)


class Errands:
    """`is_working`: fetching and sending go on by themselves in this process."""

    def __init__(
        self,
        kit: Kit,
        poller: Poller,
        bulk: Bulk,
        wake: Callable[[], None],
        confirm: Confirm,
    ) -> None:
        self._kit, self._poller, self._confirm = kit, poller, confirm
        self._wake = wake
        self._sign_ins = SignIns(kit.connections, kit.writer, kit.readers)
        self._rule_runs = RuleRuns(kit)
        self._pool = ThreadPoolExecutor(N_THREADS, thread_name_prefix="errand")
        self._under_way: dict[str, Future[Done]] = {}  # by command id
        self._is_closed = False
        self._lock = threading.Lock()
        self._work: Mapping[type, Callable[[Any, str], Answer]] = {
            c.ListNetworks: self._list_networks,
            c.TestFetch: self._test_fetch,
            c.TestAccount: self._test_account,
            c.AddAccount: self._sign_ins.add,
            c.BeginSignIn: self._sign_ins.begin,
            c.FinishSignIn: self._sign_ins.finish,
            c.CancelSignIn: self._sign_ins.cancel,
            c.Disconnect: self._disconnect,
            c.FetchNow: self._fetch_now,
            c.FetchThread: self._fetch_thread,
            c.EditSent: self._edit_sent,
            c.DeleteSent: self._delete_sent,
            ActOnAll: bulk.begin,
            **ReportErrands(kit).work,
            **GoKitErrands(kit).work,
            **MediaErrands(kit).work,
            **self._rule_runs.work,
            c.ExportTemplates: self._export_templates,
        }

    def also(self, work: Mapping[type, Callable[[Any, str], Answer]]) -> None:
        """Errands of a part that is made later."""
        self._work = {**self._work, **work}

    def do(self, command: Command, command_id: str) -> "Future[Done]":
        """Its answer, from the first time it was done; also where it is just being done, for an
        asker whose link broke."""
        with self._lock:
            if self._is_closed:
                return failed(StoreError(StoreFault.CLOSED))
            under_way = self._under_way.get(command_id)
            if under_way is not None:
                return under_way
            made = self._under_way[command_id] = self._pool.submit(self._do, command, command_id)
        made.add_done_callback(lambda _: self._forget(command_id))
        return made

    def _forget(self, command_id: str) -> None:
        with self._lock:
            self._under_way.pop(command_id, None)

    def close(self) -> None:
        """Sign-ins that wait for a browser end, and what has not begun does not; the rest finishes
        by itself."""
        with self._lock:
            self._is_closed = True
        self._sign_ins.close()
        self._rule_runs.close()
        self._pool.shutdown(wait=False)

    def _do(self, command: Command, command_id: str) -> Done:
        if self._is_closed:
            raise StoreError(StoreFault.CLOSED)
        before = self._kit.readers.here(lambda conn: commands.find(conn, command_id))
        if before is not None:
            return Done(*before)
        try:
            answer = self._work[type(command)](command, command_id)
        except CrisisRefusedError as e:
            self._kit.writer.submit(partial(_log_refusal, error=e, command=command)).result()
            raise
        self._wake()
        return Done(answer.pop("seq", 0), answer)

    def _list_networks(self, command: c.ListNetworks, _: str) -> Answer:
        return {"networks": [network_row(n) for n in self._kit.connections.networks.values()]}

    def _test_fetch(self, command: c.TestFetch, _: str) -> Answer:
        network = self._network(command.network)
        fields = dict(command.fields)
        session = self._kit.connections.session_for(fields.values())
        signed = network.sign_in(session, fields)
        connector = network.connect(session, signed.settings, signed.secret, lambda secret: None)
        since = datetime.fromtimestamp(self._kit.clock.now_ms() / 1000, UTC) - timedelta(days=7)
        page = connector.fetch(watch_of(command.watch), None, since=since)
        found = connector.panel() if isinstance(connector, ShowsPanel) else page.mentions
        shown = sorted(found, key=lambda m: m.published_at, reverse=True)[:N_EXAMPLES]
        return {
            "n": len(found),
            "n_rejects": len(page.rejects),
            "examples": [example(m) for m in shown],
            "name": signed.card.own.handle or signed.card.own.name,
        }

    def _test_account(self, command: c.TestAccount, _: str) -> Answer:
        spec = self._account(command.account_id)
        with self._kit.turns.turn(spec.id, TURN_TIMEOUT_S):
            card = self._kit.connections.connector(spec).card()
        self._kit.writer.submit(lambda tx: accounts.set_card(tx, spec.id, card)).result()
        fetched = self._fetch_now(c.FetchNow(spec.id, wait=True), "")
        return {**fetched, "name": card.own.handle or card.own.name, "server": card.server}

    def _disconnect(self, command: c.Disconnect, command_id: str) -> Answer:
        spec = self._account(command.account_id)
        try:
            self._kit.connections.connector(spec).sign_out()
            revoked = True
        except Exception as e:  # the network may be gone for good: we forget all the same
            log.info("account %d: could not sign out there (%s)", spec.id, type(e).__name__)
            revoked = False
        self._kit.connections.drop(spec.id)
        self._kit.connections.secrets.forget(spec.id)
        return self._write(
            lambda tx, here: accounts.disconnect(tx, spec.id, here),
            command_id,
            {"revoked": revoked},
        )

    def _fetch_now(self, command: c.FetchNow, _: str) -> Answer:
        if not command.wait:
            self._kit.writer.submit(lambda tx: accounts.make_due(tx, command.account_id)).result()
            return {}
        n_new, n_failed = 0, 0
        far = self._kit.clock.now_ms() + 10 * 365 * 86_400_000
        for due in self._kit.readers.here(lambda conn: accounts.watches_due(conn, far)):
            if command.account_id not in (0, due.account.id):
                continue
            fetched = self._poller.fetch_all(due, TURN_TIMEOUT_S)
            n_new += fetched.n_new
            n_failed += bool(fetched.fault)
        return {"n_new": n_new, "n_failed": n_failed}

    def _fetch_thread(self, command: c.FetchThread, _: str) -> Answer:
        target = self._kit.readers.here(lambda conn: detail.remote_of(conn, command.mention_id))
        if target is None:
            raise CommandError(CommandFault.NOT_FOUND)
        spec = self._account(target.account_id)
        with self._kit.turns.turn(spec.id, TURN_TIMEOUT_S):
            connector = self._kit.connections.connector(spec)
            posts = connector.thread(target.remote_id)
            author = self._profile(connector, spec, target.author_remote_id)

        def save(tx: Transaction) -> int:
            if author is not None:
                authors.save_profile(tx, spec.network, author)
            n_posts = len(pages.save_context(tx, spec.id, spec.network, posts))
            self._confirm(tx, spec.network, spec.id, [post.uri for post in posts])
            return n_posts

        return {"n": self._kit.writer.submit(save, priority=Priority.PAGE).result()}

    def _profile(
        self, connector: Connector, spec: accounts.AccountSpec, remote_id: str
    ) -> Author | None:
        """Who wrote it, as the network shows them now; None where it cannot or will not tell:
        the thread is worth showing without."""
        if spec.card is None or Can.PROFILE not in spec.card.can:
            return None
        try:
            return connector.profile(remote_id)
        except ConnectorError as e:
            log.info("account %d: no profile (%s)", spec.id, type(e).__name__)
            return None

    def _edit_sent(self, command: c.EditSent, command_id: str) -> Answer:
        """The gate is asked first: other words are free text, and a post that is out already has
        no place to wait for a second look. Words that are there already may be sent again."""
        row, text = self._sent(command.outbox_id), canonical_text(command.text)
        if row.is_statement:
            raise CommandError(CommandFault.NOT_APPROVED)
        with self._kit.turns.turn(row.account.id, TURN_TIMEOUT_S):
            connector = self._kit.connections.connector(row.account)  # may wait for the keyring
            begin = partial(_begin_edit, edit=replace(command, text=text), command_id=command_id)
            self._kit.writer.submit(begin).result()
            connector.edit(row.remote_id, text)
            return self._write(
                lambda tx, here: outbox_sent.note_edited(tx, command.outbox_id, text, here),
                command_id,
                {},
            )

    def _delete_sent(self, command: c.DeleteSent, command_id: str) -> Answer:
        row = self._sent(command.outbox_id)
        with self._kit.turns.turn(row.account.id, TURN_TIMEOUT_S):
            self._kit.connections.connector(row.account).delete(row.remote_id)
            return self._write(
                lambda tx, here: outbox_sent.note_deleted(tx, command.outbox_id, here),
                command_id,
                {},
            )

    def _export_templates(self, command: c.ExportTemplates, _: str) -> Answer:
        ids, path = command.template_ids, Path(command.path).expanduser()
        found = self._kit.readers.here(
            lambda conn: template_files.packed(conn, ids, only_approved=command.only_approved)
        )
        template_files.write(path, found)
        return {"path": str(path), "n": len(found)}

    def _sent(self, outbox_id: int) -> outbox_sent.Sent:
        row = self._kit.readers.here(lambda conn: outbox_sent.read_sent(conn, outbox_id))
        if row is None:
            raise CommandError(CommandFault.NOT_FOUND)
        return row

    def _account(self, account_id: int) -> accounts.AccountSpec:
        spec = self._kit.readers.here(lambda conn: accounts.read_account(conn, account_id))
        if spec is None:
            raise CommandError(CommandFault.NOT_FOUND)
        return spec

    def _network(self, key: str) -> Network:
        network = self._kit.connections.networks.get(key)
        if network is None:
            raise CommandError(CommandFault.BAD_INPUT, what=key)
        return network

    def _write(
        self, write: Callable[[Transaction, int], int], command_id: str, answer: Answer
    ) -> Answer:
        """`write` gives its journal entry; kept with the command's id in one transaction."""

        def once(tx: Transaction) -> int:
            seq = write(tx, here_of(tx))
            commands.remember(tx, command_id, seq, answer)
            return seq

        return {**answer, "seq": self._kit.writer.submit(once).result()}


def _begin_edit(tx: Transaction, *, edit: c.EditSent, command_id: str) -> None:
    """The gate is asked last: a lock may come. Raises what it does, and EngineLostError where it
    says no to words that an engine may have sent before it ended."""
    is_new = commands.begin(tx, command_id)
    try:
        if reply_gate.check_edit(tx.conn, edit.outbox_id, edit.text, tx.now).needs_look:
            raise CommandError(CommandFault.POLICY)
    except (CommandError, CrisisRefusedError) as e:
        if is_new:
            raise
        raise EngineLostError("it may have changed the words before it ended") from e


def _log_refusal(tx: Transaction, *, error: CrisisRefusedError, command: Command) -> int:
    return note_refusal(tx, error, command, here_of(tx))


def watch_of(parts: tuple[str, str, str]) -> Watch:
    """Kind, query and brand words as a Watch. Raises CommandError."""
    kind, query, words = parts
    try:
        return Watch(WatchKind(kind), query.strip(), words)
    except ValueError as e:
        raise CommandError(CommandFault.BAD_INPUT, what=kind) from e


def network_row(network: Network) -> list[Any]:
    """The fields of a NetworkRow, as JSON has them."""
    info = network.info
    fields = [[f.key, f.label, f.hint, f.secret, f.optional] for f in info.fields]
    return [info.key, info.label, info.sign_in.value, fields, bool(info.can & Can.HASHTAG),
            bool(info.can & Can.KEYWORD), info.tokens_pasted, info.unverified,
            _more_of(info)]  # fmt: skip


def _more_of(info: NetworkInfo) -> dict[str, Any]:
    """The rest of a NetworkRow, by name."""
    pastes = "" if info.sign_in is not SignIn.PASTED else "code"
    return {
        "about": info.about,
        "can": [can.name for can in Can if can in info.can],
        "guide": [[step.text, step.url, step.copy, step.is_trap] for step in info.guide],
        "pastes": "address" if pastes and info.redirect.pasted else pastes,
        "keep_hours": info.keep.hours,
        "first_watch": info.first_watch.value if info.first_watch else "",
    }


def example(mention: Mention) -> list[str]:
    """Author and first words, for the live test."""
    return [mention.author.name or mention.author.handle, (mention.title or mention.body)[:140]]
