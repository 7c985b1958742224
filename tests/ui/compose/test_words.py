"""Differences, marks and the verdict: what the composer says about a text."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from socialdesk.domain.crisis.approval import Policy
from socialdesk.domain.crisis.gate import Around
from socialdesk.domain.crisis.incident import IncidentState, Lock, Severity
from socialdesk.domain.crisis.risk import LIABILITY
from socialdesk.ui.compose.diff_view import in_words
from socialdesk.ui.compose.difference import Edit, Piece, difference
from socialdesk.ui.compose.marks import marks, py_offset, qt_offset
from socialdesk.ui.compose.matching import match
from socialdesk.ui.compose.say import fate
from socialdesk.ui.compose.verdict import Fate, Used, Verdict, verdict


def test_one_changed_word_is_one_change():
    assert difference("We are sorry.", "We are glad.") == [
        Piece(Edit.SAME, "We are "), Piece(Edit.GONE, "sorry"), Piece(Edit.NEW, "glad"),
        Piece(Edit.SAME, "."),
    ]  # fmt: skip


@given(st.text(max_size=80), st.text(max_size=80))
def test_both_texts_can_be_read_out_of_the_pieces(old, new):
    pieces = difference(old, new)
    assert "".join(p.text for p in pieces if p.edit is not Edit.NEW) == old
    assert "".join(p.text for p in pieces if p.edit is not Edit.GONE) == new


def test_very_long_texts_are_not_compared_word_by_word():
    started = time.thread_time()
    pieces = difference("a b " * 100_000, "b a " * 100_000)
    assert [p.edit for p in pieces] == [Edit.GONE, Edit.NEW]
    assert time.thread_time() - started < 2.0


def test_a_difference_can_be_heard():
    assert in_words(difference("Come at 12", "Come at 14")) == "gone: 12; new: 14"
    assert in_words([]) == "no difference"


def test_people_links_and_tags_are_marked():
    text = "@aigul see https://shop.example/a?b=1, #кофе or mail a@b.example"
    found = [(m.kind, text[m.start : m.end]) for m in marks(text)]
    assert found == [
        ("person", "@aigul"), ("link", "https://shop.example/a?b=1"), ("tag", "#кофе"),
    ]  # fmt: skip


def test_a_remote_handle_is_one_mark():
    assert [(m.start, m.end) for m in marks("@ann@pond.example!")] == [(0, 17)]


@given(st.text(max_size=40), st.integers(0, 40))
def test_offsets_survive_the_way_to_qt_and_back(text, n):
    n = min(n, len(text))
    assert py_offset(text, qt_offset(text, n)) == n


BODY = "Order {n} is late."


@pytest.mark.parametrize(
    ("text", "policy", "expected"),
    [
        ("Order 5 is late.", Policy.TEMPLATES, Verdict(Fate.SENDS, is_template=True)),
        ("Order 5 is late.", Policy.APPROVAL, Verdict(Fate.SENDS, is_template=True)),
        ("Order {n} is late.", Policy.FREE, Verdict(Fate.SLOTS, True, ("n",))),
        ("Order 5 is lost.", Policy.FREE, Verdict(Fate.SENDS)),
        ("Order 5 is lost.", Policy.APPROVAL, Verdict(Fate.WAITS)),
        ("Order 5 is lost.", Policy.TEMPLATES, Verdict(Fate.REFUSED)),
        ("Oh! Order {n} is late.", Policy.FREE, Verdict(Fate.SLOTS, False, ("n",))),
        (" \n ", Policy.FREE, Verdict(Fate.EMPTY)),
    ],
)
def test_the_fate_is_said_before_sending(text, policy, expected):
    assert verdict(text, used=Used(BODY), found=match(BODY, text), policy=policy) == expected


def test_words_of_ones_own_follow_the_policy():
    said = {p: verdict("Hello!", used=Used(), found=None, policy=p).fate for p in Policy}
    assert said == {
        Policy.FREE: Fate.SENDS, Policy.APPROVAL: Fate.WAITS, Policy.TEMPLATES: Fate.REFUSED,
    }  # fmt: skip


LOCK = Lock(1, "INC-2026-0001", IncidentState.HOLDING, Severity.SEV2, "@shop", True, True)


@pytest.mark.parametrize(
    ("text", "used", "code", "said"),
    [
        ("Order 5 is late.", Used(BODY, "Late"), "R10", "«Late» is locked until stand-down"),
        ("Order 5 is late.", Used(BODY, "Late", is_light=True), "R14", "light tone is off"),
        ("Hello!", Used(), "R12", "Free text is off in crisis mode"),
        ("Order {n} is late.", Used(BODY, "Late"), "R10", "«Late» is locked until stand-down"),
    ],
)
def test_a_lock_refuses_before_sending(text, used, code, said):
    found = match(used.body, text) if used.body else None
    told = verdict(text, used=used, found=found, policy=Policy.FREE, around=Around(lock=LOCK))
    assert (told.fate, told.refusal[0]) == (Fate.LOCKED, code)
    assert said in fate(told, came_from_template=False)[0]


def test_pictures_and_warnings_of_ours_wait_where_free_text_does():
    found = match(BODY, "Order 5 is late.")
    around = Around(has_more=True)
    said = {p: verdict("Order 5 is late.", used=Used(BODY), found=found, policy=p, around=around)
            for p in Policy}  # fmt: skip
    assert {p for p, v in said.items() if v.fate is Fate.WAITS} == set(Policy) - {Policy.FREE}
    words, _ = fate(said[Policy.APPROVAL], came_from_template=False)
    assert words.startswith("What goes with it is not approved")


def test_a_risk_is_named_before_sending():
    told = verdict("We sue.", used=Used(), found=None, policy=Policy.FREE,
                   around=Around(risks=(LIABILITY,)))  # fmt: skip
    assert told.fate is Fate.WAITS
    assert "words of law" in fate(told, came_from_template=False)[0]
