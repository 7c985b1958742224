"""Every way to fail has a sentence, and every sentence a next step where one is possible."""

import pytest

from socialdesk.domain import errors
from socialdesk.engine.words.messages import fault, sentence

FAILURES: list[Exception] = [
    *(errors.StoreError(f) for f in errors.StoreFault),
    *(errors.CredentialError(f) for f in errors.CredentialFault),
    *(errors.RefusedError(r) for r in errors.Refusal),
    *(errors.CommandError(f) for f in errors.CommandFault),
    errors.AuthExpiredError(),
    errors.RateLimitedError(30),
    errors.UnreachableError(),
    errors.BadAnswerError(),
    errors.EngineLostError(),
    errors.EngineDeafError(),
    errors.EngineMuteError(),
    RuntimeError("a bug"),
]
NO_STEP = {errors.CommandFault.NOTHING_TO_UNDO, errors.CommandFault.NOTHING_TO_REDO}


@pytest.mark.parametrize("error", FAILURES, ids=str)
def test_every_failure_ends_in_a_sentence_with_a_next_step(error: Exception) -> None:
    said = sentence(error)
    assert said.text.endswith(".") or said.text.endswith("?")
    assert said.next_step or getattr(error, "fault", None) in NO_STEP


def test_sentences_do_not_repeat_each_other_for_different_store_faults() -> None:
    said = [sentence(errors.StoreError(f)).text for f in errors.StoreFault]
    assert len(set(said)) == len(said)


def test_a_failed_backup_leaves_the_workspace_out_of_it() -> None:
    said = sentence(errors.StoreError(errors.StoreFault.BACKUP))
    assert "backup" in said.text and "Your workspace is as it was." in said.text
    assert "Try again" in said.next_step and said.action == "retry"


def test_a_bug_names_its_class_and_no_words_of_its_own() -> None:
    assert "private" not in sentence(ValueError("private words")).text


@pytest.mark.parametrize("name", [
    "", "AuthExpiredError", "RateLimitedError", "UnreachableError", "BadAnswerError",
    "CredentialError", "RefusedError", "Other",
])  # fmt: skip
def test_every_stored_fault_has_a_sentence(name: str) -> None:
    assert fault(name).text
