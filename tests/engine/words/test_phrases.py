"""Every state, reason and fault is a whole sentence, and no two states sound alike."""

from dataclasses import replace

import pytest

from socialdesk.domain.account import AccountState, Watch, WatchKind
from socialdesk.domain.errors import Refusal
from socialdesk.domain.queue.rows import AccountRow, OutboxRow, SearchFault, WatchHealth
from socialdesk.domain.queue.search import parse
from socialdesk.domain.replies.reply import HoldReason, OutboxState
from socialdesk.engine.words import phrases
from socialdesk.places import PlaceError, PlaceFault

ROW = OutboxRow(1, 2, OutboxState.QUEUED, "@shop@pond.example", "Ann", "From nine.", 0)
ON = WatchHealth(1, Watch(WatchKind.MENTIONS), is_on=True)
SHOP = AccountRow(1, "mastodon", "@shop@pond.example", "pond.example", AccountState.ON)
OWN_REASONS = ("damaged", "not_approved", "thread_moved", "interrupted", "repeat", "by_hand",
               "deleted")  # fmt: skip
FAULTS = ("AuthExpiredError", "RateLimitedError", "UnreachableError", "BadAnswerError",
          "CredentialError")  # fmt: skip


@pytest.mark.parametrize("state", OutboxState)
@pytest.mark.parametrize("reason", ["", "UnreachableError", "text"])
def test_every_state_of_a_reply_is_a_sentence(state: OutboxState, reason: str) -> None:
    said = phrases.outbox_state(replace(ROW, state=state, reason=reason))
    assert said[0].isupper() and said.endswith(".")
    assert "All is well" not in said


def test_no_two_states_of_a_reply_sound_alike() -> None:
    said = [phrases.outbox_state(replace(ROW, state=state)) for state in OutboxState]
    assert len(set(said)) == len(said)


def test_a_reply_is_called_sent_only_when_it_is() -> None:
    for state in OutboxState:
        said = phrases.outbox_state(replace(ROW, state=state, reason="UnreachableError"))
        assert said.startswith("Sent") is (state is OutboxState.SENT)


def test_a_doubt_says_who_acts_next() -> None:
    doubt = replace(ROW, state=OutboxState.UNCERTAIN)
    assert "We look" in phrases.outbox_state(replace(doubt, next_at=9))
    assert "decide" in phrases.outbox_state(doubt)


def test_every_hold_has_its_own_reason() -> None:
    said = {phrases.held(why) for why in HoldReason}
    assert len(said) == len(HoldReason)
    assert phrases.held(None) == phrases.held(HoldReason.UNDO)


@pytest.mark.parametrize("code", [*OWN_REASONS, *FAULTS, *(r.value for r in Refusal)])
def test_every_stored_reason_has_words_and_none_shows_its_code(code: str) -> None:
    said = phrases.reason(code)
    assert said.text.endswith(".")
    assert "The last try failed" not in said.text and "_" not in said.text + said.next_step


def test_a_reason_of_a_later_program_is_shown_as_it_is() -> None:
    assert "(TeapotError)" in phrases.reason("TeapotError").text


@pytest.mark.parametrize("state", AccountState)
def test_an_account_tells_its_state_and_a_line_for_each_watch(state: AccountState) -> None:
    lines = phrases.account_health(replace(SHOP, state=state, watches=(ON, ON)))
    assert len(lines) == 3
    assert all(line.endswith((".", "…")) for line in lines)


@pytest.mark.parametrize(
    ("watch", "said"),
    [
        (ON, "not fetched yet."),
        (replace(ON, last_ok_at=1), "works."),
        (replace(ON, last_ok_at=1, fault="UnreachableError"), "cannot be reached"),
        (replace(ON, fault="RateLimitedError"), "we go on by ourselves"),
        (replace(ON, is_on=False), "stopped."),
        (replace(ON, is_on=False, fault="BadAnswerError"), "stopped. The network sent"),
    ],
)
def test_a_watch_tells_how_it_is_and_what_to_do(watch: WatchHealth, said: str) -> None:
    assert said in phrases.watch_health(watch)
    assert "All is well" not in phrases.watch_health(watch)


def test_every_kind_of_watch_has_a_name_with_its_words() -> None:
    named = {phrases.watch_name(replace(ON, watch=Watch(kind, "rye"))) for kind in WatchKind}
    assert len(named) == len(WatchKind)
    assert {"hashtag #rye", "keyword rye"} <= named


@pytest.mark.parametrize(
    "code",
    ["unknown_operator", "bad_value", "unknown_value", "open_quote", "empty_operator", "later"],
)
def test_every_fault_of_a_search_is_explained(code: str) -> None:
    said = phrases.search_fault(SearchFault(0, 3, code, "foo:"))
    assert said.endswith((".", ":"))
    assert "foo:" in said or code == "open_quote"


@pytest.mark.parametrize(
    ("operator", "known", "said"),
    [
        ("network", ("feeds", "x"), "no network «foo» here. Try network:feeds, network:x."),
        ("account", ("@shop@a.example",), "no account «foo». Try account:@shop@a.example."),
        ("label", ("late delivery",), 'no label «foo». Try label:"late delivery".'),
        ("incident", (), "no incident «foo». Leave it out of the search."),
        ("lang", ("kk",), "in the language «foo». Try lang:kk."),
    ],
)
def test_a_value_that_nothing_has_is_told_with_what_to_type(operator, known, said) -> None:
    fault = SearchFault(0, 3, "unknown_value", "foo", operator, known)
    assert phrases.search_fault(fault).endswith(said)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("is:foo", "«foo» is no value for is: it takes unread, edited,"),
        ("status:opn", "«opn» is no value for status: it takes new,"),
        ("has:foo", "it takes note, label,"),
        ("reach:many", "for example reach:>1000."),
        ("after:soon", "for example after:2026-11-01."),
        ("lang:1", "for example lang:kk."),
        ("form:ann", "There is no form. Did you mean from:?"),
        ("acount:ann", "Did you mean account:?"),
        ("colour:red", "Operators: from: network:"),
    ],
)
def test_a_wrong_operator_says_what_was_meant_or_what_it_takes(typed: str, said: str) -> None:
    (fault,) = parse(typed).faults
    assert said in phrases.search_fault(fault)


@pytest.mark.parametrize("fault", PlaceFault)
def test_every_place_that_cannot_be_used_says_what_to_type(fault: PlaceFault) -> None:
    said = phrases.place(PlaceError(fault, "a{b"))
    assert all(part[0].isupper() or part[0] == "«" for part in said.split(". ", 1)) and ". " in said
    if fault not in (PlaceFault.EMPTY, PlaceFault.TOO_LONG):
        assert "«a{b»" in said


@pytest.mark.parametrize(
    "kind",
    ["status_set", "snoozed", "labelled", "unlabelled", "priority_set", "assigned", "muted",
     "unmuted", "vip_set", "vip_unset", "noted", "reply_written",
     "statement_queued"],
)  # fmt: skip
def test_every_act_that_undo_takes_back_has_a_word(kind: str) -> None:
    assert phrases.act(kind) not in (kind, phrases.act("later"))
