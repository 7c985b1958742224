"""What `make eval` prints: a line per figure, ours beside what costs nothing, and the goal."""

from dataclasses import dataclass, field
from typing import Final

HEADS: Final = ("what", "n", "ours", "VADER", "majority", "goal")


@dataclass(frozen=True, slots=True)
class Line:
    """Cells as they are printed. `floors`: by their heading, in its order. `is_met` None: no goal
    that this data can decide."""

    what: str
    n: int
    ours: str
    floors: tuple[str, ...] = ()
    goal: str = ""
    is_met: bool | None = None

    def cells(self) -> tuple[str, ...]:
        mark = {None: "", True: " ok", False: " MISSED"}[self.is_met]
        return (self.what, f"{self.n:,}", self.ours, *self.floors, self.goal + mark)


@dataclass(slots=True)
class Report:
    """One part of the output under its own headings."""

    title: str
    heads: tuple[str, ...] = HEADS
    lines: list[Line] = field(default_factory=list)

    def add(
        self,
        what: str,
        n: int,
        ours: str,
        *floors: str,
        goal: str = "",
        is_met: bool | None = None,
    ) -> None:
        """Keep a line; missing floors stay empty."""
        blank = ("",) * (len(self.heads) - 4 - len(floors))
        self.lines.append(Line(what, n, ours, floors + blank, goal, is_met))

    def table(self) -> str:
        """The lines under each other, in columns."""
        rows = [self.heads, *(line.cells() for line in self.lines)]
        widths = [max(len(row[k]) for row in rows) for k in range(len(self.heads))]
        return "\n".join(
            "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
            for row in rows
        )


def three(values: tuple[float, ...]) -> str:
    """`.585 / .700 / .879`"""
    return " / ".join(f"{value:.3f}".replace("0.", ".", 1) for value in values)
