"""What the first steps ask."""

from socialdesk.domain.first_run import FirstRun
from socialdesk.domain.frozen import frozen
from socialdesk.engine.queries.base import Query


@frozen
class FirstRunRow:
    """`kept`: how far somebody came, None = never begun. `brand_words`: the rules, one a line."""

    kept: FirstRun | None
    is_new: bool
    n_accounts: int
    brand_words: str


@frozen
class PackText:
    """One text of a pack. `digest`: what an approval of it names."""

    template: str
    folder: str
    lang: str
    text: str
    digest: str
    is_approved: bool = False


@frozen
class PackOffer:
    """A pack that ships. `title`: in the language in use; `unread`: languages whose texts no
    native speaker has read yet."""

    name: str
    title: str
    texts: tuple[PackText, ...]
    unread: tuple[str, ...] = ()


@frozen
class ReadFirstRun(Query[FirstRunRow]):
    """How far the first steps are."""


@frozen
class ListPacks(Query[tuple[PackOffer, ...]]):
    """The packs that ship, but for the practice brand's own."""
