"""`contacts`, `erase` and `export-person`: people in and out of files, and out of the file."""

from argparse import ArgumentParser, Namespace
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

from socialdesk.cli.exit_codes import OK, REFUSED, USAGE
from socialdesk.cli.output import Output, cut, iso, visible
from socialdesk.cli.parsing import count, number, one_of
from socialdesk.domain.people.contact import ContactRow, PersonDetail
from socialdesk.engine.commands.contacts import (
    ErasePerson,
    ExportContacts,
    ExportPerson,
    ImportContacts,
    PreviewImport,
)
from socialdesk.engine.desk import Desk
from socialdesk.engine.people.receipts import count_words
from socialdesk.engine.queries.contacts import (
    ListContacts,
    ReadContacts,
    ReadPerson,
    WeighErasing,
)
from socialdesk.engine.words.contacts import counted, fault
from socialdesk.i18n import tr, trn

PAGE: Final = 100
SHOWN_FAULTS: Final = 20
ACTS: Final = ("list", "import", "export")
Commands = Callable[..., ArgumentParser]


def add_arguments(add: Commands) -> None:
    """What can be typed after these commands."""
    people = add("contacts", tr("list, import or export people"))
    people.add_argument("act", choices=ACTS, metavar=one_of(ACTS), help=tr("what to do"))
    people.add_argument("file", nargs="?", default="", metavar=tr("FILE"),
                        help=tr("the file to read or write"))  # fmt: skip
    people.add_argument("--search", default="", metavar=tr("WORDS"),
                        help=tr("only those this search finds"))  # fmt: skip
    people.add_argument("--limit", type=count, default=20, metavar=tr("NUMBER"),
                        help=tr("how many to list"))  # fmt: skip
    people.add_argument("--encoding", default="", metavar=tr("NAME"),
                        help=tr("of the file; found out when left out"))  # fmt: skip
    people.add_argument("--delimiter", default="", metavar=tr("SIGN"),
                        help=tr("between cells; found out as well"))  # fmt: skip
    people.add_argument("--columns", default="", metavar=tr("KINDS"),
                        help=tr("what each column holds: name,email,,phone"))  # fmt: skip
    people.add_argument("--known", choices=("update", "skip", "new"), default="update",
                        help=tr("what happens to somebody we know"))  # fmt: skip
    people.add_argument("--skip-broken", action="store_true",
                        help=tr("leave broken rows out and import the rest"))  # fmt: skip
    people.add_argument("--dry-run", action="store_true", help=tr("only say what would happen"))
    people.add_argument("--vcard", choices=("3.0", "4.0"), default="4.0",
                        help=tr("version of the vCards written"))  # fmt: skip
    erase = add("erase", tr("erase a person, for ever"))
    erase.add_argument("--name", required=True, metavar=tr("NAME"),
                       help=tr("their name as it is listed, to confirm"))  # fmt: skip
    erase.add_argument("--receipt", required=True, metavar=tr("FILE"),
                       help=tr("where the receipt goes (.json)"))  # fmt: skip
    erase.add_argument("--with-backups", action="store_true",
                       help=tr("delete the backups that still hold them, too"))  # fmt: skip
    export = add("export-person", tr("everything about one person as a ZIP"))
    export.add_argument("file", metavar=tr("FILE"), help=tr("the archive to write (.zip)"))
    for asked in (erase, export):
        who = asked.add_mutually_exclusive_group(required=True)
        who.add_argument("--contact", type=number, default=0, metavar=tr("NUMBER"),
                         help=tr("number of the contact"))  # fmt: skip
        who.add_argument("--mention", type=number, default=0, metavar=tr("NUMBER"),
                         help=tr("a mention they wrote"))  # fmt: skip


def contacts(desk: Desk, options: Namespace, out: Output) -> int:
    """List, import or export."""
    if options.act == "list":
        return _list(desk, options, out)
    if not options.file:
        out.fail(tr("Name the file: socialdesk contacts {act} FILE", act=options.act))
        return USAGE
    return _export(desk, options, out) if options.act == "export" else _import(desk, options, out)


def _list(desk: Desk, options: Namespace, out: Output) -> int:
    listing = desk.ask(ListContacts(options.search)).result()
    ids = tuple(listing.ids[: options.limit])
    rows: list[ContactRow] = []
    for start in range(0, len(ids), PAGE):
        rows += desk.ask(ReadContacts(ids[start : start + PAGE])).result()
    for row in rows:
        networks = ", ".join(row.networks)
        name = cut(visible(row.name), 28)
        out.say(f"{row.id}  {name:28}  {networks:20}  {row.n_mentions}  {iso(row.last_at)}")
    out.say(tr("{shown} of {total} shown", shown=len(rows), total=listing.n_total))
    out.value({"total": listing.n_total, "contacts": [
        {"id": r.id, "name": r.name, "org": r.org, "labels": list(r.labels),
         "networks": list(r.networks), "mentions": r.n_mentions, "last_at": r.last_at}
        for r in rows
    ]})  # fmt: skip
    return OK


