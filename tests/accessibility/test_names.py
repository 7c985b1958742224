"""Every control of every screen says what it is, and every row what it holds: the tree that a
screen reader is given, walked in process."""

import re

import pytest

from tests.accessibility.looks import Look
from tests.accessibility.tree import Node, Role

pytestmark = [pytest.mark.timeout(180), pytest.mark.qt_log_ignore("This plugin does not support")]

FEWEST_PLACES, FEWEST_CONTROLS = 50, 700  # of the whole tour: a walk that sees nothing is no walk


def test_every_control_has_a_name(looks: list[Look]) -> None:
    unnamed = {f"{look.place}: {node}" for look in looks for node in look.controls
               if not node.name.strip()}  # fmt: skip
    assert sorted(unnamed) == []
    assert len(looks) >= FEWEST_PLACES
    assert sum(len(look.controls) for look in looks) >= FEWEST_CONTROLS


def test_no_name_is_a_key_or_markup_or_a_place_for_words(looks: list[Look]) -> None:
    """What a programmer would read: {slot}, snake_case, a class."""
    codes = re.compile(r"^\{\w+\}$|^[a-z]+(_[a-z]+)+$|<\w+>|^Q[A-Z]\w+$")
    odd = {node.name for look in looks for node in look.controls if codes.search(node.name)}
    assert odd == set()


def test_every_row_says_something(looks: list[Look]) -> None:
    mute = {
        f"{look.place}: {node}" for look in looks for node in look.rows
        if not node.name.strip() and node.role is not Role.TreeItem  # an empty cell of a row
    }  # fmt: skip
    assert mute == set()


def test_a_mention_says_author_network_time_state_and_words(looks: list[Look]) -> None:
    rows = _rows(looks, "needs_reply", "QueueList")
    assert len(rows) >= 5
    for row in rows:
        author, network, age, state, rest = row.name.split(", ", 4)
        assert author and network == "Mastodon" and state in {"New", "Open"}
        assert re.fullmatch(r"now|\d+ (min|h|d)", age)
        assert len(rest.partition(": ")[2].split()) >= 2


def test_a_reply_says_state_author_account_time_and_words(looks: list[Look]) -> None:
    rows = _rows(looks, "outbox", "OutboxTable")
    assert rows
    for row in rows:
        assert re.match(r"Held\. To [^,]+, tuliprye@practice\.example, [^:]*\d:\d\d: \w+", row.name)


def test_a_person_says_name_network_and_last_words(looks: list[Look]) -> None:
    (row,) = _rows(looks, "contacts", "QTableView")
    assert "VIP" in row.name and "Mastodon" in row.name and row.name.count(": ") == 1


def test_rows_of_an_incident_say_all_their_columns(looks: list[Look]) -> None:
    row = _rows(looks, "incident / Held", "Table")[-1]  # the first is the list of incidents
    assert "tuliprye@practice.example" in row.name and "It is on its way." in row.name
    row = _rows(looks, "incident / Log", "Table")[-1]
    assert re.match(r"\d\d:\d\d, .*Owner", row.name)


def test_marks_of_a_list_are_words_too(looks: list[Look]) -> None:
    """A rule that is off, a notice that was not seen, a template that is locked."""
    said = {look.place: " | ".join(node.name for node in look.rows) for look in looks}
    assert re.search(r"Refunds.*off", said["rules"])
    assert "not seen" in said["notices"]
    assert "approved: English" in said["templates"] and "locked" in said["templates"]
    assert "not read yet" in said["playbooks"]


def test_a_view_says_its_count(looks: list[Look]) -> None:
    names = [node.name for node in _rows(looks, "needs_reply", "Lines")]
    assert any(re.fullmatch(r"Needs reply, \d+", name) for name in names)


def _rows(looks: list[Look], place: str, kind: str) -> list[Node]:
    """The rows of a list of this class, by the place's name."""
    found = next(look for look in looks if look.place == place or look.place.startswith(place))
    return [node for node in found.rows if node.path.endswith(f"/{kind}")]
