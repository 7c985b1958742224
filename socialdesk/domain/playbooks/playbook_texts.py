"""The texts of a playbook file one by one, as an editor shows and changes them.

A text is named as the load check names it, without its language: `title`, `holding.sorry`,
`line.ack`, `step.workaround`, `update.next`, `lint.blame`. Nothing here checks: a changed file goes
through the load check as a whole, so that an edit in one language cannot leave the others behind.
"""

import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from copy import deepcopy
from typing import Any, Final

from socialdesk.domain.frozen import frozen
from socialdesk.domain.playbooks.playbook import LANGS, Texts

Raw = Mapping[str, Any]
Edit = tuple[str, str, str]
"""(text's key, language, its new words)"""

_NO_TEXT: Final = frozenset({"review"})
_DUE: Final = ".due_min"
_POSTS: Final = ("holding.short", "line.")


@frozen
class Part:
    """One text in its languages. `is_post`: it must fit one post. `is_list`: stems, one a line."""

    key: str
    text: Texts
    is_post: bool = False
    is_list: bool = False

    @property
    def section(self) -> str:
        """What it belongs to: `holding`, `line`, `title`."""
        return self.key.partition(".")[0]


@frozen
class Change:
    """One text that differs between two files; "" where one of them has no such text."""

    key: str
    lang: str
    old: str
    new: str


def parts_of(raw: Raw) -> tuple[Part, ...]:
    """Every text, in the order of the file. `raw`: one that passed the load check."""
    return tuple(_part(key, table, place) for key, table, place in _spots(raw))


def with_texts(raw: Raw, edits: Iterable[Edit]) -> dict[str, Any]:
    """A copy with the edits done, in NFC. Raises KeyError on a text or language it has not."""
    made: dict[str, Any] = deepcopy(dict(raw))
    spots = {key: (table, place) for key, table, place in _spots(made)}
    for key, lang, words in edits:
        table, place = spots[key]
        target = table[lang] if place else table
        name = place or lang
        tidy = unicodedata.normalize("NFC", words)
        target[name] = _lines(tidy) if isinstance(target[name], list) else tidy.strip()
    return made


def with_values(raw: Raw, values: Iterable[tuple[str, int]]) -> dict[str, Any]:
    """A copy with the values set: `sev_default`, `humour` (0 or 1), `step.KEY.due_min`. Raises
    KeyError on another one, or on a step it has not."""
    made: dict[str, Any] = deepcopy(dict(raw))
    for key, value in values:
        section, _, rest = key.partition(".")
        if key == "sev_default" and key in made:
            made[key] = value
        elif key == "humour" and key in made:
            made[key] = bool(value)
        elif section == "step" and rest.endswith(_DUE):
            _step(made, rest.removesuffix(_DUE))["due_min"] = value
        else:
            raise KeyError(key)
    return made


def changes(old: Raw, new: Raw) -> tuple[Change, ...]:
    """What differs between two files, in the order of the newer one, then what is gone: words by
    language, then values (language "")."""
    before, after = _all(old), _all(new)
    return tuple(
        Change(*spot, before.get(spot, ""), after.get(spot, ""))
        for spot in dict.fromkeys([*after, *before])
        if before.get(spot, "") != after.get(spot, "")
    )


def _all(raw: Raw) -> dict[tuple[str, str], str]:
    """(key, language) → words; (key, "") → a value as text."""
    words = {(p.key, lang): p.text[lang] for p in parts_of(raw) for lang in LANGS}
    return words | {(key, ""): str(value) for key, value in _values(raw)}


def _values(raw: Raw) -> Iterator[tuple[str, object]]:
    for key in ("sev_default", "humour"):
        if key in raw:
            yield key, raw[key]
    for step in raw.get("step", ()):
        yield f"step.{step['key']}{_DUE}", step["due_min"]
    for line in raw.get("line", ()):
        for mark in ("claim", "safety"):
            yield f"line.{line['key']}.{mark}", line.get(mark, False)
    for lang, is_read in raw.get("review", {}).items():
        yield f"review.{lang}", is_read


def _spots(raw: Raw) -> Iterator[tuple[str, Any, str]]:
    """(key, the table whose keys are languages, name of the block inside each, "" = none)."""
    for name, value in raw.items():
        if name in _NO_TEXT or not isinstance(value, dict | list):
            continue
        if isinstance(value, list):
            yield from ((f"{name}.{t['key']}", t, "") for t in value if isinstance(t, dict))
        elif LANGS[0] not in value:  # lint: one more level
            yield from ((f"{name}.{kind}", table, "") for kind, table in value.items())
        elif isinstance(value[LANGS[0]], dict):
            yield from ((f"{name}.{block}", value, block) for block in value[LANGS[0]])
        else:
            yield name, value, ""


def _step(raw: Raw, key: str) -> dict[str, Any]:
    found: dict[str, dict[str, Any]] = {step["key"]: step for step in raw.get("step", ())}
    return found[key]


def _part(key: str, table: Raw, block: str) -> Part:
    found = {lang: table[lang][block] if block else table[lang] for lang in LANGS}
    is_list = isinstance(found[LANGS[0]], list)
    text = {lang: "\n".join(v) if is_list else v for lang, v in found.items()}
    return Part(key, text, is_post=key.startswith(_POSTS), is_list=is_list)


def _lines(words: str) -> list[str]:
    return [line.strip() for line in words.splitlines() if line.strip()]