def _export(desk: Desk, options: Namespace, out: Output) -> int:
    target = str(Path(options.file).expanduser().absolute())
    answer = out.wait(desk.do(ExportContacts(target, options.search, options.vcard))).answer
    n = int(answer["n"])
    out.say(trn("{n} person written to {file}", "{n} people written to {file}", n,
                file=answer["path"]))  # fmt: skip
    out.value({"file": answer["path"], "n": n})
    return OK


def _import(desk: Desk, options: Namespace, out: Output) -> int:
    """Looks first, as the window does; broken rows are named by their line."""
    path = str(Path(options.file).expanduser().absolute())
    columns = tuple(c.strip() for c in options.columns.split(",")) if options.columns else ()
    choices = (options.encoding, options.delimiter, columns, options.known)
    seen = out.wait(desk.do(PreviewImport(path, *choices))).answer
    for line, code, what in seen["faults"][:SHOWN_FAULTS]:
        out.hint(tr("Line {n}: {why}", n=line, why=visible(fault(code, what))))
    if seen["n_broken"] > SHOWN_FAULTS:
        more = seen["n_broken"] - SHOWN_FAULTS
        out.hint(trn("… and {n} more broken row", "… and {n} more broken rows", more))
    if options.dry_run:
        out.say(_counted(seen))
        out.value({key: seen[key] for key in _COUNTS} | {"faults": seen["faults"]})
        return OK
    command = ImportContacts(
        path, seen["digest"], seen["encoding"], seen["delimiter"], tuple(seen["columns"]),
        options.known, options.skip_broken,
    )  # fmt: skip
    done = out.wait(desk.do(command)).answer
    out.say(_counted(done))
    out.value({key: done[key] for key in _COUNTS})
    return OK


_COUNTS: Final = ("n_new", "n_updated", "n_skipped", "n_broken")


def _counted(answer: Any) -> str:
    return counted(*(int(answer[key]) for key in _COUNTS))


def erase(desk: Desk, options: Namespace, out: Output) -> int:
    """Cannot be undone: the name must be typed."""
    person = _person(desk, options, out)
    if person is None:
        return REFUSED
    who = _who(person)
    weighed = desk.ask(WeighErasing(**who)).result()
    if weighed is not None and weighed["named_in"]:
        names = ", ".join(visible(name) for name in weighed["named_in"])
        out.hint(tr("These views and rules name them; change them by hand: {list}.", list=names))
    receipt = str(Path(options.receipt).expanduser().absolute())
    command = ErasePerson(options.name, receipt, **who, with_backups=options.with_backups)
    answer = out.wait(desk.do(command)).answer
    for line in count_words(answer["counts"]):
        out.say(f"- {line}")
    out.say(tr("Erased. The receipt: {file}", file=answer["receipt"]))
    if n := int(answer["n_backups_left"]):
        out.say(trn("{n} backup still holds them.", "{n} backups still hold them.", n))
    out.value({"counts": answer["counts"], "receipt": answer["receipt"],
               "backups_left": answer["n_backups_left"]})  # fmt: skip
    return OK


def export_person(desk: Desk, options: Namespace, out: Output) -> int:
    """A ZIP with JSON, a table and a page."""
    person = _person(desk, options, out)
    if person is None:
        return REFUSED
    target = str(Path(options.file).expanduser().absolute())
    answer = out.wait(desk.do(ExportPerson(target, **_who(person)))).answer
    n = int(answer["n_mentions"])
    out.say(trn("{n} mention written to {file}", "{n} mentions written to {file}", n,
                file=answer["path"]))  # fmt: skip
    out.value({"file": answer["path"], "n": n})
    return OK


def _person(desk: Desk, options: Namespace, out: Output) -> PersonDetail | None:
    query = ReadPerson(contact_id=options.contact, mention_id=options.mention)
    person = desk.ask(query).result()
    if person is None:
        out.fail(tr("There is nobody of that number. Their numbers: socialdesk contacts list"))
    return person


def _who(person: PersonDetail) -> dict[str, Any]:
    if person.contact_id:
        return {"contact_id": person.contact_id}
    return {"author_id": person.authors[0].id}
