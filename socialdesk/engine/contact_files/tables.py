"""CSV files of people: each row a person or a fault with its line; safe for spreadsheets."""

import csv
from collections.abc import Sequence
from typing import IO, Final

from socialdesk.domain.people.contact import FieldKind, Imported, Profile, clean_note
from socialdesk.domain.sheet import original_cell, safe_cell
from socialdesk.engine.contact_files.columns import (
    CHANNEL,
    CRM,
    FIRST,
    LABELS,
    LAST,
    NAME,
    NOTE,
    ORG,
    guess_columns,
)
from socialdesk.engine.contact_files.parsed import Parsed, checked
from socialdesk.engine.table_files.rows import Fault, joined, read_rows, take
from socialdesk.engine.table_files.source import MAX_PEOPLE, guess_delimiter

SAMPLE_ROWS: Final = 20
_KINDS: Final = {kind.value for kind in FieldKind}


def read_table(text: str, delimiter: str = "", columns: Sequence[str] = ()) -> Parsed:
    """`delimiter` "", `columns` (): found out. The first row is the header."""
    chosen = delimiter or guess_delimiter(text)
    rows = read_rows(text, chosen)
    first = next(rows, None)
    parsed = Parsed(delimiter=chosen)
    if first is None or isinstance(first[1], Fault):
        parsed.faults += [first[1]] if first and isinstance(first[1], Fault) else []
        return parsed
    parsed.headers = tuple(first[1])
    early = take(rows, SAMPLE_ROWS)
    cells = [row for _, row in early if not isinstance(row, Fault)]
    parsed.sample = [[original_cell(cell)[:200] for cell in row] for row in cells]
    parsed.columns = tuple(columns) or guess_columns(parsed.headers, parsed.sample)
    for line, row in joined(early, rows):
        found = row if isinstance(row, Fault) else _person(line, row, parsed.columns)
        if isinstance(found, Fault):
            parsed.faults.append(found)
        elif len(parsed.people) == MAX_PEOPLE:
            parsed.is_cut = True
            break
        else:
            parsed.people.append(found)
    return parsed


def _person(line: int, row: list[str], columns: Sequence[str]) -> Imported | Fault:
    if len(row) != len(columns):
        return Fault(line, "cells", f"{len(row)}/{len(columns)}")
    cells: dict[str, list[str]] = {}
    for kind, cell in zip(columns, row, strict=True):
        text = original_cell(cell).strip()
        if kind and text:
            cells.setdefault(kind, []).append(text)

    def one(kind: str) -> str:
        return " ".join(cells.get(kind, ()))

    fields = [
        (kind, value)
        for kind in _KINDS & cells.keys()
        for cell in cells[kind]
        for value in (_parts(cell) if kind == FieldKind.EMAIL.value else [cell])
    ]
    name = one(NAME) or f"{one(FIRST)} {one(LAST)}"
    labels = tuple(dict.fromkeys(p for cell in cells.get(LABELS, ()) for p in _parts(cell, ";")))
    profile = Profile(name, one(ORG), one(CHANNEL), one(CRM), tuple(fields))
    return checked(line, profile, labels, clean_note("\n".join(cells.get(NOTE, ()))))


def _parts(cell: str, signs: str = ";,") -> list[str]:
    for sign in signs[1:]:
        cell = cell.replace(sign, signs[0])
    return [part.strip() for part in cell.split(signs[0]) if part.strip()]


def write_table(file: IO[str], people: Sequence[tuple[Profile, tuple[str, ...]]]) -> None:
    """(profile, labels) each; as many columns of a kind as somebody has. Notes stay here: they are
    the team's own. What is written is read back as it was."""
    widths = {
        kind.value: max((sum(f[0] == kind.value for f in p.fields) for p, _ in people), default=0)
        for kind in FieldKind
    }
    kinds = [kind for kind, width in widths.items() for _ in range(width)]
    writer = csv.writer(file)
    writer.writerow([NAME, ORG, *kinds, LABELS, "channel", "crm"])
    for profile, labels in people:
        cells = [profile.name, profile.org]
        for kind, width in widths.items():
            values = [value for found, value in profile.fields if found == kind]
            cells += values + [""] * (width - len(values))
        cells += ["; ".join(labels), profile.channel, profile.crm_url]
        writer.writerow([safe_cell(cell) for cell in cells])
