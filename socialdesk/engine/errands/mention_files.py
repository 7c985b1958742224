"""Mentions out of files: looked at first, then filed like a page of a network."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, tzinfo
from typing import Any, Final

from socialdesk.domain.errors import CommandError, CommandFault
from socialdesk.domain.mentions.mention import Mention
from socialdesk.engine.commands import mention_files as c
from socialdesk.engine.fetching.ingest import SMALL_PAGE, Filing, pages_to_save
from socialdesk.engine.intake import Intake
from socialdesk.engine.kit import Kit
from socialdesk.engine.mention_files.columns import COLUMNS
from socialdesk.engine.mention_files.read import ParsedMentions, read_mentions
from socialdesk.engine.mention_files.rows import FileMention
from socialdesk.engine.table_files.source import Source, read_source
from socialdesk.engine.work import here_of
from socialdesk.i18n import tr, trn
from socialdesk.networks.base import Page
from socialdesk.networks.file_import import CARD, KEY
from socialdesk.store import accounts, commands, journal
from socialdesk.store.file.sqlite import Connection
from socialdesk.store.file.transaction import Transaction
from socialdesk.store.file.writer import Priority
from socialdesk.store.mentions import mentions
from socialdesk.store.mentions.pages import PageToSave, save_page
from socialdesk.store.triage import tags

MAX_FAULTS: Final = 500  # listed by line; the rest is a number
ASKED: Final = 500  # uris a question
_EVER, _NEVER = datetime(9000, 1, 1, tzinfo=UTC), datetime(1990, 1, 1, tzinfo=UTC)
AS_DONE: Final = Filing(connected_at=_EVER, started_at=_EVER)
AS_OPEN: Final = Filing(connected_at=_NEVER, started_at=_EVER)

Answer = dict[str, Any]


class MentionImport:
    """`work`: which command is done by what. `zone()`: of times that name none."""

    def __init__(self, kit: Kit, intake: Intake, zone: Callable[[], tzinfo | None]) -> None:
        self._kit, self._intake, self._zone = kit, intake, zone
        self.work: Mapping[type, Callable[[Any, str], Answer]] = {
            c.PreviewMentions: self._preview,
            c.ImportMentions: self._import,
        }

    def _preview(self, command: c.PreviewMentions, _: str) -> Answer:
        source, parsed = self._read(command)
        uris = [row.mention.uri for row in parsed.rows]
        n_known = len(self._kit.readers.here(lambda conn: _known(conn, uris)))
        n_new = len(set(uris)) - n_known
        return {
            "kind": parsed.kind, "encoding": source.encoding, "delimiter": parsed.delimiter,
            "order": parsed.order, "headers": list(parsed.headers),
            "columns": list(parsed.columns), "sample": parsed.sample,
            "n_rows": len(parsed.rows) + len(parsed.faults), "n_new": n_new,
            "n_known": len(parsed.rows) - n_new, "n_broken": len(parsed.faults),
            "faults": [[f.line, f.code, f.what] for f in parsed.faults[:MAX_FAULTS]],
            "is_cut": parsed.is_cut, "digest": source.digest,
        }  # fmt: skip

    def _import(self, command: c.ImportMentions, command_id: str) -> Answer:
        source, parsed = self._read(command)
        if source.digest != command.digest:
            raise _refused(tr("the file has changed since it was looked at. Look again"))
        if parsed.faults and not command.skips_broken:
            n = len(parsed.faults)
            raise _refused(
                trn("{n} row is broken. Nothing was imported",
                    "{n} rows are broken. Nothing was imported", n)
            )  # fmt: skip
        if not parsed.rows:
            raise _refused(tr("there is no mention in the file"))
        account_id = self._account()
        filing = AS_OPEN if command.is_open else AS_DONE
        rows = list({row.mention.uri: row for row in parsed.rows}.values())
        n_new = sum(
            self._save(rows[n : n + SMALL_PAGE], account_id, filing)
            for n in range(0, len(rows), SMALL_PAGE)
        )
        answer = {"n_new": n_new, "n_known": len(parsed.rows) - n_new,
                  "n_broken": len(parsed.faults), "account_id": account_id}  # fmt: skip

        def note(tx: Transaction) -> int:
            facts = {**answer, "digest": source.digest}
            seq = journal.append(tx, "mentions_imported", facts, person=here_of(tx))
            commands.remember(tx, command_id, seq, answer)
            return seq

        return {**answer, "seq": self._kit.writer.submit(note).result()}

    def _read(self, command: c.MentionFileCommand) -> tuple[Source, ParsedMentions]:
        if any(kind and kind not in COLUMNS for kind in command.columns):
            raise _refused(tr("there is no column of that kind"))
        source = read_source(command.path, command.encoding)
        zone = self._zone() or datetime.now().astimezone().tzinfo or UTC
        return source, read_mentions(
            source, zone, delimiter=command.delimiter, columns=command.columns, order=command.order
        )

    def _account(self) -> int:
        """The one account that all files share, made with the first of them."""

        def write(tx: Transaction) -> int:
            id = accounts.sign_in(tx, network=KEY, signed_settings={}, card=CARD)
            accounts.switch_on(tx, id, here_of(tx))
            return int(id)

        return self._kit.writer.submit(write).result()

    def _save(self, rows: Sequence[FileMention], account_id: int, filing: Filing) -> int:
        """A slice of the file; how many were new."""
        page = Page(tuple(_in_order(row.mention for row in rows)), (), None)
        parts = pages_to_save(
            page, account_id=account_id, watch_id=0, network=KEY, filing=filing,
            intake=self._intake,
        )  # fmt: skip
        n_new = 0
        for part in parts:
            saved = self._kit.writer.submit(
                lambda tx, part=part: _save_labelled(tx, part, rows),  # type: ignore[misc]
                priority=Priority.BACKGROUND,
                durable=False,
            ).result()
            n_new += saved
        return n_new


def _save_labelled(tx: Transaction, part: PageToSave, rows: Sequence[FileMention]) -> int:
    known = mentions.find_known(tx.conn, KEY, [row.mention.uri for row in rows])
    saved = save_page(tx, replace(part, watch_id=0))
    by_label: dict[str, list[int]] = {}
    found = mentions.find_known(tx.conn, KEY, [row.mention.uri for row in rows])
    for row in rows:
        if row.mention.uri not in known and row.mention.uri in found:
            for label in row.labels:
                by_label.setdefault(label, []).append(found[row.mention.uri].id)
    for label, ids in by_label.items():
        tags.add_label(tx, None, ids, label)
    return len(saved.new_ids)


def _known(conn: Connection, uris: Sequence[str]) -> set[str]:
    found: set[str] = set()
    for n in range(0, len(uris), ASKED):
        found |= mentions.find_known(conn, KEY, uris[n : n + ASKED]).keys()
    return found


def _in_order(found: Any) -> list[Mention]:
    return sorted(found, key=lambda mention: mention.published_at)


def _refused(what: str) -> CommandError:
    return CommandError(CommandFault.BAD_INPUT, what=what)
