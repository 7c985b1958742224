"""Template packs: TOML files that ship with the program, or that people hand to each other."""

import json
import tomllib
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

from socialdesk.domain.errors import CommandError, CommandFault
from socialdesk.domain.frozen import frozen
from socialdesk.domain.replies.template import bad_braces, slots
from socialdesk.i18n import tr

MAX_BYTES: Final = 1_000_000  # a pack of a hundred templates in three languages has 100,000


@frozen
class PackTemplate:
    """One template with its language variants, language → text."""

    name: str
    folder: str
    texts: dict[str, str]


def read_pack(path: Path) -> list[PackTemplate]:
    """The templates of a pack, each name once, the slots the same in each language.

    All or nothing: raises CommandError(BAD_INPUT) that names what does not fit.
    """
    try:
        with path.open("rb") as file:
            raw = file.read(MAX_BYTES + 1)
        if len(raw) > MAX_BYTES:
            raise _misfit(path.name, tr("it is larger than a pack can be"))
        tables = tomllib.loads(raw.decode("utf-8")).get("template")
    except OSError as e:
        raise _misfit(path.name, e.strerror or type(e).__name__) from e
    except (ValueError, RecursionError) as e:  # no UTF-8, no TOML; tables nested without end
        raise _misfit(path.name, tr("it is not a TOML file ({why})", why=e)) from e
    if not isinstance(tables, list) or not all(isinstance(t, dict) for t in tables) or not tables:
        raise _misfit(path.name, tr("it has no [[template]]"))
    found = [_template(table) for table in tables]
    names = [template.name for template in found]
    if twice := next((name for name in names if names.count(name) > 1), ""):
        raise _misfit(twice, tr("the name is there twice"))
    return found


def pack_text(found: Sequence[PackTemplate]) -> str:
    """The templates as a pack that `read_pack` takes back, TOML."""
    parts = ["# Templates of SocialDesk. Whoever takes them in reads and approves them again."]
    for template in found:
        parts += ["", "[[template]]", f"name = {_quoted(template.name)}"]
        if template.folder:
            parts.append(f"folder = {_quoted(template.folder)}")
        parts.append("[template.text]")
        parts += [f"{_quoted(lang)} = {_quoted(text)}" for lang, text in template.texts.items()]
    return "\n".join(parts) + "\n"


def _quoted(text: str) -> str:
    """JSON escapes are TOML escapes, but for DEL, which JSON leaves as it is."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def _template(table: dict[str, Any]) -> PackTemplate:
    name, folder, texts = table.get("name"), table.get("folder", ""), table.get("text")
    if not isinstance(name, str) or not name.strip():
        raise _misfit("[[template]]", tr("it has no name"))
    if not isinstance(folder, str):
        raise _misfit(name, tr("its folder is no text"))
    if not isinstance(texts, dict) or not texts or not all(map(_is_words, texts.values())):
        raise _misfit(name, tr("it has no text in any language, or one is empty"))
    if wrong := [found for text in texts.values() for found in bad_braces(text)]:
        raise _misfit(name, tr("a brace belongs to no slot: {words}", words=wrong[0]))
    if len({frozenset(slots(text)) for text in texts.values()}) != 1:
        raise _misfit(name, tr("the slots differ from language to language"))
    return PackTemplate(
        name.strip(), folder.strip(), {lang: text.strip() for lang, text in texts.items()}
    )


def _is_words(text: Any) -> bool:
    return isinstance(text, str) and bool(text.strip())


def _misfit(what: str, why: str) -> CommandError:
    return CommandError(CommandFault.BAD_INPUT, what=f"{what}: {why}")
