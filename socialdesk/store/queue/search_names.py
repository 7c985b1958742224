"""What a search calls by its name: networks, accounts, labels, incidents; and names nothing has.

The tables are small, so that letters are folded here: SQLite folds those of ASCII only.
"""

import unicodedata
from collections.abc import Callable, Sequence
from typing import Final

from socialdesk.domain.queue.rows import SearchFault
from socialdesk.domain.queue.search import Ask, Operator, Search
from socialdesk.domain.queue.search_values import network_meant
from socialdesk.store.file.sqlite import Connection
from socialdesk.store.insight.insight_words import LANG_HELD
from socialdesk.store.triage import labels

SHOWN: Final = 5  # names told of where none is near
NEWEST: Final = 2_000  # mentions whose languages are told: no index knows them all

# A step of an index for each network, however many mentions there are.
_NETWORKS: Final = """
WITH RECURSIVE known(key) AS (
  SELECT min(network) FROM mention
  UNION ALL SELECT (SELECT min(network) FROM mention WHERE network > key) FROM known
  WHERE key IS NOT NULL
)
SELECT key FROM known WHERE key IS NOT NULL UNION SELECT network FROM account"""
_LANGUAGES: Final = (
    f"SELECT {LANG_HELD} AS lang FROM (SELECT id, lang FROM mention ORDER BY id DESC LIMIT ?) m"
    " WHERE lang <> '' GROUP BY lang ORDER BY count(*) DESC, lang"
).replace("ID", "m.id")


def networks_called(conn: Connection, name: str) -> list[str]:
    """Keys of the networks stored here that are meant by a key or a shown name."""
    meant = network_meant(name)
    return [key for key in _networks(conn) if network_meant(key) == meant]


def accounts_called(conn: Connection, name: str) -> list[int]:
    """Ids of the accounts that have the words in their name or server."""
    wanted = _folded(name)
    rows = conn.execute("SELECT id, name, server FROM account")
    return [id for id, *texts in rows if any(wanted in _folded(text) for text in texts)]


def incidents_called(conn: Connection, code: str) -> list[int]:
    """Ids by the code, in capitals, or by the number at its end alone; with any zeros before."""
    year, _, number = code.rpartition("-")
    end = f"-{int(number):04}"
    return [
        id for id, known in conn.execute("SELECT id, code FROM incident")
        if known.startswith("INC-") and (known == f"{year}{end}" if year else known.endswith(end))
    ]  # fmt: skip


def is_there(conn: Connection, ask: Ask) -> bool:
    """Whether something stored here has the name. True for what is no name; a language is not
    looked for, which walks all mentions."""
    known = None if ask.operator is Operator.LANG else _KNOWN.get(ask.operator)
    return known is None or not isinstance(ask.value, str) or bool(known[0](conn, ask.value))


def unknown(conn: Connection, search: Search, *, is_empty: bool) -> tuple[SearchFault, ...]:
    """Faults of the values that nothing stored here has, each with the nearest names there are.
    `is_empty`: nothing was found; only then is a language looked for, which walks all mentions."""
    asks = (term for group in search.groups for term in group if isinstance(term, Ask))
    found = (_fault(conn, ask, is_empty=is_empty) for ask in asks)
    return tuple(fault for fault in found if fault is not None)


def _fault(conn: Connection, ask: Ask, *, is_empty: bool) -> SearchFault | None:
    known = _KNOWN.get(ask.operator)
    if known is None or not isinstance(ask.value, str):
        return None
    if ask.operator is Operator.LANG and not (is_empty and not ask.is_not):
        return None
    has, names = known
    word = ask.value
    if has(conn, word):
        return None
    near = _nearest(word, names(conn))
    end = ask.start + len(word)
    return SearchFault(ask.start, end, "unknown_value", word, ask.operator.value, tuple(near))


def _folded(text: str) -> str:
    return unicodedata.normalize("NFC", text).casefold()


def _nearest(word: str, names: Sequence[str]) -> list[str]:
    """The name that was mistyped, else some there are."""
    from difflib import get_close_matches  # only for who mistyped: it costs the start some ms

    folded = {name.casefold(): name for name in reversed(names)}
    near = get_close_matches(word.casefold(), list(folded), n=1)
    begun = [name for name in folded if name.startswith(word.casefold())]
    return [folded[key] for key in near or begun[:1]] or list(names[:SHOWN])


def _has_language(conn: Connection, lang: str) -> bool:
    held = LANG_HELD.replace("ID", "m.id")
    sql = f"SELECT 1 FROM mention m WHERE {held} = ? OR {held} LIKE ? LIMIT 1"
    return conn.execute(sql, (lang, f"{lang}-%")).fetchone() is not None


def _networks(conn: Connection) -> list[str]:
    return [key for (key,) in conn.execute(_NETWORKS)]


def _accounts(conn: Connection) -> list[str]:
    return [name for (name,) in conn.execute("SELECT name FROM account ORDER BY id") if name]


def _labels(conn: Connection) -> list[str]:
    return [label.name for label in labels.list_labels(conn)]


def _incidents(conn: Connection) -> list[str]:
    return [code for (code,) in conn.execute("SELECT code FROM incident ORDER BY id DESC")]


def _languages(conn: Connection) -> list[str]:
    return [lang for (lang,) in conn.execute(_LANGUAGES, (NEWEST,)) if lang]


_IsThere = Callable[[Connection, str], object]
_Names = Callable[[Connection], Sequence[str]]
_KNOWN: Final[dict[Operator, tuple[_IsThere, _Names]]] = {
    Operator.NETWORK: (networks_called, _networks),
    Operator.ACCOUNT: (accounts_called, _accounts),
    Operator.LABEL: (labels.find, _labels),
    Operator.INCIDENT: (incidents_called, _incidents),
    Operator.LANG: (_has_language, _languages),
}
