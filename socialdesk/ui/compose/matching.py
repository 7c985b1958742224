"""Is this text still the approved template? Finds the slots of a template inside an edited text.

The text alone decides, not a history of key presses: a draft read back after a crash, an undo and a
paste are then judged by the same rule as typing.
"""

import re
from collections.abc import Iterator
from functools import cache
from itertools import count

from socialdesk.domain.frozen import frozen
from socialdesk.domain.replies.template import (
    MAX_VALUE_CHARS,
    SLOT,
    Slot,
    clean_value,
    fill,
    fits,
    typed_slots,
)

MAX_SLOTS = 100  # a place in a text is one step of recursion
MAX_STEPS = 50_000
MAX_CHARS = 40_000  # a longer text is no template of ours: judged at once, never searched


@frozen
class Span:
    """Where a slot stands in a text: characters `start` to `end`; empty while it holds nothing or
    still its own `{name}`."""

    name: str
    start: int
    end: int
    is_empty: bool
    slot: Slot | None = None  # its kind and choices


@frozen
class Match:
    """A text that is a template with its slots filled (or not yet). `values`: cleaned, by name."""

    spans: tuple[Span, ...]
    values: dict[str, str]

    @property
    def empty(self) -> list[str]:
        """Names of the slots that block sending, in order, each once."""
        return list(dict.fromkeys(s.name for s in self.spans if s.is_empty))

    @property
    def wrong(self) -> list[str]:
        """Names of the slots that hold something of another kind, in order, each once."""
        return list(dict.fromkeys(s.name for s in self.spans if self.is_wrong(s)))

    def is_wrong(self, span: Span) -> bool:
        """Whether what it holds does not fit its kind."""
        value = self.values.get(span.name, "")
        return not span.is_empty and span.slot is not None and not fits(span.slot, value)


def match(body: str, text: str) -> Match | None:
    """The slots of `body` in `text`; None when other words than slot values differ.

    Twice the same slot must hold the same value, or one of them must still be empty.
    """
    body = body.replace("\r\n", "\n")
    if len(text) > MAX_CHARS:
        return None
    ends = _ends(body, text)
    if ends is None:
        return None
    kinds = {slot.name: slot for slot in typed_slots(body)}
    spans = tuple(
        _span(m, *place, text, kinds[m[1]])
        for m, place in zip(SLOT.finditer(body), ends, strict=True)
    )
    values: dict[str, str] = {}
    for s in spans:
        value = "" if s.is_empty else clean_value(text[s.start : s.end])
        if value and values.setdefault(s.name, value) != value:
            return None
    return Match(spans, values)


def filled(body: str, found: Match) -> str:
    """The text as the desk will compare it: `body` with the values found."""
    return fill(body, found.values)


def _span(written: re.Match[str], start: int, end: int, text: str, slot: Slot) -> Span:
    held = text[start:end]
    is_empty = held == written[0] or not clean_value(held)
    return Span(slot.name, start, end, is_empty, slot)


def _ends(body: str, text: str) -> list[tuple[int, int]] | None:
    """(start, end) of each slot, so that everything between them is the body's own words.

    Places that led nowhere are remembered, and a pair so
    repetitive that MAX_STEPS are not enough counts as other words: the safe answer.
    """
    words, written = SLOT.split(body)[::2], [m[0] for m in SLOT.finditer(body)]
    if not text.startswith(words[0]) or len(written) > MAX_SLOTS:
        return None
    steps = count()

    @cache
    def rest(i: int, start: int) -> tuple[tuple[int, int], ...] | None:
        """Slots `i`… when slot i begins at `start`."""
        if i == len(written):
            return () if start == len(text) else None
        for end in _ends_of_value(text, start, written[i], words[i + 1], i == len(written) - 1):
            if next(steps) > MAX_STEPS:
                return None
            later = rest(i + 1, end + len(words[i + 1]))
            if later is not None:
                return ((start, end), *later)
        return None

    found = rest(0, len(words[0]))
    return None if found is None else list(found)


def _ends_of_value(text: str, start: int, written: str, after: str, is_last: bool) -> Iterator[int]:
    """Where a value from `start` may end, so that `after` follows: the slot as it is written
    first, then the shortest value that is one, nothing at all last."""
    own, latest = start + len(written), _latest_end(text, start)
    if text.startswith(written + after, start):
        yield own
    if is_last:
        end = len(text) - len(after)
        if start < end <= latest and text.endswith(after):
            yield end
    else:
        end = text.find(after, start + 1, latest + len(after))
        while end != -1:
            yield end
            end = text.find(after, end + 1, latest + len(after))
    if text.startswith(after, start):
        yield start


def _latest_end(text: str, start: int) -> int:
    """Where a value that begins at `start` ends at the latest: it is one line, and short."""
    line_end = text.find("\n", start, start + MAX_VALUE_CHARS)
    return min(start + MAX_VALUE_CHARS, len(text)) if line_end == -1 else line_end
