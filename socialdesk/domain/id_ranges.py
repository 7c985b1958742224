"""Many ids in few characters, for a journal entry: "3-40,52"."""

from collections.abc import Iterable


def packed(ids: Iterable[int]) -> str:
    """In order, each once; "" = none."""
    parts: list[str] = []
    first = last = None
    for one in sorted(set(ids)):
        if last is not None and one == last + 1:
            last = one
            continue
        if first is not None:
            parts.append(_part(first, last))
        first = last = one
    if first is not None:
        parts.append(_part(first, last))
    return ",".join(parts)


def unpacked(text: str) -> list[int]:
    """What `packed` packed. Raises ValueError."""
    found: list[int] = []
    for part in filter(None, text.split(",")):
        first, _, last = part.partition("-")
        found += range(int(first), int(last or first) + 1)
    return found


def _part(first: int, last: int | None) -> str:
    return str(first) if first == last else f"{first}-{last}"
