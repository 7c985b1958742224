"""PINs: kept in the keyring only, five wrong ones wait, a restart forgets no wrong one."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from socialdesk.domain.account import Secret
from socialdesk.domain.errors import CommandError, CredentialError, CredentialFault
from socialdesk.domain.ids import AccountId
from socialdesk.engine.accounts.secrets import PracticeSecrets
from socialdesk.engine.commands import AddPerson
from socialdesk.engine.commands.statements import ListPins, SetNotifyAddress, SetPin
from socialdesk.engine.crisis.pins import fits, hashed, is_pin
from socialdesk.engine.inline import InlineDesk
from socialdesk.engine.outside import Outside
from socialdesk.engine.queries.readiness import ReadReadiness
from socialdesk.engine.words.readiness import ready_words
from socialdesk.networks import http
from tests.engine.keyring import Keyring
from tests.fakes import HandClock

PIN = "240613"
FORGOTTEN = "Bota does not know it any more"


Start = Callable[[], InlineDesk]


@pytest.fixture
def kept() -> Keyring:
    return Keyring()


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


@pytest.fixture
def start(tmp_path: Path, kept: Keyring, clock: HandClock) -> Iterator[Start]:
    opened: list[InlineDesk] = []

    def begin() -> InlineDesk:
        for desk in opened:
            desk.close()
        outside = Outside({}, http.session, lambda name: kept)
        desk = InlineDesk(tmp_path / "w.db", tmp_path / "backups", clock, outside)
        opened.append(desk)
        return desk

    yield begin
    for desk in opened:
        desk.close()


def why(error: pytest.ExceptionInfo[CommandError]) -> object:
    return error.value.facts["why"]


def test_a_right_one_is_taken_and_its_digits_are_nowhere(start, kept, tmp_path) -> None:
    desk = start()
    desk.do(SetPin(1, PIN)).result()
    desk.pins.check(1, PIN)
    assert PIN not in "".join(one.value for one in kept.kept.values())
    desk.close()
    assert all(PIN.encode() not in f.read_bytes() for f in tmp_path.rglob("*") if f.is_file())
    assert PIN not in repr(SetPin(1, PIN))


def test_five_wrong_ones_wait_five_minutes_also_after_a_restart(start, clock) -> None:
    desk = start()
    desk.do(SetPin(1, PIN)).result()
    lefts = []
    for _ in range(5):
        with pytest.raises(CommandError) as error:
            desk.pins.check(1, "000000")
        lefts.append((why(error), error.value.facts["n"]))
    assert lefts == [("wrong", 4), ("wrong", 3), ("wrong", 2), ("wrong", 1), ("wait", 5)]
    desk = start()
    with pytest.raises(CommandError) as error:
        desk.pins.check(1, PIN)
    assert why(error) == "wait"
    clock.advance(301)
    desk.pins.check(1, PIN)
    with pytest.raises(CommandError) as error:
        desk.pins.check(1, "000000")
    assert error.value.facts["n"] == 4


@pytest.mark.parametrize("pin", ["12345", "abcdef", "١٢٣٤٥٦", "12 456", "1" * 65])
def test_what_is_no_pin_is_refused(start, kept, pin) -> None:
    with pytest.raises(CommandError) as error:
        start().do(SetPin(1, pin)).result()
    assert why(error) == "short" and not kept.kept and not is_pin(pin)


def test_in_practice_a_pin_lasts_until_the_engine_ends(tmp_path: Path, clock: HandClock) -> None:
    outside = Outside({}, http.session, lambda name: PracticeSecrets(Secret("t")))
    desk = InlineDesk(tmp_path / "w.db", tmp_path / "backups", clock, outside)
    desk.do(SetPin(1, PIN)).result()
    desk.pins.check(1, PIN)
    assert desk.do(ListPins()).result().answer == {
        "people": [1], "passing": [1], "in_memory": True, "why": "",
    }  # fmt: skip
    desk.close()
    desk = InlineDesk(tmp_path / "w.db", tmp_path / "backups", clock, outside)
    assert desk.do(ListPins()).result().answer["people"] == []
    desk.close()


def test_practice_keeps_no_other_secret_and_signs_in_everybody() -> None:
    secrets = PracticeSecrets(Secret("t"))
    for session_only in (False, True):
        with pytest.raises(CredentialError) as error:
            secrets.keep("notify-1", Secret("x"), session_only=session_only)
        assert error.value.fault is CredentialFault.PRACTICE
    account = AccountId(3)
    secrets.keep(account, Secret("x"))
    assert secrets.read(account) == Secret("t") and not secrets.is_session_only(account)


def test_nobody_has_one_and_one_is_taken_away(start) -> None:
    desk = start()
    with pytest.raises(CommandError) as error:
        desk.pins.check(1, PIN)
    assert why(error) == "none"
    desk.do(SetPin(1, PIN)).result()
    assert desk.do(ListPins()).result().answer == {
        "people": [1], "passing": [], "in_memory": False, "why": "",
    }  # fmt: skip
    desk.do(SetPin(1, "", PIN)).result()
    assert desk.do(ListPins()).result().answer["people"] == []


@pytest.mark.parametrize("new", ["", "111111"])
def test_who_changes_or_removes_one_types_it(start, kept, new) -> None:
    desk = start()
    desk.do(SetPin(1, PIN)).result()
    before = dict(kept.kept)
    with pytest.raises(CommandError) as error:
        desk.do(SetPin(1, new)).result()
    assert why(error) == "old"
    with pytest.raises(CommandError) as error:
        desk.do(SetPin(1, new, "000000")).result()
    assert (why(error), error.value.facts["n"]) == ("wrong", 4)
    assert kept.kept == before
    desk.do(SetPin(1, new, PIN)).result()
    assert kept.kept != before


def test_guessing_at_a_change_waits_as_guessing_at_a_look(start) -> None:
    desk = start()
    desk.do(SetPin(1, PIN)).result()
    for _ in range(5):
        with pytest.raises(CommandError):
            desk.do(SetPin(1, "111111", "000000")).result()
    with pytest.raises(CommandError) as error:
        desk.do(SetPin(1, "111111", PIN)).result()
    assert why(error) == "wait"


def test_a_forgotten_one_is_removed_with_a_reason_that_everybody_sees(start, kept, clock) -> None:
    desk = start()
    desk.do(AddPerson("Bota")).result()
    desk.do(SetPin(2, PIN)).result()
    with pytest.raises(CommandError) as error:
        desk.do(SetPin(2, "", reason="forgotten")).result()
    assert why(error) == "reason" and kept.kept
    with pytest.raises(CommandError) as error:
        desk.do(SetPin(2, "111111", reason=FORGOTTEN)).result()  # a new one is set after that only
    assert why(error) == "old"
    desk.do(SetPin(2, "", reason=FORGOTTEN)).result()
    assert not kept.kept
    desk.do(SetPin(2, "", reason=FORGOTTEN)).result()  # pressed twice: there is none to forget
    (line,) = [one for one in desk.ask(ReadReadiness()).result() if one.key == "people"]
    assert [(pin.person, pin.by) for pin in line.forgotten] == [("Bota", "Owner")]
    assert "The PIN of Bota was removed by Owner without the old one on" in ready_words(line).said
    desk.do(SetPin(2, "111111")).result()
    (line,) = [one for one in desk.ask(ReadReadiness()).result() if one.key == "people"]
    assert len(line.forgotten) == 1  # a new PIN does not hide it
    clock.advance(91 * 24 * 3_600)
    (line,) = [one for one in desk.ask(ReadReadiness()).result() if one.key == "people"]
    assert line.forgotten == ()


def test_a_keyring_out_of_reach_says_why(start, kept) -> None:
    desk = start()
    kept.fault = CredentialFault.LOCKED
    assert desk.do(ListPins()).result().answer == {"people": [], "why": "locked"}
    with pytest.raises(CredentialError):
        desk.pins.check(1, PIN)


def test_a_damaged_entry_fits_nothing() -> None:
    assert not fits(PIN, "scrypt$zz$zz") and not fits(PIN, "") and fits(PIN, hashed(PIN))


def test_an_address_is_in_no_repr() -> None:
    assert "secret" not in repr(SetNotifyAddress(1, "json://user:secret@host"))
