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


def of_id(column: str) -> str:
    """What holds of the mention that the statement calls ID; NULL when it was not read."""
    return f"SELECT {held(column, 'i')} FROM insight i WHERE i.mention_id = ID"


def alike(id: str) -> str:
    """Mentions with nearly the same words as mention `id` (SQL), itself included."""
    first = f"coalesce(nullif((SELECT copy_of FROM insight WHERE mention_id = {id}), 0), {id})"
    return (
        f"SELECT {first} AS id UNION SELECT mention_id FROM insight"
        f" WHERE copy_of > 0 AND copy_of = {first}"
    )


# Where nothing was told from the words, the network's own word for it stands.
LANG_HELD: Final = f"coalesce(nullif(({of_id('lang')}), ''), m.lang)"
