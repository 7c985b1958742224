"""People: what is known of them, who is whose, merges. Every act of it can be undone."""

from typing import Any, Final

from socialdesk.domain.errors import CommandError, CommandFault
from socialdesk.domain.people.contact import Profile
from socialdesk.engine.commands import contacts as c
from socialdesk.engine.work import Handler, Outcome
from socialdesk.store.contacts import contact_rows, contacts, merges
from socialdesk.store.file.writer import Transaction
from socialdesk.store.triage import acts, triage
from socialdesk.store.triage.acts import Act


def save_contact(tx: Transaction, command: c.SaveContact, person: int) -> Outcome:
    profile = Profile(command.name, command.org, command.channel, command.crm_url, command.fields)
    act = _begin(tx, "contact_saved", person, command.contact_id, command.author_id)
    if not command.contact_id and not command.author_id:
        contact = contacts.make(tx, act, profile)
    else:
        contact = contacts.find(tx, act, command.contact_id, command.author_id)
        contacts.save(tx, act, contact, profile)
    return act.seq, {"contact_id": contact}


def make_contact(tx: Transaction, command: c.MakeContact, person: int) -> Outcome:
    act = _begin(tx, "contact_saved", person, 0, command.author_id)
    return act.seq, {"contact_id": contacts.find(tx, act, 0, command.author_id)}


def add_note(tx: Transaction, command: c.AddContactNote, person: int) -> Outcome:
    act = _begin(tx, "contact_noted", person, command.contact_id, command.author_id)
    contact = contacts.find(tx, act, command.contact_id, command.author_id)
    contacts.add_note(tx, act, contact, person, command.text)
    return act.seq, {"contact_id": contact}


def label(tx: Transaction, command: c.LabelContact, person: int) -> Outcome:
    kind = "contact_labelled" if command.is_on else "contact_unlabelled"
    act = _begin(tx, kind, person, command.contact_id, command.author_id, label=command.name)
    contact = contacts.find(tx, act, command.contact_id, command.author_id)
    contacts.set_label(tx, act, contact, command.name, wears=command.is_on)
    return act.seq, {"contact_id": contact}


def mark(tx: Transaction, command: c.MarkContact, person: int) -> Outcome:
    """By a mention of each author: the marks are the authors' own."""
    who = contact_rows.read_person(tx.conn, command.contact_id, command.author_id)
    if who is None:
        raise CommandError(CommandFault.NOT_FOUND)
    act = _begin(tx, "contact_marked", person, command.contact_id, command.author_id,
                 vip=command.is_vip, muted=command.is_muted)  # fmt: skip
    ids = contacts.a_mention_of_each(tx.conn, [a.id for a in who.authors])
    if command.is_vip >= 0:
        triage.set_vip(tx, act, ids, bool(command.is_vip))
    if command.is_muted >= 0:
        triage.set_muted(tx, act, ids, bool(command.is_muted))
    return act.seq, {"n": len(ids)}


def link_author(tx: Transaction, command: c.LinkAuthor, person: int) -> Outcome:
    act = _begin(tx, "contact_linked", person, command.contact_id, command.author_id)
    if command.contact_id:
        contact = contacts.find(tx, act, command.contact_id, 0)
    elif not contacts.contact_of(tx.conn, command.author_id):
        raise CommandError(CommandFault.NOT_FOUND)
    else:
        contact = 0
    contacts.set_contact(tx, act, [command.author_id], contact)
    return act.seq, {"contact_id": contact}


def merge(tx: Transaction, command: c.MergePeople, person: int) -> Outcome:
    act = _begin(tx, "contacts_merged", person, command.contact_id, command.author_id,
                 from_contact=command.from_contact_id, from_author=command.from_author_id,
                 why=command.why)  # fmt: skip
    into = contacts.find(tx, act, command.contact_id, command.author_id)
    from_ = contacts.find(tx, act, command.from_contact_id, command.from_author_id)
    merges.merge(tx, act, into, from_, command.why)
    return act.seq, {"contact_id": into, "from_id": from_}


def unmerge(tx: Transaction, command: c.UnmergePeople, person: int) -> Outcome:
    act = _begin(tx, "contacts_unmerged", person, command.contact_id, 0)
    merges.unmerge(tx, act, command.contact_id)
    return act.seq, {"contact_id": command.contact_id}


def keep_apart(tx: Transaction, command: c.KeepApart, person: int) -> Outcome:
    other = (command.other_contact_id, command.other_author_id)
    act = _begin(tx, "contacts_apart", person, command.contact_id, command.author_id,
                 other_contact=other[0], other_author=other[1])  # fmt: skip
    merges.keep_apart(tx, act, (command.contact_id, command.author_id), other)
    return act.seq, {}


def _begin(tx: Transaction, kind: str, person: int, contact: int, author: int, **facts: Any) -> Act:
    """The journal names people by our ids alone."""
    return acts.begin(tx, kind, person, {"contact": contact, "author": author, **facts})


HANDLERS: Final[dict[type, Handler]] = {
    c.SaveContact: save_contact,
    c.MakeContact: make_contact,
    c.AddContactNote: add_note,
    c.LabelContact: label,
    c.MarkContact: mark,
    c.LinkAuthor: link_author,
    c.MergePeople: merge,
    c.UnmergePeople: unmerge,
    c.KeepApart: keep_apart,
}
