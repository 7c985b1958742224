"""Sentences for what cannot be done with somebody who works here, or did."""

from collections.abc import Mapping

from socialdesk.engine.words.sentence import Sentence
from socialdesk.i18n import tr


def sentence(facts: Mapping[str, str | int]) -> Sentence:
    """`facts`: of CommandFault.PERSON."""
    name = facts.get("name", "")
    match facts.get("why"):
        case "here":
            return Sentence(
                tr("{name} is at the keys and cannot be put away.", name=name),
                tr("Say first who is here instead: “I am…” in the palette (Ctrl+K)"),
            )
        case "last":
            return Sentence(
                tr("{name} is the only one here and cannot be put away.", name=name),
                tr("Add the person who takes over first"),
            )
        case "role":
            return Sentence(
                tr("{name} has a role in {code}, which is open.", name=name,
                   code=facts.get("code", "")),
                tr("Give the role to somebody else on its overview, or close the incident first"),
            )  # fmt: skip
        case "name":
            return Sentence(
                tr("{name} is the name of somebody who was put away.", name=name),
                tr("Bring them back (“Bring a person back…” in the palette, Ctrl+K), or write "
                   "another name"),
            )  # fmt: skip
        case _:
            return Sentence(
                tr("{name} is put away and cannot be chosen.", name=name),
                tr("Choose somebody else, or bring them back first: “Bring a person back…” in the "
                   "palette (Ctrl+K)"),
            )  # fmt: skip
