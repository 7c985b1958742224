"""Which mention first: a score that is a sum of parts, each of which can be shown and argued with.

Source: text.md, section 3. Measured there on unseen customer tweets: average precision for
operational trouble .504 (newest first .247, VADER .360, a fitted ceiling .523); a question mark or
reach alone says almost nothing. What time adds is no
part: it grows by the minute; `domain/mentions/need.py` has it in the order, the screen computes it
live.
"""

import math
import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Final

from socialdesk.analysis.reading import Reading
from socialdesk.domain.frozen import frozen
from socialdesk.domain.mentions.insight import Part

FAILURES_THAT_COUNT: Final = 3  # distinct words
POSTS_THAT_COUNT: Final = 2  # of the author, in the 24 h before
FEW_WORDS: Final = 4
SHOWN_WORDS: Final = 4  # of a list, in a fact
FACT_CHARS: Final = 60


@frozen
class Around:
    """What counts beside the words. `reach`: followers, -1 unknown; `n_earlier`: the author's
    posts in the 24 hours before; `is_first`: their first word in this thread; `learned`: how much
    it is like what people here raised by hand, -1 to 1."""

    reach: int = -1
    n_earlier: int = 0
    is_first: bool = False
    is_press: bool = False
    own_alarms: tuple[str, ...] = ()
    learned: float = 0.0


def parts(reading: Reading, around: Around) -> tuple[Part, ...]:
    """Every part that is not zero, the largest first."""
    return with_author(parts_of_words(reading, around), around)


def parts_of_words(reading: Reading, around: Around) -> tuple[Part, ...]:
    """Those that need nothing of the author: of `around` only press, alarms and what was learned
    count. Known before the mention is stored."""
    told = [*_of_words(reading), *_of_kind(around), *_of_alarm(reading, around)]
    return tuple([Part(code, n, fact) for code, points, fact in told if (n := round(points, 1))])


def with_author(found: Iterable[Part], around: Around) -> tuple[Part, ...]:
    """Those and what the author adds, the largest first."""
    told = [*found]
    if around.is_first:
        told.append(Part("first", 15.0))
    if around.n_earlier > 0:
        points = 8 * min(around.n_earlier, POSTS_THAT_COUNT) / POSTS_THAT_COUNT
        told.append(Part("again", round(points, 1), str(around.n_earlier + 1)))
    if around.reach > 0 and (points := round(8 * math.log10(1 + around.reach) / 4, 1)):
        told.append(Part("reach", points, str(around.reach)))
    return tuple(sorted(told, key=_largest_first))


def _largest_first(part: Part) -> tuple[float, str]:
    return -abs(part.points), part.code


# Tuples, for most parts of a mention are zero: a frozen dataclass takes 1 µs to make.
_Told = tuple[str, float, str]


def _of_words(r: Reading) -> list[_Told]:
    failures = len(set(r.failure_words))
    found = [
        ("failure", 35 * min(failures, FAILURES_THAT_COUNT) / FAILURES_THAT_COUNT,
         _listed(r.failure_words)),
        ("mood_words", 5 * min(1.0, max(0.0, r.negativity)), ""),
        ("number", 10 * r.has_number, ""),
        ("help", 8 * r.asks_help, ""),
        ("question", 5 * r.has_question, ""),
        ("thanks", -25 * (r.gives_thanks and not r.has_question and not failures), ""),
        ("short", -10 * (r.n_words < FEW_WORDS), ""),
        ("link", -8 * r.is_link_only, ""),
    ]  # fmt: skip
    if r.p_negative is not None:
        p = min(1.0, max(0.0, r.p_negative))
        found.append(("negative", 25 * p, str(round(100 * p))))
    return found


def _of_kind(around: Around) -> list[_Told]:
    return [
        ("press", 10 * around.is_press, ""),
        ("learned", 20 * min(1.0, max(-1.0, around.learned)), ""),
    ]


def _of_alarm(r: Reading, around: Around) -> list[_Told]:
    words = (*around.own_alarms, *r.danger_words)
    return [("alarm", 40, _listed(words))] if words else []


def _listed(words: Iterable[str]) -> str:
    return ", ".join(list(dict.fromkeys(words))[:SHOWN_WORDS])[:FACT_CHARS]


def own_alarms(text: str, listed: str) -> tuple[str, ...]:
    """Which of the operator's words stand in `text`. `listed`: by comma or line; whole words in
    any case, `word*` for every word that begins so."""
    pattern = _pattern(listed)
    if pattern is None:
        return ()
    return tuple(dict.fromkeys(found.casefold() for found in pattern.findall(text)))


@lru_cache(maxsize=4)
def _pattern(listed: str) -> re.Pattern[str] | None:
    words = [word.strip() for word in re.split(r"[,;\n]", listed)]
    shapes = [
        re.escape(word.rstrip("*")) + (r"\w*" if word.endswith("*") else "")
        for word in sorted(words, key=len, reverse=True)
        if word.strip("* ")
    ]
    return re.compile(rf"(?<!\w)(?:{'|'.join(shapes)})(?!\w)", re.IGNORECASE) if shapes else None
