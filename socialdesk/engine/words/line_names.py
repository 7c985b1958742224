"""What the reply lines of the shipped playbooks are called, in the language in use."""

from collections.abc import Callable, Mapping
from typing import Final

from socialdesk.i18n import tr

_NAMES: Final[Mapping[str, Callable[[], str]]] = {
    "ack": lambda: tr("We have read it"),
    "affected": lambda: tr("It hit them too"),
    "am_i": lambda: tr("Is my data in it?"),
    "anger": lambda: tr("To anger"),
    "asker": lambda: tr("To who asks first"),
    "back": lambda: tr("It works again"),
    "condolence": lambda: tr("To condolences"),
    "crowd": lambda: tr("To who stands up for them"),
    "dont_know": lambda: tr("We do not know yet"),
    "equal": lambda: tr("Everybody gets the same"),
    "family": lambda: tr("To the family"),
    "harm": lambda: tr("Somebody may be hurt"),
    "hurt": lambda: tr("To who was hurt"),
    "impostor": lambda: tr("Not our account"),
    "money": lambda: tr("Money was taken"),
    "no_names": lambda: tr("No names here"),
    "not_us": lambda: tr("Perhaps not us"),
    "other_batch": lambda: tr("Another batch"),
    "partly": lambda: tr("Partly true"),
    "press": lambda: tr("To the press"),
    "promise_kept": lambda: tr("As promised"),
    "refund": lambda: tr("Money back"),
    "removed": lambda: tr("Why it was removed"),
    "rules": lambda: tr("House rules"),
    "rumour": lambda: tr("To rumours"),
    "same": lambda: tr("The same happened to them"),
    "scam": lambda: tr("Fraud in our name"),
    "sharer": lambda: tr("To who shared it"),
    "thanks": lambda: tr("Thanks"),
    "to_private": lambda: tr("In private"),
    "what_do": lambda: tr("What helps now"),
    "witness": lambda: tr("To a witness"),
}


def line_words(key: str) -> str:
    """A line's name; one of somebody's own by its key: "my_line" → "My line"."""
    known = _NAMES.get(key)
    return known() if known else key.replace("_", " ").capitalize()
