"""Stars as notices write them: drawn, counted, in words of several languages."""

import re
from typing import Final

_DRAWN: Final = re.compile(r"[★⭐✭🌟●][★⭐✭🌟●☆✩○\ufe0f ]*")
_FULL: Final = frozenset("★⭐✭🌟●")
_EMPTY: Final = frozenset("☆✩○")
_OF: Final = r"\s*(?:/|out of|of|von|из|sur|de|su|van|av)\s*"
_NUMBER: Final = r"(?<![\d.,])(\d{1,2}(?:[.,]\d)?)"
_OF_5: Final = re.compile(rf"{_NUMBER}{_OF}5(?![\d.,]*\d)", re.IGNORECASE)
_OF_10: Final = re.compile(rf"{_NUMBER}{_OF}10(?![\d.,]*\d)", re.IGNORECASE)
_NAMED: Final = re.compile(
    rf"{_NUMBER}[\s-]*(?:stars?\b|bubbles?\b|stern|étoile|estrella|stell|звезд|звёзд|жұлдыз)",
    re.IGNORECASE,
)


def stars_in(line: str, n_steps: int = 5) -> int | None:
    """1 to 5 stars told in a line; None when it tells none. `n_steps` 10: 8.4 of 10 are 4."""
    if n_steps == 10:
        return _whole(_OF_10.search(line), 10)
    drawn = _DRAWN.search(line)
    if drawn:
        n_full = sum(char in _FULL for char in drawn[0])
        n_empty = sum(char in _EMPTY for char in drawn[0])
        return n_full if n_full + n_empty <= 5 else None
    return _whole(_OF_5.search(line) or _NAMED.search(line), 5)


def _whole(found: re.Match[str] | None, n_steps: int) -> int | None:
    if found is None:
        return None
    value = float(found[1].replace(",", "."))
    return max(1, int(value * 5 / n_steps + 0.5)) if 0 < value <= n_steps else None
