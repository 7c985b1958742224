"""The documented schema page, made from the schema's own comments, so that it cannot lag behind.

`python -m socialdesk.store.file.schema_page FILE` writes it; a test compares resources/schema.md.
"""

import re
import sys
from pathlib import Path
from typing import Final

from socialdesk.store.file import schema

HEADER: Final = f"""# The workspace file

One SQLite file per workspace; any SQLite tool can read it. Do not write to it while SocialDesk
runs, and never move its `-wal` file. `application_id` is `{schema.APPLICATION_ID:#x}` ("SDK1"),
`user_version` is {schema.VERSION}: a program refuses a file with a higher one, untouched.

All times are milliseconds since 1970 in UTC; 0 or NULL = none, as the column says. The view
`queue_in_words` spells out the small numbers. This page is made from the schema itself.
"""

_TABLE: Final = re.compile(r"CREATE TABLE (\w+) \( ?(?:-- ([^\n]*))?\n(.*?)\n\)[^;\n]*;", re.S)
_COLUMN: Final = re.compile(r"(\w+) (\w+)(.*?),?(?: *-- (.*))?$")
_INDEX: Final = re.compile(
    r"CREATE (UNIQUE )?INDEX (\w+) ON (\w+)\(([^)]*)\)(?:\s+WHERE ([^;]*))?; -- (.*)"
)
_SEARCH: Final = re.compile(r"CREATE VIRTUAL TABLE (\w+) USING fts5\(\s*([\w, ]+), content=''")
_VIEW: Final = re.compile(r"CREATE VIEW (\w+) AS -- (.*)")
_NO_COLUMN: Final = ("PRIMARY KEY(", "UNIQUE(", "--")


def page() -> str:
    """The whole page, Markdown."""
    tables = [_table(*found) for found in _TABLE.findall(schema.TABLES)]
    name, columns = _one(_SEARCH, schema.SEARCH)
    search = (
        f"## {name}\n\nThe full-text index (FTS5, contentless): {columns}. Its row ids are those "
        "of `mention`. CJK characters and emoji are set apart before they are indexed.\n"
    )
    view, comment = _one(_VIEW, schema.VIEWS)
    return "\n".join([HEADER, *tables, search, f"## {view}\n\nA view: {comment}.\n"])


def _table(name: str, comment: str, body: str) -> str:
    rows = ["| column | type | |", "| --- | --- | --- |"]
    notes = []
    for line in (line.strip() for line in body.split("\n")):
        if line.startswith(_NO_COLUMN):
            notes.append(f"- {line.rstrip(',').removeprefix('-- ')}")
            continue
        column, kind, rules, meaning = _one(_COLUMN, line)
        rows.append(f"| `{column}` | {_cell(f'{kind}{rules}')} | {_cell(meaning)} |")
    for unique, index, table, columns, where, question in _INDEX.findall(schema.INDEXES):
        if table == name:
            condition = f" where {_on_one_line(where)}" if where else ""
            kind = "unique index" if unique else "index"
            notes.append(f"- {kind} `{index}` ({_on_one_line(columns)}){condition}: {question}")
    title = f"## {name}\n\n{comment[:1].upper()}{comment[1:]}.\n" if comment else f"## {name}\n"
    return "\n".join([title, *rows, "", *notes, ""]) if notes else "\n".join([title, *rows, ""])


def _on_one_line(text: str) -> str:
    return " ".join(text.split())


def _cell(text: str) -> str:
    return text.strip().replace("|", "\\|")


def _one(pattern: re.Pattern[str], text: str) -> tuple[str, ...]:
    found = pattern.search(text)
    if found is None:
        raise ValueError(f"the schema has a line this page cannot read: {text[:80]}")
    return tuple(part or "" for part in found.groups())


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(page(), encoding="utf-8")
