"""What answers the questions about brand words."""

from collections.abc import Callable
from typing import Any, Final

from socialdesk.domain.rules.words_trial import try_words
from socialdesk.engine.queries import brand_words as q
from socialdesk.store.file.sqlite import Connection
from socialdesk.store.mentions.newest import newest

ANSWERS: Final[dict[type, Callable[[Connection, Any, int], Any]]] = {
    q.TryBrandWords: lambda c, x, now: try_words(x.lines, newest(c, q.MAX_TRIED)),
}
