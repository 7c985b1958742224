"""People: what we know of them, who is whose, in and out of files, erased.

Where a command takes `contact_id` and `author_id`, the person is the contact, else the one behind
the author, made when something is first added to them.
"""

from socialdesk.domain.frozen import frozen


@frozen
class SaveContact:
    """All that is typed about a person, in place of what was. Both ids 0: a new person. `fields`:
    (FieldKind value, text). Answer: contact_id."""

    name: str
    org: str = ""
    channel: str = ""
    crm_url: str = ""
    fields: tuple[tuple[str, str], ...] = ()
    contact_id: int = 0
    author_id: int = 0


@frozen
class MakeContact:
    """From who wrote it. Answer: contact_id."""

    author_id: int


@frozen
class AddContactNote:
    """Answer: contact_id."""

    text: str
    contact_id: int = 0
    author_id: int = 0


@frozen
class LabelContact:
    """`is_on` False takes it off. Answer: contact_id."""

    name: str
    is_on: bool = True
    contact_id: int = 0
    author_id: int = 0


@frozen
class MarkContact:
    """VIP and muted, over all authors of the person: 1 on, 0 off, -1 as it is."""

    is_vip: int = -1
    is_muted: int = -1
    contact_id: int = 0
    author_id: int = 0


@frozen
class LinkAuthor:
    """This author is that person; contact_id 0 = not that person after all."""

    author_id: int
    contact_id: int


@frozen
class MergePeople:
    """Two are one person; the first is kept. `why`: code of the suggestion. Answer: contact_id of
    the kept one, from_id."""

    contact_id: int = 0
    author_id: int = 0
    from_contact_id: int = 0
    from_author_id: int = 0
    why: str = ""


@frozen
class UnmergePeople:
    """The contact stands for itself again, with all that came with it."""

    contact_id: int


@frozen
class KeepApart:
    """Two are not one person, whatever they share: never suggested again."""

    contact_id: int = 0
    author_id: int = 0
    other_contact_id: int = 0
    other_author_id: int = 0


@frozen
class PreviewImport:
    """Reads a file of people, writes nothing. "" and () = found out. `columns`: what each column
    holds ("" = left out). Answer: kind ("csv", "vcard"), encoding, delimiter, headers, columns,
    sample (rows of cells), n_rows, n_new, n_updated, n_broken, faults ([line, code, what]), digest
    of the file."""

    path: str
    encoding: str = ""
    delimiter: str = ""
    columns: tuple[str, ...] = ()
    known: str = "update"


@frozen
class ImportContacts:
    """What the preview showed, in one transaction, as one act. `digest`: of the file that was
    looked at. `known`: what happens to somebody we know: update, skip, new. `skips_broken`: False
    imports nothing when a row is broken. Answer: n_new, n_updated, n_skipped, n_broken."""

    path: str
    digest: str
    encoding: str = ""
    delimiter: str = ""
    columns: tuple[str, ...] = ()
    known: str = "update"
    skips_broken: bool = False


@frozen
class ExportContacts:
    """To a file, whole or not at all; `version` of a vCard: 4.0 or 3.0. The ending says which kind:
    .csv, .vcf. `search`: as in the list. Answer: path, n."""

    path: str
    search: str = ""
    version: str = "4.0"


@frozen
class ExportPerson:
    """Everything about one person as a ZIP with JSON, CSV and a page to read. Answer: path,
    n_mentions."""

    path: str
    contact_id: int = 0
    author_id: int = 0


@frozen
class ErasePerson:
    """Cannot be undone: `typed_name` must be the person's name. `receipt`: where the receipt goes
    (.json, and .txt beside it). `with_backups`: delete the backups that still hold them. Answer:
    counts by kind, receipt, n_backups_deleted."""

    typed_name: str
    receipt: str
    contact_id: int = 0
    author_id: int = 0
    with_backups: bool = False


@frozen
class WriteReceipt:
    """The receipt of an erasing once more. `seq`: its journal entry. Answer: receipt."""

    seq: int
    receipt: str


ContactsCommand = (
    SaveContact | MakeContact | AddContactNote | LabelContact | MarkContact | LinkAuthor
    | MergePeople | UnmergePeople | KeepApart | PreviewImport | ImportContacts | ExportContacts
    | ExportPerson | ErasePerson | WriteReceipt
)  # fmt: skip
