"""What is asked while brand words are typed."""

from typing import Final

from socialdesk.domain.frozen import frozen
from socialdesk.domain.rules.words_trial import WordsTrial
from socialdesk.engine.queries.base import Query

MAX_TRIED: Final = 1_000  # mentions: some 20 ms, at each pause in typing


@frozen
class TryBrandWords(Query[WordsTrial]):
    """What these rules, one a line, would keep of the newest MAX_TRIED stored mentions."""

    lines: str
