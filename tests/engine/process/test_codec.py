"""What travels the link arrives as it left."""

import typing
from dataclasses import fields
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from socialdesk.domain import errors
from socialdesk.domain.changes import Area, Changes
from socialdesk.engine.commands import Command, SendReply, SetStatus
from socialdesk.engine.process import codec

COMMANDS = typing.get_args(Command)
SAMPLES: dict[Any, Any] = {
    int: 7, str: "сәлем", bool: True, float: 1.5, tuple[int, ...]: (1, 2),
    tuple[tuple[str, str], ...]: (("a", "b"),),
    tuple[tuple[str, int], ...]: (("a", 1),),
    tuple[tuple[str, str, str], ...]: (("a", "b", "c"),),
    tuple[str, str, str]: ("a", "b", "c"),
    tuple[str, ...]: ("a", "b"),
    tuple[tuple[str, str, int, int], ...]: (("a", "b", 1, 2),),
}  # fmt: skip


@pytest.mark.parametrize("kind", COMMANDS, ids=lambda k: k.__name__)
def test_every_command_arrives_as_it_left(kind: type) -> None:
    hints = typing.get_type_hints(kind)
    command = kind(**{f.name: SAMPLES[hints[f.name]] for f in fields(kind)})
    wire = codec.from_bytes(codec.to_bytes(codec.command_to_json(command)))
    assert codec.command_from_json(wire) == command


@given(st.text(), st.lists(st.integers(0, 2**62), max_size=5))
def test_any_text_and_any_ids_arrive(text: str, ids: list[int]) -> None:
    for command in (SendReply(1, text, values=(("slot", text),)), SetStatus(tuple(ids), 4)):
        wire = codec.from_bytes(codec.to_bytes(codec.command_to_json(command)))
        assert codec.command_from_json(wire) == command


@pytest.mark.parametrize("data", [
    {}, {"name": "Nothing", "with": {}}, {"name": "Snooze", "with": {"ids": [1]}}, {"name": "Undo"},
    {"name": "Undo", "with": {"more": 1}}, {"name": "Undo", "with": []},
])  # fmt: skip
def test_words_of_another_language_are_refused(data: dict[str, Any]) -> None:
    with pytest.raises(ValueError):
        codec.command_from_json(data)


ERRORS = [
    errors.StoreError(errors.StoreFault.FULL, "x"),
    errors.CredentialError(errors.CredentialFault.LOCKED),
    errors.CommandError(errors.CommandFault.TOO_LONG, n=3),
    errors.RateLimitedError(12.5),
    errors.RefusedError(errors.Refusal.GONE, "404"),
    errors.UnreachableError("no route", maybe_done=False),
    errors.AuthExpiredError("dead"),
    errors.BadAnswerError("html"),
    errors.EngineMuteError(),
    errors.EngineLostError("it ended"),
]


@pytest.mark.parametrize("error", ERRORS, ids=lambda e: type(e).__name__)
def test_every_error_keeps_its_facts(error: Exception) -> None:
    back = codec.error_from_json(codec.from_bytes(codec.to_bytes(codec.error_to_json(error))))
    assert type(back) is type(error)
    assert vars(back) == vars(error)


def test_a_bug_travels_by_its_name_alone() -> None:
    back = codec.error_from_json(codec.error_to_json(KeyError("a stranger's words")))
    assert "KeyError" in str(back)
    assert "stranger" not in str(back)


IDS = st.sets(st.integers(0, 2**62))


@given(IDS, IDS, st.sets(st.sampled_from(Area)))
def test_changes_arrive(added: set[int], updated: set[int], areas: set[Area]) -> None:
    changes = Changes(tuple(sorted(added)), tuple(sorted(updated)), frozenset(areas))
    wire = codec.from_bytes(codec.to_bytes(codec.changes_to_json(changes)))
    assert codec.changes_from_json(wire) == changes
