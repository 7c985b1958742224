"""One term of a search as SQL: a test on a mention, and the sets of ids a search may start from.

Tests name the mention by ID, its rows by m. (mention) and t. (triage, missing for own posts and
context), so that a walk joins only what it needs: each needless row is a page read. Every value
is a parameter.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from socialdesk.domain.frozen import frozen
from socialdesk.domain.mentions.insight import Intent, Sentiment
from socialdesk.domain.mentions.mention import SECOND_BITS
from socialdesk.domain.mentions.status import Status
from socialdesk.domain.queue.rows import View
from socialdesk.domain.queue.search import Ask, Has, Is, Operator, Term, Word
from socialdesk.domain.queue.search_values import Span, first_second
from socialdesk.store.file.sqlite import Connection
from socialdesk.store.insight.insight_words import LANG_HELD, alike, ids_with, of_id
from socialdesk.store.mentions.counters import status_key
from socialdesk.store.mentions.textindex import words
from socialdesk.store.queue import search_names
from socialdesk.store.triage import labels, targets

IN_VIEW: Final = {
    View.NEEDS_REPLY: "status <= 1", View.NEW: "status = 0", View.WAITING: "status = 2",
    View.SNOOZED: "status = 3", View.DONE: "status = 4", View.SPAM: "status = 5",
    View.MUTED: "disposition = 3",
}  # fmt: skip
UNDECIDED: Final = (
    "SELECT mention_id AS id FROM triage INDEXED BY triage_undecided WHERE status <= 1"
)


@frozen
class IdSet:
    """A statement that gives every id a condition fits, and others too where it `is_wider`.
    `by_time`: an index gives them in the order of ids. `counters`: the live counts that tell how
    many, where there are such. `test`: the condition, which what is in the set need not pass."""

    sql: str
    by_time: bool
    counters: tuple[str, ...] = ()
    is_wider: bool = False
    test: str = ""


@dataclass(slots=True)
class Query:
    """A search on its way to SQL. `match`: the full-text part, "" = none; `spans`: bounds of the
    id, which the full-text index knows too; `sets`: what the walk may start from."""

    conn: Connection
    now: int
    match: str = ""
    tests: list[str] = field(default_factory=list)
    spans: list[str] = field(default_factory=list)
    sets: list[IdSet] = field(default_factory=list)
    values: dict[str, object] = field(default_factory=dict)

    def value(self, value: object) -> str:
        """The placeholder of a value."""
        name = f"v{len(self.values)}"
        self.values[name] = value
        return f":{name}"


def is_text(term: Term) -> bool:
    """What the full-text index answers by itself: words, and who wrote them."""
    return isinstance(term, Word) or term.operator is Operator.FROM


def phrase(term: Term) -> str:
    """A text term for FTS5: always quoted, so that no operator of its own is left in it."""
    if isinstance(term, Word):
        text = words(term.text).replace('"', " ")
        return f'"{text}"*' if term.is_beginning else f'"{text}"'
    text = words(str(term.value).lstrip("@")).replace('"', " ")
    return f'author : "{text}"'


def found(query: Query, match: str) -> str:
    """Every id the full-text index has for it."""
    return f"SELECT rowid AS id FROM mention_search WHERE mention_search MATCH {query.value(match)}"


def test_of(term: Term, query: Query) -> str:
    """A condition that is true where the term fits."""
    if is_text(term):
        test = f"ID IN ({found(query, phrase(term))})"
    elif isinstance(term, Ask) and term.value is not None:
        if term.is_not and not search_names.is_there(query.conn, term):
            return "0"  # as a wrong value: what was mistyped must not seem to be left out
        test = _test(term, query)
    else:
        return "0"
    return f"NOT coalesce({test}, 0)" if term.is_not else test


def sets_of_any(group: tuple[Term, ...], query: Query) -> list[IdSet]:
    """Sets that hold whatever fits one of the terms; [] when one of them has no index."""
    choices = [_sets_of(term, query) for term in group]
    if not all(choices):
        return []
    if len(group) == 1:
        return choices[0]
    return [IdSet(" UNION ".join(sets[0].sql for sets in choices), by_time=False)]


def span_of(ask: Ask, query: Query) -> str:
    """before: and after: as a bound of ID: ids are times."""
    assert isinstance(ask.value, Span)
    first = first_second(ask.value, datetime.fromtimestamp(query.now / 1000)) << SECOND_BITS
    sign = "<" if (ask.operator is Operator.BEFORE) is not ask.is_not else ">="
    return f"ID {sign} {query.value(first)}"


def is_span(term: Term) -> bool:
    """A term that is nothing but a bound of ID."""
    is_time = isinstance(term, Ask) and term.operator in (Operator.BEFORE, Operator.AFTER)
    return is_time and term.value is not None  # type: ignore[union-attr]


# The + keeps SQLite from walking by an index of that column, and sorting what it found.
def _test(ask: Ask, query: Query) -> str:
    match ask.operator, ask.value:
        case Operator.NETWORK, str(name):
            return f"+m.network IN ({_networks(query, name)})"
        case Operator.LANG, str(lang):
            value, longer = query.value(lang), query.value(f"{lang}-%")
            return f"({LANG_HELD} = {value} OR {LANG_HELD} LIKE {longer})"
        case Operator.SENTIMENT, Sentiment() as mood:
            return f"({of_id('sentiment')}) = {mood.value}"
        case Operator.KIND, Intent() as intent:
            return f"({of_id('intent')}) = {intent.value}"
        case Operator.COPIES, int(id):
            return f"ID IN ({alike(query.value(id))})"
        case Operator.INCIDENT, str(code):
            return f"ID IN ({_of_incident(query, code)})"
        case Operator.ACCOUNT, str(name):
            accounts = search_names.accounts_called(query.conn, name)
            return f"+m.account_id IN ({_values(query, accounts)})"
        case Operator.LABEL, str(name):
            label = _label(query, name)
            return (
                "EXISTS (SELECT 1 FROM mention_label l "
                f"WHERE l.label_id = {label} AND l.mention_id = ID)"
            )
        case Operator.STATUS, Status() as status:
            return f"+t.status = {status.value}"
        case Operator.REACH, Span() as span:
            return f"+m.author_id IN ({_authors_reaching(query, span)})"
        case Operator.BEFORE | Operator.AFTER, Span():
            return span_of(Ask(ask.operator, ask.value), query)
        case Operator.IS, Is() as what:
            return _timed(_IS[what], query)
        case Operator.HAS, Has() as what:
            return _HAS[what]
        case _:
            return "0"


_REPLIED: Final = "EXISTS (SELECT 1 FROM outbox o WHERE o.mention_id = ID AND o.state = 'sent')"
_HERE: Final = "coalesce((SELECT CAST(value AS INTEGER) FROM setting WHERE key = 'here'), 1)"
_IS: Final = {
    Is.UNREAD: "+t.status = 0",
    Is.EDITED: "m.edited_at > 0",
    Is.DELETED: "m.deleted_at > 0",
    Is.OVERDUE: "+t.status <= 1 AND +t.due_at BETWEEN 1 AND :now - 1",
    Is.DUE: "+t.status <= 1 AND +t.due_at BETWEEN :now AND :soon",
    Is.WOKEN: "t.is_woken = 1",
    Is.VIP: "+m.author_id IN (SELECT id FROM author WHERE is_vip = 1)",
    Is.MUTED: "+t.disposition = 3",
    Is.REPLIED: _REPLIED,
    Is.ASSIGNED: "t.assignee_id > 0",
    Is.MINE: f"t.assignee_id = {_HERE}",
    Is.PINNED: "t.pinned_at > 0",
    Is.OURS: "m.role = 1",
    Is.BOT: "EXISTS (SELECT 1 FROM author a WHERE a.id = m.author_id AND a.is_bot = 1)",
}
_HAS: Final = {
    Has.NOTE: "EXISTS (SELECT 1 FROM note n WHERE n.mention_id = ID)",
    Has.LABEL: "EXISTS (SELECT 1 FROM mention_label l WHERE l.mention_id = ID)",
    Has.DRAFT: "EXISTS (SELECT 1 FROM draft d WHERE d.mention_id = ID)",
    Has.REPLY: _REPLIED,
    Has.PICTURE: "m.attachments <> ''",
    Has.WARNING: "m.warning <> ''",
    Has.STARS: "m.n_stars > 0",
    Has.LINK: "m.body LIKE '%http%'",
}


def _sets_of(term: Term, query: Query) -> list[IdSet]:
    """Where to find what the term fits, without a walk through everything."""
    if term.is_not:
        return []
    if is_text(term):
        return [IdSet(found(query, phrase(term)), by_time=True)]
    match term.operator, term.value:  # type: ignore[union-attr]
        case Operator.LABEL, str(name):
            label = _label(query, name)
            sql = f"SELECT mention_id AS id FROM mention_label WHERE label_id = {label}"
            return [IdSet(sql, by_time=True)]
        case Operator.STATUS, Status() as status:
            sql = f"SELECT mention_id AS id FROM triage WHERE status = {status.value}"
            return [IdSet(sql, by_time=True, counters=(status_key(status.value),))]
        case Operator.NETWORK, str(name):
            sql = f"SELECT id FROM mention WHERE network IN ({_networks(query, name)})"
            return [IdSet(sql, by_time=False)]
        case Operator.SENTIMENT, Sentiment() as mood:
            return [IdSet(ids_with("sentiment", str(mood.value)), by_time=True)]
        case Operator.KIND, Intent() as intent:
            return [IdSet(ids_with("intent", str(intent.value)), by_time=True)]
        case Operator.COPIES, int(id):
            return [IdSet(alike(query.value(id)), by_time=False)]
        case Operator.INCIDENT, str(code):
            return [IdSet(_of_incident(query, code), by_time=True)]
        case Operator.REACH, Span() as span:
            return [IdSet(_posts_of(_authors_reaching(query, span)), by_time=False)]
        case Operator.IS, Is.OVERDUE | Is.DUE as what:
            due = f"SELECT mention_id AS id FROM triage WHERE {_DUE[what]}"
            undecided = IdSet(UNDECIDED, by_time=True, is_wider=True)
            return [IdSet(_timed(due, query), by_time=False), undecided]
        case Operator.IS, Is() as what if what in _IS_SETS:
            return [_IS_SETS[what]]
        case Operator.HAS, Has() as what if what in _HAS_SETS:
            return [_HAS_SETS[what]]
        case _:
            return []


_DUE: Final = {
    Is.OVERDUE: "status <= 1 AND due_at BETWEEN 1 AND :now - 1",
    Is.DUE: "status <= 1 AND due_at BETWEEN :now AND :soon",
}


def _timed(sql: str, query: Query) -> str:
    """With the moments that a condition names, as values."""
    for name in ("now", "soon"):
        if f":{name}" in sql:
            sql = sql.replace(f":{name}", query.value(targets.times(query.conn, query.now)[name]))
    return sql


def _posts_of(authors: str) -> str:
    return f"SELECT m.id AS id FROM ({authors}) a CROSS JOIN mention m ON m.author_id = a.id"


_ANSWERED: Final = IdSet("SELECT DISTINCT mention_id AS id FROM outbox WHERE state = 'sent'", False)
_IS_SETS: Final = {
    Is.ASSIGNED: IdSet("SELECT mention_id AS id FROM triage WHERE assignee_id > 0", False),
    Is.MINE: IdSet(
        f"SELECT mention_id AS id FROM triage WHERE assignee_id > 0 AND assignee_id = {_HERE}", True
    ),
    Is.PINNED: IdSet("SELECT mention_id AS id FROM triage WHERE pinned_at > 0", False),
    Is.UNREAD: IdSet(
        "SELECT mention_id AS id FROM triage WHERE status = 0", True, (status_key(0),)
    ),
    Is.VIP: IdSet(_posts_of("SELECT id FROM author WHERE is_vip = 1"), False),
    Is.MUTED: IdSet("SELECT mention_id AS id FROM triage WHERE disposition = 3", True),
    Is.REPLIED: _ANSWERED,
}
_HAS_SETS: Final = {
    Has.NOTE: IdSet("SELECT DISTINCT mention_id AS id FROM note", False),
    Has.DRAFT: IdSet("SELECT mention_id AS id FROM draft", False),
    Has.LABEL: IdSet("SELECT DISTINCT mention_id AS id FROM mention_label", False),
    Has.REPLY: _ANSWERED,
}


def _authors_reaching(query: Query, span: Span) -> str:
    """By what the network says of them now, as the list shows it."""
    low, high = query.value(span.low), query.value(span.high)
    return f"SELECT id FROM author WHERE n_followers BETWEEN {low} AND {high}"


def _of_incident(query: Query, code: str) -> str:
    incidents = _values(query, search_names.incidents_called(query.conn, code))
    return f"SELECT mention_id AS id FROM incident_mention WHERE incident_id IN ({incidents})"


def _networks(query: Query, name: str) -> str:
    return _values(query, search_names.networks_called(query.conn, name))


def _values(query: Query, values: Iterable[object]) -> str:
    return ", ".join(query.value(value) for value in values)


def _label(query: Query, name: str) -> str:
    return query.value(labels.find(query.conn, name) or 0)  # SQL folds the case of ASCII only
