"""Figures as JSON and back: they travel from the engine to the window over the link."""

from dataclasses import asdict
from typing import Any

from socialdesk.domain.figures import Figure, Figures, Quote, Ref


def figures_to_json(figures: Figures) -> dict[str, Any]:
    """Plain values."""
    return asdict(figures)


def figures_from_json(data: dict[str, Any]) -> Figures:
    """The reverse. Raises KeyError or TypeError on anything else."""
    return Figures(**{
        **data,
        "span": tuple(data["span"]), "span_before": tuple(data["span_before"]),
        "gaps": tuple((start, end) for start, end in data["gaps"]),
        "numbers": tuple(Figure(**{**f, "ref": _ref(f["ref"])}) for f in data["numbers"]),
        "quotes": tuple(map(_quote, data["quotes"])),
        "asked": tuple(map(_quote, data["asked"])),
    })  # fmt: skip


def _quote(data: dict[str, Any]) -> Quote:
    ref = _ref(data["ref"])
    assert ref is not None
    return Quote(**{**data, "ref": ref})


def _ref(data: dict[str, Any] | None) -> Ref | None:
    if data is None:
        return None
    spans = tuple((start, end) for start, end in data["spans"])
    return Ref(data["question"], data["value"], spans, data["now"])
