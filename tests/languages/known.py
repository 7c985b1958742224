"""Which shown words are data: they stand in the workspace, or in what is shipped as data."""

import re
import sqlite3
import tomllib
from collections.abc import Iterator
from contextlib import closing
from functools import cache
from html import unescape
from itertools import takewhile
from typing import Any

from PySide6.QtCore import QLocale

from socialdesk.domain.mentions.insight import READABLE
from socialdesk.engine.words.network_names import NAMES
from socialdesk.i18n import LANGUAGES
from socialdesk.places import resource
from tests.languages.pseudo import outside_brackets
from tests.languages.world import World

_MARKUP = re.compile(r"<[^<>]*>|https?://\S+")
_BIDI = dict.fromkeys((*range(0x202A, 0x202F), *range(0x2066, 0x206A)))  # marks show nothing
_PARTS = re.compile(r"\s*(?:[,·:()\n]| \| |\s{2,})\s*")
HEAD = 24  # letters that begin no other value
LONG = 14  # letters; from here on a part of a value will do
_CODE = re.compile(r"[a-z0-9_.:-]*")  # a code of ours: shown as it stands it is English
# A label, a word that raises an alert, and what a server calls its software.
TYPED = ("delivery", "outage", "mastodon", "Mallory elpmaxe")
# Not of our catalogues, and right in each language: what keys, formats and networks are called.
ALSO = re.compile(
    r"Ctrl\+|(?:(?:Ctrl|Shift|Alt)\+)*(?:[A-Z0-9a-z+=]|Enter|Esc|Space|Down|Up|Left|Right|Home|End|Del|"
    r"F\d+|Tab|PgUp|PgDown|Backspace)(?:[, ]+.{1,12})*|"
    r"SEV\d|INC-[\d-]+|\d{1,2} \w{3}(?: \d{4})?|[\w.]+@[\w.]+|https?|//\S+|[#@][\w.]+|\{\w+\}|"
    r"(?:Linux|Python|Qt|PySide|SQLite) [\w.-]+|[\d.]+ [KMG]iB|/.*|"
    rf"(?:{'|'.join((*LANGUAGES, *READABLE))}|CSV|HTML|PDF|SocialDesk|Etc/UTC|UTC|SQLite|JSON)"
)


class Known:
    """`unknown_in(text)`: the words of it that are neither data nor translated."""

    def __init__(self, world: World) -> None:
        values = {_plain(v) for v in (*_cells(world), *_shipped())}
        values = {v for v in values if not _CODE.fullmatch(v)}
        values |= {*LANGUAGES.values(), *NAMES.values(), *_languages(), *TYPED}
        self._values = sorted((v for v in values if len(v) > 2), key=len, reverse=True)
        self._all = "\n".join(self._values)
        self._seen: dict[str, str] = {}

    def unknown_in(self, text: str) -> str:
        rest = _plain(outside_brackets(unescape(_MARKUP.sub(" ", text))))
        if rest not in self._seen:
            self._seen[rest] = self._look(rest)
        return self._seen[rest]

    def _look(self, rest: str) -> str:
        for value in self._values:
            head = value[:HEAD]
            while len(value) > HEAD and (at := rest.find(head)) >= 0:  # it may be cut with …
                pairs = zip(rest[at:], value, strict=False)
                n = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))
                rest = f"{rest[:at]} , {rest[at + n :]}"
            rest = rest.replace(value, " , ") if value in rest else rest
        return " | ".join(p for p in map(_bare, _PARTS.split(rest)) if not self._is_known(p))

    def _is_known(self, part: str) -> bool:
        if sum(c.isalpha() for c in part) < 2 or ALSO.fullmatch(part):
            return True
        return len(part) >= LONG and part in self._all  # of a text that is shown in part


def _bare(part: str) -> str:
    return part.strip(" .…«»“”•→-–")


def _plain(text: str) -> str:
    return " ".join(text.translate(_BIDI).split())


def _cells(world: World) -> Iterator[str]:
    """Every text of the workspace file."""
    with closing(sqlite3.connect(f"file:{world.database}?mode=ro", uri=True)) as conn:
        tables = conn.execute(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND sql NOT LIKE '%VIRTUAL%'"
        ).fetchall()
        for (table,) in tables:
            for row in conn.execute(f'SELECT * FROM "{table}"'):
                yield from (cell for cell in row if isinstance(cell, str))


@cache
def _shipped() -> tuple[str, ...]:
    """Every text of the playbooks and the manual: both are whole files in each language."""
    files = sorted(resource("playbooks").glob("*.toml"))
    playbooks = (t for f in files for t in _leaves(tomllib.loads(f.read_text("utf-8"))))
    pages = sorted(resource("manual", "en").glob("*.md"))
    manual = (line for page in pages for line in page.read_text("utf-8").splitlines())
    return (*playbooks, *(re.sub(r"^[#*\s-]+|\]\(.*|\[", "", line) for line in manual))


def _leaves(value: Any) -> Iterator[str]:
    match value:
        case str():
            yield value
        case dict():
            for one in value.values():
                yield from _leaves(one)
        case list():
            for one in value:
                yield from _leaves(one)


def _languages() -> Iterator[str]:
    """What languages call themselves."""
    for language in QLocale.Language:
        yield QLocale(language).nativeLanguageName()
