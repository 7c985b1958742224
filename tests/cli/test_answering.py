"""`reply`: an approved template to one mention, once; else a sentence and nothing sent."""

import json
from collections import Counter

import pytest

from socialdesk.app import desk_of
from socialdesk.engine.commands import InstallPack

TEMPLATE = "An answer is coming"


@pytest.fixture
def question(practise) -> int:
    """The number of a mention whose author has a first name."""
    rows = practise("queue", "--json", "--limit", 100).value["mentions"]
    return int(next(r["id"] for r in rows if r["author"].split()[0].isalpha()))


@pytest.fixture
def posted(prepared):
    """How many posts of ours the practice network holds, by the mention they answer."""

    def count() -> Counter[str]:
        lines = prepared.practice_posts.read_text(encoding="utf-8").splitlines()
        records = [json.loads(line) for line in lines]
        return Counter(r.get("to", "") for r in records if r.get("act") == "post")

    return count


def test_an_approved_template_reaches_the_network_once(practise, question, posted) -> None:
    sent = practise("reply", question, "--template", TEMPLATE)
    assert sent.code == 0
    assert sent.out.startswith("Sent. https://practice.example/")
    assert list(posted().values()) == [1]
    waiting = practise("queue", "--view", "waiting", "--json").value["mentions"]
    assert question in {m["id"] for m in waiting}


def test_the_answer_for_programs_tells_state_and_link(practise, question) -> None:
    value = practise("reply", question, "--template", TEMPLATE.upper(), "--json").value
    assert value["state"] == "sent"
    assert value["url"].startswith("https://practice.example/")
    assert value["mention"] == question


def test_the_mentions_language_chooses_the_words_and_lang_another(practise) -> None:
    rows = practise("search", "status:new", "lang:ru", "--json").value["mentions"]
    first, second = [r["id"] for r in rows if r["author"].split()[0].isalpha()][:2]
    own = practise("reply", first, "--template", TEMPLATE, "--json").value
    assert own["text"].startswith("Спасибо, что написали")
    asked = practise("reply", second, "--template", TEMPLATE, "--lang", "kk", "--json").value
    assert "рақмет" in asked["text"]


def test_a_mention_that_was_answered_is_answered_again_only_with_yes(
    practise, question, posted
) -> None:
    practise("reply", question, "--template", TEMPLATE)
    again = practise("reply", question, "--template", TEMPLATE)
    assert again.code == 1
    assert "answered there already" in again.err and "--yes" in again.err
    assert sum(posted().values()) == 1
    assert practise("reply", question, "--template", "Thank you", "--yes").code == 0
    assert sum(posted().values()) == 2


def test_an_empty_slot_is_named_and_nothing_leaves(practise, question, posted) -> None:
    refused = practise("reply", question, "--template", "Late order")
    assert refused.code == 1
    assert "order_number, time" in refused.err and "--slot" in refused.err
    assert not posted()


def test_slots_are_filled_as_typed(practise, question) -> None:
    slots = ("--slot", "order_number=TR-1 {time}", "--slot", "time=15:00 = sharp")
    sent = practise("reply", question, "--template", "Late order", "--lang", "en", *slots, "--json")
    assert sent.code == 0
    assert "order TR-1 {time} should" in sent.value["text"]
    assert "at 15:00 = sharp." in sent.value["text"]


def test_a_mistyped_slot_is_refused_with_those_there_are(practise, question, posted) -> None:
    refused = practise("reply", question, "--template", TEMPLATE, "--slot", "fist_name=Al")
    assert refused.code == 1
    assert "fist_name" in refused.err and "first_name" in refused.err
    wrong = practise("reply", question, "--template", TEMPLATE, "--slot", "Al")
    assert wrong.code == 2
    assert "NAME=VALUE" in wrong.err
    assert not posted()


def test_a_template_that_is_not_approved_is_not_sent(practise, prepared, question, posted) -> None:
    with desk_of(prepared) as desk:
        desk.do(InstallPack("starter")).result()  # starter packs arrive unapproved
    drafts = [t["name"] for t in practise("templates", "--json").value
              if {v["state"] for v in t["versions"]} == {"draft"}]  # fmt: skip
    refused = practise("reply", question, "--template", drafts[0])
    assert refused.code == 1
    assert "not approved" in refused.err and "Approve it first" in refused.err
    assert not posted()


def test_what_is_not_there_is_named(practise, question) -> None:
    mention = practise("reply", 7, "--template", TEMPLATE)
    assert mention.code == 1
    assert "no mention 7" in mention.err and "socialdesk queue" in mention.err
    template = practise("reply", question, "--template", "Hello")
    assert template.code == 1
    assert "«Hello»" in template.err and "socialdesk templates" in template.err


def test_with_sending_off_the_reply_waits_and_that_is_said(practise, question, sql, posted) -> None:
    sql("INSERT OR REPLACE INTO setting(key, value) VALUES('sender', 'off')")
    kept = practise("reply", question, "--template", TEMPLATE)
    assert kept.code == 3
    assert "Sending is off" in kept.out
    assert not posted()
    rows = practise("queue", "--view", "outbox", "--json").value
    assert [(r["mention"], r["state"]) for r in rows] == [(question, "queued")]


@pytest.mark.usefixtures("unplugged")
def test_an_unreachable_network_leaves_it_in_the_outbox(practise, question, posted) -> None:
    kept = practise("reply", question, "--template", TEMPLATE)
    assert kept.code == 3
    assert "Queued. The network cannot be reached." in kept.out
    assert "stays in the outbox" in kept.out
    assert not posted()


def test_what_was_left_in_the_outbox_leaves_with_the_next_command(
    practise, question, sql, posted
) -> None:
    sql("INSERT OR REPLACE INTO setting(key, value) VALUES('sender', 'off')")
    practise("reply", question, "--template", TEMPLATE)
    sql("DELETE FROM setting WHERE key = 'sender'")
    again = practise("reply", question, "--template", TEMPLATE)
    assert again.code == 1  # it is on its way already
    assert sum(posted().values()) == 1
