"""Rules: conditions and actions that run in order over each new mention.

A rule fits when all (or any) of its groups fit, a group when all (or any) of its conditions hold.
What a value may be is checked in `rule_check.py`, how it is stored in `rule_json.py`, and what
fits in `rule_run.py`.
"""

from enum import Enum

from socialdesk.domain.frozen import frozen

MAX_GROUPS, MAX_CONDITIONS, MAX_ACTIONS = 10, 40, 12  # more than anybody can oversee
MAX_NAME_CHARS, MAX_VALUE_CHARS, MAX_VALUES = 80, 1_000, 100
MAX_SLOW = 3  # texts an expression may be too slow for before its rule is switched off
OPEN_END = -1  # a span that ends nowhere


class Match(Enum):
    """How many of several must hold."""

    ALL = "all"
    ANY = "any"


class Field(Enum):
    """What a condition looks at; beside each, what its values are."""

    WORDS = "words"  # one text: brand words, one rule a line
    PATTERN = "pattern"  # one text: a regular expression, case does not count
    ACCOUNT = "account"  # numbers of accounts
    WATCH = "watch"  # numbers of watches
    NETWORK = "network"  # keys of networks
    SOURCE = "source"  # names of mention.Kind
    HANDLE = "handle"  # handles, with or without the server
    NAME = "name"  # one text: brand words, looked for in the author's name
    VIP = "vip"
    BOT = "bot"
    MUTED = "muted"
    FIRST_CONTACT = "first_contact"
    REACH = "reach"  # low, high; -1 = open. An unknown reach is in no span
    LANG = "lang"  # ISO 639-1
    SENTIMENT = "sentiment"  # names of insight.Sentiment
    INTENT = "intent"  # names of insight.Intent; "kind" on the screen
    STARS = "stars"  # low, high of 1 to 5; without stars it is in no span
    TIME = "time"  # weekdays as bits (Monday 1), first minute of the day, minute after the last
    LINK = "link"
    ATTACHMENT = "attachment"
    QUESTION = "question"
    COPIES = "copies"  # low, high: earlier mentions with nearly the same words
    LABEL = "label"  # names of labels, any of which it wears


FLAGS = frozenset({Field.VIP, Field.BOT, Field.MUTED, Field.FIRST_CONTACT, Field.LINK,
                   Field.ATTACHMENT, Field.QUESTION})  # fmt: skip
TEXTS = frozenset({Field.WORDS, Field.PATTERN, Field.NAME})
SPANS = frozenset({Field.REACH, Field.STARS, Field.COPIES})
NUMBERS = frozenset({Field.ACCOUNT, Field.WATCH})
ALL_DAYS = 0b111_1111
DAY_MIN = 24 * 60


class Do(Enum):
    """What an action does; beside each, its value."""

    LABEL = "label"  # a name; made when there is none
    PRIORITY = "priority"  # 1 highest … 4
    STATUS = "status"  # open, done, spam
    SNOOZE = "snooze"  # minutes
    ASSIGN = "assign"  # number of a person
    VIP = "vip"
    MUTE = "mute"
    TEMPLATE = "template"  # number of a template, offered in the composer
    NOTIFY = "notify"  # a word for the notice, may be ""
    ALERT = "alert"  # the same, urgent: repeated until it is seen
    STOP = "stop"  # no further rules for this mention


BARE = frozenset({Do.VIP, Do.MUTE, Do.STOP})  # actions without a value


@frozen
class Condition:
    """`values`: as `Field` says; () for those that are or are not."""

    field: Field
    values: tuple[str | int, ...] = ()
    is_not: bool = False


@frozen
class Group:
    conditions: tuple[Condition, ...]
    match: Match = Match.ALL


@frozen
class Action:
    do: Do
    value: str | int = ""


@frozen
class Rule:
    """`with_filed`: also for mentions that are filed as done when they come (from before the
    account was connected, of muted authors). `n_slow`: texts that were too slow so far."""

    id: int
    name: str
    groups: tuple[Group, ...]
    actions: tuple[Action, ...]
    match: Match = Match.ALL
    with_filed: bool = False
    n_slow: int = 0

    def asks(self, field: Field) -> bool:
        """Whether one of its conditions looks at that."""
        return any(c.field is field for g in self.groups for c in g.conditions)

    @property
    def patterns(self) -> tuple[str, ...]:
        """Its regular expressions, each once."""
        found = (str(c.values[0]) for g in self.groups for c in g.conditions
                 if c.field is Field.PATTERN)  # fmt: skip
        return tuple(dict.fromkeys(found))


@frozen
class RuleRow:
    """A rule as a list shows it. `rule` None: it cannot be read (a later program wrote it), and
    then it is off. `off_reason`: why the program switched it off: failed, slow, "" = it did not.
    `is_tried`: the dry run of exactly these conditions and actions was seen. Times in ms UTC."""

    id: int
    name: str
    is_on: bool
    rule: Rule | None
    off_reason: str = ""
    is_tried: bool = False
    n_hits: int = 0
    last_hit_at: int = 0


@frozen
class RuleHit:
    """What a rule did to a mention. `did`: the actions as they were then."""

    rule_id: int
    name: str
    at: int
    did: tuple[Action, ...]
    is_undone: bool = False


@frozen
class Suggestion:
    """A template that a rule offers for a mention."""

    template_id: int
    template: str
    rule: str


@frozen
class UndoCount:
    """What "Undo what this rule did" would do: mentions put back; left alone because somebody
    changed them since; and those too long ago to be undone."""

    n: int = 0
    n_changed: int = 0
    n_gone: int = 0
