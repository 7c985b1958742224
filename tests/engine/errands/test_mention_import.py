"""Mentions out of files: looked at first, filed as asked, never doubled."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from socialdesk.domain.errors import CommandError
from socialdesk.domain.queue.rows import Order, View
from socialdesk.engine.commands.mention_files import ImportMentions, PreviewMentions
from socialdesk.engine.queries import ListAccounts, ListMentions, ReadDetail, ReadRows
from tests.engine.pond import Pond, PondDesk, PondNetwork, pond_desk

ROWS = "Date,Author,Text,Source\n2026-11-20 10:00,Ann,The soup was cold,Orchard\n"
N_MANY = 450


@pytest.fixture
def pond(tmp_path: Path) -> Iterator[PondDesk]:
    made = pond_desk(tmp_path, PondNetwork(Pond()))
    yield made
    made.desk.close()


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "export.csv"
    path.write_text(ROWS, "utf-8")
    return path


def bring_in(pond: PondDesk, file: Path, **how: Any) -> dict[str, object]:
    seen = pond.desk.do(PreviewMentions(str(file))).result().answer
    command = ImportMentions(str(file), str(seen["digest"]), **how)
    return dict(pond.desk.do(command).result().answer)


def ids(pond: PondDesk, view: View = View.ALL, search: str = "") -> tuple[int, ...]:
    return tuple(pond.desk.ask(ListMentions(view, search, Order.NEWEST)).result().ids)


def test_a_look_writes_nothing(pond: PondDesk, file: Path) -> None:
    seen = pond.desk.do(PreviewMentions(str(file))).result().answer
    assert (seen["n_rows"], seen["n_new"], seen["n_known"], seen["n_broken"]) == (1, 1, 0, 0)
    assert seen["columns"] == ["at", "author", "text", "network"]
    assert ids(pond) == ()
    assert len(pond.desk.ask(ListAccounts()).result()) == 1


def test_history_is_filed_as_done_and_found_by_its_words(pond: PondDesk, file: Path) -> None:
    answer = bring_in(pond, file)
    assert (answer["n_new"], answer["n_known"]) == (1, 0)
    (mention,) = ids(pond, View.DONE)
    assert ids(pond, View.NEEDS_REPLY) == ()
    assert ids(pond, search="soup label:Orchard") == (mention,)
    detail = pond.desk.ask(ReadDetail(mention)).result()
    assert detail is not None and detail.reply_note == "imported"


def test_what_needs_a_reply_goes_to_the_queue(pond: PondDesk, file: Path) -> None:
    bring_in(pond, file, is_open=True)
    (mention,) = ids(pond, View.NEEDS_REPLY)
    (row,) = pond.desk.ask(ReadRows((mention,))).result()
    assert row.author == "Ann"


def test_the_same_file_again_doubles_nothing(pond: PondDesk, file: Path) -> None:
    first, second = bring_in(pond, file), bring_in(pond, file)
    assert (second["n_new"], second["n_known"]) == (0, 1)
    assert first["account_id"] == second["account_id"]
    assert len(ids(pond)) == 1


def test_many_rows_come_in_slices_and_all_of_them(pond: PondDesk, tmp_path: Path) -> None:
    file = tmp_path / "many.csv"
    lines = [f"2026-11-{n % 27 + 1:02} 10:00,P{n},words {n},X\n" for n in range(N_MANY)]
    file.write_text("Date,Author,Text,Source\n" + "".join(lines), "utf-8")
    assert bring_in(pond, file)["n_new"] == N_MANY
    assert len(ids(pond)) == N_MANY


def test_a_file_that_changed_since_is_looked_at_again(pond: PondDesk, file: Path) -> None:
    seen = pond.desk.do(PreviewMentions(str(file))).result().answer
    file.write_text(ROWS + "2026-11-20,Bob,More,\n", "utf-8")
    with pytest.raises(CommandError):
        pond.desk.do(ImportMentions(str(file), str(seen["digest"]))).result()
    assert ids(pond) == ()


def test_a_broken_row_stops_all_of_it_unless_it_may_be_left_out(pond: PondDesk, file: Path) -> None:
    file.write_text(ROWS + "never,Bob,More,\n", "utf-8")
    with pytest.raises(CommandError):
        bring_in(pond, file)
    assert ids(pond) == ()
    answer = bring_in(pond, file, skips_broken=True)
    assert (answer["n_new"], answer["n_broken"]) == (1, 1)


def test_the_account_of_files_is_never_asked_for_anything(pond: PondDesk, file: Path) -> None:
    bring_in(pond, file)
    pond.turn(4000, times=3)
    row = pond.desk.ask(ListAccounts()).result()[-1]
    assert row.network == "import" and not row.watches and not row.fault
