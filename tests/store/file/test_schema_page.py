"""The schema page tells the schema as it is: every table, column and index, with its comment."""

import re

import pytest

from socialdesk.places import resource
from socialdesk.store.file import schema, schema_page
from tests.store.queue_file import QueueFile

PAGE = schema_page.page()


def test_the_page_that_ships_is_that_of_the_schema():
    shipped = resource("schema.md").read_text("utf-8")
    assert shipped == PAGE, "run: python -m socialdesk.store.file.schema_page resources/schema.md"


def test_every_table_column_and_index_of_a_real_file_is_on_the_page(file: QueueFile):
    names = file.sql("SELECT name, type FROM sqlite_master WHERE sql IS NOT NULL")
    ours = [(n, t) for n, t in names if not re.search("^mention_search_|sqlite_", n)]
    for name, kind in ours:
        if kind in ("table", "view"):
            assert f"## {name}\n" in PAGE
        elif kind == "index":
            assert f"`{name}`" in PAGE
    for name, kind in ours:
        if kind == "table" and name != "mention_search":
            section = PAGE.split(f"## {name}\n")[1].split("\n## ")[0]
            for _, column, *_rest in file.sql(f"SELECT * FROM pragma_table_info('{name}')"):
                assert f"| `{column}` |" in section, (name, column)


def test_every_table_and_index_says_what_it_is_for():
    for line in schema.INDEXES.split(";\n"):
        assert "CREATE" not in line or "--" in line
    assert "| `status` | INTEGER NOT NULL | 0 new, 1 open, 2 waiting" in PAGE


def test_a_line_that_the_page_cannot_read_is_an_error(monkeypatch):
    monkeypatch.setattr(schema, "TABLES", "CREATE TABLE x (\n  ???\n);")
    with pytest.raises(ValueError, match="cannot read"):
        schema_page.page()
