"""Saying which contact wrote a mention: one that is there, or a new one."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from socialdesk.domain.people.contact import PersonDetail
from socialdesk.domain.queue.rows import AuthorCard
from socialdesk.engine.commands.contacts import LinkAuthor, MakeContact, MergePeople
from socialdesk.engine.desk import Desk, Done
from socialdesk.engine.queries import ReadAuthor
from socialdesk.engine.queries.contacts import ReadPerson
from socialdesk.i18n import tr
from socialdesk.ui.contacts.choosing import ChooseContact
from socialdesk.ui.plain import isolated
from socialdesk.ui.tasks import Failed, Waiter

Linked = Callable[[Done], None]


def ask_contact(desk: Desk, mention: int, linked: Linked, failed: Failed, parent: QWidget) -> None:
    """`linked(done)`: the desk has it. An author who is a contact already becomes one with the
    other, so that no note is left behind."""

    def read(card: AuthorCard | None) -> None:
        if card is not None:
            asked = desk.ask(ReadPerson(author_id=card.id))
            Waiter(parent, asked, lambda person: ask(card, person), failed)

    def ask(card: AuthorCard, person: PersonDetail | None) -> None:
        own = person.contact_id if person else 0
        title = tr("Which contact is {name}?", name=isolated(card.name))
        dialog = ChooseContact(desk, title, own, parent, offers_new=not own)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.chosen.connect(lambda chosen: link(card.id, own, chosen))
        dialog.open()

    def link(author: int, own: int, chosen: int) -> None:
        Waiter(parent, desk.do(_command(author, own, chosen)), linked, failed)

    Waiter(parent, desk.ask(ReadAuthor(mention)), read, failed)


def _command(author: int, own: int, chosen: int) -> LinkAuthor | MakeContact | MergePeople:
    """`own`, `chosen`: contacts; 0 = none yet, a new one."""
    if own:
        return MergePeople(contact_id=chosen, from_contact_id=own)
    return LinkAuthor(author, chosen) if chosen else MakeContact(author)
