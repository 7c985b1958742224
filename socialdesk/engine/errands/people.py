"""Long commands about people: files in and out, everything about one of them, erasing."""

import io
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import IO, Any, Final

from socialdesk.domain.errors import CommandError, CommandFault
from socialdesk.domain.people.contact import Profile
from socialdesk.engine.commands import contacts as c
from socialdesk.engine.contact_files.parsed import Parsed
from socialdesk.engine.contact_files.tables import read_table, write_table
from socialdesk.engine.contact_files.vcards import VERSIONS, read_vcards, write_vcards
from socialdesk.engine.kit import Kit
from socialdesk.engine.people.cleaner import Cleaner
from socialdesk.engine.people.person_file import write_person
from socialdesk.engine.people.receipts import holders, receipt_facts, write_receipt
from socialdesk.engine.table_files.source import MAX_PEOPLE, Source, read_source
from socialdesk.engine.whole_files import check_writable, write_whole
from socialdesk.engine.work import here_of
from socialdesk.i18n import tr, trn
from socialdesk.store import commands
from socialdesk.store.contacts import contact_imports, contact_rows
from socialdesk.store.copies import backups
from socialdesk.store.erasing import erasing
from socialdesk.store.erasing.target import find, weigh
from socialdesk.store.file.writer import Transaction
from socialdesk.store.triage import acts

MAX_FAULTS: Final = 500  # listed by line; the rest is a number

Answer = dict[str, Any]


