"""What is typed into the search field, as terms: words, "phrases", -not, OR, and operators.

Terms side by side must all fit; OR binds more tightly: `late refund OR money` is late and (refund
or money). An operator without a value yet is passed over (it is being typed); one with a wrong
value fits nothing, so that no act on "all that were found" reaches too far; a name we do not know
is searched for as words.
"""

import re
import unicodedata
from dataclasses import dataclass, field
from enum import Enum

from socialdesk.domain.frozen import frozen
from socialdesk.domain.mentions.insight import Intent, Sentiment
from socialdesk.domain.mentions.status import Status
from socialdesk.domain.queue.rows import SearchFault
from socialdesk.domain.queue.search_values import Span, reach_span, time_span

PREFIX_CHARS = 3  # the last word is a beginning from so many letters on
MAX_TERMS = 40  # more than anybody types; the rest is not looked at


class Operator(Enum):
    """What a mention can be asked for beside its words."""

    FROM = "from"
    NETWORK = "network"
    LABEL = "label"
    STATUS = "status"
    IS = "is"
    LANG = "lang"
    SENTIMENT = "sentiment"
    KIND = "kind"
    COPIES = "copies"
    REACH = "reach"
    HAS = "has"
    BEFORE = "before"
    AFTER = "after"
    ACCOUNT = "account"
    INCIDENT = "incident"


class Is(Enum):
    """Values of `is:`."""

    UNREAD = "unread"
    EDITED = "edited"
    DELETED = "deleted"
    OVERDUE = "overdue"
    DUE = "due"  # soon
    WOKEN = "woken"
    VIP = "vip"
    MUTED = "muted"
    REPLIED = "replied"
    ASSIGNED = "assigned"
    MINE = "mine"  # handed to whoever is at the keys
    PINNED = "pinned"
    OURS = "ours"
    BOT = "bot"


class Has(Enum):
    """Values of `has:`."""

    NOTE = "note"
    LABEL = "label"
    DRAFT = "draft"
    REPLY = "reply"
    PICTURE = "picture"
    WARNING = "warning"
    STARS = "stars"
    LINK = "link"


SENTIMENTS = {s.name.lower().replace("not_", "un"): s for s in Sentiment}
KINDS = {i.name.lower(): i for i in Intent}
STATUSES = {status.name.lower(): status for status in Status}


@frozen
class Word:
    """Words next to each other, in this order. `is_beginning`: the last one goes on."""

    text: str
    is_beginning: bool = False
    is_not: bool = False


Value = str | int | Is | Has | Status | Sentiment | Intent | Span | None


@frozen
class Ask:
    """An operator. `value`: the text typed, a number, or a value of an enumeration or a Span;
    None fits nothing. `start`: where the value stands in what was typed."""

    operator: Operator
    value: Value
    is_not: bool = False
    start: int = field(default=0, compare=False)


Term = Word | Ask


@frozen
class Search:
    """`groups`: one term of each must fit. `faults`: what to explain, by character offsets."""

    groups: tuple[tuple[Term, ...], ...] = ()
    faults: tuple[SearchFault, ...] = ()

    @property
    def is_empty(self) -> bool:
        return not self.groups


_QUOTES = '"“”„«»'
# What begins with one of a pair goes on to the other, over quotes within it: «Tea "Rye"». Where the
# other does not come, whichever quote comes first ends it.
_PAIRS = [
    rf"{begin}(?P<pair{n}>[^{ends}]*)[{ends}]"
    for n, (begin, ends) in enumerate((('"', '"'), ("«", "»"), ("“", "”"), ("„", "“”"), ("»", "«")))
]
_TOKEN = re.compile(
    rf"""
    (?P<not>-(?=[^\s-]))?
    (?: (?P<name>[^\W\d_]+):(?!//) )?
    (?: {"|".join(_PAIRS)}
      | [{_QUOTES}](?P<quoted>[^{_QUOTES}]*)(?P<end>[{_QUOTES}]|\Z) | (?P<plain>[^\s{_QUOTES}]*) )
    """,
    re.VERBOSE,
)


