"""What a source shows now that may be looked at and never kept. These values go from the engine to
the window and nowhere else: no file, no log, no index."""

from collections.abc import Mapping
from dataclasses import asdict, field
from typing import Any

from socialdesk.domain.frozen import frozen


@frozen
class PanelReview:
    """One review, or our answer to the one at `answers`. `at`: ms UTC. `n_stars`: of five, 0 = it
    has none; `rating_picture`: the network's own picture of them in base64, "" = none came."""

    url: str = field(repr=False)
    author: str = field(repr=False)
    body: str = field(repr=False)
    at: int
    n_stars: int = 0
    title: str = field(default="", repr=False)
    lang: str = ""
    answers: str = field(default="", repr=False)
    rating_picture: str = field(default="", repr=False)


@frozen
class Panel:
    """A source as it was at `asked_at` (ms UTC). `credit`: what its rules want beside the words,
    an English source text for tr(). `url`: its page; `inbox_url`: where its owner answers."""

    credit: str
    url: str
    inbox_url: str
    asked_at: int
    reviews: tuple[PanelReview, ...] = field(default=(), repr=False)


def panel_json(panel: Panel) -> dict[str, Any]:
    """As it travels to the window."""
    return asdict(panel)


def read_panel(data: Mapping[str, Any]) -> Panel:
    """The panel that `panel_json` made."""
    reviews = tuple(PanelReview(**one) for one in data["reviews"])
    return Panel(**{**data, "reviews": reviews})


def answer_to(panel: Panel, url: str) -> PanelReview | None:
    """What was answered to the review at `url`."""
    return next((one for one in panel.reviews if one.answers == url), None)
