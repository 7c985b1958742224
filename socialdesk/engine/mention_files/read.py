"""A whole export: CSV in any usual encoding, a JSON list, or JSON line by line."""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import tzinfo
from itertools import chain
from typing import Any, Final

from socialdesk.domain.errors import CommandError, CommandFault
from socialdesk.domain.sheet import original_cell
from socialdesk.engine.mention_files.columns import AT, guess_columns
from socialdesk.engine.mention_files.rows import FileMention, mention_of
from socialdesk.engine.mention_files.times import guess_order
from socialdesk.engine.table_files.rows import Fault, read_rows
from socialdesk.engine.table_files.source import Source, guess_delimiter
from socialdesk.i18n import tr

MAX_ROWS: Final = 200_000
SAMPLE_ROWS: Final = 20
ORDER_ROWS: Final = 5_000  # looked at to tell day from month
MAX_HEADERS: Final = 100
CSV, JSON = "csv", "json"

Line = tuple[int, "list[str] | Fault"]


@dataclass(slots=True)
class ParsedMentions:
    """`sample`: the first rows, cell by cell. `order`: what stands first in a short date."""

    kind: str
    headers: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()
    delimiter: str = ""
    order: str = ""
    sample: list[list[str]] = field(default_factory=list)
    rows: list[FileMention] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    is_cut: bool = False  # there are more rows than are read


def read_mentions(
    source: Source,
    zone: tzinfo,
    *,
    delimiter: str = "",
    columns: Sequence[str] = (),
    order: str = "",
) -> ParsedMentions:
    """ "" and () = found out. Raises CommandError BAD_INPUT when it is neither."""
    is_json = source.text.lstrip()[:1] in ("[", "{")
    if is_json:
        parsed, lines = _json_lines(source.text)
    else:
        chosen = delimiter or guess_delimiter(source.text)
        parsed, lines = _csv_lines(source.text, chosen)
    early = [line for line, _ in zip(lines, range(ORDER_ROWS), strict=False)]
    cells = [row for _, row in early if not isinstance(row, Fault)]
    parsed.sample = [[cell[:200] for cell in row] for row in cells[:SAMPLE_ROWS]]
    parsed.columns = tuple(columns) or guess_columns(parsed.headers)
    parsed.order = order or _order(parsed.columns, cells)
    _fill(parsed, chain(early, lines), zone)
    return parsed


def _fill(parsed: ParsedMentions, lines: Iterable[Line], zone: tzinfo) -> None:
    for n, (line, row) in enumerate(lines):
        if n == MAX_ROWS:
            parsed.is_cut = True
            return
        if isinstance(row, list) and len(row) != len(parsed.columns):
            row = Fault(line, "cells", f"{len(row)}/{len(parsed.columns)}")
        if isinstance(row, list):
            cells = zip(parsed.columns, row, strict=True)
            known = {kind: cell.strip() for kind, cell in cells if kind and cell.strip()}
            found = mention_of(line, known, parsed.order, zone)
        else:
            found = row
        if isinstance(found, Fault):
            parsed.faults.append(found)
        else:
            parsed.rows.append(found)


def _order(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    at = columns.index(AT) if AT in columns else -1
    return guess_order(row[at] for row in rows if 0 <= at < len(row))


def _csv_lines(text: str, delimiter: str) -> tuple[ParsedMentions, Iterator[Line]]:
    rows = read_rows(text, delimiter)
    first = next(rows, None)
    parsed = ParsedMentions(CSV, delimiter=delimiter)
    if first is None or isinstance(first[1], Fault):
        parsed.faults += [first[1]] if first and isinstance(first[1], Fault) else []
        return parsed, iter(())
    parsed.headers = tuple(first[1][:MAX_HEADERS])

    def cells() -> Iterator[Line]:
        for line, row in rows:
            yield line, row if isinstance(row, Fault) else [original_cell(cell) for cell in row]

    return parsed, cells()


def _json_lines(text: str) -> tuple[ParsedMentions, Iterator[Line]]:
    """Objects as rows: every key of the first of them is a column."""
    items = _items(text)
    keys: dict[str, None] = {}
    for item in items[:ORDER_ROWS]:
        if isinstance(item, dict):
            keys.update(dict.fromkeys(map(str, item)))
    headers = tuple(keys)[:MAX_HEADERS]

    def cells() -> Iterator[Line]:
        for n, item in enumerate(items, 1):
            if isinstance(item, dict):
                yield n, [_text(item.get(key)) for key in headers]
            else:
                yield n, Fault(n, "object")

    return ParsedMentions(JSON, headers=headers), cells()


def _items(text: str) -> list[Any]:
    """A list, an object that holds one, or an object a line."""
    try:
        data = json.loads(text)
    except (ValueError, RecursionError):
        return _by_line(text)
    if isinstance(data, list):
        return data
    lists = [value for value in data.values() if isinstance(value, list)]
    return max(lists, key=len) if lists else [data]


def _by_line(text: str) -> list[Any]:
    items: list[Any] = []
    for line in text.splitlines():
        if line.strip():
            try:
                items.append(json.loads(line))
            except (ValueError, RecursionError):
                items.append(None)
    if not any(isinstance(item, dict) for item in items):
        raise CommandError(CommandFault.BAD_INPUT, what=tr("this is neither CSV nor JSON"))
    return items


def _text(value: Any) -> str:
    """A value as a cell; what is nested is told by its name, as exports of people have it."""
    match value:
        case None | bool():
            return ""
        case str() | int() | float():
            return str(value)
        case list():
            return "; ".join(filter(None, map(_text, value)))
        case dict():
            known = (value.get(key) for key in ("name", "text", "username", "title", "value"))
            return next((_text(one) for one in known if one), "")
    return ""