class People:
    """`work`: which command is done by what."""

    def __init__(self, kit: Kit, backups: Path, cleaner: Cleaner) -> None:
        self._kit, self._backups, self._cleaner = kit, backups, cleaner
        self.work: Mapping[type, Callable[[Any, str], Answer]] = {
            c.PreviewImport: self._preview,
            c.ImportContacts: self._import,
            c.ExportContacts: self._export,
            c.ExportPerson: self._export_person,
            c.ErasePerson: self._erase,
            c.WriteReceipt: self._write_receipt,
        }

    def _preview(self, command: c.PreviewImport, _: str) -> Answer:
        _check_known(command.known)
        source = read_source(command.path, command.encoding)
        parsed = _parsed(source, command.delimiter, command.columns)
        plan = self._kit.readers.here(
            lambda conn: contact_imports.plan(conn, parsed.people, command.known)
        )
        return {
            "kind": "vcard" if source.is_vcard else "csv", "encoding": source.encoding,
            "delimiter": parsed.delimiter, "headers": list(parsed.headers),
            "columns": list(parsed.columns), "sample": parsed.sample or _sample(parsed),
            "n_rows": len(parsed.people) + len(parsed.faults), "n_new": len(plan.new),
            "n_updated": plan.n_changed, "n_skipped": plan.n_skipped,
            "n_broken": len(parsed.faults), "is_cut": parsed.is_cut,
            "faults": [[f.line, f.code, f.what] for f in parsed.faults[:MAX_FAULTS]],
            "digest": source.digest,
        }  # fmt: skip

    def _import(self, command: c.ImportContacts, command_id: str) -> Answer:
        _check_known(command.known)
        source = read_source(command.path, command.encoding)
        if source.digest != command.digest:
            raise _refused(tr("the file has changed since it was looked at. Look again"))
        parsed = _parsed(source, command.delimiter, command.columns)
        if parsed.faults and not command.skips_broken:
            n = len(parsed.faults)
            raise _refused(
                trn("{n} row is broken. Nothing was imported",
                    "{n} rows are broken. Nothing was imported", n)
            )  # fmt: skip
        if not parsed.people:
            raise _refused(tr("there is nobody in the file"))

        def write(tx: Transaction, here: int) -> tuple[int, Answer]:
            plan = contact_imports.plan(tx.conn, parsed.people, command.known)
            answer = {"n_new": len(plan.new), "n_updated": plan.n_changed,
                      "n_skipped": plan.n_skipped, "n_broken": len(parsed.faults)}  # fmt: skip
            facts = {**answer, "known": command.known, "digest": source.digest}
            act = acts.begin(tx, "contacts_imported", here, facts)
            contact_imports.write(tx, act, plan)
            return act.seq, answer

        return self._write(write, command_id)

    def _export(self, command: c.ExportContacts, _: str) -> Answer:
        target = Path(command.path).expanduser()
        is_vcard = target.suffix.lower() == ".vcf"
        if target.suffix.lower() not in {".csv", ".vcf"} or command.version not in VERSIONS[1:]:
            raise _refused(tr("«{name}»: name a file that ends in .csv or .vcf", name=target.name))
        people = self._people(command.search)

        def write(file: IO[bytes]) -> None:
            # CSV with a mark: without it Excel takes UTF-8 for the system's old code page
            encoding = "utf-8" if is_vcard else "utf-8-sig"
            text = io.TextIOWrapper(file, encoding=encoding, newline="")
            if is_vcard:
                write_vcards(text, people, command.version)
            else:
                write_table(text, people)
            text.detach()

        write_whole(target, write)
        return {"path": str(target), "n": len(people)}

    def _people(self, search: str) -> list[tuple[Profile, tuple[str, ...]]]:
        """By name, as the list is."""
        return self._kit.readers.here(lambda conn: contact_rows.for_file(conn, search))

    def _export_person(self, command: c.ExportPerson, _: str) -> Answer:
        target = Path(command.path).expanduser()
        n = self._kit.readers.here(
            lambda conn: write_person(
                conn, command.contact_id, command.author_id, target, self._kit.clock.now_ms()
            )
        )
        return {"path": str(target), "n_mentions": n}

    def _erase(self, command: c.ErasePerson, command_id: str) -> Answer:
        target = Path(command.receipt).expanduser()
        check_writable(target)
        here = self._kit.readers.here
        weighed = here(lambda conn: weigh(conn, command.contact_id, command.author_id))
        if weighed is None:
            raise CommandError(CommandFault.NOT_FOUND)
        if weighed["is_busy"]:
            raise _refused(tr("a reply to them is on its way. Settle it in the outbox first"))
        facts = here(lambda conn: find(conn, command.contact_id, command.author_id).authors)
        held = holders(self._backups, [(a.network, a.remote_id) for a in facts])

        def write(tx: Transaction, person: int) -> tuple[int, Answer]:
            seq, counts = erasing.erase(
                tx, command.contact_id, command.author_id, person, command.typed_name
            )
            return seq, {"counts": counts}

        answer = self._write(write, command_id)
        is_clean = self._cleaner.clean()
        deleted = 0
        if command.with_backups:
            for backup in held:
                backups.remove(backup.path)
            deleted, held = len(held), []
        entry = here(lambda conn: receipt_facts(conn, answer["seq"]))
        write_receipt(target, entry, held, is_clean=is_clean)
        return {**answer, "receipt": str(target), "n_backups_deleted": deleted,
                "n_backups_left": len(held), "is_clean": is_clean}  # fmt: skip

    def _write_receipt(self, command: c.WriteReceipt, _: str) -> Answer:
        """The counts lie in the journal; which backups hold them could only be told at the time."""
        target = Path(command.receipt).expanduser()
        here = self._kit.readers.here
        write_receipt(
            target, here(lambda conn: receipt_facts(conn, command.seq)), (),
            is_clean=not here(self._cleaner.is_due),
        )  # fmt: skip
        return {"receipt": str(target)}

    def _write(
        self, write: Callable[[Transaction, int], tuple[int, Answer]], command_id: str
    ) -> Answer:
        """`write` gives its journal entry and answer; kept with the command's id."""

        def once(tx: Transaction) -> Answer:
            seq, answer = write(tx, here_of(tx))
            commands.remember(tx, command_id, seq, answer)
            return {**answer, "seq": seq}

        return self._kit.writer.submit(once).result()


def _parsed(source: Source, delimiter: str, columns: Sequence[str]) -> Parsed:
    parsed = (
        read_vcards(source.text) if source.is_vcard else read_table(source.text, delimiter, columns)
    )
    if parsed.is_cut:
        raise _refused(
            tr("there are more than {n} people in it. Split it and import the parts one after "
               "the other", n=MAX_PEOPLE)
        )  # fmt: skip
    return parsed


def _sample(parsed: Parsed) -> list[list[str]]:
    """Of cards: name, organisation, first fields."""
    return [
        [p.profile.name, p.profile.org, *(value for _, value in p.profile.fields[:3])]
        for p in parsed.people[:20]
    ]


def _check_known(known: str) -> None:
    if known not in contact_imports.KNOWN:
        raise _refused(known[:40])


def _refused(what: str) -> CommandError:
    return CommandError(CommandFault.BAD_INPUT, what=what)
