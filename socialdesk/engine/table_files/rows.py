"""The rows of a delimited file, each with its line; a broken one costs itself alone."""

import csv
import io
from collections.abc import Iterable, Iterator

from socialdesk.domain.frozen import frozen


@frozen
class Fault:
    """A row that is not taken. `code`: cells, encoding, quote, long and what a kind of file has
    besides; `what`: a number or a word for its sentence, never a whole cell."""

    line: int
    code: str
    what: str = ""


Row = tuple[int, "list[str] | Fault"]


def read_rows(text: str, delimiter: str) -> Iterator[Row]:
    """Each row with the line it begins in; blank ones are left out."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    while True:
        line = reader.line_num + 1
        try:
            row = next(reader)
        except StopIteration:
            return
        except csv.Error as e:
            yield line, Fault(line, "long" if "limit" in str(e) else "quote")
            continue
        if any(cell.strip() for cell in row):
            yield line, row


def take(rows: Iterator[Row], n: int) -> list[Row]:
    """The first `n`; the rest stays in `rows`."""
    return [row for row, _ in zip(rows, range(n), strict=False)]


def joined(early: Iterable[Row], rest: Iterable[Row]) -> Iterator[Row]:
    """What was taken before, and the rest."""
    yield from early
    yield from rest
