"""The report as Markdown: readable as it is, and by any tool that knows tables."""

import re
from typing import Final

from socialdesk.domain.crisis.after_action import AfterAction
from socialdesk.engine.after_action.sections import Part, parts_of, title_of

_MARKS: Final = re.compile(r"([\\`*_{}\[\]<>|#])")  # what would be more than text in a cell


def markdown_of(a: AfterAction) -> str:
    """The whole file, with a line end at its end."""
    parts = [f"# {escaped(title_of(a))}", *(_part(part) for part in parts_of(a))]
    return "\n\n".join(parts) + "\n"


def escaped(text: str) -> str:
    """Anybody's words as text of one line: no mark of them counts."""
    return _MARKS.sub(r"\\\1", " ".join(text.split()))


def _part(part: Part) -> str:
    lines = [f"## {escaped(part.title)}", *(escaped(line) for line in part.lines)]
    if part.rows:
        lines.append(_table(part))
    return "\n\n".join(lines)


def _table(part: Part) -> str:
    rows = [part.head, tuple("---" for _ in part.head)]
    cells = [f"| {' | '.join(row)} |" for row in rows]
    cells += [f"| {' | '.join(map(escaped, row))} |" for row in part.rows]
    return "\n".join(cells)