@dataclass(slots=True)
class _Reading:
    """What has been read so far."""

    groups: list[list[Term]] = field(default_factory=list)
    faults: list[SearchFault] = field(default_factory=list)
    joins: bool = False  # OR came: the next term joins the last group

    def take(self, term: Term) -> None:
        if self.joins and self.groups:
            self.groups[-1].append(term)
        else:
            self.groups.append([term])
        self.joins = False


def parse(text: str) -> Search:
    """Any string is a search; what is wrong in it is told in `faults`. Never raises."""
    clean = text.replace("\0", " ").encode("utf-8", "replace").decode()
    reading = _Reading()
    at, n = 0, 0
    while at < len(clean) and n < MAX_TERMS:
        if clean[at].isspace():
            at += 1
            continue
        found = _TOKEN.match(clean, at)
        if found is None or found.end() == at:
            at += 1
            continue
        _read(found, reading, is_last=found.end() == len(clean))
        at, n = found.end(), n + 1
    return Search(tuple(map(tuple, reading.groups)), tuple(reading.faults))


def _read(found: re.Match[str], reading: _Reading, *, is_last: bool) -> None:
    name, plain, part = found["name"], found["plain"], found.lastgroup or "plain"
    value = found["quoted"] if part == "end" else found[part]
    is_not = found["not"] is not None
    if part == "end" and not found["end"]:
        _fault(reading, found.start(), found.end(), "open_quote", value)
    if name is None:
        if plain == "OR" and not is_not:
            reading.joins = bool(reading.groups)
        elif _has_letters(value):
            goes_on = is_last and plain is not None and _may_go_on(value)
            reading.take(Word(value, goes_on, is_not))
        return
    operator = next((o for o in Operator if o.value == name.casefold()), None)
    if operator is None:
        _fault(reading, found.start("name"), found.end("name"), "unknown_operator", name)
        if _has_letters(f"{name} {value}"):
            reading.take(Word(f"{name} {value}", False, is_not))
    elif not value.strip():
        _fault(reading, found.start("name"), found.end(), "empty_operator", name.casefold())
    else:
        start = found.start("quoted" if part == "end" else part)
        start += len(value) - len(value.lstrip())
        _take_operator(reading, operator, value.strip(), is_not, start, is_last=is_last)


def _take_operator(
    reading: _Reading, operator: Operator, value: str, is_not: bool, start: int, *, is_last: bool
) -> None:
    meant = _value(operator, value)
    if meant is None:
        _fault(reading, start, start + len(value), "bad_value", value, operator.value)
        is_not = False  # a wrong value fits nothing, turned round or not
    reading.take(Ask(operator, meant, is_not, start))


def _value(operator: Operator, value: str) -> Value:
    """What was meant; None when it is no value of this operator."""
    word = value.casefold()
    match operator:
        case Operator.STATUS:
            return STATUSES.get(word)
        case Operator.IS:
            return next((v for v in Is if v.value == word), None)
        case Operator.HAS:
            return next((v for v in Has if v.value == word), None)
        case Operator.SENTIMENT:
            return SENTIMENTS.get(word)
        case Operator.KIND:
            return KINDS.get(word)
        case Operator.INCIDENT:  # INC-2026-0001, or what tells it apart: 0001, 12
            return word.upper() if re.fullmatch(r"(inc-[0-9]{4}-)?[0-9]{1,9}", word) else None
        case Operator.COPIES:
            return int(word) if re.fullmatch(r"[0-9]{1,18}", word) else None
        case Operator.REACH:
            return reach_span(word)
        case Operator.BEFORE | Operator.AFTER:
            return time_span(word)
        case Operator.LANG:
            return word if re.fullmatch(r"[a-z]{2,3}(-[a-z0-9]{2,8})*", word) else None
        case _:
            return value if _has_letters(value) else None


def _fault(
    reading: _Reading, start: int, end: int, code: str, word: str, operator: str = ""
) -> None:
    reading.faults.append(SearchFault(start, end, code, word, operator))


def _has_letters(text: str) -> bool:
    """Something to look for: a letter, a digit, or a symbol such as an emoji."""
    return any(unicodedata.category(c)[0] in "LN" or unicodedata.category(c) == "So" for c in text)


def _may_go_on(word: str) -> bool:
    """A word still being typed: from three letters, from one where each is a word (CJK)."""
    return len(word) >= PREFIX_CHARS or any(unicodedata.category(c) == "Lo" for c in word)
