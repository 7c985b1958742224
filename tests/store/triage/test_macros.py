"""Macros: every step or none, one act, one undo, and only approved words leave."""

from dataclasses import replace

import pytest

from socialdesk.domain.errors import CommandError, CommandFault
from socialdesk.domain.mentions.status import Status
from socialdesk.domain.replies.reply import OutboxState
from socialdesk.domain.rules.macro import Macro, fault_of
from socialdesk.domain.rules.step import Step, StepKind
from socialdesk.engine.commands.macros import DeleteMacro, OrderMacros, RunMacro, SaveMacro
from socialdesk.engine.handlers import HANDLERS
from socialdesk.store.triage import acts, macros
from tests.store.replies.test_gate import TEXTS, a_version
from tests.store.triage.test_acts import redo, state, undo

LABEL, DONE = ("label", "late", 0, 0), ("status", "", Status.DONE.value, 2)
STEPS = (LABEL, ("priority", "", 1, 0), ("assign", "", 2, 0), ("note", "Called", 0, 0), DONE)


def do(file, command, person=1):
    return file.write(lambda tx: HANDLERS[type(command)](tx, command, person))


def save(file, *steps, name="Late"):
    return do(file, SaveMacro(name, steps))[1]["macro_id"]


def fault(run, *values):
    with pytest.raises(CommandError) as refused:
        run(*values)
    return refused.value.fault


def test_every_step_is_one_act_and_one_undo(file):
    ids = file.fill(3)
    macro = save(file, *STEPS)
    before = state(file)
    do(file, RunMacro(macro, tuple(ids[:2])))
    row = file.row(ids[0])
    assert (row.labels, row.priority, row.assignee, row.status) == (
        ("late",), 1, "Ben", Status.DONE
    )  # fmt: skip
    assert file.read(acts.peek, 1) == ("macro_run", "")
    after = state(file)
    undo(file)
    assert state(file) == before
    redo(file)
    assert state(file) == after


def test_a_step_that_fails_takes_the_whole_macro_with_it(file):
    ids = file.fill(1)
    macro = save(file, LABEL, ("assign", "", 77, 0))
    before = state(file)
    assert fault(do, file, RunMacro(macro, tuple(ids))) is CommandFault.NOT_FOUND
    assert state(file) == before


def test_a_mention_that_two_steps_move_comes_back_to_its_beginning(file):
    ids = file.fill(2, author="troll")
    macro = save(file, ("mute", "", 1, 0), ("status", "", Status.SPAM.value, 0))
    before = state(file)
    do(file, RunMacro(macro, (ids[0],)))
    assert file.statuses(ids) == [Status.SPAM, Status.DONE]
    undo(file)
    assert state(file) == before


def test_a_snooze_means_what_its_words_mean_now(file):
    ids = file.fill(1)
    macro = save(file, ("snooze", "tomorrow 9", 0, 0), LABEL)
    until = file.clock.now + 77_000
    do(file, RunMacro(macro, tuple(ids), until=until))
    assert file.row(ids[0]).snoozed_until == until


def test_macros_are_kept_in_the_order_of_their_keys(file):
    made = [save(file, LABEL, name=name) for name in "abc"]
    do(file, OrderMacros((made[2], made[0])))
    assert [m.name for m in file.read(macros.list_macros)] == ["c", "a", "b"]
    do(file, SaveMacro("A", (DONE,), made[0]))
    do(file, DeleteMacro(made[2]))
    assert [m.name for m in file.read(macros.list_macros)] == ["A", "b"]
    assert fault(do, file, SaveMacro("B", (DONE,))) is CommandFault.BAD_INPUT
    assert fault(do, file, DeleteMacro(made[2])) is CommandFault.NOT_FOUND


@pytest.mark.parametrize(
    ("steps", "fault"),
    [
        ([], "empty"),
        ([Step(StepKind.LABEL, "x")] * 13, "too_many"),
        ([Step(StepKind.LABEL, "x"), Step(StepKind.LABEL, "y")], ""),
        ([Step(StepKind.PRIORITY, number=1)] * 2, "twice"),
        ([Step(StepKind.STATUS, number=4), Step(StepKind.SNOOZE, "2h")], "twice"),
        ([Step(StepKind.LABEL, " ")], "text"),
        ([Step(StepKind.NOTE, "")], "text"),
    ],
)
def test_what_is_no_macro_says_why(steps, fault):
    assert fault_of(steps) == fault


def test_a_macro_of_a_later_program_is_left_out(file):
    save(file, LABEL)
    file.execute("INSERT INTO macro(name, steps) VALUES ('new', '[[\"teleport\", \"\", 0, 0]]')")
    assert [m.name for m in file.read(macros.list_macros)] == ["Late"]


def test_a_macro_knows_its_parts():
    steps = (Step(StepKind.REPLY, number=3), Step(StepKind.SNOOZE, "2h"))
    made = Macro(1, "m", steps)
    assert (made.reply, made.snooze, made.acts) == (steps[0], steps[1], steps[1:])
    assert replace(made, steps=steps[1:]).reply is None


# --- with a reply ---


def answering(file):
    version = a_version(file)
    macro = save(file, ("reply", "", 1, 0), LABEL, DONE, name="Answer")
    mention = file.fill(1)[0]
    command = RunMacro(macro, (mention,), text=TEXTS["template"], version_id=version,
                       values=(("name", "Ann"),), lang="en")  # fmt: skip
    return mention, command


def outbox_states(file):
    return [OutboxState(state) for (state,) in file.sql("SELECT state FROM outbox ORDER BY id")]


def test_a_reply_is_held_and_one_undo_takes_everything_back(file):
    mention, command = answering(file)
    before = state(file)
    _, told = do(file, command)
    assert told["outbox_id"]
    assert (outbox_states(file), file.row(mention).labels) == ([OutboxState.HELD], ("late",))
    assert file.row(mention).status is Status.DONE
    undo(file)
    assert outbox_states(file) == [OutboxState.TAKEN_BACK]
    assert state(file) == before


@pytest.mark.parametrize(
    "changes",
    [{"text": "We are closed."}, {"version_id": 0}, {"values": (), "text": "Dear {name}"}],
)
def test_only_an_approved_text_with_every_slot_filled_leaves(file, changes):
    _, command = answering(file)
    before = state(file)
    with pytest.raises(CommandError):
        do(file, replace(command, **changes))
    assert (outbox_states(file), state(file)) == ([], before)


def test_a_macro_that_answers_is_for_one_mention(file):
    mention, command = answering(file)
    other = file.fill(1)[0]
    assert fault(do, file, replace(command, ids=(mention, other))) is CommandFault.BAD_INPUT
