"""Promise 31: whatever is typed into whatever field of whatever command, it travels to the file as
a parameter: no statement ever holds it, and nobody sees a traceback."""

import sqlite3
from collections.abc import Iterator
from dataclasses import MISSING, Field, fields
from random import Random
from typing import Any, ClassVar

import pytest

from socialdesk.domain.account import Secret
from socialdesk.domain.errors import SocialDeskError
from socialdesk.engine.accounts.secrets import NoKeyring
from socialdesk.engine.inline import InlineDesk
from socialdesk.engine.outside import Outside
from socialdesk.engine.process.codec import _commands
from tests.fakes import HandClock
from tests.store.queue.test_search import a_string

MARK = "zzmark"
# They end, replace or leave the workspace, or write files where they are told.
LEFT_OUT = {"Quit", "RemoveWorkspace", "RestoreCopy", "StartDrill", "EndDrill", "BackUp"}
PATHS = {"path", "folder", "file", "target", "where", "source"}
ROUNDS = 60


class Spy(sqlite3.Connection):
    """Notes the text of every statement as it was handed over."""

    seen: ClassVar[set[str]] = set()

    def execute(self, sql: str, *values: Any) -> sqlite3.Cursor:
        Spy.seen.add(sql)
        return super().execute(sql, *values)

    def executemany(self, sql: str, *values: Any) -> sqlite3.Cursor:
        Spy.seen.add(sql)
        return super().executemany(sql, *values)


@pytest.fixture
def desk(tmp_path, monkeypatch) -> Iterator[InlineDesk]:
    """An empty workspace whose every statement is noted."""
    connect = sqlite3.connect
    monkeypatch.setattr(sqlite3, "connect", lambda *a, **k: connect(*a, factory=Spy, **k))
    monkeypatch.chdir(tmp_path)
    Spy.seen = set()
    outside = Outside({}, lambda: None, lambda _: NoKeyring(Secret("")))  # type: ignore[arg-type,return-value]
    made = InlineDesk(tmp_path / "w.db", tmp_path / "backups", HandClock(), outside)
    yield made
    made.close()


def typed(field: Field[Any], dice: Random) -> Any:
    """Something for one field, by what its annotation says."""
    said, text = str(field.type), f"{MARK} {a_string(dice)}"
    if said.startswith("tuple[int"):
        return (1, dice.randrange(5))
    if said.startswith(("tuple[tuple[str, str, str]",)):
        return ((text, text, text),)
    if said.startswith("tuple[tuple[str, str]"):
        return ((text, text),)
    if said.startswith("tuple[str"):
        return (text,)
    return {"str": text, "int": dice.randrange(5), "bool": dice.random() < 0.5}.get(said, MISSING)


def commands() -> list[type]:
    found = _commands().values()
    return [one for one in found if one.__name__ not in LEFT_OUT
            and not {field.name for field in fields(one)} & PATHS]  # fmt: skip


def made(kind: type, dice: Random) -> Any:
    """A command full of odd strings; None where a field is of another kind and has no default."""
    values: dict[str, Any] = {}
    for field in fields(kind):
        value = typed(field, dice)
        if value is not MISSING:
            values[field.name] = value
        elif field.default is MISSING and field.default_factory is MISSING:
            return None
    return kind(**values)


@pytest.mark.promise(31)
@pytest.mark.timeout(180)
def test_what_is_typed_is_in_no_statement(desk: InlineDesk, trials) -> None:
    dice, kinds = Random(31), commands()
    assert len(kinds) > 80
    for _ in range(ROUNDS):
        for kind in kinds:
            command = made(kind, dice)
            if command is None:
                continue
            try:
                desk.do(command).result(20)
            except SocialDeskError:
                pass
            trials.add()
    assert len(Spy.seen) > 200
    assert [sql for sql in Spy.seen if MARK in sql] == []
