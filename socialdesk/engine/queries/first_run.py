"""What the first steps ask."""

from dataclasses import dataclass

from socialdesk.domain.first_run import FirstRun
from socialdesk.engine.queries.base import Query


@dataclass(frozen=True, slots=True)
class FirstRunRow:
    """`kept`: how far somebody came, None = never begun. `brand_words`: the rules, one a line."""

    kept: FirstRun | None
    is_new: bool
    n_accounts: int
    brand_words: str


@dataclass(frozen=True, slots=True)
class PackText:
    """One text of a pack. `digest`: what an approval of it names."""

    template: str
    folder: str
    lang: str
    text: str
    digest: str
    is_approved: bool = False


@dataclass(frozen=True, slots=True)
class PackOffer:
    """A pack that ships. `title`: in the language in use; `unread`: languages whose texts no
    native speaker has read yet."""

    name: str
    title: str
    texts: tuple[PackText, ...]
    unread: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ReadFirstRun(Query[FirstRunRow]):
    """How far the first steps are."""


@dataclass(frozen=True, slots=True)
class ListPacks(Query[tuple[PackOffer, ...]]):
    """The packs that ship, but for the practice brand's own."""
