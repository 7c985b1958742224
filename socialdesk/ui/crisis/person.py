"""Who is at the keys: the people who work here, and somebody new by typing a name."""

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from socialdesk.domain.queue.rows import PersonRow
from socialdesk.engine.commands import AddPerson
from socialdesk.engine.desk import Desk
from socialdesk.engine.queries import ListPeople
from socialdesk.i18n import tr
from socialdesk.ui.inbox.questions import MAX_LABEL
from socialdesk.ui.palette import Choice, Picker, ask, folded, fuzzy
from socialdesk.ui.plain import isolated, one_line
from socialdesk.ui.tasks import Failed, Waiter


def ask_who(
    desk: Desk, chosen: Callable[[PersonRow], None], failed: Failed, parent: QWidget
) -> Picker:
    """ "I am …". A new name is added first."""
    people: list[PersonRow] = []

    def take(person: PersonRow) -> None:
        if person.id:
            chosen(person)
        else:
            Waiter(parent, desk.do(AddPerson(person.name)), lambda _: find(person.name), failed)

    def find(name: str) -> None:
        def found(there: list[PersonRow]) -> None:
            same = [p for p in there if p.name == name]
            if same:
                chosen(same[-1])

        Waiter(parent, desk.ask(ListPeople()), found, failed)

    picker = ask(
        tr("I am…"), tr("Type a name; a new one is added"),
        lambda typed: who_choices(typed, people), take, parent,
    )  # fmt: skip

    def fill(there: list[PersonRow]) -> None:
        people[:] = there
        picker.refresh()

    Waiter(picker, desk.ask(ListPeople()), fill, failed)
    return picker


def who_choices(typed: str, people: list[PersonRow]) -> list[Choice]:
    """Values are rows; id 0 = a new name."""
    known = [Choice(isolated(p.name), p, tr("At the keys") if p.is_here else "") for p in people]
    found = fuzzy(typed, known)
    name = one_line(typed)[:MAX_LABEL]
    if name and folded(name) not in {folded(p.name) for p in people}:
        found.append(Choice(tr("Add {name}", name=isolated(name)), PersonRow(0, name)))
    return found
