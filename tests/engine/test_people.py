"""Who works here: another name for somebody, who stays the same person."""

import json
import threading

import pytest

from socialdesk.domain.changes import Area
from socialdesk.domain.errors import CommandError, CommandFault
from socialdesk.domain.queue.rows import View
from socialdesk.engine.commands import AddPerson, Assign, RenamePerson
from socialdesk.engine.queries import ListPeople, ReadJournal, ReadRows
from tests.engine.conftest import Bench


def people(bench: Bench) -> dict[int, str]:
    return {person.id: person.name for person in bench.desk.ask(ListPeople()).result()}


def test_a_new_name_stands_on_what_they_did_and_the_journal_keeps_the_old_one(bench: Bench) -> None:
    bench.desk.do(AddPerson("Bota")).result()
    mention = bench.rows(View.ALL)[0].id
    bench.desk.do(Assign((mention,), 2)).result()
    is_told = threading.Event()  # every screen that may show the name
    bench.desk.listen(lambda n: is_told.set() if Area.ALL in getattr(n, "areas", ()) else None)
    bench.desk.do(RenamePerson(2, "  Bota   Akhmet ")).result()
    assert people(bench) == {1: "Owner", 2: "Bota Akhmet"}
    (row,) = bench.desk.ask(ReadRows((mention,))).result()
    assert row.assignee == "Bota Akhmet"
    (entry,) = bench.desk.ask(ReadJournal(kind="person_renamed")).result()
    assert json.loads(entry.data) == {"person": 2, "before": "Bota", "after": "Bota Akhmet"}
    assert is_told.wait(30)


def test_a_name_may_change_its_letters(bench: Bench) -> None:
    bench.desk.do(RenamePerson(1, "OWNER")).result()
    assert people(bench) == {1: "OWNER"}


@pytest.mark.parametrize("name", ["", "  ", "bota", "x" * 81])
def test_no_name_and_somebody_elses_are_refused(bench: Bench, name: str) -> None:
    bench.desk.do(AddPerson("Bota")).result()
    with pytest.raises(CommandError) as error:
        bench.desk.do(RenamePerson(1, name)).result()
    assert error.value.fault is CommandFault.BAD_INPUT and people(bench)[1] == "Owner"


def test_nobody_is_renamed_who_is_not_there(bench: Bench) -> None:
    with pytest.raises(CommandError) as error:
        bench.desk.do(RenamePerson(9, "Ann")).result()
    assert error.value.fault is CommandFault.NOT_FOUND
