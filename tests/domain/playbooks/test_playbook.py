"""What the other rooms read of a playbook: blocks, lines; stems from the start of a word."""

import re
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from socialdesk.domain.playbooks.playbook import (
    LANGS,
    NO_CLOCK,
    blocks_of,
    short_form,
)
from socialdesk.domain.playbooks.playbook_words import LintHit, lint, watch_hits, which_watch
from socialdesk.domain.replies.placeholder import placeholders
from tests.domain.playbooks.test_playbook_check import common, playbooks

OUTAGE, TRAGEDY = playbooks()[0], playbooks()[-1]


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize(
    ("kind", "keys"),
    [
        ("first", ["sorry", "know", "unknown", "doing", "next"]),
        ("update", ["changed", "unknown", "doing", "next"]),
        ("serious", ["changed", "unknown", "doing", "next"]),
        ("nochange", ["nochange"]),
        ("correction", ["correction"]),
        ("resolution", ["outcome", "sorry", "cause", "change", "contact"]),
        ("staff", ["staff"]),
        ("oneoff", []),
    ],
)
def test_each_kind_of_statement_has_its_blocks(kind, keys, lang):
    blocks = blocks_of(kind, lang, OUTAGE, common())
    assert [key for key, _ in blocks] == keys
    assert all(text == text.strip() and text for _, text in blocks)


def test_a_first_statement_begins_with_the_people_and_ends_with_the_next_time():
    first = dict(blocks_of("first", "en", OUTAGE, common()))
    assert first["sorry"].startswith("We are sorry")
    assert placeholders(first["next"]) == ["next_update_at"]
    assert "next_update_at" in placeholders(short_form("en", OUTAGE))


def test_an_unknown_language_is_no_silent_english():
    with pytest.raises(KeyError):
        blocks_of("first", "de", OUTAGE, common())


def test_its_own_lines_and_those_all_share_have_keys_of_their_own():
    keys = [line.key for line in (*OUTAGE.lines, *common().lines)]
    assert keys[:3] == ["affected", "money", "back"]
    assert keys[3:5] == ["ack", "dont_know"]
    assert len(keys) == len(set(keys)) == 11


def test_a_line_says_whether_it_claims_and_whether_it_may_go_at_once():
    of_outage = {line.key: line for line in (*OUTAGE.lines, *common().lines)}
    assert not of_outage["ack"].is_claim
    assert of_outage["back"].is_claim
    assert "family" not in of_outage
    (family,) = (line for line in TRAGEDY.lines if line.key == "family")
    assert family.is_safety and not family.is_claim


def test_only_two_lines_may_go_at_once_and_none_of_them_claims():
    safety = [(p.id, line.key) for p in playbooks() for line in p.lines if line.is_safety]
    assert safety == [("recall", "harm"), ("tragedy", "family")]


def test_steps_know_their_phase_role_and_minutes():
    assert [(s.phase, s.role, s.due_min) for s in OUTAGE.steps] == [
        ("declared", "operator", 10),
        ("responding", "operator", 60),
        ("stand_down", "operator", NO_CLOCK),
    ]


def test_legal_clocks_stand_in_the_breach_only():
    clocks = {p.id: [(c.key, c.hours, c.business_days) for c in p.clocks] for p in playbooks()}
    assert clocks.pop("breach") == [("gdpr_art33", 72, 0), ("kz_94v", 0, 1)]
    assert not any(clocks.values())


@pytest.mark.parametrize(
    "text",
    ["Дүкенде ӨРТ шықты", "өрттен қашты", "«өрт»", "(өрт)", "авария-өрт", "бүгін\nөрт", "'өрт'",
     "There was a FIRE  at the shop", "ﬁre at the shop", "#Пожар!", "THE AMBULANCE’S here"],
)  # fmt: skip
def test_a_stem_is_found_at_the_start_of_a_word(text):
    assert watch_hits(text, TRAGEDY)


@pytest.mark.parametrize("text", ["төрт нан алдым", "Төртінші", "wildfire at", "", "сөрт", "өр т"])
def test_a_stem_inside_a_word_is_not_found(text):
    assert not watch_hits(text, TRAGEDY)


def test_apostrophes_of_phones_are_apostrophes():
    for text in ("I can't pay", "I can’t  pay", "CANʼT pay"):
        assert watch_hits(text, OUTAGE)


def expected_hits(text):
    """The rule word for word: a stem anywhere in the folded text, no word character before it."""
    plain = " ".join(unicodedata.normalize("NFKC", text).casefold().split())
    stems = {p.id: [s.casefold() for x in p.watch.values() for s in x] for p in playbooks()}
    found = {
        id_ for id_, known in stems.items() for s in known
        if any(plain.startswith(s, n) and not (n and re.match(r"\w", plain[n - 1]))
               for n in range(len(plain)))
    }  # fmt: skip
    return tuple(p.id for p in playbooks() if p.id in found)


WORDS = sorted({stem for p in playbooks() for stems in p.watch.values() for stem in stems})


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from([*WORDS, "т", "un", " ", ", ", "төрт", "\n", "Ө"]), max_size=8))
def test_watch_words_equal_the_rule_word_for_word(pieces):
    text = "".join(pieces).upper()
    assert which_watch(text, playbooks()) == expected_hits(text)


def test_several_playbooks_are_asked_at_once():
    assert which_watch("Пожар, и сайт не работает", playbooks()) == ("outage", "tragedy")
    assert which_watch("Рахмет!", playbooks()) == ()


def test_lint_warns_in_the_language_of_the_draft():
    text = "It was JUST A glitch; probably user error."
    assert lint(text, "en", common()) == [
        LintHit("blame", ("user error",)),
        LintHit("minimise", ("just a",)),
        LintHit("speculation", ("probably",)),
    ]
    assert lint(text, "ru", common()) == []
    assert lint("Бәлкім, жақын арада жөнделеді", "kk", common()) == [
        LintHit("estimate", ("жақын арада",)),
        LintHit("speculation", ("бәлкім",)),
    ]


def test_no_shipped_text_warns_of_itself():
    for p in playbooks():
        for lang in LANGS:
            for kind in ("first", "resolution", "staff", "update"):
                for _, text in blocks_of(kind, lang, p, common()):
                    assert lint(text, lang, common()) == [], text
