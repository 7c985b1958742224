"""What goes wrong around an incident, in sentences of their own."""

from socialdesk.domain.errors import CommandError, CommandFault
from socialdesk.engine.words.messages import sentence


def test_hiding_criticism_says_why_not():
    said = sentence(CommandError(CommandFault.BAD_INPUT, what="criticism"))
    assert "Criticism is not hidden" in said.text
    assert said.next_step
    other = sentence(CommandError(CommandFault.BAD_INPUT, what="reason"))
    assert "reason" in other.text
