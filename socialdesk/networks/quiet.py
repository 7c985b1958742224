"""Errors without the server's words: where these could tell a secret or what may not be kept."""

from dataclasses import replace

from socialdesk.networks.answers import Answer, raise_for


def wordless(answer: Answer) -> Answer:
    """The same without what the server said."""
    return replace(answer, words="")


def raise_wordless(answer: Answer) -> None:
    """As `raise_for`: for token endpoints, which know secrets that were not sent to them just now,
    or were sent in base64."""
    raise_for(wordless(answer))
