"""The load check of a playbook: every fault named by file and key, or the values themselves.

What is checked: every key known and there, all three languages, the same places in each, places
known, no odd brace, no blank at an end nor two in a row, `schema` 1, one-post texts within 280.
"""

from collections.abc import Mapping
from enum import Enum
from typing import Any, Final

from socialdesk.domain.frozen import frozen
from socialdesk.domain.playbooks.playbook import LANGS
from socialdesk.domain.replies.placeholder import fill, odd_braces, placeholders

SCHEMA: Final = 1
MAX_POST_CHARS: Final = 280
"""Of a short form and of a line, with SAMPLES filled in: the shortest post of all networks."""
MAX_TEXT_CHARS: Final = 2_000
MIN_STEM_CHARS, MAX_STEM_CHARS = 2, 60

SAMPLES: Final[Mapping[str, str]] = {
    "name": "Ainur", "next_update_at": "14:30", "time": "14:00", "since": "13:05",
    "ended": "15:10", "removed_at": "12:40", "link": "brand.example/help",
    "contact": "help@brand.example", "batch": "L-204", "ticket": "A-1024",
}  # fmt: skip
"""Values of a usual length, for measuring; a place that is not here is measured as `SAMPLE`."""
SAMPLE: Final = "bread with seeds"


class FaultKind(Enum):
    """What is wrong with one text or key."""

    SCHEMA = "schema"
    MISSING = "missing"
    UNKNOWN_KEY = "unknown_key"
    BAD_VALUE = "bad_value"  # another type, or none of the choices
    TWICE = "twice"  # two lines, steps or facts with one key
    EMPTY = "empty"
    BLANKS = "blanks"  # at an end, two in a row, or a line break
    ODD_BRACE = "odd_brace"
    UNKNOWN_PLACE = "unknown_place"
    OTHER_PLACES = "other_places"  # than another language has
    TOO_LONG = "too_long"
    NOT_TOML = "not_toml"


@frozen
class Fault:
    """`file`: id of the playbook. `key`: `holding.kk.sorry`, `line.ack.ru`. `detail`: the brace,
    place, value or number that is wrong."""

    file: str
    key: str
    kind: FaultKind
    detail: str = ""

    def __str__(self) -> str:
        return f"{self.file}: {self.key}: {self.kind.value} {self.detail}".rstrip()


class PlaybookError(ValueError):
    """A playbook cannot be used. `faults`: all that is wrong, at least one."""

    def __init__(self, faults: tuple[Fault, ...]) -> None:
        super().__init__("; ".join(map(str, faults)))
        self.faults = faults


def measured(text: str) -> int:
    """Characters of `text` with sample values filled in."""
    return len(fill(text, {name: SAMPLES.get(name, SAMPLE) for name in placeholders(text)}))


