"""Somebody left the team: put away, with what that means said first; and brought back."""

from collections.abc import Sequence

from PySide6.QtWidgets import QComboBox, QWidget

from socialdesk.domain.errors import CommandError, CommandFault, SocialDeskError
from socialdesk.domain.people.duty import DutyRow
from socialdesk.domain.queue.rows import PersonRow
from socialdesk.engine.commands.workspace import BringBackPerson, PutAwayPerson
from socialdesk.engine.desk import Desk
from socialdesk.engine.queries import ListPeople
from socialdesk.engine.queries.people import ReadDuties
from socialdesk.engine.words.messages import sentence
from socialdesk.i18n import tr, trn
from socialdesk.ui.crisis.ask_sheets import Sheet
from socialdesk.ui.plain import isolated, one_line
from socialdesk.ui.tasks import Latest, Waiter


def ask_put_away(desk: Desk, parent: QWidget) -> Sheet:
    """Who, and what it means for what waits for them. Whoever is at the keys is not offered."""
    who = QComboBox()

    def fail(error: SocialDeskError) -> None:
        sheet.notice.tell_sentence(sentence(error))

    def take(people: Sequence[PersonRow]) -> None:
        for person in people:
            if not person.is_here:
                who.addItem(one_line(person.name), person.id)
        who.currentIndexChanged.connect(lambda _: read())
        if who.count():
            read()
        else:
            tell(tr("Nobody else works here. Whoever is at the keys cannot be put away."))

    def read() -> None:
        sheet.yes.setEnabled(False)
        sheet.notice.clear()
        reading.wait(desk.ask(ReadDuties(int(who.currentData()))), show, fail)

    def show(row: DutyRow) -> None:
        name = who.currentText()
        tell("\n".join(put_away_words(isolated(name), row)))
        sheet.yes.setEnabled(not row.incident)
        if row.incident:
            facts = {"why": "role", "name": name, "code": row.incident}
            fail(CommandError(CommandFault.PERSON, **facts))

    def tell(words: str) -> None:
        means.setText(words)
        who.setAccessibleDescription(words)
        sheet.fit()

    def act() -> None:
        sheet.yes.setEnabled(False)
        done = desk.do(PutAwayPerson(int(who.currentData())))
        Waiter(sheet, done, lambda _: sheet.accept(), refused)

    def refused(error: SocialDeskError) -> None:
        sheet.yes.setEnabled(True)
        fail(error)

    sheet = Sheet(tr("Put a person away"), tr("Put away"), act, parent, kind="danger")
    reading = Latest(sheet)
    sheet.add_text(
        tr("For somebody who left. Their name stays on everything they did; they can be chosen for "
           "nothing any more, and be brought back at any time."), "dim",
    )  # fmt: skip
    sheet.add(tr("Who"), who)
    means = sheet.add_text("")
    sheet.yes.setEnabled(False)
    Waiter(sheet, desk.ask(ListPeople()), take, fail)
    sheet.open()
    who.setFocus()
    return sheet


def put_away_words(name: str, row: DutyRow) -> list[str]:
    """What putting them away does to what waits for them, a line each."""
    lines = []
    if row.n_mentions:
        lines.append(
            trn("{n} mention that waits and was handed to {name} will be nobody's.",
                "{n} mentions that wait and were handed to {name} will be nobody's.",
                row.n_mentions, name=name)
        )  # fmt: skip
    if row.n_tasks:
        lines.append(
            trn("{n} open task of a review will be nobody's.",
                "{n} open tasks of reviews will be nobody's.", row.n_tasks)
        )  # fmt: skip
    if row.n_rules:
        lines.append(
            trn("{n} rule hands over to {name}: it leaves its mentions with nobody from now on.",
                "{n} rules hand over to {name}: they leave their mentions with nobody from now on.",
                row.n_rules, name=name)
        )  # fmt: skip
    if row.n_macros:
        lines.append(
            trn("{n} macro hands over to {name} and is refused until it names somebody else.",
                "{n} macros hand over to {name} and are refused until they name somebody else.",
                row.n_macros, name=name)
        )  # fmt: skip
    if row.has_pin:
        lines.append(
            tr("Their PIN is removed; the journal, the readiness page and the log of an open "
               "incident say so.")
        )  # fmt: skip
    return lines or [tr("Nothing waits for {name}.", name=name)]


def ask_bring_back(desk: Desk, parent: QWidget) -> Sheet:
    """Who, of those who were put away."""
    who = QComboBox()

    def fail(error: SocialDeskError) -> None:
        sheet.yes.setEnabled(bool(who.count()))
        sheet.notice.tell_sentence(sentence(error))

    def take(people: Sequence[PersonRow]) -> None:
        for person in people:
            if person.is_put_away:
                who.addItem(one_line(person.name), person.id)
        sheet.yes.setEnabled(bool(who.count()))
        if not who.count():
            sheet.notice.tell(tr("Nobody is put away."), tone="accent")

    def act() -> None:
        sheet.yes.setEnabled(False)
        done = desk.do(BringBackPerson(int(who.currentData())))
        Waiter(sheet, done, lambda _: sheet.accept(), fail)

    sheet = Sheet(tr("Bring a person back"), tr("Bring back"), act, parent)
    sheet.add_text(
        tr("They can be chosen again. What was theirs stays with whoever has it now, and a PIN is "
           "set anew."), "dim",
    )  # fmt: skip
    sheet.add(tr("Who"), who)
    sheet.yes.setEnabled(False)
    Waiter(sheet, desk.ask(ListPeople(with_put_away=True)), take, fail)
    sheet.open()
    who.setFocus()
    return sheet
