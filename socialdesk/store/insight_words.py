"""What holds of a mention, corrected or else read, as SQL; the indexes of `insight` say the same.

Word for word: SQLite takes an index over an expression only then.
"""

from typing import Final


def held(column: str, table: str = "") -> str:
    """`column`: sentiment, intent or lang; `table`: what the row is called in the statement."""
    nothing = "''" if column == "lang" else "0"
    name = f"{table}." if table else ""
    own = f"{name}own_{column}"
    return f"CASE {own} WHEN {nothing} THEN {name}{column} ELSE {own} END"


def ids_with(column: str, value: str) -> str:
    """The ids of mentions of which `value` (SQL) holds, in their order."""
    return f"SELECT mention_id AS id FROM insight WHERE {held(column)} = {value}"


LANG_OF: Final = f"SELECT {held('lang', 'i')} FROM insight i WHERE i.mention_id = ID"
