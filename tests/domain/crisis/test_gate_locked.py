"""What leaves under a lock, and what every refusal is called: crisis-mode, sections 4 and 6."""

from dataclasses import replace

import pytest

from socialdesk.domain.crisis.approval import Policy
from socialdesk.domain.crisis.gate import Around, Pass, ReplyLine, Wording, may_send
from socialdesk.domain.crisis.incident import IncidentState, Lock, Severity
from socialdesk.domain.crisis.refusal import CrisisRefusedError
from socialdesk.domain.errors import CommandError, CommandFault

LOCK = Lock(
    7, "INC-2026-0001", IncidentState.DECLARED, Severity.SEV2, "@shop", is_full=True,
    is_light_locked=True, is_claim_locked=True,
)  # fmt: skip
ACK = ReplyLine("common/ack", "{name}, we have read this.")
CLAIM = ReplyLine("outage/fixed", "{name}, it works again.", is_claim=True)
FILLED, VALUES = "Ann, we have read this.", {"name": "Ann"}
ROUTINE = Wording("Thank you.", is_approved=True, name="thanks")


def ask(text: str = FILLED, wording: Wording | None = None, **around) -> Pass:
    values = {"lock": LOCK, **around}
    return may_send(
        text, wording=wording, values=VALUES, policy=Policy.FREE, around=Around(**values)
    )


def refused(*args, **around) -> CrisisRefusedError:
    with pytest.raises(CrisisRefusedError) as refusal:
        ask(*args, **around)
    assert refusal.value.incident_id == 7
    return refusal.value


def test_an_approved_line_with_its_places_filled_goes_out():
    assert ask(line=ACK) == Pass(keeps_template=False, needs_look=False, keeps_line=True)


@pytest.mark.parametrize("text", ["Ann, we have read this!", "Ann,  we have read this.", "Hello."])
def test_a_line_is_its_exact_words(text):
    assert refused(text, line=ACK).code == "R12"


STAFF = replace(LOCK, is_staff=True)


@pytest.mark.parametrize(
    "around", [{"line": ACK}, {"has_look": True}, {"statement": ("", ())}, {}],
    ids=["line", "looked at", "statement", "free text"],
)  # fmt: skip
def test_an_employee_gets_no_public_answer_whatever_it_is(around):
    error = refused(lock=STAFF, **around)
    assert (error.code, error.facts) == ("R16", {"id": "INC-2026-0001"})


def test_what_only_the_employee_reads_goes_the_usual_way():
    assert ask(line=ACK, lock=STAFF, is_private=True).keeps_line
    assert refused(lock=STAFF, is_private=True).code == "R12"


def test_line_ends_and_trailing_blanks_change_nothing():
    assert ask(FILLED + " \r\n", line=ACK).keeps_line


def test_a_place_left_open_is_named():
    line = replace(ACK, text="{name}, we write at {next_update_at}.")
    error = refused("Ann, we write at {next_update_at}.", line=line)
    assert (error.code, error.facts) == ("R20", {"n": 1, "list": "next_update_at"})


def test_a_claim_waits_for_the_first_statement():
    claim = "Ann, it works again."
    error = refused(claim, line=CLAIM)
    assert (error.code, error.facts) == ("R11", {"line": "outage/fixed"})
    assert ask(claim, line=CLAIM, lock=replace(LOCK, is_claim_locked=False)).keeps_line


@pytest.mark.parametrize("code", ["R23", "R25", "R26", "R27"])
def test_what_a_line_lacks_is_said(code):
    assert refused(line=replace(ACK, missing=code)).code == code


def test_pictures_are_nobodys_approved_words():
    assert refused(line=ACK, has_more=True).code == "R12"


def test_routine_templates_are_locked_and_light_ones_for_their_tone():
    error = refused("Thank you.", ROUTINE)
    assert (error.code, error.facts) == ("R10", {"account": "@shop", "t": "thanks"})
    light = replace(ROUTINE, is_light=True)
    assert refused("Thank you.", light).code == "R14"
    assert refused("Thank you.", light, lock=replace(LOCK, is_light_locked=False)).code == "R10"


def test_free_text_is_off_and_an_edited_template_is_free_text():
    assert refused("We are sorry.").code == "R12"
    assert refused("Thank you so much.", ROUTINE).code == "R12"


def test_a_look_at_the_exact_text_lets_it_go():
    assert not ask("We are sorry.", has_look=True).needs_look


def test_planned_posts_are_stopped_even_with_a_look():
    error = refused("News!", is_planned=True, has_look=True)
    assert (error.code, error.facts) == ("R13", {"account": "@shop", "id": "INC-2026-0001"})


def test_a_statement_goes_by_its_own_looks_with_and_without_a_lock():
    assert not ask("We are sorry.", statement=("", ())).needs_look
    assert refused("We are sorry.", statement=("R26", (("old12", "a"),))).code == "R26"
    with pytest.raises(CrisisRefusedError):
        ask("We are sorry.", statement=("R25", ()), lock=None)


def test_an_empty_text_is_nothing_to_send():
    with pytest.raises(CommandError) as refusal:
        ask("  ")
    assert refusal.value.fault is CommandFault.EMPTY


def test_in_stand_down_the_light_tone_stays_locked():
    light = replace(ROUTINE, is_light=True)
    assert refused("Thank you.", light, lock=None, light_lock=7).code == "R14"
    assert ask("Thank you.", ROUTINE, lock=None, light_lock=7).keeps_template


@pytest.mark.parametrize("policy", [Policy.FREE, Policy.APPROVAL])
def test_a_risk_waits_for_a_look_whatever_the_policy(policy):
    around = Around(risks=("money",))
    passed = may_send("We refund you.", wording=None, values={}, policy=policy, around=around)
    assert (passed.needs_look, passed.risks) == (True, ("money",))
    kept = may_send("Thank you.", wording=ROUTINE, values={}, policy=policy, around=around)
    assert kept.keeps_template and not kept.needs_look
