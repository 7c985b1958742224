"""`socialdesk temperature`."""

import re

import pytest

from socialdesk.cli.exit_codes import OK, REFUSED, USAGE
from socialdesk.engine.words.temperature import last_sentence


def test_a_post_about_nothing_collected_is_too_little_to_say(practise):
    ran = practise("temperature", "Zeppelin flights on Sunday")
    assert ran.code == OK
    assert ran.out.startswith("Too little to say. That is no green light.\n")
    assert "0 mentions in 30 days" in ran.out
    assert last_sentence() in ran.out


def test_json_has_every_number_and_the_terms(practise):
    value = practise("temperature", "Zeppelin", "#AskZeppelin", "--json").value
    assert value["verdict"] == "little" and value["flags"] == ["invitation"]
    assert value["terms"] == ["askzeppelin*", "zeppelin*"]
    assert (value["n"], value["n_negative"], value["n_unresolved"], value["share"]) == (
        0, 0, 0, None,
    )  # fmt: skip


def test_a_reason_is_kept_in_the_journal(practise, sql):
    ran = practise("temperature", "Zeppelins", "--reason", "The poster hangs already.", "--json")
    assert ran.code == OK and ran.value["kept"] > 0
    ((kind, data),) = sql("SELECT kind, data FROM journal WHERE seq = ?", ran.value["kept"])
    assert kind == "temperature_checked"
    assert "The poster hangs already." in data and "Zeppelin" not in data


def test_red_asks_for_a_reason_and_says_how(practise, sql):
    sql("INSERT INTO incident(code, title, state) VALUES ('INC-2026-0001', 'Oven', 'suspected')")
    ran = practise("temperature", "Fresh bread")
    assert ran.code == REFUSED
    assert ran.out.startswith("Red. Better not now.")
    assert "INC-2026-0001 Oven" in ran.out
    assert "--reason TEXT" in ran.err
    again = practise("temperature", "Fresh bread", "--reason", "It is only bread.")
    assert again.code == OK and "The check is in the journal." in again.out


def test_under_a_lock_it_is_refused_even_with_a_reason(practise, sql):
    sql(
        "INSERT INTO incident(code, title, state, severity)"
        " VALUES ('INC-2026-0001', 'Oven', 'declared', 2)"
    )
    for more in ((), ("--reason", "It is only bread.")):
        ran = practise("temperature", "Fresh bread", "--account", 1, *more)
        assert ran.code == REFUSED
        assert re.search(r"Planned posts for .+ are stopped while INC-2026-0001 is open\.", ran.err)


def test_a_time_is_asked_for_when_it_is_none(practise):
    ran = practise("temperature", "Fresh bread", "--at", "tomorrow")
    assert ran.code == USAGE and "2026-12-16T10:00" in ran.err


@pytest.mark.parametrize(("at", "flags"), [("2026-12-16T10:00", ["date"]),
                                           ("2026-12-17T10:00", [])])  # fmt: skip
def test_a_day_of_ones_own_list_is_a_flag(practise, sql, at, flags):
    sql("INSERT INTO setting(key, value) VALUES ('careful_days', '12-16 Independence Day')")
    ran = practise("temperature", "Fresh bread", "--at", at, "--json")
    assert ran.value["flags"] == flags
