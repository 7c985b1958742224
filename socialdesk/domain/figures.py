"""What reports and the board show: counted figures, and pictures made of them.

A figure is a number with the question it answers; a `Ref` lists the very mentions it counted, so
that every number opens its mentions and can be recounted by anybody (`store/figures/figures.py`).
"""

from dataclasses import field
from enum import Enum

from socialdesk.domain.frozen import frozen
from socialdesk.domain.times.period import Span


@frozen
class Ref:
    """Which mentions a number counted: a question of `store/figures/figures.py` with its value,
    over spans of time, as things stood at `now` (ms UTC)."""

    question: str
    value: str = ""
    spans: tuple[Span, ...] = ()
    now: int = 0


@frozen
class Figure:
    """`n`: the number, None = there is nothing to count it from. `before`: the same in the period
    before. `label`: a name from the data; "" = the program has the word for `value`."""

    question: str
    n: float | None
    before: float | None = None
    value: str = ""
    label: str = ""
    ref: Ref | None = None


@frozen
class Quote:
    """A phrase that is new or grew, with one typical mention."""

    phrase: str
    n: int
    n_before: int
    mention_id: int
    text: str
    ref: Ref


@frozen
class Figures:
    """Everything counted for a report. `gaps`: spans nobody watched. `span`: of the period;
    `span_before`: of the one before. `target_min`: the response target in force."""

    spec: str
    zone: str
    now: int
    span: Span
    span_before: Span
    target_min: int
    numbers: tuple[Figure, ...]
    gaps: tuple[Span, ...] = ()
    quotes: tuple[Quote, ...] = ()
    asked: tuple[Quote, ...] = ()  # what questions are about

    def of(self, question: str, value: str = "") -> Figure:
        """One figure; an empty one when nothing was counted."""
        for figure in self.numbers:
            if figure.question == question and figure.value == value:
                return figure
        return Figure(question, None, value=value)

    def count(self, question: str, value: str = "") -> int:
        """Its number, 0 when there is none."""
        return int(self.of(question, value).n or 0)

    def group(self, question: str) -> list[Figure]:
        """All figures of a question, in the order they were counted."""
        return [figure for figure in self.numbers if figure.question == question]


class Shape(Enum):
    """How a section is drawn."""

    NUMBERS = "numbers"  # large, side by side
    COLUMNS = "columns"  # over time
    BARS = "bars"  # by category, lying
    HEAT = "heat"  # seven days by twenty-four hours
    SPLIT = "split"  # shares of one whole
    QUOTES = "quotes"  # a phrase, its count, one typical mention
    LINES = "lines"  # when or who, what it is, its words: one line each


@frozen
class Spot:
    """One number of a picture. `text`: as people read it; `size`: what is drawn, 0 and up;
    `normal`: what is usual there, None = not known; `note`: the comparison, or a typical mention;
    `tone`: plain, accent, danger, warn, ok, dim, none (drawn hatched: it says nothing); `is_gap`:
    nobody watched and nothing is known; `is_thin`: a part of it was not watched."""

    label: str
    text: str
    size: float = 0.0
    note: str = ""
    normal: float | None = None
    tone: str = "accent"
    is_gap: bool = False
    is_thin: bool = False
    ref: Ref | None = None
    mention_id: int = 0

    @property
    def sentence(self) -> str:
        """The spot in words."""
        return ": ".join(filter(None, (self.label, self.text))) + (
            f" ({self.note})" * bool(self.note)
        )


@frozen
class Section:
    """A picture with its words. `summary`: what it says, for those who do not see it; `how`: how
    it is counted; `questions`: those whose SQL the appendix names; `empty`: why nothing is
    drawn."""

    key: str
    title: str
    shape: Shape
    spots: tuple[Spot, ...]
    summary: str = ""
    how: str = ""
    empty: str = ""
    questions: tuple[str, ...] = field(default=())


@frozen
class Report:
    """A whole report in words and pictures. `lines`: the most important in plain sentences."""

    title: str
    subtitle: str
    lines: tuple[str, ...]
    sections: tuple[Section, ...]
