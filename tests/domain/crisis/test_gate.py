"""What a reply needs before it may leave: G0 and G1 of crisis-mode, section 7."""

import pytest

from socialdesk.domain.crisis.approval import Policy
from socialdesk.domain.crisis.gate import Pass, Wording, may_send
from socialdesk.domain.errors import CommandError, CommandFault

APPROVED = Wording("Dear {name}, we are on it.", is_approved=True)
VALUES = {"name": "Ann"}
FILLED = "Dear Ann, we are on it."


def refused(
    text: str, policy: Policy, wording: Wording | None = None, **values: str
) -> CommandError:
    with pytest.raises(CommandError) as refusal:
        may_send(text, wording=wording, values=values, policy=policy)
    return refusal.value


@pytest.mark.parametrize("policy", Policy)
@pytest.mark.parametrize("text", [FILLED, FILLED + "  \r\n"])
def test_an_approved_template_with_its_slots_filled_goes_out_whatever_the_policy(policy, text):
    passed = may_send(text, wording=APPROVED, values=VALUES, policy=policy)
    assert passed == Pass(keeps_template=True, needs_look=False)


@pytest.mark.parametrize(("policy", "needs_look"), [(Policy.FREE, False), (Policy.APPROVAL, True)])
@pytest.mark.parametrize("wording", [None, APPROVED])
def test_other_words_are_free_text_under_the_policy(policy, needs_look, wording):
    passed = may_send("We are closed.", wording=wording, values=VALUES, policy=policy)
    assert passed == Pass(keeps_template=False, needs_look=needs_look)


def test_templates_only_refuses_other_words():
    assert refused("We are closed.", Policy.TEMPLATES, APPROVED).fault is CommandFault.POLICY


@pytest.mark.parametrize("policy", Policy)
def test_an_unapproved_version_is_refused(policy):
    draft = Wording(APPROVED.body, is_approved=False)
    assert refused(FILLED, policy, draft, **VALUES).fault is CommandFault.NOT_APPROVED


def test_an_empty_slot_blocks_and_is_named():
    error = refused("Dear {name}, we are on it.", Policy.FREE, APPROVED)
    assert error.fault is CommandFault.SLOT_EMPTY
    assert error.facts == {"list": "name"}


def test_a_slot_filled_with_another_kind_blocks_and_is_named():
    sized = Wording("We have {size:small|large}.", is_approved=True)
    error = refused("We have huge.", Policy.FREE, sized, size="huge")
    assert error.fault is CommandFault.SLOT_WRONG
    assert error.facts == {"list": "size"}
    may_send("We have large.", wording=sized, values={"size": "large"}, policy=Policy.TEMPLATES)


@pytest.mark.parametrize("text", ["", "  \n\t", "\r\n"])
def test_an_empty_text_is_refused(text):
    assert refused(text, Policy.FREE).fault is CommandFault.EMPTY