class Checker:
    """Reads values out of a parsed file and collects what is wrong with them.

    Every method takes the key as people should see it; a faulty value is answered with an empty
    one, so that one reading finds all faults.
    """

    def __init__(self, file: str, known: tuple[str, ...]) -> None:
        self.file, self.known, self.faults = file, known, list[Fault]()

    def fault(self, key: str, kind: FaultKind, detail: object = "") -> None:
        self.faults.append(Fault(self.file, key, kind, str(detail)))

    def settle(self) -> None:
        """Raises PlaybookError when anything was wrong."""
        if self.faults:
            raise PlaybookError(tuple(dict.fromkeys(self.faults)))

    def keys(self, key: str, table: Mapping[str, Any], wanted: str, allowed: str = "") -> None:
        """`wanted`, `allowed`: keys that must, and that may be there, separated by blanks."""
        prefix = f"{key}." if key else ""
        for name in wanted.split():
            if name not in table:
                self.fault(prefix + name, FaultKind.MISSING)
        for name in table.keys() - {*wanted.split(), *allowed.split()}:
            self.fault(prefix + name, FaultKind.UNKNOWN_KEY)

    def table(self, key: str, value: Any) -> Mapping[str, Any]:
        if isinstance(value, dict):
            return value
        if value is not None:  # a key that is not there was told of
            self.fault(key, FaultKind.BAD_VALUE, type(value).__name__)
        return {}

    def tables(self, key: str, value: Any) -> list[tuple[str, Mapping[str, Any]]]:
        """Of `[[key]]`: the key of each as people see it, and each."""
        if not isinstance(value, list):
            if value is not None:
                self.fault(key, FaultKind.BAD_VALUE, type(value).__name__)
            return []
        found: dict[str, Mapping[str, Any]] = {}
        for n, one in enumerate(value):
            table = self.table(f"{key}[{n}]", one)
            name = f"{key}.{table.get('key', f'[{n}]')}"
            if name in found:
                self.fault(name, FaultKind.TWICE)
            found[name] = table
        return list(found.items())

    def choice(self, key: str, value: Any, choices: tuple[str, ...]) -> str:
        if value in choices:
            return str(value)
        if value is not None:
            self.fault(key, FaultKind.BAD_VALUE, value)
        return choices[0]

    def number(self, key: str, value: Any, low: int, high: int) -> int:
        if isinstance(value, int) and not isinstance(value, bool) and low <= value <= high:
            return value
        if value is not None:
            self.fault(key, FaultKind.BAD_VALUE, value)
        return low

    def flag(self, key: str, value: Any, default: bool = False) -> bool:
        if isinstance(value, bool):
            return value
        if value is not None:
            self.fault(key, FaultKind.BAD_VALUE, value)
        return default

    def words(self, key: str, value: Any) -> tuple[str, ...]:
        """A list of short texts without places, at least one."""
        if not isinstance(value, list) or not value:
            if value is not None:
                self.fault(key, FaultKind.BAD_VALUE, value)
            return ()
        for word in value:
            self.text(key, word, limit=MAX_STEM_CHARS)
            is_word = not isinstance(word, str) or len(word) >= MIN_STEM_CHARS
            if not is_word or (isinstance(word, str) and placeholders(word)):
                self.fault(key, FaultKind.BAD_VALUE, word)
        return tuple(word for word in value if isinstance(word, str))

    def text(self, key: str, value: Any, *, is_post: bool = False, limit: int = 0) -> str:
        """One text. `is_post`: it must fit the shortest post with sample values."""
        if not isinstance(value, str):
            if value is not None:
                self.fault(key, FaultKind.BAD_VALUE, type(value).__name__)
            return ""
        if not value.strip():
            self.fault(key, FaultKind.EMPTY)
        elif value != " ".join(value.split()):
            self.fault(key, FaultKind.BLANKS)
        for brace in odd_braces(value):
            self.fault(key, FaultKind.ODD_BRACE, brace)
        for name in placeholders(value):
            if name not in self.known:
                self.fault(key, FaultKind.UNKNOWN_PLACE, name)
        n = measured(value) if is_post else len(value)
        if n > (MAX_POST_CHARS if is_post else limit or MAX_TEXT_CHARS):
            self.fault(key, FaultKind.TOO_LONG, n)
        return value

    def texts(self, key: str, table: Mapping[str, Any], *, is_post: bool = False) -> dict[str, str]:
        """A text in each language, the same places in all. Missing ones are told by `keys`."""
        found = {
            lang: self.text(f"{key}.{lang}", table.get(lang), is_post=is_post) for lang in LANGS
        }
        self.same_places({f"{key}.{lang}": text for lang, text in found.items() if text})
        return found

    def same_places(self, texts: Mapping[str, str]) -> None:
        """`texts`: key → text, of one thing in several languages. The odd one out is told of: the
        one that differs from most."""
        sets = {key: frozenset(placeholders(text)) for key, text in texts.items()}
        counts = [(list(sets.values()).count(s), s) for s in sets.values()]
        usual = max(counts, key=lambda c: c[0], default=(0, frozenset[str]()))[1]
        for key, mine in sets.items():
            if mine != usual:
                self.fault(key, FaultKind.OTHER_PLACES, ", ".join(sorted(mine ^ usual)))
