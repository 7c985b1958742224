"""The small questions of triage: until when, which label, to whom, in which order."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime

from PySide6.QtWidgets import QWidget

from socialdesk.domain.mentions.muted import MutedRow
from socialdesk.domain.queue.rows import ORDERS, LabelRow, Order, PersonRow, QueueRow, View
from socialdesk.domain.times.when import parse_when
from socialdesk.engine.desk import Desk
from socialdesk.engine.queries import ListLabels, ListPeople
from socialdesk.engine.queries.bulk import ListMuted
from socialdesk.i18n import tr
from socialdesk.ui.palette import Choice, Picker, ask, folded, fuzzy
from socialdesk.ui.plain import isolated, one_line
from socialdesk.ui.tasks import Failed, Waiter
from socialdesk.ui.words import age, clock, day, local_zone, mentions, order_word

MAX_LABEL = 60  # characters


def snooze_choices(typed: str, now: int) -> list[Choice]:
    """Presets that lie ahead when nothing is typed, else the time that is typed; values are ms
    UTC."""
    here = datetime.fromtimestamp(now / 1000, UTC).astimezone(local_zone())
    if typed:
        found = parse_when(typed, here)
        return [] if found is None else [_until(typed, found, now)]
    presets = (
        (tr("In one hour"), "1h"), (tr("In three hours"), "3h"), (tr("This evening"), "today 18"),
        (tr("Tomorrow morning"), "tomorrow 9"), (tr("In two days"), "2d"),
        (tr("Next Monday"), "mon 9"), (tr("In a week"), "1w"),
    )  # fmt: skip
    moments = ((name, parse_when(text, here)) for name, text in presets)
    return [_until(name, found, now) for name, found in moments if found is not None]


def ask_snooze(now: int, chosen: Callable[[int], None], parent: QWidget) -> Picker:
    """Until when: a preset, or typed."""
    return _ask_time(tr("Snooze until"), now, chosen, parent)


def ask_promise(now: int, chosen: Callable[[int], None], parent: QWidget) -> Picker:
    """By when: a preset, or typed."""
    return _ask_time(tr("Promise an answer by"), now, chosen, parent)


def _ask_time(title: str, now: int, chosen: Callable[[int], None], parent: QWidget) -> Picker:
    return ask(
        title,
        tr("2h, tomorrow 9, fri, 24.12 10:00"),
        lambda typed: snooze_choices(typed, now),
        chosen,
        parent,
        tr("Not understood. Write it like this: 2h, tomorrow 9, fri"),
    )


def label_choices(typed: str, labels: Sequence[LabelRow], row: QueueRow) -> list[Choice]:
    """Known labels that fit, then the typed one as a new label. Values are names."""
    known = [
        Choice(
            tr("✓ {name}", name=isolated(x.name)) if x.name in row.labels else isolated(x.name),
            x.name,
            mentions(x.n) if x.n else "",
        )
        for x in labels
    ]
    found = fuzzy(typed, known)
    name = one_line(typed)[:MAX_LABEL]
    if name and folded(name) not in {folded(x.name) for x in labels}:
        found.append(Choice(tr("New label {name}", name=isolated(name)), name))
    return found


def ask_label(
    desk: Desk, row: QueueRow, chosen: Callable[[str], None], failed: Failed, parent: QWidget
) -> Picker:
    """Which label to put on or take off."""
    labels: list[LabelRow] = [LabelRow(0, name) for name in row.labels]
    picker = ask(
        tr("Label"),
        tr("Type a label; a new one is made"),
        lambda typed: label_choices(typed, labels, row),
        chosen,
        parent,
    )

    def fill(found: list[LabelRow]) -> None:
        labels[:] = found
        picker.refresh()

    Waiter(picker, desk.ask(ListLabels()), fill, failed)
    return picker


def person_choices(typed: str, people: Sequence[PersonRow]) -> list[Choice]:
    """People who work here, nobody, and the typed one as a new person. Values are rows."""
    found = [Choice(isolated(p.name), p, tr("You") if p.is_here else "") for p in people]
    found.append(Choice(tr("Nobody"), PersonRow(0, "")))
    found = fuzzy(typed, found)
    name = one_line(typed)[:MAX_LABEL]
    if name and folded(name) not in {folded(p.name) for p in people}:
        found.append(Choice(tr("Add {name}", name=isolated(name)), PersonRow(-1, name)))
    return found


def ask_person(
    desk: Desk, chosen: Callable[[int, str], None], failed: Failed, parent: QWidget
) -> Picker:
    """To whom; somebody new is added first."""
    from socialdesk.engine.commands import AddPerson  # of a room that no composer needs

    people: list[PersonRow] = []

    def take(person: PersonRow) -> None:
        if person.id >= 0:
            chosen(person.id, person.name)
            return

        def added(done: object) -> None:
            Waiter(parent, desk.ask(ListPeople()), hand_over, failed)

        def hand_over(found: list[PersonRow]) -> None:
            same = [p for p in found if p.name == person.name]
            if same:
                chosen(same[-1].id, person.name)

        Waiter(parent, desk.do(AddPerson(person.name)), added, failed)

    picker = ask(
        tr("Hand over to"),
        tr("Type a name; a new one is added"),
        lambda typed: person_choices(typed, people),
        take,
        parent,
    )

    def fill(found: list[PersonRow]) -> None:
        people[:] = found
        picker.refresh()

    Waiter(picker, desk.ask(ListPeople()), fill, failed)
    return picker


def muted_choices(typed: str, people: Sequence[MutedRow], now: int) -> list[Choice]:
    """Muted people with what was filed of theirs. Values are rows."""
    return fuzzy(
        typed,
        [
            Choice(
                tr("{name} · muted {age}", name=isolated(p.name), age=age(p.at, now)),
                p,
                mentions(p.n),
            )
            for p in people
        ],
    )


def ask_muted(
    desk: Desk, now: int, chosen: Callable[[MutedRow], None], failed: Failed, parent: QWidget
) -> Picker:
    """Whom to hear again, of those who are muted."""
    people: list[MutedRow] = []
    picker = ask(
        tr("Muted people: whom shall we hear again?"),
        tr("Type a few letters of a name"),
        lambda typed: muted_choices(typed, people, now),
        chosen,
        parent,
        tr("Nobody is muted."),
    )

    def fill(found: list[MutedRow]) -> None:
        people[:] = found
        picker.refresh()

    Waiter(picker, desk.ask(ListMuted()), fill, failed)
    return picker


def order_choices(typed: str, view: View, now: Order) -> list[Choice]:
    """Those the view has; `now`: the one in use. Values are orders."""
    return fuzzy(
        typed,
        [
            Choice(
                tr("✓ {name}", name=order_word(order)) if order is now else order_word(order), order
            )
            for order in ORDERS[view]
        ],
    )


def ask_order(view: View, now: Order, chosen: Callable[[Order], None], parent: QWidget) -> Picker:
    """What stands first."""
    return ask(
        tr("Order of the list"), tr("Type a few letters"),
        lambda typed: order_choices(typed, view, now), chosen, parent,
    )  # fmt: skip


def _until(name: str, found: datetime, now: int) -> Choice:
    at = int(found.timestamp() * 1000)
    return Choice(name, at, tr("{day}, {clock}", day=day(at, now), clock=clock(at)))
