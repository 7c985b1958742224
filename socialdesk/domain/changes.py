"""What one commit changed: announced once, by the writer, to every screen."""

from enum import Enum

from socialdesk.domain.frozen import frozen


class Area(Enum):
    """Parts of the workspace a screen may show."""

    QUEUE = "queue"
    OUTBOX = "outbox"
    TEMPLATES = "templates"
    ACCOUNTS = "accounts"
    PEOPLE = "people"
    LABELS = "labels"
    VIEWS = "views"
    SETTINGS = "settings"
    DRAFTS = "drafts"
    INCIDENTS = "incidents"
    PLAYBOOKS = "playbooks"
    INSIGHT = "insight"
    RULES = "rules"
    MACROS = "macros"
    CONTACTS = "contacts"
    PROMISES = "promises"
    FAQ = "faq"
    NOTICES = "notices"
    JOBS = "jobs"
    CRM = "crm"  # cases in a CRM, and what it knows of people
    ALL = "all"  # a restore: read everything anew


@frozen
class Changes:
    """`added`: mentions new to the queue; `updated`: mentions whose row looks different now;
    `areas`: what else moved. Ids are mention ids, ascending."""

    added: tuple[int, ...] = ()
    updated: tuple[int, ...] = ()
    areas: frozenset[Area] = frozenset()

    def __bool__(self) -> bool:
        return bool(self.added or self.updated or self.areas)


NOTHING = Changes()


def join(first: Changes, second: Changes) -> Changes:
    """Both as one announcement."""
    return Changes(
        tuple(sorted({*first.added, *second.added})),
        tuple(sorted({*first.updated, *second.updated})),
        first.areas | second.areas,
    )
