"""A playbook's values back into a TOML file. Comments of the original are not kept."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

Raw = Mapping[str, Any]


def playbook_text(raw: Raw) -> str:
    """TOML that `tomllib` reads back as `raw`: texts, numbers, flags, lists, tables of these."""
    return "\n".join(_lines(raw, ())) + "\n"


def _lines(table: Raw, path: tuple[str, ...]) -> Iterator[str]:
    """Plain values first: after a table's head, a key would belong to that table."""
    tables = {k: v for k, v in table.items() if _is_table(v)}
    for key, value in table.items():
        if key not in tables:
            yield f"{_key(key)} = {_value(value)}"
    for key, value in tables.items():
        name = ".".join(map(_key, (*path, key)))
        for one in value if isinstance(value, list) else [value]:
            yield f"[[{name}]]" if isinstance(value, list) else f"[{name}]"
            yield from _lines(one, (*path, key))


def _is_table(value: Any) -> bool:
    is_tables = isinstance(value, list) and bool(value) and isinstance(value[0], Mapping)
    return isinstance(value, Mapping) or is_tables


def _value(value: Any) -> str:
    if isinstance(value, list | tuple):
        return "[" + ", ".join(map(_value, value)) + "]"
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value) if isinstance(value, int) else _quoted(str(value))


def _key(key: str) -> str:
    is_bare = key.isascii() and key.replace("_", "a").replace("-", "a").isalnum()
    return key if is_bare else _quoted(key)


def _quoted(text: str) -> str:
    """JSON escapes are TOML escapes, but for DEL, which JSON leaves as it is."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
