"""What brand words would keep of mentions that are stored: a trial before a watch is added."""

from collections.abc import Iterable
from typing import Final

from socialdesk.domain.frozen import frozen
from socialdesk.domain.rules.brand_words import read_brand_words

N_KEPT, N_LEFT = 3, 2  # examples of either
EXAMPLE_CHARS: Final = 160


@frozen
class Stored:
    """A mention as the trial reads it. `words`: what a watch looks at, the title above the body."""

    author: str
    words: str


@frozen
class WordsTrial:
    """`n_read` mentions were tried, `n_kept` of them pass. `kept`, `left`: the first of those that
    pass and that do not, their words cut."""

    n_read: int
    n_kept: int
    kept: tuple[Stored, ...] = ()
    left: tuple[Stored, ...] = ()


def try_words(lines: str, mentions: Iterable[Stored]) -> WordsTrial:
    """`lines`: the rules as they are typed, one a line."""
    keep = read_brand_words(lines).keep
    n_read = n_kept = 0
    kept: list[Stored] = []
    left: list[Stored] = []
    for mention in mentions:
        n_read += 1
        is_kept = keep(mention.words)
        n_kept += is_kept
        examples, most = (kept, N_KEPT) if is_kept else (left, N_LEFT)
        if len(examples) < most:
            examples.append(Stored(mention.author, mention.words.strip()[:EXAMPLE_CHARS]))
    return WordsTrial(n_read, n_kept, tuple(kept), tuple(left))
