"""What is said about a template's words and versions, without a window."""

import pytest

from socialdesk.domain.crisis.approval import Look, TeamMode
from socialdesk.domain.queue.rows import TemplateRow, VersionRow
from socialdesk.domain.replies.template import TemplateState
from socialdesk.ui.templates.checks import MAX_CHARS, MAX_SLOTS, problems, slot_line
from socialdesk.ui.templates.state import (
    approval_note,
    approved,
    look_words,
    newest,
    state_words,
    summary,
)


def a_version(number, lang="en", state=TemplateState.DRAFT, **more):
    return VersionRow(number, number, lang, f"Words {number}", "Aliya", 0, state, **more)


def test_good_words_have_no_problem():
    assert problems("Hello {first_name}, see {link}.") == []


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (" ", "Write the words"),
        ("Hello {First Name}", "“Hello {First Nam”"),
        ("Hello {name", "A brace belongs to no slot"),
        ("{a}{b}", "side by side"),
        ("x" * (MAX_CHARS + 1), "at most 10000 characters"),
        (" ".join(f"{{s{n}}}" for n in range(MAX_SLOTS + 1)), "at most 50 slots"),
    ],
)
def test_each_problem_is_explained(body, said):
    assert any(said in sentence for sentence in problems(body)), problems(body)


def test_slots_are_named_as_they_are_typed():
    assert slot_line("Hi {name}, {order}.") == "Slots: name, order. 6 characters without them."
    assert slot_line("Hi").startswith("No slots. Write {first_name}")


def test_an_approved_version_stays_in_use_under_a_newer_draft():
    row = TemplateRow(1, "T", "", 0, (
        a_version(1, state=TemplateState.APPROVED), a_version(2), a_version(3, "kk"),
    ))  # fmt: skip
    assert newest(row, "en") == row.versions[1]
    assert approved(row, "en") == row.versions[0]
    assert summary(row) == "approved: English · not approved: English, Қазақша"


def test_two_people_is_said_for_two_people_only():
    said = {look: look_words(look.value) for look in Look}
    assert [look for look, words in said.items() if "two people" in words] == [Look.PERSON_HERE]
    assert said[Look.SELF] == "same person"
    v = a_version(1, state=TemplateState.APPROVED, approved_by="Aliya", look="self")
    assert state_words(v) == "approved by Aliya, same person"


def test_alone_one_may_approve_and_it_is_recorded_so():
    note, may = approval_note(a_version(1), TeamMode.SOLO, "Aliya")
    assert may
    assert "same person" in note


def test_in_pair_mode_the_writer_may_not_approve():
    note, may = approval_note(a_version(1), TeamMode.PAIR, "Aliya")
    assert not may
    assert "somebody else" in note
    assert approval_note(a_version(1), TeamMode.PAIR, "Bolat")[1]
