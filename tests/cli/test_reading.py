"""What sync, search, queue, accounts and templates print, and how they end."""

import sqlite3

import pytest

HOSTILE = "\x1b[2J\x9b31m\u202egnp.exe\u2066 \u200bhi\x07\nnext"
OBEYED = "\x1b\x9b\x07\u202e\u2066\u200b"


def first_id(practise) -> int:
    return int(practise("queue", "--json").value["mentions"][0]["id"])


def test_sync_fetches_and_counts(practise) -> None:
    first = practise("sync", "--json")
    assert first.code == 0
    assert first.value["new"] > 0 and first.value["failed"] == 0
    again = practise("sync")
    assert again.code == 0
    assert "new mention" in again.out and again.err == ""


def test_sync_of_one_account_and_of_none(practise) -> None:
    assert practise("sync", "--account", 1).code == 0
    missing = practise("sync", "--account", 77)
    assert missing.code == 1
    assert "no account 77" in missing.err and "socialdesk accounts" in missing.err


def test_sync_of_a_paused_account_says_why_nothing_came(practise, sql) -> None:
    sql("UPDATE account SET state = 'paused'")
    assert "Paused by you." in practise("sync").err
    sql("UPDATE account SET state = 'sign_in'")
    assert "Sign in again" in practise("sync").err


@pytest.mark.usefixtures("unplugged")
def test_sync_ends_with_the_networks_code_when_it_does_not_answer(practise) -> None:
    done = practise("sync")
    assert done.code == 3
    assert "0 new mentions" in done.out
    assert "tuliprye@practice.example" in done.err
    assert "cannot be reached. What is stored stays readable. Try now" in done.err
    assert practise("sync", "--json").value == {"new": 0, "failed": 3}


def test_search_finds_words_and_operators(practise) -> None:
    found = practise("search", "tuliprye")
    assert found.code == 0
    assert "tuliprye" in found.out and "shown" in found.out
    one = practise("search", "tuliprye", "--limit", 1, "--json").value
    assert len(one["mentions"]) == 1 and one["total"] > 1 and one["faults"] == []
    both = practise("search", "status:new", "lang:ru", "--json").value
    assert {m["status"] for m in both["mentions"]} == {"new"}


def test_search_that_finds_nothing_is_no_fault(practise) -> None:
    nothing = practise("search", "xylophone")
    assert nothing.code == 0
    assert "0 of 0 shown" in nothing.out


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("foo:bar", "Operators: from:"),
        ("status:sleepy", "for status: it takes new"),
        ("reach:", "needs a value"),
    ],
)
def test_a_wrong_operator_is_explained(practise, words, said) -> None:
    wrong = practise("search", words)
    assert wrong.code == 2
    assert said in wrong.err
    told = practise("search", words, "--json")
    assert told.code == 2
    assert said in told.value["faults"][0]


def test_queue_shows_what_needs_a_reply_soonest_first(practise, prepared) -> None:
    file = sqlite3.connect(prepared.database)
    waiting = "SELECT mention_id FROM triage WHERE status <= 1 ORDER BY need_at"
    before = {id for (id,) in file.execute(waiting)}
    rows = practise("queue", "--json", "--limit", 100).value["mentions"]
    assert rows
    assert {row["status"] for row in rows} <= {"new", "open"}
    shown = [row["id"] for row in rows]
    assert before <= set(shown)
    # what came after the answer, while the command ended, it could not show
    assert shown == [id for (id,) in file.execute(waiting) if id in shown]
    file.close()
    lines = practise("queue").out.splitlines()
    assert lines[0].startswith(str(rows[0]["id"]))


@pytest.mark.parametrize("view", ["new", "waiting", "snoozed", "done", "spam", "muted", "all"])
def test_queue_shows_every_view(practise, view) -> None:
    shown = practise("queue", "--view", view, "--json")
    assert shown.code == 0
    if view in ("new", "done", "all"):
        assert shown.value["total"] > 0


def test_queue_shows_the_outbox(practise) -> None:
    assert "0 replies" in practise("queue", "--view", "outbox").out
    assert practise("queue", "--view", "approval", "--json").value == []


def test_a_view_that_is_not_there_is_answered_with_those_that_are(practise) -> None:
    wrong = practise("queue", "--view", "problems")
    assert wrong.code == 2
    assert "needs_reply" in wrong.err and "outbox" in wrong.err


def test_accounts_tell_their_health(practise) -> None:
    shown = practise("accounts")
    assert shown.code == 0
    assert "Connected." in shown.out and "hashtag #TulipRye: works." in shown.out
    value = practise("accounts", "--json").value
    assert value[0]["state"] == "on" and len(value[0]["watches"]) == 3


def test_a_workspace_without_account_or_template_says_what_to_do(run) -> None:
    assert "socialdesk practice" in run("accounts").out
    assert "socialdesk practice" in run("sync").out
    assert "No template yet" in run("templates").out
    assert run("sync", "--json").value == {"new": 0, "failed": 0}


def test_templates_tell_which_languages_are_approved(practise) -> None:
    shown = practise("templates")
    assert shown.code == 0
    assert "An answer is coming: en (approved), kk (approved), ru (approved)" in shown.out
    value = practise("templates", "--json").value
    assert {v["lang"] for v in value[0]["versions"]} == {"en", "ru", "kk"}


def test_a_strangers_words_cannot_steer_the_terminal(practise, sql) -> None:
    number = first_id(practise)
    sql("UPDATE mention SET body = ? WHERE id = ?", HOSTILE, number)
    sql("UPDATE author SET name = ?", HOSTILE)
    sql("UPDATE account SET name = ?, state = 'paused'", HOSTILE)  # paused: not fetched anew
    for words in (["queue"], ["accounts"], ["queue", "--json"], ["doctor"]):
        out = practise(*words).out
        assert "gnp.exe" in out
        assert not set(OBEYED) & set(out), words
    bodies = [m["body"] for m in practise("queue", "--json").value["mentions"]]
    assert any("\u202egnp.exe" in body for body in bodies)  # a program gets them whole
