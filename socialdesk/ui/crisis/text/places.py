"""What the places of a crisis text are called, and what goes into them."""

from collections.abc import Callable, Mapping
from typing import Final

from socialdesk.engine.words.playbooks import part_words
from socialdesk.i18n import tr

_NAMES: Final[Mapping[str, Callable[[], str]]] = {
    "brand": lambda: tr("Brand"),
    "what": lambda: tr("What is affected"),
    "since": lambda: tr("Since when"),
    "ended": lambda: tr("Ended at"),
    "workaround": lambda: tr("What works meanwhile"),
    "product": lambda: tr("Product"),
    "batch": lambda: tr("Batch number"),
    "authority": lambda: tr("Authority"),
    "data": lambda: tr("Which data"),
    "advice": lambda: tr("What helps now"),
    "place": lambda: tr("Place"),
    "measure": lambda: tr("What was done at once"),
    "post": lambda: tr("Which post"),
    "removed_at": lambda: tr("Removed at"),
    "ticket": lambda: tr("Number of the case"),
    "owner": lambda: tr("Who takes care"),
    "truth": lambda: tr("What is true"),
    "proof": lambda: tr("What proves it"),
    "part": lambda: tr("Which part"),
    "how": lambda: tr("How it goes on"),
    "link": lambda: tr("Link"),
    "cause": lambda: tr("Cause"),
    "change": lambda: tr("What we change"),
    "changed": lambda: tr("What has changed"),
    "unknown": lambda: tr("What is not known"),
    "doing": lambda: tr("What we do now"),
    "contact": lambda: tr("Whom to write to"),
    "name": lambda: tr("Their name"),
    "spokesperson": lambda: tr("Spokesperson"),
    "line": lambda: tr("What to say when asked"),
    "wrong": lambda: tr("What was wrong"),
    "right": lambda: tr("What is right"),
    "next_update_at": lambda: tr("Next update"),
    "time": lambda: tr("Time of this text"),
}
_HINTS: Final[Mapping[str, str]] = {
    "since": "14:30", "ended": "14:30", "removed_at": "14:30", "time": "14:30",
    "next_update_at": "14:30", "link": "brand.example/help", "contact": "help@brand.example",
}  # fmt: skip
_PARTS: Final[Mapping[str, str]] = {
    "first": "holding.", "update": "update.", "serious": "update.", "resolution": "resolution.",
}  # fmt: skip


def place_word(name: str) -> str:
    """A place as people call it; one of somebody's own as it is written."""
    found = _NAMES.get(name)
    return found() if found else name


def place_hint(name: str) -> str:
    """What such a value looks like; "" when any words will do."""
    return _HINTS.get(name, "")


def block_word(kind: str, key: str) -> str:
    """What a block of a statement is for."""
    if key == "latepromise":
        return part_words(key)
    if (kind, key) == ("first", "next"):
        return part_words("holding_next")
    whole = _PARTS.get(kind, "") + key
    words = part_words(whole)
    return key if words == whole else words
