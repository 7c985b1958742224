"""Forty mentions of the practice brand decided without the mouse; the count of keys is printed."""

import pytest

from socialdesk.domain.queue.rows import View
from socialdesk.engine.queries.bulk import ListJobs
from socialdesk.engine.queries.macros import ListMacros
from tests.realwindow.conftest import Person, keep_picture, wait_until, wait_until_still

pytestmark = [pytest.mark.realwindow, pytest.mark.timeout(560)]

FORTY = 40
# One decision each, over and over: what a morning is made of. "=" types words into a question.
ROUTINE: tuple[tuple[str, ...], ...] = (
    ("e",), ("e",), ("h", "Return"), ("1", "e"), ("e",), ("l", "=late", "Return", "e"),
    ("exclam",), ("q 1",), ("e",), ("h", "=tomorrow 9", "Return"), ("v", "e"), ("q 1",),
)  # fmt: skip


class Counting:
    """Presses keys and counts them, letters of words too."""

    def __init__(self, person: Person) -> None:
        self._person, self.n = person, 0

    def press(self, *keys: str) -> None:
        for key in keys:
            if key.startswith("="):
                self._person.type(key[1:])
                self.n += len(key) - 1
            else:
                self._person.press(key)
                self.n += len(key.split())


def waiting(person: Person) -> set[int]:
    return {row.id for row in person.rows(View.NEEDS_REPLY)}


def test_forty_mentions_are_decided_by_keys_alone(person: Person) -> None:
    hands = Counting(person)
    wait_until(lambda: waiting(person), "mentions arrive")
    wait_until_still()
    make_a_macro(person, hands)
    n_setup, n_decided, was_columns = hands.n, 0, False
    while n_decided < FORTY:
        wait_until(lambda: waiting(person), "there is something to decide", 200)
        bring_in_the_new(person, hands)
        n_decided += decide(person, hands, ROUTINE[n_decided % len(ROUTINE)])
        if n_decided == 10:
            keep_picture("forty-1-ten")
        if n_decided >= 15 and not was_columns:
            was_columns = look_at_columns(hands)
    keep_picture("forty-4-decided")
    print(
        f"\n{n_decided} mentions decided by {hands.n - n_setup} keys"
        f" ({(hands.n - n_setup) / n_decided:.1f} each), and {n_setup} to make a macro"
    )
    label_all_and_take_it_back(person, hands)


def make_a_macro(person: Person, hands: Counting) -> None:
    """Thanks: a label and done, with the key q 1."""
    hands.press("q e", "=Thanks", "Tab", "Tab", "=praise", "Tab", "Tab", "=D")
    keep_picture("forty-0-macro")
    for _ in range(20):
        if person.desk.ask(ListMacros()).result():
            break
        hands.press("ctrl+Return")
    wait_until(lambda: person.desk.ask(ListMacros()).result(), "the macro is kept")
    hands.press("Escape")


def bring_in_the_new(person: Person, hands: Counting) -> None:
    """What came meanwhile waits behind a bar: g n shows it."""
    if len(waiting(person)) < 2:
        hands.press("g n")


def decide(person: Person, hands: Counting, keys: tuple[str, ...]) -> int:
    """How many fewer wait after these keys."""
    before = waiting(person)
    hands.press(*keys)
    wait_until(lambda: before - waiting(person), f"{keys} decide one", 20)
    return len(before - waiting(person))


def look_at_columns(hands: Counting) -> bool:
    """Side by side, and one at a time, and back again."""
    hands.press("g v")
    keep_picture("forty-2-columns")
    hands.press("g q", "f")
    keep_picture("forty-3-focus")
    hands.press("Escape")
    return True


def label_all_and_take_it_back(person: Person, hands: Counting) -> None:
    hands.press("g e", "ctrl+shift+a", "l", "=seen", "Return")
    wait_until(lambda: len(person.rows(View.ALL, "label:seen")) >= FORTY, "all wear the label")
    keep_picture("forty-5-all")
    hands.press("z")
    wait_until(lambda: not person.rows(View.ALL, "label:seen"), "undo takes it off them all")
    jobs = person.desk.ask(ListJobs()).result()
    assert all(not job.is_running for job in jobs)
