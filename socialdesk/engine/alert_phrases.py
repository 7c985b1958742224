"""What mentions speak of, against what was said before, also where little was said before."""

from collections.abc import Sequence
from typing import Final

from socialdesk.analysis.stop_words import STOP_WORDS
from socialdesk.analysis.topics import Topic, topics
from socialdesk.store.figure_groups import brand_names
from socialdesk.store.sqlite import Connection

# Log-odds against silence are all alike. A small shop's quiet week is made up to a week in which
# people spoke of other things: words that nobody uses.
_OTHER_TALK: Final = ". ".join(f"qzx{n}" for n in range(250))
ENOUGH: Final = 200  # texts of before that speak for themselves


def new_phrases(
    conn: Connection, now: Sequence[str], before: Sequence[str], limit: int
) -> list[Topic]:
    """The most telling phrases of `now` first; `typical` is an index into it."""
    talk = [*before, _OTHER_TALK] if len(before) < ENOUGH else before
    return topics(now, talk, STOP_WORDS, brand_names(conn), limit)
