"""Template packs: TOML files that ship with the program, or that a person was given."""

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from socialdesk.domain.errors import CommandError, CommandFault
from socialdesk.domain.template import bad_braces, slots


@dataclass(frozen=True, slots=True)
class PackTemplate:
    """One template with its language variants, language → text."""

    name: str
    folder: str
    texts: dict[str, str]


def read_pack(path: Path) -> list[PackTemplate]:
    """The templates of a pack. Raises CommandError(BAD_INPUT) that names what does not fit."""
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
        return [_template(t) for t in data["template"]]
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError, KeyError, TypeError,
            AttributeError) as e:  # fmt: skip
        raise CommandError(CommandFault.BAD_INPUT, what=f"{path.name}: {e}") from e


def _template(table: dict[str, Any]) -> PackTemplate:
    name = str(table["name"])
    texts = {str(lang): str(text).strip() for lang, text in table["text"].items()}
    wrong = [b for text in texts.values() for b in bad_braces(text)]
    if wrong:
        raise CommandError(CommandFault.BAD_INPUT, what=f"{name}: {wrong[0]}")
    if len({frozenset(slots(text)) for text in texts.values()}) != 1:
        raise CommandError(CommandFault.BAD_INPUT, what=f"{name}: slots differ by language")
    return PackTemplate(name, str(table.get("folder", "")), texts)
