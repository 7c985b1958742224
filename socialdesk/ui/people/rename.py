"""Another name for somebody who works here."""

from collections.abc import Sequence

from PySide6.QtWidgets import QComboBox, QLineEdit, QWidget

from socialdesk.domain.errors import SocialDeskError
from socialdesk.domain.queue.rows import PersonRow
from socialdesk.engine.commands import RenamePerson
from socialdesk.engine.desk import Desk
from socialdesk.engine.queries import ListPeople
from socialdesk.engine.words.messages import sentence
from socialdesk.i18n import tr
from socialdesk.ui.crisis.ask_sheets import Sheet
from socialdesk.ui.inbox.questions import MAX_LABEL
from socialdesk.ui.plain import isolated
from socialdesk.ui.tasks import Waiter


def ask_rename(desk: Desk, parent: QWidget) -> Sheet:
    """Who, and the new name; whoever is at the keys is chosen at first."""
    who, name = QComboBox(), QLineEdit()
    name.setMaxLength(MAX_LABEL)

    def fail(error: SocialDeskError) -> None:
        sheet.notice.tell_sentence(sentence(error))

    def show_name() -> None:
        name.setText(who.currentText())
        name.selectAll()

    def take(people: Sequence[PersonRow]) -> None:
        for n, person in enumerate(people):
            who.addItem(person.name, person.id)
            if person.is_here:
                who.setCurrentIndex(n)
        show_name()

    def act() -> None:
        asked = " ".join(name.text().split())
        others = {who.itemText(n).casefold() for n in range(who.count()) if n != who.currentIndex()}
        if not asked:
            sheet.notice.tell(tr("Write a few words first."))
        elif asked.casefold() in others:
            sheet.notice.tell(tr("{name} is there already.", name=isolated(asked)))
        elif asked == who.currentText():
            sheet.accept()
        elif who.count():
            done = desk.do(RenamePerson(int(who.currentData()), asked))
            Waiter(sheet, done, lambda _: sheet.accept(), fail)

    sheet = Sheet(tr("Rename a person"), tr("Rename"), act, parent)
    sheet.add_text(
        tr("What they did until now stands under the new name; the journal keeps the old one."),
        "dim",
    )
    sheet.add(tr("Who"), who)
    sheet.add(tr("New name"), name)
    who.currentIndexChanged.connect(lambda _: show_name())
    Waiter(sheet, desk.ask(ListPeople(with_put_away=True)), take, fail)
    sheet.open()
    name.setFocus()
    return sheet
