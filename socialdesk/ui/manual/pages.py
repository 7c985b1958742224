"""The pages of the manual as they lie in `resources/manual/LANGUAGE/NAME.md`."""

from pathlib import Path
from typing import Final

from socialdesk.domain.frozen import frozen
from socialdesk.i18n import SOURCE_LANGUAGE
from socialdesk.places import resource

PAGES: Final = (
    "contents",
    "first-steps",
    "inbox",
    "answering",
    "accounts",
    "time",
    "rules",
    "people",
    "reports",
    "crisis",
    "data",
    "settings",
    "command-line",
    "keys",
    "trouble",
)
FIRST: Final = PAGES[0]

# Where somebody is, and what they may want to read there; elsewhere the inbox.
_OF_PLACE: Final = {
    "first_steps": "first-steps", "outbox": "answering", "approval": "answering",
    "templates": "answering", "faq": "answering", "accounts": "accounts", "problems": "accounts",
    "panels": "accounts", "notices": "time", "rules": "rules", "contacts": "people",
    "board": "reports", "reports": "reports", "incident": "crisis", "alerts": "crisis",
    "war_room": "crisis", "playbooks": "crisis", "readiness": "crisis",
}  # fmt: skip


@frozen
class Page:
    """One page. `text`: Markdown; `folder`: where its pictures are looked for."""

    name: str
    title: str
    text: str
    folder: Path


def page(name: str, language: str) -> Page:
    """A page in `language`, else in English. Raises KeyError for a name that is none."""
    if name not in PAGES:
        raise KeyError(name)
    folder = resource("manual", language)
    if not (folder / f"{name}.md").is_file():
        folder = resource("manual", SOURCE_LANGUAGE)
    text = (folder / f"{name}.md").read_text("utf-8")
    title = text.partition("\n")[0].removeprefix("# ")
    return Page(name, title, text, folder)


def pages(language: str) -> list[Page]:
    """All of them, in reading order."""
    return [page(name, language) for name in PAGES]


def page_about(place: str) -> str:
    """The name of the page that goes with a view's or a screen's key."""
    return _OF_PLACE.get(place, "inbox")


def found(words: str, among: list[Page]) -> list[Page]:
    """Those that hold each of the words, or the beginning of one; all where none is given."""
    asked = words.casefold().split()
    return [one for one in among if all(word in one.text.casefold() for word in asked)]
